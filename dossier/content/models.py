"""Front matter models: what authors write, as typed, frozen structs.

Each field has one line of documentation, which `docs/front-matter.md` prints.
A reference (a `CompanyRef`, a `RegionRef` …) is text as the author wrote it until `site.py` has
resolved it; then it is an id. Nothing here does I/O.
"""

# annotations are values here, not texts: decoders would evaluate texts again and again
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

import msgspec
from msgspec import Meta

Kind = Literal["briefing", "company", "region", "topic", "page"]
KINDS: tuple[Kind, ...] = ("briefing", "company", "region", "topic", "page")


def doc(description: str) -> Meta:
    """Document a field, as annotation metadata."""
    return Meta(description=description)


WORDS = Meta(extra={"words": True})
"""Declares a field as words: shown, but nothing else depends on it. All others are facts."""


def _form(form: str) -> Meta:
    return Meta(extra={"form": form})


# The types of text. `value_types.py` has the parser of each, under the same name.
Text = Annotated[str, _form("text")]
Day = Annotated[str, _form("day")]
Moment = Annotated[str, _form("moment")]
PartialDate = Annotated[str, _form("partial date")]
Url = Annotated[str, _form("url")]
Language = Annotated[str, _form("language")]
Slug = Annotated[str, _form("slug")]
FormerId = Annotated[str, _form("former id")]
SitePath = Annotated[str, _form("site path")]
RegionCode = Annotated[str, _form("region code")]
WikidataId = Annotated[str, _form("wikidata id")]
TimeZone = Annotated[str, _form("time zone")]
HexColour = Annotated[str, _form("colour")]
FilePath = Annotated[str, _form("file")]
SiteLink = Annotated[str, _form("link")]
Licence = Annotated[str, _form("licence")]
MarkdownText = Annotated[str, _form("markdown")]
MenuName = Annotated[str, _form("menu name")]
CompanyRef = Annotated[str, _form("company")]
RegionRef = Annotated[str, _form("region")]
TopicRef = Annotated[str, _form("topic")]
BriefingRef = Annotated[str, _form("briefing")]
SourceRef = Annotated[str, _form("source")]

Status = Literal["draft", "current", "superseded", "withdrawn"]
ChangeKind = Literal["update", "correction"]
Reliability = Literal["A", "B", "C", "D", "E", "F"]
Qualifier = Literal["about", "at least", "more than", "up to", "less than"]
Stage = Literal[
    "planned",
    "announced",
    "postponed",
    "pilot",
    "launched",
    "expanded",
    "paused",
    "shelved",
    "withdrawn",
]
Basis = Literal["official", "reported", "inferred"]
Likelihood = Literal[
    "almost no chance",
    "very unlikely",
    "unlikely",
    "roughly even chance",
    "likely",
    "very likely",
    "almost certain",
]
Confidence = Literal["low", "moderate", "high"]


class FrontMatter(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A mapping in front matter: named fields, and no unknown ones."""


class Source(FrontMatter, frozen=True, kw_only=True):
    """Where a claim comes from. Graded for reliability on the Admiralty scale (NATO AJP-2.1)."""

    id: Annotated[Slug, doc("The short name by which this briefing cites it: `[@prweek]`.")]
    title: Annotated[Text, doc("The title as published, in its own language.")]
    publisher: Annotated[Text | None, doc("Who published it.")] = None
    date: Annotated[PartialDate | None, doc("When it was published, as precisely as is known.")] = (
        None
    )
    url: Annotated[Url | None, doc("Its address.")] = None
    reliability: Annotated[
        Reliability | None, doc("`A` completely reliable … `E` unreliable, `F` cannot be judged.")
    ] = None
    relays: Annotated[
        Text | None, doc("The source that it repeats; sources that repeat the same one count once.")
    ] = None
    archived: Annotated[Url | None, doc("The address of an archived copy.")] = None
    note: Annotated[Text | None, WORDS, doc("What readers should know about it.")] = None


class Figure(FrontMatter, frozen=True, kw_only=True):
    """A number that the briefing relies on, with its date and its source."""

    label: Annotated[Text, doc("What is measured; the same label at several dates makes a series.")]
    value: Annotated[
        Decimal, doc("The number, with a point for decimals and no thousands separator.")
    ]
    unit: Annotated[Text, doc("What it counts: `billion people`, `%`.")]
    as_of: Annotated[PartialDate, doc("The date it refers to.")]
    source: Annotated[SourceRef, doc("The id of one of this briefing's sources.")]
    company: Annotated[CompanyRef | None, doc("Whose figure it is.")] = None
    region: Annotated[RegionRef | None, doc("The region it refers to.")] = None
    qualifier: Annotated[Qualifier | None, doc("How to read an inexact value.")] = None
    unsourced: Annotated[
        bool, doc("Its source does not say where it has the number from; a badge says so.")
    ] = False
    note: Annotated[Text | None, WORDS, doc("A caveat, printed beside it.")] = None


class Move(FrontMatter, frozen=True, kw_only=True):
    """Who did what where: a company's step with a product in some regions."""

    company: Annotated[CompanyRef, doc("Who moved.")]
    product: Annotated[Text, doc("One of the company's `products`, if it lists any.")]
    regions: Annotated[
        tuple[RegionRef, ...], doc("Where. A move in a group does not apply to each member.")
    ]
    stage: Annotated[
        Stage, doc("How far it went. `shelved`: a plan put aside; `withdrawn`: a service ended.")
    ]
    date: Annotated[PartialDate, doc("When, only as precisely as is known.")]
    basis: Annotated[Basis, doc("Who says so: the company, the press, or we infer it.")]
    sources: Annotated[tuple[SourceRef, ...], doc("Ids of this briefing's sources; at least one.")]
    disputed: Annotated[Text | None, doc("Who disputes it, and how.")] = None
    note: Annotated[Text | None, WORDS, doc("A caveat, printed beside it.")] = None


class Judgement(FrontMatter, frozen=True, kw_only=True):
    """A forecast in the terms of ICD 203, with separate likelihood and confidence."""

    text: Annotated[
        Text, WORDS, doc("The judgement, worded so that it can turn out true or false.")
    ]
    likelihood: Annotated[Likelihood, doc("How probable it is, on the scale of ICD 203.")]
    confidence: Annotated[Confidence, doc("How well founded the judgement is.")]
    by: Annotated[PartialDate, doc("Resolution date: when the outcome should be known.")]
    outcome: Annotated[bool | None, doc("Whether it came true; filled in later.")] = None
    resolved: Annotated[
        PartialDate | None, doc("When the outcome became known; goes with `outcome`.")
    ] = None
    sources: Annotated[tuple[SourceRef, ...], doc("Ids of the sources it relies on.")] = ()
    retrospective: Annotated[
        bool, doc("Made with knowledge of what followed: shown, never scored.")
    ] = False


class Change(FrontMatter, frozen=True, kw_only=True):
    """A change after publication, shown to readers."""

    date: Annotated[Moment, doc("When; readers see it from then on.")]
    kind: Annotated[ChangeKind, doc("`update` adds something new; `correction` fixes an error.")]
    note: Annotated[Text, WORDS, doc("What changed, in a sentence.")]


class SupersededBy(FrontMatter, frozen=True, kw_only=True):
    """A newer briefing that replaces this one. A bare id is short for one without `regions`."""

    shorthand: ClassVar[str] = "briefing"

    briefing: Annotated[BriefingRef, doc("The newer briefing.")]
    regions: Annotated[
        tuple[RegionRef, ...], doc("Only for these regions; for all if left out.")
    ] = ()


class Withdrawal(FrontMatter, frozen=True, kw_only=True):
    """Why a briefing was withdrawn."""

    date: Annotated[Moment, doc("When it is withdrawn; it stands until then.")]
    reason: Annotated[Text, WORDS, doc("Why, in a sentence.")]


class SharedImage(FrontMatter, frozen=True, kw_only=True):
    """The image of a briefing where it is shared. The address of a file is short for no `text`."""

    shorthand: ClassVar[str] = "file"

    file: Annotated[FilePath, doc("JPEG or PNG, 1,200 pixels wide or more: `/files/a.jpg`.")]
    text: Annotated[Text | None, WORDS, doc("What it shows; the title if left out.")] = None


class Briefing(FrontMatter, frozen=True, kw_only=True, tag_field="kind", tag="briefing"):
    """A short analytical text about companies in regions, as of a date."""

    title: Annotated[Text, WORDS, doc("The headline: what happened, in one line.")]
    date: Annotated[Moment, doc("The day of publication, or a moment with its zone.")]
    summary: Annotated[Text, WORDS, doc("One or two sentences, the bottom line up front.")]
    companies: Annotated[
        tuple[CompanyRef, ...], doc("Who it is about: ids, names or aliases.")
    ] = ()
    regions: Annotated[tuple[RegionRef, ...], doc("Where: ids, ISO codes, names or aliases.")] = ()
    topics: Annotated[tuple[TopicRef, ...], doc("What about: ids, names or aliases.")] = ()
    lang: Annotated[Language | None, doc("Its language; the site's first if left out.")] = None
    translation_of: Annotated[BriefingRef | None, doc("The briefing that this one translates.")] = (
        None
    )
    authors: Annotated[tuple[Text, ...], WORDS, doc("Who wrote it.")] = ()
    image: Annotated[
        SharedImage | None, doc("What is shown where it is shared, in place of a drawn card.")
    ] = None
    updated: Annotated[Moment | None, doc("When its substance last changed.")] = None
    status: Annotated[
        Status, doc("A `draft` is not published; the others say if it still holds.")
    ] = "current"
    superseded_by: Annotated[
        tuple[SupersededBy, ...], doc("What replaced it; goes with `status: superseded`.")
    ] = ()
    withdrawn: Annotated[
        Withdrawal | None, doc("When and why it was withdrawn; goes with `status: withdrawn`.")
    ] = None
    reconstructed: Annotated[Day | None, doc("When it was written, long after its date.")] = None
    review_by: Annotated[Day | None, doc("When it is due for review.")] = None
    aliases: Annotated[tuple[SitePath, ...], doc("Former addresses, which redirect here.")] = ()
    changes: Annotated[tuple[Change, ...], doc("What was changed after publication.")] = ()
    sources: Annotated[tuple[Source, ...], doc("Its sources.")] = ()
    figures: Annotated[tuple[Figure, ...], doc("The numbers it relies on.")] = ()
    moves: Annotated[tuple[Move, ...], doc("Who did what where.")] = ()
    judgements: Annotated[tuple[Judgement, ...], doc("What it expects.")] = ()


class Company(FrontMatter, frozen=True, kw_only=True, tag_field="kind", tag="company"):
    """A company or a brand; the body is its profile."""

    name: Annotated[Text, doc("The name that readers know.")]
    aliases: Annotated[tuple[Text, ...], doc("Other names that briefings may use for it.")] = ()
    former_names: Annotated[
        tuple[Text, ...], doc("Names it had before, oldest first; briefings may use them.")
    ] = ()
    former_ids: Annotated[
        tuple[FormerId, ...], doc("Ids it had before, oldest first; their addresses redirect.")
    ] = ()
    parent: Annotated[CompanyRef | None, doc("Who owns it.")] = None
    website: Annotated[Url | None, doc("Its own site.")] = None
    wikidata: Annotated[WikidataId | None, doc("Its Wikidata item, such as `Q312`.")] = None
    products: Annotated[tuple[Text, ...], doc("Its products, as moves name them.")] = ()


class Region(FrontMatter, frozen=True, kw_only=True, tag_field="kind", tag="region"):
    """A country, a continent or a group of them; the body is a short note."""

    name: Annotated[Text, doc("The name, in the site's first language.")]
    code: Annotated[
        RegionCode | None, doc("ISO 3166-1 (`FR`) or UN M49 (`150`); none for a group.")
    ] = None
    parent: Annotated[RegionRef | None, doc("The region that contains it.")] = None
    members: Annotated[
        tuple[RegionRef, ...], doc("For a group across the tree: the regions it contains.")
    ] = ()
    aliases: Annotated[tuple[Text, ...], doc("Other names that briefings may use for it.")] = ()
    former_names: Annotated[
        tuple[Text, ...], doc("Names it had before, oldest first; briefings may use them.")
    ] = ()
    former_ids: Annotated[
        tuple[FormerId, ...], doc("Ids it had before, oldest first; their addresses redirect.")
    ] = ()


class Topic(FrontMatter, frozen=True, kw_only=True, tag_field="kind", tag="topic"):
    """A subject of briefings; the body is a short definition."""

    name: Annotated[Text, doc("The name.")]
    aliases: Annotated[tuple[Text, ...], doc("Other names that briefings may use for it.")] = ()
    former_names: Annotated[
        tuple[Text, ...], doc("Names it had before, oldest first; briefings may use them.")
    ] = ()
    former_ids: Annotated[
        tuple[FormerId, ...], doc("Ids it had before, oldest first; their addresses redirect.")
    ] = ()
    parent: Annotated[TopicRef | None, doc("The wider topic.")] = None


class Page(FrontMatter, frozen=True, kw_only=True, tag_field="kind", tag="page"):
    """A standing page, such as About."""

    title: Annotated[Text, doc("The title.")]
    summary: Annotated[Text | None, doc("A sentence for search engines and previews.")] = None
    menu: Annotated[Text | None, doc("Its label in the menu; not in the menu if left out.")] = None
    former_ids: Annotated[
        tuple[FormerId, ...], doc("Ids it had before, oldest first; their addresses redirect.")
    ] = ()
    lang: Annotated[Language | None, doc("Its language; the site's first if left out.")] = None


AnyFrontMatter = Briefing | Company | Region | Topic | Page

FRONT_MATTER: dict[Kind, type[AnyFrontMatter]] = {
    "briefing": Briefing,
    "company": Company,
    "region": Region,
    "topic": Topic,
    "page": Page,
}
