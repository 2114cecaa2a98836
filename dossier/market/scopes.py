"""What there are pages of the market for, and how each is cut where it is long."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import msgspec

from dossier.market.model import RegionMove, build_market
from dossier.site.site import Site
from dossier.site.urls import MARKET, market_topic_path, market_year_path

MOST_MOVES = 50
"""Moves on a page that is not a year's."""

PAGE_WEIGHT = 240
"""Positions and moves that make a page of the market full."""


class Scope(msgspec.Struct, frozen=True):
    """What pages of the market are about: a day, which may be the end of a year, or one topic.

    Of `companies`, those of each page in the order of their names; `moves` are oldest first.
    """

    path: str
    as_of: str
    positions: Sequence[RegionMove]
    moves: Sequence[RegionMove]
    companies: Sequence[frozenset[str]]
    year: str = ""
    topic: str = ""

    def positions_on(self, number: int) -> Sequence[RegionMove]:
        """Where the companies of a page stand."""
        return [move for move in self.positions if move.company in self.companies[number - 1]]

    def moves_on(self, number: int) -> Sequence[RegionMove]:
        """The moves on a page: in a year, those of its companies; else the latest, on the first."""
        if not self.year:
            return latest(self.moves) if number == 1 else ()
        return [move for move in self.moves if move.company in self.companies[number - 1]]


class Scopes:
    """Every scope of a site, by path: today, each year with moves, each topic with some."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.market = site.model(build_market)
        self._as_of = site.settings.as_of

    @cached_property
    def by_path(self) -> Mapping[str, Scope]:
        """The scopes."""
        return {scope.path: scope for scope in self._list()}

    @cached_property
    def years(self) -> Sequence[str]:
        """The years that have moves, up to this one, newest first."""
        years = {move.day[:4] for move in self.market.moves}
        return sorted((year for year in years if year <= self._as_of[:4]), reverse=True)

    def _list(self) -> Iterator[Scope]:
        market, as_of = self.market, self._as_of
        positions, moves = list(market.positions(as_of).values()), market.moves
        yield Scope(MARKET, as_of, positions, moves, self._pages(positions))
        for year in self.years:
            end = min(f"{year}-12-31", as_of)
            then = list(market.positions(end).values())
            made = [move for move in moves if move.day[:4] == year]
            path = market_year_path(year)
            yield Scope(path, end, then, made, self._pages([*then, *made]), year=year)
        for topic, briefings in self.site.relations.by_topic.items():
            tracks = market.told_by(briefings)
            if not tracks:
                continue
            here = [move for move in positions if move.track in tracks]
            made = [move for move in moves if move.track in tracks]
            path = market_topic_path(topic)
            yield Scope(path, as_of, here, made, self._pages(here), topic=topic)

    def _pages(self, shown: Sequence[RegionMove]) -> list[frozenset[str]]:
        """Companies by page, in the order of their names; a page without any where there is none.

        A page holds so many companies that what it shows of them does not pass `PAGE_WEIGHT`, and
        at least one.
        """
        weights = Counter(move.company for move in shown)
        pages: list[list[str]] = [[]]
        weight = 0
        for company in sorted(weights, key=lambda id_: self.site.companies[id_].facts.name):
            if pages[-1] and weight + weights[company] > PAGE_WEIGHT:
                pages.append([])
                weight = 0
            pages[-1].append(company)
            weight += weights[company]
        return [frozenset(page) for page in pages]


def latest(moves: Sequence[RegionMove]) -> Sequence[RegionMove]:
    """The last of some moves, as many as a page shows."""
    return moves[-MOST_MOVES:]
