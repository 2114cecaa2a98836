"""The moves and the positions of the market as tables for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dossier.market.model import Market, RegionMove, build_market
from dossier.market.rows import MarketRows
from dossier.site.urls import MARKET, MARKET_DATA
from dossier.views.builder import Parts
from dossier.views.files import TableView, Value
from dossier.views.outputs import Builder, FileOutput, ViewOutput

COLUMNS = (
    "company",
    "company_name",
    "product",
    "region",
    "region_name",
    "region_code",
    "stage",
    "date",
    "other_dates",
    "counts_from",
    "basis",
    "disputed",
    "notes",
    "publishers",
    "source_urls",
    "briefings",
)
"""The columns of both tables; `docs/market.md` describes them."""


class MarketTables(Builder):
    """Builds the tables of the market."""

    name = "market_table"

    def __init__(self, parts: Parts, rows: MarketRows) -> None:
        self.site = parts.site
        self.parts = parts
        self.rows = rows

    @property
    def market(self) -> Market:
        """The moves of all briefings."""
        return self.site.model(build_market)

    def plan(self) -> Iterator[FileOutput]:
        """List the files: both tables in both forms."""
        for path in MARKET_DATA:
            yield FileOutput(file=path, builder=self.name)

    def view(self, output: ViewOutput) -> TableView:
        """Build a table. `positions` are of today, `moves` all there are, oldest first."""
        name, _, form = output.file.removeprefix(MARKET).partition(".")
        as_of = self.site.settings.today
        moves: Iterable[RegionMove] = self.market.moves
        if name == "positions":
            moves = sorted(self.market.positions(as_of).values(), key=self.rows.by_place)
        return TableView(
            form="csv" if form == "csv" else "json",
            name=name,
            as_of=as_of,
            columns=COLUMNS,
            rows=tuple(map(self._row, moves)),
            licence=self.parts.brand.view("").licence_url,
        )

    def _row(self, move: RegionMove) -> tuple[Value, ...]:
        mentions = move.mentions
        entries = [self.site.briefings[mention.briefing] for mention in mentions]
        named = [
            source
            for entry, mention in zip(entries, mentions, strict=True)
            for source in entry.facts.sources
            if source.id in mention.move.sources
        ]
        return (
            move.company,
            self.parts.company_link(move.company).title,
            move.product,
            move.region,
            self.parts.region_link(move.region).title,
            self.site.regions[move.region].facts.code or "",
            move.stage,
            move.dates[0],
            move.dates[1:],
            move.day,
            move.basis,
            _each_once(mention.move.disputed for mention in mentions),
            _each_once(self.rows.note(mention) for mention in mentions),
            _each_once(source.publisher for source in named),
            _each_once(source.url for source in named),
            _each_once(self.parts.url(entry.path) for entry in entries),
        )


def _each_once(texts: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))
