"""The home page, all briefings, all sources, standing pages, 404 and redirects."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import groupby, islice

import msgspec

from dossier.content.models import Briefing, Page, Source
from dossier.language.folding import fold
from dossier.language.messages import gettext
from dossier.pages.terms import TermPages
from dossier.pages.views import (
    BriefingsView,
    HomeView,
    NotFoundView,
    PageView,
    PublishedSource,
    PublisherGroup,
    RedirectView,
    SourcesView,
    YearGroup,
)
from dossier.site.entries import Entry
from dossier.site.site import Site
from dossier.site.urls import NOT_FOUND, SECTIONS, SOURCES
from dossier.views.builder import Parts
from dossier.views.paging import page_slice, paging
from dossier.views.replacements import listed_items
from dossier.views.year_links import year_links

LATEST = 8
MOST_WRITTEN_ABOUT = 10
SUPERSEDED = 4
FIGURES = 4


class ListPages:
    """Makes the views that list or stand alone."""

    def __init__(self, site: Site, parts: Parts, terms: TermPages) -> None:
        self.site = site
        self.parts = parts
        self.terms = terms
        self.lang = site.settings.language

    def home(self) -> HomeView:
        """The front page: the newest briefing that stands, then the next, then ways in."""
        settings, parts = self.site.settings, self.parts
        originals = self.site.originals
        standing = [e for e in originals if parts.status.holds(e)] or list(originals)
        overtaken = (e for e in originals if "superseded" in parts.status.of(e.id))
        latest = standing[1 : 1 + LATEST]
        return HomeView(
            head=parts.head(
                "",
                settings.title,
                settings.tagline or settings.title,
                structured_data=parts.structured_data.home(),
            ),
            lead=parts.item(standing[0]) if standing else None,
            latest=parts.items(latest),
            more=SECTIONS["briefing"] if len(originals) > 1 + len(latest) else "",
            companies=self.terms.top_companies(MOST_WRITTEN_ABOUT),
            regions=self.terms.top_regions(MOST_WRITTEN_ABOUT),
            superseded=parts.items(islice(overtaken, SUPERSEDED)),
            figures=self.terms.latest_figures(FIGURES),
        )

    def briefings(self, number: int) -> BriefingsView:
        """All briefings, newest first, grouped by year."""
        path, found = SECTIONS["briefing"], self.parts.status.all
        groups = [
            YearGroup(year=year, items=tuple(group))
            for year, group in groupby(
                listed_items(self.parts, found, number), key=lambda i: i.date[:4]
            )
        ]
        return BriefingsView(
            head=self.parts.head(
                path,
                gettext(self.lang, "Briefings"),
                gettext(self.lang, "All briefings, by year."),
                number=number,
            ),
            total=len(self.site.originals),
            replaced=len(self.site.originals) - len(found.listed),
            years=year_links(self.parts),
            groups=tuple(groups),
            paging=paging(found.listed, path, number),
        )

    def sources(self, number: int) -> SourcesView:
        """All sources, by publisher; one that several briefings name is listed once."""
        groups = [
            PublisherGroup(
                publisher=publisher, sources=tuple(self._published(*pair) for pair in group)
            )
            for publisher, group in groupby(
                page_slice(self.all_sources, number), key=lambda pair: pair[0].publisher or ""
            )
        ]
        return SourcesView(
            head=self.parts.head(
                SOURCES,
                gettext(self.lang, "Sources"),
                gettext(self.lang, "Every source that these briefings rest on."),
                number=number,
            ),
            groups=tuple(groups),
            paging=paging(self.all_sources, SOURCES, number),
        )

    def page(self, entry: Entry[Page]) -> PageView:
        """A standing page."""
        record = entry.record
        return PageView(
            head=self.parts.head(
                entry.path, record.title, record.summary or record.title, lang=entry.lang
            ),
            html=self.parts.html(entry),
            contents=self.parts.contents(entry),
        )

    def not_found(self) -> NotFoundView:
        """404.html, which answers at any depth and so links from the site's base path."""
        title, originals = gettext(self.lang, "Page not found"), self.site.originals
        head = self.parts.head(NOT_FOUND, title, title)
        base_path = self.site.settings.base_path
        return NotFoundView(
            head=msgspec.structs.replace(head, root=base_path),
            latest=self.parts.items(islice(filter(self.parts.status.holds, originals), 3)),
        )

    def redirect(self, number: int, entry: Entry[Briefing]) -> RedirectView:
        """A former address of a briefing: its n-th alias."""
        alias = entry.record.aliases[number - 1].lstrip("/")
        link = self.parts.briefing_link(entry, entry.lang)
        head = self.parts.head(alias, link.title, link.title, lang=entry.lang)
        canonical = self.parts.url(entry.path)
        return RedirectView(head=msgspec.structs.replace(head, canonical=canonical), target=link)

    @cached_property
    def all_sources(self) -> Sequence[tuple[Source, list[str]]]:
        """Every source with the ids of the briefings that name it, by publisher and title."""
        found: dict[str, tuple[Source, list[str]]] = {}
        for entry in self.site.originals:
            for source in entry.record.sources:
                key = source.url or f"{source.publisher} {source.title} {source.date}"
                found.setdefault(key, (source, []))[1].append(entry.id)
        return sorted(found.values(), key=lambda pair: _source_order(pair[0]))

    def _published(self, source: Source, ids: Sequence[str]) -> PublishedSource:
        links = [self.parts.briefing_link(entry) for entry in self.site.of(ids)]
        return PublishedSource(
            title=source.title,
            date=source.date or "",
            url=source.url or "",
            reliability=source.reliability or "",
            relays=source.relays or "",
            briefings=tuple(dict.fromkeys(links)),
        )


def _source_order(source: Source) -> tuple[str, ...]:
    publisher = source.publisher or ""
    return fold(publisher or "~"), publisher, fold(source.title), source.date or ""
