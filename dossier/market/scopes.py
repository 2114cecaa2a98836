"""Scopes of market pages, and how long ones are split."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import msgspec

from dossier.language.folding import sort_key
from dossier.market.model import RegionMove, build_market
from dossier.site.site import Site
from dossier.site.urls import MARKET, market_topic_path, market_year_path

MOST_MOVES = 50
"""Moves on a page that is not a year's."""

PAGE_WEIGHT = 240
"""The most positions and moves on a page of the market."""


class Scope(msgspec.Struct, frozen=True):
    """The subject of market pages: today, the end of a year, or one topic.

    `companies` has a set for each page, in the order of their names; `moves` are oldest first.
    """

    path: str
    as_of: str
    positions: Sequence[RegionMove]
    moves: Sequence[RegionMove]
    companies: Sequence[frozenset[str]]
    year: str = ""
    topic: str = ""

    def positions_on(self, number: int) -> Sequence[RegionMove]:
        """List the positions of a page's companies."""
        return [move for move in self.positions if move.company in self.companies[number - 1]]

    def moves_on(self, number: int) -> Sequence[RegionMove]:
        """List the moves on a page: of its companies in a year; else the latest, on page 1."""
        if not self.year:
            return latest(self.moves) if number == 1 else ()
        return [move for move in self.moves if move.company in self.companies[number - 1]]


class Scopes:
    """All scopes of a site, by path: today, each year and each topic with moves."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.market = site.model(build_market)
        self._as_of = site.settings.today

    @cached_property
    def by_path(self) -> Mapping[str, Scope]:
        """The scopes, by the path of their first page."""
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
            tracks = market.tracks_in(briefings)
            if not tracks:
                continue
            here = [move for move in positions if move.track in tracks]
            made = [move for move in moves if move.track in tracks]
            path = market_topic_path(topic)
            yield Scope(path, as_of, here, made, self._pages(here), topic=topic)

    def _pages(self, shown: Sequence[RegionMove]) -> list[frozenset[str]]:
        """Split companies into pages, in the order of their names; one empty page if none.

        A page has as many companies as fit within `PAGE_WEIGHT`, and at least one.
        """
        weights = Counter(move.company for move in shown)
        pages: list[list[str]] = [[]]
        weight = 0
        for company in sorted(
            weights, key=lambda id_: sort_key(self.site.companies[id_].facts.name)
        ):
            if pages[-1] and weight + weights[company] > PAGE_WEIGHT:
                pages.append([])
                weight = 0
            pages[-1].append(company)
            weight += weights[company]
        return [frozenset(page) for page in pages]


def latest(moves: Sequence[RegionMove]) -> Sequence[RegionMove]:
    """Return the latest moves, as many as a page shows."""
    return moves[-MOST_MOVES:]
