"""Rows of moves or figures, gathered for each company and region, newest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Generic, TypeVar

from dossier.site import Site

Row = TypeVar("Row")


class Rows(Generic[Row]):
    """Rows by company (with those of the companies it owns) and by region (with those in it)."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._by_company: dict[str, list[tuple[str, Row]]] = defaultdict(list)
        self._by_region: dict[str, list[tuple[str, Row]]] = defaultdict(list)

    def add(self, row: Row, date: str, companies: Iterable[str], regions: Iterable[str]) -> None:
        """File a row under the companies and regions that it names, and all that contain them."""
        for id_ in self._site.company_tree.within(companies):
            self._by_company[id_].append((date, row))
        for id_ in self._site.region_tree.within(regions):
            self._by_region[id_].append((date, row))

    def of_company(self, id_: str) -> tuple[Row, ...]:
        """The rows of a company."""
        return _newest_first(self._by_company.get(id_, []))

    def of_region(self, id_: str) -> tuple[Row, ...]:
        """The rows of a region."""
        return _newest_first(self._by_region.get(id_, []))


def _newest_first(dated: list[tuple[str, Row]]) -> tuple[Row, ...]:
    return tuple(row for _, row in sorted(dated, key=lambda pair: pair[0], reverse=True))
