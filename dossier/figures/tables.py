"""Tables of all figures: figures.csv and figures.json."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from dossier.content.models import Briefing, Figure
from dossier.figures.units import amount, base_unit
from dossier.figures.views import PublishedFigure
from dossier.language.folding import fold
from dossier.site.entries import Entry
from dossier.site.reads import remembered
from dossier.site.urls import FIGURES_CSV, FIGURES_JSON
from dossier.views.builder import Parts
from dossier.views.files import TableView
from dossier.views.outputs import Builder, FileOutput, ViewOutput


class FigureTables(Builder):
    """Builds the table of figures in both forms."""

    name = "figure_table"

    def __init__(self, parts: Parts) -> None:
        self.site = parts.site
        self.parts = parts
        self._figures = remembered(self._list_figures)

    def plan(self) -> Iterator[FileOutput]:
        """List the files."""
        for path in (FIGURES_CSV, FIGURES_JSON):
            yield FileOutput(file=path, builder=self.name)

    def view(self, output: ViewOutput) -> TableView:
        """Build the table."""
        return TableView(
            form="csv" if output.file == FIGURES_CSV else "json",
            name="figures",
            columns=PublishedFigure.__struct_fields__,
            rows=tuple(map(msgspec.structs.astuple, self._figures())),
            licence=self.parts.brand.view("").licence_url,
        )

    def _list_figures(self) -> tuple[PublishedFigure, ...]:
        """List all figures by company, region, label and unit, newest date first."""
        found = (
            _published(self.parts, entry, figure)
            for entry in self.site.originals
            if entry.facts.figures  # the words of others do not matter here
            for figure in self.site.words(entry).figures
        )
        newest_first = sorted(found, key=lambda one: one.as_of, reverse=True)

        def series(one: PublishedFigure) -> tuple[str, ...]:
            return one.company or "", one.region or "", fold(one.label), fold(one.base_unit)

        return tuple(sorted(newest_first, key=series))


def _published(parts: Parts, entry: Entry[Briefing], figure: Figure) -> PublishedFigure:
    company, region = figure.company, figure.region
    source = next(source for source in entry.facts.sources if source.id == figure.source)
    return PublishedFigure(
        company=company,
        company_name=parts.company_link(company).title if company else None,
        region=region,
        region_name=parts.region_link(region).title if region else None,
        label=figure.label,
        language=entry.lang,
        qualifier=figure.qualifier,
        value=figure.value,
        unit=figure.unit,
        amount=amount(figure, entry.lang),
        base_unit=base_unit(figure.unit, entry.lang)[1],
        as_of=figure.as_of,
        note=figure.note,
        unsourced="true" if figure.unsourced else "",
        source=source.title,
        source_publisher=source.publisher,
        source_date=source.date,
        source_url=source.url,
        source_reliability=source.reliability,
        briefing=parts.url(entry.path),
        briefing_status=entry.facts.status,
    )
