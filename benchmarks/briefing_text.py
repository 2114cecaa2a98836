"""Writes the text of a made-up briefing from `words`, by dice that anybody can roll again."""

from __future__ import annotations

import random
import re
import unicodedata
from bisect import bisect
from collections.abc import Iterator, Sequence
from typing import TypeVar

from benchmarks.words import PUBLISHERS, SETTINGS, Language

Item = TypeVar("Item")

WORDS = (455, 570)
"""Between how many words a body has, about."""


def slugify(text: str) -> str:
    """The address of a name or a title: ASCII letters and digits, with single hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


class Dice:
    """Random choices by `random()` alone, the one method that never changed between Pythons."""

    def __init__(self, *seed: object) -> None:
        self._random = random.Random("/".join(map(str, seed))).random

    def number(self, low: int, high: int) -> int:
        """A whole number between two, both included."""
        return low + int(self._random() * (high - low + 1))

    def pick(self, items: Sequence[Item]) -> Item:
        """One of the items."""
        return items[int(self._random() * len(items))]

    def sample(self, items: Sequence[Item], count: int) -> list[Item]:
        """Some of the items, all different, in any order."""
        rest = list(items)
        return [rest.pop(int(self._random() * len(rest))) for _ in range(count)]

    def weighted(self, sums: Sequence[float]) -> int:
        """The place of an item whose weight is given by running sums."""
        return bisect(sums, self._random() * sums[-1])


class Writer:
    """Writes about some companies in some regions, in one language."""

    def __init__(
        self, dice: Dice, language: Language, companies: Sequence[str], regions: Sequence[str]
    ) -> None:
        self._dice = dice
        self._language = language
        self._companies = companies
        self._regions = regions

    def title(self) -> str:
        """A headline."""
        return self._fill(self._dice.pick(self._language.titles))

    def plain(self, count: int) -> str:
        """Sentences without markup."""
        return " ".join(self._fill(self._dice.pick(self._language.plain)) for _ in range(count))

    def source(self) -> tuple[str, str, str]:
        """A source: its title, its publisher, its address."""
        publisher = self._dice.pick(PUBLISHERS)
        return self._fill(self._dice.pick(self._language.titles)), publisher, self._url(publisher)

    def body(self, marker: str) -> str:
        """A body of Markdown that begins with a marker."""
        blocks = list(self._blocks(marker))
        blocks += self._footnotes()
        missing = self._dice.number(*WORDS) - len("\n".join(blocks).split())
        prose = [n for n, block in enumerate(blocks) if block[0].isalpha()]
        while missing > 0:
            sentence = self._sentence()
            blocks[self._dice.pick(prose)] += f" {sentence}"
            missing -= len(sentence.split())
        return "\n\n".join(blocks) + "\n"

    def _blocks(self, marker: str) -> Iterator[str]:
        headings = self._dice.sample(self._language.headings, 4)
        company = self._companies[0]
        see_also = self._language.see_also.format(name=company, id=slugify(company))
        yield f"{marker} {self._sentences(3)}"
        yield f"## {headings[0]}"
        yield f"{self._sentences(2)}[^1]"
        yield f"{self._sentences(2)} {see_also}"
        yield f"## {headings[1]}"
        yield "\n".join(f"- **{c}**: {self._sentence()}" for c in (company, *self._some_regions()))
        yield f"> {self._sentences(2)}"
        yield f"## {headings[2]}"
        yield self._table()
        yield f"{self._sentences(2)}[^2]"
        yield f"### {headings[3]}"
        yield "\n".join(f"{n}. {self._sentence()}" for n in (1, 2, 3))
        if self._dice.number(1, 4) == 1:
            yield self._code()
        yield self._sentences(2)

    def _table(self) -> str:
        lines = [f"| {' | '.join(self._language.columns)} |", "|---|---:|---:|---:|"]
        for name in self._dice.sample(self._language.rows, 4):
            before, now = self._dice.number(20, 900), self._dice.number(20, 900)
            lines.append(f"| {name} | {before} | {now} | {(now - before) * 100 // before}% |")
        return "\n".join(lines)

    def _code(self) -> str:
        lines = (f"{name} = {self._dice.number(1, 90)}" for name in self._dice.sample(SETTINGS, 3))
        return "\n".join(["```", *lines, "```"])

    def _footnotes(self) -> Iterator[str]:
        return (f"[^{n}]: {self._sentence()}" for n in (1, 2))

    def _sentences(self, count: int) -> str:
        return " ".join(self._sentence() for _ in range(count))

    def _sentence(self) -> str:
        rich = self._dice.number(1, 5) <= 2
        return self._fill(self._dice.pick(self._language.rich if rich else self._language.plain))

    def _some_regions(self) -> list[str]:
        return [self._dice.pick(self._regions) for _ in range(2)]

    def _fill(self, template: str) -> str:
        language = self._language
        thing, other = self._dice.sample(language.things, 2)
        text = template.format(
            company=self._dice.pick(self._companies),
            region=self._dice.pick(self._regions),
            thing=thing,
            other=other,
            manner=self._dice.pick(language.manners),
            setting=self._dice.pick(language.settings),
            month=self._dice.pick(language.months),
            code=self._dice.pick(SETTINGS),
            pct=self._dice.number(2, 80),
            count=self._dice.number(3, 90),
            url=self._url(self._dice.pick(PUBLISHERS)),
        )
        return text[0].upper() + text[1:]

    def _url(self, publisher: str) -> str:
        day = f"{self._dice.number(2020, 2025)}/{self._dice.number(1, 12):02}"
        return f"https://{slugify(publisher)}.example/{day}/{self._dice.number(10000, 99999)}"
