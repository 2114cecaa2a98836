"""Writes a corpus as a generator wants it: Dossier, Hugo, Pelican, Eleventy.

Bodies are the same bytes for all. Front matter says the same in each format.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import get_args

from benchmarks.briefing_text import Dice, slugify
from benchmarks.corpus import Briefing, Corpus, Region
from benchmarks.words import TOPICS
from dossier.content.models import Likelihood

BRIEFINGS = Path("content") / "briefings"
SITE_YAML = """\
title: Benchmark
tagline: Made-up briefings
base_url: https://briefings.example/
languages: [en, fr]
timezone: UTC
"""


def write_site(corpus: Corpus, folder: Path, form: str, claims: bool = False) -> Path:
    """Write a site into a folder; the path below it of the briefing that measurements edit.

    `claims` adds what only Dossier knows: figures, moves, judgements, and the continents that
    countries lie in.
    """
    (folder / BRIEFINGS).mkdir(parents=True, exist_ok=True)
    front_matter = FORMATS[form]
    for number, briefing in enumerate(corpus.briefings()):
        head = front_matter(briefing)
        if claims and form == "dossier":
            head = head.removesuffix("---\n\n") + "".join(_claims(corpus, number, briefing))
            head += "---\n\n"
        _write(folder / BRIEFINGS / f"{briefing.id}.md", head + briefing.body)
    if form == "dossier":
        _write_terms(corpus, folder / "content", claims)
    return BRIEFINGS / f"{corpus.to_edit().id}.md"


def _dossier(briefing: Briefing) -> str:
    lines = [
        f"title: {_quoted(briefing.title)}",
        f"date: {briefing.day}",
        f"lang: {briefing.lang}",
        f"summary: {_quoted(briefing.summary)}",
        f"companies: {_flow(map(slugify, briefing.companies))}",
        f"regions: {_flow(map(slugify, briefing.regions))}",
        f"topics: {_flow(map(slugify, briefing.topics))}",
        "sources:",
        *_sources(briefing),
    ]
    return _yaml(lines)


def _hugo(briefing: Briefing) -> str:
    return _yaml([*_common(briefing), f"text_language: {briefing.lang}"])  # Hugo owns `lang`


def _eleventy(briefing: Briefing) -> str:
    return _yaml([*_common(briefing), f"lang: {briefing.lang}"])


def _pelican(briefing: Briefing) -> str:
    """Pelican's own header; its metadata are texts, so a source is one text in three parts."""
    sources = (f"{s.title} :: {s.publisher}, {s.date} :: {s.url}" for s in briefing.sources)
    lines = [
        f"Title: {briefing.title}",
        f"Date: {briefing.day}",
        f"Slug: {briefing.id}",
        f"Lang: {briefing.lang}",
        f"Summary: {briefing.summary}",
        f"Authors: {'; '.join(briefing.companies)}",
        f"Tags: {', '.join(briefing.regions)}",
        f"Topics: {' || '.join(briefing.topics)}",
        f"Sources: {' || '.join(sources)}",
    ]
    return "\n".join(lines) + "\n\n"


FORMATS: dict[str, Callable[[Briefing], str]] = {
    "dossier": _dossier,
    "hugo": _hugo,
    "pelican": _pelican,
    "eleventy": _eleventy,
}
"""By format: the front matter of a briefing."""


def _common(briefing: Briefing) -> Iterator[str]:
    yield f"title: {_quoted(briefing.title)}"
    yield f"date: {briefing.day}"
    yield f"summary: {_quoted(briefing.summary)}"
    yield f"companies: {_flow(map(_quoted, briefing.companies))}"
    yield f"regions: {_flow(map(_quoted, briefing.regions))}"
    yield f"topics: {_flow(map(_quoted, briefing.topics))}"
    yield "sources:"
    yield from _sources(briefing)


def _sources(briefing: Briefing) -> Iterator[str]:
    for source in briefing.sources:
        yield f"  - id: {source.id}"
        yield f"    title: {_quoted(source.title)}"
        yield f"    publisher: {_quoted(source.publisher)}"
        yield f"    date: {_quoted(source.date)}"
        yield f"    url: {source.url}"


def _claims(corpus: Corpus, number: int, briefing: Briefing) -> Iterator[str]:
    dice = Dice(corpus.seed, corpus.n, number, "claims")
    company, region = slugify(briefing.companies[0]), slugify(briefing.regions[0])
    yield "figures:\n"
    for label, unit in (("Orders in a month", "thousand orders"), ("Sellers", "sellers")):
        # what two briefings tell for one month is the same
        value = Dice(corpus.seed, company, region, briefing.day[:7], label).number(2, 900)
        yield f"  - label: {label}\n    value: {value}\n    unit: {unit}\n"
        yield f"    as_of: {briefing.day[:7]}\n    source: s1\n"
        yield f"    company: {company}\n    region: {region}\n"
    company, region = slugify(dice.pick(briefing.companies)), slugify(dice.pick(briefing.regions))
    stage, month = dice.pick(corpus.moves(company, region))
    yield f"moves:\n  - company: {company}\n    product: Live show\n    regions: [{region}]\n"
    yield f"    stage: {stage}\n    date: {month}\n    basis: reported\n"
    yield "    sources: [s1, s2]\njudgements:\n"
    by = int(briefing.day[:4]) + dice.number(1, 6)
    yield f"  - text: {slugify(briefing.companies[0])} opens in another country before {by + 1}\n"
    yield f"    likelihood: {dice.pick(get_args(Likelihood))}\n    confidence: low\n    by: {by}\n"
    if by < 2026:
        yield f"    outcome: {dice.pick(('true', 'false'))}\n    resolved: {by}-12-31\n"


def _write_terms(corpus: Corpus, content: Path, nested: bool) -> None:
    _write(content / "site.yaml", SITE_YAML)
    for name in corpus.companies:
        text = _yaml([f"name: {_quoted(name)}"]) + corpus.profile(name)
        _write(content / "companies" / f"{slugify(name)}.md", f"{text}\n")
    for region in corpus.regions:
        text = _yaml(_region(region, nested)) + corpus.profile(region.name)
        _write(content / "regions" / f"{slugify(region.name)}.md", f"{text}\n")
    for topic in TOPICS:
        text = _yaml([f"name: {_quoted(topic)}"]) + f"What companies do about it: {topic.lower()}."
        _write(content / "topics" / f"{slugify(topic)}.md", f"{text}\n")


def _region(region: Region, nested: bool) -> Iterator[str]:
    yield f"name: {_quoted(region.name)}"
    yield f"code: {_quoted(region.code)}"
    if nested and region.parent:
        yield f"parent: {slugify(region.parent)}"


def _yaml(lines: Iterable[str]) -> str:
    return "\n".join(["---", *lines, "---", "", ""])


def _quoted(text: str) -> str:
    """A double-quoted YAML scalar: JSON's strings are some."""
    return json.dumps(text, ensure_ascii=False)


def _flow(items: Iterable[str]) -> str:
    return f"[{', '.join(items)}]"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
