"""Index of moves and figures by company and region, newest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from dossier.site.relations import Relations

RowPlace = tuple[str, int]
"""The id of a row's briefing, and the row's index there."""


class Rows:
    """Rows by company (including those it owns) and by region (including those it contains)."""

    def __init__(self, relations: Relations) -> None:
        self._relations = relations
        self._by_company: dict[str, list[tuple[str, RowPlace]]] = defaultdict(list)
        self._by_region: dict[str, list[tuple[str, RowPlace]]] = defaultdict(list)

    def add(
        self, place: RowPlace, date: str, companies: Iterable[str], regions: Iterable[str]
    ) -> None:
        """Add a row to its companies and regions, and to everything that contains them."""
        for id_ in self._relations.company_tree.within(companies):
            self._by_company[id_].append((date, place))
        for id_ in self._relations.region_tree.within(regions):
            self._by_region[id_].append((date, place))

    def of_company(self, id_: str) -> list[RowPlace]:
        """Return the rows of a company."""
        return _newest_first(self._by_company.get(id_, []))

    def of_region(self, id_: str) -> list[RowPlace]:
        """Return the rows of a region."""
        return _newest_first(self._by_region.get(id_, []))


def _newest_first(dated: list[tuple[str, RowPlace]]) -> list[RowPlace]:
    return [place for _, place in sorted(dated, key=lambda pair: pair[0], reverse=True)]
