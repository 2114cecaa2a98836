"""Template of new files: fields with comments above them, and optional ones commented out.

A comment begins with `# `, a field that is commented out with `#` alone.
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
"""Text that needs no quotes; an apostrophe or a hyphen only matters at the beginning."""
_PLAIN_TAGS = ("tag:yaml.org,2002:str", "tag:yaml.org,2002:timestamp")
_ENDS = [
    "",
    "# The text follows below this line, in Markdown.",
]


class Field(msgspec.Struct, frozen=True):
    """A field of a new file: its comment, and an example if it is optional.

    An example is YAML with placeholders such as `{company}`. Without a value for one, the field is
    left out.
    """

    name: str
    comment: str
    example: str = ""


FIELDS: dict[Kind, tuple[Field, ...]] = {
    "briefing": (
        Field("title", "The headline: what happened, in one line."),
        Field("date", "Day of publication, 2022-07-07; or a moment, 2022-07-07T09:30+02:00."),
        Field("summary", "One or two sentences, the bottom line up front."),
        Field(
            "companies", "Who it is about, by id, name or alias: [a-company, Another Company]", "[]"
        ),
        Field("regions", "Where, by id, code, name or alias: [FR, europe]", "[]"),
        Field("topics", "What about, by id, name or alias: [live-shopping]", "[]"),
        Field("status", "A draft is not published; without this line it is.", "draft"),
        Field("lang", "The language, where it is not the site's own: fr", "{lang}"),
        Field("translation_of", "The id of the briefing that this one translates: amazon-live"),
        Field("authors", "Who wrote it: [A. Analyst, B. Writer]", "[A. Analyst]"),
        Field("review_by", "When it is due for review: 2022-10-07", "{later}"),
        Field(
            "sources",
            "Its sources. Cite a source in the text by its id: [@prweek]",
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
            "The numbers it relies on; needs `sources`.",
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
    by: {next_year}  # resolution date""",
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
        Field("aliases", "Other names that briefings may use for it.", "[Another name]"),
        Field("parent", "The company that owns it, by id or name.", "{company}"),
        Field("website", "Its own site.", "https://example.org/"),
        Field("wikidata", "Its item on wikidata.org: Q312", "Q312"),
        Field("products", "Its products, as moves name them.", "[A product]"),
    ),
    "region": (
        Field("name", "The name, in the site's first language."),
        Field(
            "code",
            "ISO 3166-1 for a country, UN M49 for a continent; a group has none.",
            "{code}",
        ),
        Field("parent", "The region that contains it, by id, code or name: europe", "{above}"),
        Field("members", "For a group across the tree, its regions: [FR, DE]", "[{below}]"),
        Field("aliases", "Other names that briefings may use for it.", "[Another name]"),
    ),
    "topic": (
        Field("name", "The name."),
        Field("aliases", "Other names that briefings may use for it.", "[Another name]"),
        Field("parent", "The wider topic, by id or name: social-commerce", "{topic}"),
    ),
    "page": (
        Field("title", "The title."),
        Field("summary", "A sentence for search engines.", "What this page is about."),
        Field("menu", "Its label in the menu; without it, it is not in the menu.", "A label"),
        Field("lang", "The language, where it is not the site's own: fr", "{lang}"),
    ),
}
"""The fields of a new file by kind, in their order. Rare and later ones are left out."""

_ALWAYS = ("companies", "regions", "topics")
"""Fields that are included even if empty."""

_CHOICES = {
    "stages": ", ".join(get_args(Stage)),
    "bases": ", ".join(get_args(Basis)),
    "likelihoods": ", ".join(get_args(Likelihood)),
    "confidences": ", ".join(get_args(Confidence)),
}


def render_skeleton(kind: Kind, record: AnyFrontMatter, examples: Mapping[str, str]) -> str:
    """Render a new file with some front matter.

    `examples` are the values of placeholders in optional fields: names of the site, and dates.
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
        optional = ["", "# The rest is optional: remove the # from the lines you use.", *optional]
    return "\n".join(["---", *given, *optional, *_ENDS, "---", "", ""])


def quote_yaml(text: str, in_list: bool = False) -> str:
    """Write a line of text as a YAML value, in quotes where it needs them."""
    needs_none = _PLAIN.fullmatch(text) and _resolve(text) in _PLAIN_TAGS
    if needs_none and not (in_list and "," in text):
        return text
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def _resolve(text: str) -> str:
    """Find the type that other YAML readers give a plain value: `NO` is false, `150` a number."""
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
    except KeyError:  # the site has no value for it yet
        return
    space = "" if example.startswith("\n") else " "
    yield f"# {field.comment}"
    yield from (f"#{line}" for line in f"{field.name}:{space}{example}".splitlines())
