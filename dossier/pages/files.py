"""Sitemaps, social cards and what else is written without a template."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Literal

import msgspec

from dossier.content.models import Briefing, Figure
from dossier.figures.rows import FigureRows
from dossier.figures.units import amount, base_unit
from dossier.figures.views import PublishedFigure
from dossier.language.folding import fold
from dossier.language.messages import gettext, status_name
from dossier.language.typography import typeset
from dossier.market.scopes import Scopes
from dossier.pages.file_views import (
    BriefingCardView,
    LlmsLink,
    LlmsSection,
    LlmsView,
    RobotsView,
    SiteCardView,
    SitemapAddress,
    SitemapIndexView,
    SitemapView,
)
from dossier.site.entries import Entry
from dossier.site.site import Site
from dossier.site.urls import MARKET, MENU_SECTIONS, SEARCH, SITEMAP, markdown_path
from dossier.views.builder import Parts
from dossier.views.files import ResourceView, TableView
from dossier.views.parts import Item, Link

MOST_ADDRESSES = 50_000
"""Pages that the protocol allows in one file."""

LLMS_BRIEFINGS = 100
LLMS_TERMS = 50
"""Briefings in llms.txt, and companies, regions or topics: it is to be read whole."""


class ResourceFiles:
    """Makes the views of resources."""

    def __init__(self, site: Site, parts: Parts, market: Scopes, figures: FigureRows) -> None:
        self.site = site
        self._market = market
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
        record, state = entry.record, self.parts.status.of(entry.id)
        return BriefingCardView(
            lang=entry.lang,
            site_title=settings.title,
            title=typeset(record.title, entry.lang),
            date=entry.moment,
            companies=tuple(self.site.companies[id_].record.name for id_ in record.companies),
            status="" if state == "current" else state,
        )

    @property
    def llms_briefings(self) -> tuple[str, ...]:
        """The briefings in llms.txt, newest first."""
        return self.site.relations.originals[:LLMS_BRIEFINGS]

    def llms(self) -> LlmsView:
        """llms.txt: briefings as Markdown, which a language model reads best, all else as pages."""
        lang, parts, relations = self.site.settings.language, self.parts, self.site.relations
        items = parts.items(self.site.of(self.llms_briefings))
        pages = (Link(path=e.path, title=e.record.title) for e in self.site.pages.values())
        sections = (
            (gettext(lang, "Briefings"), tuple(map(self._llms_briefing, items))),
            (
                gettext(lang, "Companies"),
                self._llms_terms(relations.by_company, parts.company_link),
            ),
            (gettext(lang, "Regions"), self._llms_terms(relations.by_region, parts.region_link)),
            (gettext(lang, "Topics"), self._llms_terms(relations.by_topic, parts.topic_link)),
            ("Optional", tuple(LlmsLink(title=p.title, url=parts.url(p.path)) for p in pages)),
        )
        return LlmsView(
            title=self.site.settings.title,
            tagline=self.site.settings.tagline,
            sections=tuple(LlmsSection(heading=h, links=links) for h, links in sections if links),
        )

    def _llms_briefing(self, item: Item) -> LlmsLink:
        status = status_name(self.site.settings.language, item.status)
        about = ", ".join(filter(None, (item.date[:10], status)))
        url = self.parts.url(markdown_path(item.path))
        return LlmsLink(title=item.title, url=url, note=f"({about}) {item.summary}")

    def _llms_terms(
        self, briefings: Mapping[str, Sequence[str]], link: Callable[[str], Link]
    ) -> tuple[LlmsLink, ...]:
        """The companies, regions or topics most written about."""
        counted = Counter({id_: len(ids) for id_, ids in briefings.items()})
        counts = self.parts.counts(counted, link, briefings, LLMS_TERMS)
        return tuple(
            LlmsLink(title=count.link.title, url=self.parts.url(count.link.path))
            for count in counts
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
        search = SEARCH if self.site.settings.search else ""
        others = filter(None, (search, self.parts.feeds.list_path))
        of_market = (path for path in self._market.by_path if path != MARKET)
        for path in ("", *MENU_SECTIONS.values(), *of_market, *others):
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
