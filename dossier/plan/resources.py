"""Sitemaps, social cards and what else is written without a template."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Literal

import msgspec

from dossier.entries import Entry
from dossier.models import Briefing, Figure
from dossier.plan.figures import FigureRows
from dossier.plan.parts import Parts
from dossier.quantities import amount, base_unit
from dossier.references import fold
from dossier.resource_views import (
    BriefingCardView,
    PublishedFigure,
    ResourceView,
    RobotsView,
    SiteCardView,
    SitemapAddress,
    SitemapIndexView,
    SitemapView,
    TableView,
)
from dossier.site import Site
from dossier.sitemaps import MOST_ADDRESSES
from dossier.typography import typeset
from dossier.urls import MENU_SECTIONS, SITEMAP


class ResourceFiles:
    """Makes the views of resources."""

    def __init__(self, site: Site, parts: Parts, figures: FigureRows) -> None:
        self.site = site
        self.parts = parts
        self._figure_rows = figures

    @cached_property
    def sitemap_parts(self) -> int:
        """How many files the sitemap takes, without the one that lists them."""
        return -(-len(self._addresses) // MOST_ADDRESSES)

    def sitemap(self, number: int) -> ResourceView:
        """The sitemap: part 0 is the whole, or the list of the others."""
        if number == 0 and self.sitemap_parts > 1:
            urls = (self.parts.url(sitemap_path(n + 1)) for n in range(self.sitemap_parts))
            return SitemapIndexView(urls=tuple(urls))
        start = max(number - 1, 0) * MOST_ADDRESSES
        return SitemapView(addresses=self._addresses[start : start + MOST_ADDRESSES])

    def robots(self) -> RobotsView:
        """robots.txt."""
        return RobotsView(sitemap=self.parts.url(SITEMAP))

    def card(self, entry: Entry[Briefing] | None) -> ResourceView:
        """The social card of a briefing, or of the site."""
        settings = self.site.settings
        if entry is None:
            address = settings.base_url.partition("://")[2].rstrip("/")
            return SiteCardView(
                site_title=settings.title, tagline=settings.tagline, address=address
            )
        record = entry.record
        return BriefingCardView(
            lang=entry.lang,
            site_title=settings.title,
            title=typeset(record.title, entry.lang),
            date=entry.moment,
            companies=tuple(self.site.companies[id_].record.name for id_ in record.companies),
            status="" if record.status == "current" else record.status,
        )

    def figures(self, form: Literal["csv", "json"]) -> TableView:
        """Every figure, as a table of one of two forms."""
        rows = tuple(map(msgspec.structs.astuple, self._figures))
        columns = PublishedFigure.__struct_fields__
        return TableView(form=form, name="figures", columns=columns, rows=rows)

    @cached_property
    def _figures(self) -> tuple[PublishedFigure, ...]:
        """Every figure: by company, region, label and unit, the newest date first."""
        found = (
            _published(entry, figure, self.parts.url(entry.path))
            for entry in self.site.originals
            for figure in entry.record.figures
        )
        newest_first = sorted(found, key=lambda one: one.as_of, reverse=True)

        def series(one: PublishedFigure) -> tuple[str, ...]:
            return one.company or "", one.region or "", fold(one.label), fold(one.base_unit)

        return tuple(sorted(newest_first, key=series))

    @cached_property
    def _addresses(self) -> tuple[SitemapAddress, ...]:
        return tuple(self._list_addresses())

    def _list_addresses(self) -> Iterator[SitemapAddress]:
        """Every page that has an address of its own; further pages of long lists are led to."""
        for path in ("", *MENU_SECTIONS.values()):
            yield SitemapAddress(url=self.parts.url(path))
        site = self.site
        for entries in (site.pages, site.companies, site.regions, site.topics):
            for entry in entries.values():
                yield SitemapAddress(url=self.parts.url(entry.path))
        for briefing in site.briefings.values():
            yield SitemapAddress(
                url=self.parts.url(briefing.path),
                modified=briefing.record.updated or briefing.record.date,
                translations=self.parts.translations(site.versions(briefing)),
            )


def _published(entry: Entry[Briefing], figure: Figure, url: str) -> PublishedFigure:
    source = next(source for source in entry.record.sources if source.id == figure.source)
    return PublishedFigure(
        company=figure.company,
        region=figure.region,
        label=figure.label,
        language=entry.lang,
        qualifier=figure.qualifier,
        value=figure.value,
        unit=figure.unit,
        amount=amount(figure, entry.lang),
        base_unit=base_unit(figure.unit, entry.lang)[1],
        as_of=figure.as_of,
        note=figure.note,
        source=source.title,
        source_publisher=source.publisher,
        source_date=source.date,
        source_url=source.url,
        briefing=url,
        briefing_status=entry.record.status,
    )


def sitemap_path(number: int) -> str:
    """The path of a part of the sitemap; 0 is the one that is announced."""
    return SITEMAP if number == 0 else f"sitemap-{number}.xml"
