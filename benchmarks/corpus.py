"""A made-up briefing site of any size: `python -m benchmarks.corpus --n 1000 OUT`.

The same number and seed give the same bytes, on every system. A briefing depends on nothing but
its own number, the number of briefings and the seed.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

from benchmarks.briefing_text import Dice, Writer, slugify
from benchmarks.words import (
    CONTINENTS,
    COUNTRIES,
    ENGLISH,
    FIRST,
    FRENCH,
    SECOND,
    THIRD,
    TOPICS,
)

SEED = 3
_FIRST_DAY = date(2021, 1, 4)
_DAYS = 4 * 365
_BRIEFINGS_PER_COMPANY = 25
_STAGES = ("planned", "announced", "pilot", "launched", "expanded", "paused", "withdrawn")
_STRIDE = 1327  # coprime to the number of names, so that neighbours look different


@dataclass(frozen=True)
class Source:
    """A source of a briefing; its id is unique within the briefing."""

    id: str
    date: str
    title: str
    publisher: str
    url: str


@dataclass(frozen=True)
class Briefing:
    """A briefing that knows no format. Companies, regions and topics are names."""

    id: str
    lang: str
    title: str
    day: str
    summary: str
    companies: tuple[str, ...]
    regions: tuple[str, ...]
    topics: tuple[str, ...]
    sources: tuple[Source, ...]
    marker: str
    body: str


@dataclass(frozen=True)
class Region:
    """A region by its name, its code and the continent that it lies in, if it is no continent."""

    name: str
    code: str
    parent: str | None


@dataclass(frozen=True)
class Corpus:
    """A site of `n` briefings."""

    n: int
    seed: int = SEED
    company_count: int = 0
    """0 for one in 25 briefings."""
    companies: tuple[str, ...] = field(init=False)
    regions: tuple[Region, ...] = field(init=False)
    _company_sums: tuple[float, ...] = field(init=False, repr=False)
    _region_sums: tuple[float, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        count = self.company_count or max(1, self.n // _BRIEFINGS_PER_COMPANY)
        regions = tuple(_regions())
        values = {
            "companies": tuple(_company_name(k) for k in range(count)),
            "regions": regions,
            "_company_sums": _zipf(count),
            "_region_sums": _zipf(len(regions)),
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def briefings(self) -> Iterator[Briefing]:
        """All briefings, the oldest first."""
        return map(self.briefing, range(self.n))

    def briefing(self, number: int) -> Briefing:
        """One briefing, counted from 0."""
        dice = Dice(self.seed, self.n, number)
        language = FRENCH if number % 5 == 4 else ENGLISH
        companies = [self.companies[k] for k in self._draw(dice, self._company_sums, number, 3)]
        regions = [self.regions[k].name for k in self._draw(dice, self._region_sums, number, 3)]
        writer = Writer(dice, language, companies, regions)
        title = writer.title()
        day = (_FIRST_DAY + timedelta(days=number * _DAYS // self.n)).isoformat()
        marker = f"File {number:06}."
        return Briefing(
            id=f"{slugify(title)[:60].strip('-')}-{number:06}",
            lang=language.code,
            title=title,
            day=day,
            summary=writer.plain(2),
            companies=tuple(companies),
            regions=tuple(regions),
            topics=tuple(dice.sample(TOPICS, dice.number(1, 3))),
            sources=tuple(
                Source(f"s{k}", day[:7], *writer.source()) for k in range(1, dice.number(2, 4) + 1)
            ),
            marker=marker,
            body=writer.body(marker),
        )

    def moves(self, company: str, region: str) -> list[tuple[str, str]]:
        """What a company did in a region, as stages with their months: no briefing contradicts."""
        dice = Dice(self.seed, "moves", company, region)
        count = dice.number(2, len(_STAGES))
        first = dice.number(0, _DAYS // 2)
        days = (first + n * _DAYS // (2 * count) for n in range(count))
        months = [(_FIRST_DAY + timedelta(days=day)).isoformat()[:7] for day in days]
        return list(zip(_STAGES, months, strict=False))

    def to_edit(self) -> Briefing:
        """The briefing that measurements edit: in English, and from the middle."""
        number = self.n // 2
        return self.briefing(number - 1 if number % 5 == 4 else number)

    def profile(self, name: str) -> str:
        """What a company's or a region's own file says of it."""
        dice = Dice(self.seed, "profile", name)
        region = dice.pick(self.regions).name
        return Writer(dice, ENGLISH, [name], [region]).plain(2)

    @staticmethod
    def _draw(dice: Dice, sums: Sequence[float], number: int, most: int) -> list[int]:
        """Some different places; the first briefings see to it that each is drawn once."""
        drawn = {number} if number < len(sums) else set()
        count = dice.number(1, min(most, len(sums)))
        while len(drawn) < count:
            drawn.add(dice.weighted(sums))
        return sorted(drawn)


def edit_text(text: str, briefing: Briefing, body: str = "", title: str = "") -> str:
    """The file of a briefing, whatever its format, with words added to its body or its title."""
    if title:
        text = text.replace(briefing.title, f"{briefing.title} {title}", 1)
    if body:
        text = text.replace(briefing.marker, f"{briefing.marker} {body}.", 1)
    return text


def _zipf(count: int) -> tuple[float, ...]:
    return tuple(accumulate(1 / rank for rank in range(1, count + 1)))


def _company_name(number: int) -> str:
    known = len(FIRST) * len(SECOND) * len(THIRD)
    rest = number * _STRIDE % known
    rest, first = divmod(rest, len(FIRST))
    third, second = divmod(rest, len(SECOND))
    again = f" {number // known + 1}" if number >= known else ""
    return f"{FIRST[first]} {SECOND[second]}{THIRD[third]}{again}"


def _regions() -> Iterator[Region]:
    yield from (Region(name, code, None) for name, code in CONTINENTS.items())
    for continent, countries in COUNTRIES.items():
        for entry in countries.split(", "):
            code, _, name = entry.partition(" ")
            yield Region(name, code, continent)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of every command that writes a site."""
    parser.add_argument("--seed", type=int, default=SEED, help="another seed, another site")
    parser.add_argument(
        "--claims",
        action="store_true",
        help="give Dossier figures, moves, judgements and nested regions too",
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Write a corpus into a folder."""
    from benchmarks.formats import FORMATS, write_site  # it imports this module

    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.corpus", description="Writes a site of made-up briefings."
    )
    parser.add_argument("--n", type=int, default=1000, help="the number of briefings")
    parser.add_argument("--companies", type=int, default=0, help="how many, if not one in 25")
    parser.add_argument("--format", choices=FORMATS, default="dossier", help="for which generator")
    add_options(parser)
    parser.add_argument("out", type=Path, metavar="OUT", help="the site's folder")
    given = parser.parse_args(arguments)
    edited = write_site(
        Corpus(given.n, given.seed, given.companies), given.out, given.format, given.claims
    )
    print(f"{given.n} briefings in {given.out.as_posix()}; edits go to {edited.as_posix()}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
