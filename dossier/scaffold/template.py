"""The text of a new file: its fields, a comment above each, and the optional ones to uncomment.

What is a comment begins with `# `, and a field that is commented out with `#` alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

import msgspec
import yaml
from yaml.resolver import Resolver

from dossier.content.models import AnyFrontMatter, Basis, Confidence, Kind, Likelihood, Stage

_PLAIN = re.compile(r"[^\W_]([\w .,()'’–—-]*[\w.)'’])?")
"""What needs no quotes; an apostrophe or a hyphen is none at the beginning only."""
_PLAIN_TAGS = ("tag:yaml.org,2002:str", "tag:yaml.org,2002:timestamp")
_ENDS = [
    "",
    "# The text follows below this line, in Markdown. Every field: docs/front-matter.md",
]


class Field(msgspec.Struct, frozen=True):
    """A field of a new file: what to say of it, and an example where it is optional.

    An example is YAML with gaps such as `{company}`. Where nothing fits a gap, it is left out.
    """

    name: str
    comment: str
    example: str = ""


FIELDS: dict[Kind, tuple[Field, ...]] = {
    "briefing": (
        Field("title", "The headline: what happened, in one line."),
        Field("date", "Day of publication, 2022-07-07; or a moment, 2022-07-07T09:30+02:00."),
        Field("summary", "One or two sentences, the bottom line up front."),
        Field("companies", "Who it is about, by id, name or alias: [tiktok, amazon]", "[]"),
        Field("regions", "Where, by id, code, name or alias: [FR, europe]", "[]"),
        Field("topics", "What about, by id, name or alias: [live-shopping]", "[]"),
        Field("status", "A draft is not published; without this line it is.", "draft"),
        Field("lang", "The language, where it is not the site's own: fr", "{lang}"),
        Field("translation_of", "The id of the briefing that this one translates: amazon-live"),
        Field("authors", "Who wrote it: [A. Analyst, B. Writer]", "[A. Analyst]"),
        Field("review_by", "When to look at it again: 2022-10-07", "{later}"),
        Field(
            "sources",
            "What it rests on. Cite a source in the text by its id: [@prweek]",
            """
  - id: prweek
    title: The title as published
    publisher: PRWeek
    date: {date}  # a year, a month or a day, as precisely as is known
    url: https://www.prweek.com/
    reliability: B  # A: completely reliable, to E: unreliable; F: cannot be judged""",
        ),
        Field(
            "figures",
            "The numbers that it rests on; needs `sources`.",
            """
  - label: Monthly active users
    company: {company}
    value: 1.5  # a point for decimals, nothing between thousands
    unit: billion people
    as_of: {date}
    source: prweek""",
        ),
        Field(
            "moves",
            "Who did what where; needs `sources`.",
            """
  - company: {company}
    product: {product}
    regions: [{region}]
    stage: launched  # {stages}
    date: {date}  # a year, a month or a day, as precisely as is known
    basis: reported  # {bases}
    sources: [prweek]""",
        ),
        Field(
            "judgements",
            "What it expects, worded so that it can turn out true or false.",
            """
  - text: Something happens before the end of next year
    likelihood: unlikely  # {likelihoods}
    confidence: moderate  # {confidences}
    by: {next_year}  # when it can be told""",
        ),
        Field("updated", "When its substance last changed: 2022-07-13", "{date}"),
        Field(
            "changes",
            "What was changed after publication; readers see it.",
            """
  - date: {date}
    kind: update  # update: something new; correction: something was wrong
    note: What changed, in a sentence.""",
        ),
    ),
    "company": (
        Field("name", "The name that readers know."),
        Field("aliases", "Other names by which briefings may refer to it.", "[Another name]"),
        Field("parent", "The company that owns it, by id or name: bytedance", "{company}"),
        Field("website", "Its own site: https://www.tiktok.com/", "https://example.org/"),
        Field("wikidata", "Its item on wikidata.org: Q312", "Q312"),
        Field("products", "What it offers, as moves name it: [TikTok Shop]", "[A product]"),
    ),
    "region": (
        Field("name", "The name, in the site's first language."),
        Field("code", "ISO 3166-1 for a country, UN M49 for more; a group has none.", "{code}"),
        Field("parent", "The region that it lies in, by id, code or name: europe", "{above}"),
        Field("members", "For a group across the tree, what it contains: [FR, DE]", "[{below}]"),
        Field("aliases", "Other names by which briefings may refer to it.", "[Another name]"),
    ),
    "topic": (
        Field("name", "The name."),
        Field("aliases", "Other names by which briefings may refer to it.", "[Another name]"),
        Field("parent", "The wider topic, by id or name: social-commerce", "{topic}"),
    ),
    "page": (
        Field("title", "The title."),
        Field("summary", "A sentence for search engines.", "What this page is about."),
        Field("menu", "Its label in the menu; without it, it is not in the menu.", "A label"),
        Field("lang", "The language, where it is not the site's own: fr", "{lang}"),
    ),
}
"""The fields of a new file by kind, in their order. Those left out are rare, or come later."""

_ALWAYS = ("companies", "regions", "topics")
"""Fields that are there even where they are empty."""

_CHOICES = {
    "stages": ", ".join(get_args(Stage)),
    "bases": ", ".join(get_args(Basis)),
    "likelihoods": ", ".join(get_args(Likelihood)),
    "confidences": ", ".join(get_args(Confidence)),
}


def render_skeleton(kind: Kind, record: AnyFrontMatter, examples: Mapping[str, str]) -> str:
    """The text of a new file that holds a record.

    `examples` fill the gaps of the fields that are commented out: names of the site, and dates.
    """
    values = msgspec.to_builtins(record)
    gaps = {name: quote_yaml(value, in_list=True) for name, value in examples.items()} | _CHOICES
    given: list[str] = []
    optional: list[str] = []
    for field in FIELDS[kind]:
        if field.name in values or field.name in _ALWAYS:
            value = _yaml(values.get(field.name, ()))
            given += [f"# {field.comment}", f"{field.name}: {value}"]
        elif field.example:
            optional += _option(field, gaps)
    if optional:
        optional = ["", "# The rest is optional: take away the # before what you use.", *optional]
    return "\n".join(["---", *given, *optional, *_ENDS, "---", "", ""])


def quote_yaml(text: str, in_list: bool = False) -> str:
    """A line of text as a YAML value, in quotes where it needs them."""
    needs_none = _PLAIN.fullmatch(text) and _resolve(text) in _PLAIN_TAGS
    if needs_none and not (in_list and "," in text):
        return text
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def _resolve(text: str) -> str:
    """What other readers of YAML take a plain value for: `NO` for false, `150` for a number."""
    resolver: Any = Resolver()
    tag: str = resolver.resolve(yaml.ScalarNode, text, (True, False))
    return tag


def _yaml(value: str | Sequence[str]) -> str:
    if isinstance(value, str):
        return quote_yaml(value)
    return f"[{', '.join(quote_yaml(item, in_list=True) for item in value)}]"


def _option(field: Field, gaps: Mapping[str, str]) -> Iterator[str]:
    try:
        example = field.example.format_map(gaps)
    except KeyError:  # the site has nothing yet that could stand there
        return
    space = "" if example.startswith("\n") else " "
    yield f"# {field.comment}"
    yield from (f"#{line}" for line in f"{field.name}:{space}{example}".splitlines())
