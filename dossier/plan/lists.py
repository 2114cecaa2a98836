"""The home page, all briefings, all sources, standing pages, 404 and redirects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

import msgspec

from dossier.i18n import gettext
from dossier.models import Briefing, Page, Source
from dossier.plan.parts import PAGE_SIZE, Parts, paginate
from dossier.plan.terms import TermPages
from dossier.references import fold
from dossier.site import Entry, Site
from dossier.urls import NOT_FOUND, SECTIONS, SOURCES, numbered_path
from dossier.views import (
    BriefingsView,
    HomeView,
    Link,
    NotFoundView,
    PageView,
    PublishedSource,
    PublisherGroup,
    RedirectView,
    SourcesView,
    YearGroup,
    YearLink,
)

LATEST = 8
MOST_WRITTEN_ABOUT = 10
SUPERSEDED = 4


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
        standing = [e for e in originals if e.record.status == "current"] or list(originals)
        superseded = [e for e in originals if e.record.status == "superseded"]
        latest = standing[1 : 1 + LATEST]
        return HomeView(
            head=parts.head("", settings.title, settings.tagline or settings.title),
            lead=parts.item(standing[0]) if standing else None,
            latest=parts.items(latest),
            more=SECTIONS["briefing"] if len(originals) > 1 + len(latest) else "",
            companies=self.terms.top_companies(MOST_WRITTEN_ABOUT),
            regions=self.terms.top_regions(MOST_WRITTEN_ABOUT),
            superseded=parts.items(superseded[:SUPERSEDED]),
        )

    def briefings(self) -> Iterator[BriefingsView]:
        """All briefings, newest first, grouped by year."""
        path, originals = SECTIONS["briefing"], self.site.originals
        years = tuple(self._years(path))
        for entries, paging in paginate(originals, path):
            groups = [
                YearGroup(year=year, items=self.parts.items(group))
                for year, group in groupby(entries, key=lambda entry: entry.moment[:4])
            ]
            yield BriefingsView(
                head=self.parts.head(
                    path,
                    gettext(self.lang, "Briefings"),
                    gettext(self.lang, "All briefings, by year."),
                    number=paging.number,
                ),
                years=years,
                groups=tuple(groups),
                paging=paging,
            )

    def sources(self) -> Iterator[SourcesView]:
        """All sources, by publisher; one that several briefings name is listed once."""
        for entries, paging in paginate(self._all_sources(), SOURCES):
            groups = [
                PublisherGroup(publisher=publisher, sources=tuple(s for _, s in group))
                for publisher, group in groupby(entries, key=lambda pair: pair[0])
            ]
            yield SourcesView(
                head=self.parts.head(
                    SOURCES,
                    gettext(self.lang, "Sources"),
                    gettext(self.lang, "Every source that these briefings rest on."),
                    number=paging.number,
                ),
                groups=tuple(groups),
                paging=paging,
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
        title = gettext(self.lang, "Page not found")
        head = self.parts.head(NOT_FOUND, title, title)
        base_path = self.site.settings.base_path
        return NotFoundView(
            head=msgspec.structs.replace(head, root=base_path),
            latest=self.parts.items(self.site.originals[:3]),
        )

    def redirect(self, alias: str, entry: Entry[Briefing]) -> RedirectView:
        """A former address of a briefing; `alias` is a path relative to the root."""
        link = self.parts.briefing_link(entry, entry.lang)
        head = self.parts.head(alias, link.title, link.title, lang=entry.lang)
        canonical = self.parts.url(entry.path)
        return RedirectView(head=msgspec.structs.replace(head, canonical=canonical), target=link)

    def _years(self, path: str) -> Iterator[YearLink]:
        years = [entry.moment[:4] for entry in self.site.originals]
        counts = Counter(years)
        for year in counts:
            page = numbered_path(path, years.index(year) // PAGE_SIZE + 1)
            yield YearLink(year=year, count=counts[year], path=f"{page}#year:{year}")

    def _all_sources(self) -> list[tuple[str, PublishedSource]]:
        """(publisher, source) in the order of the list."""
        found: dict[str, tuple[Source, list[Link]]] = {}
        for entry in self.site.originals:
            for source in entry.record.sources:
                key = source.url or f"{source.publisher} {source.title} {source.date}"
                found.setdefault(key, (source, []))[1].append(self.parts.briefing_link(entry))
        ordered = sorted(
            found.values(),
            key=lambda pair: (
                fold(pair[0].publisher or "~"),
                pair[0].publisher or "",
                fold(pair[0].title),
                pair[0].date or "",
            ),
        )
        return [
            (
                source.publisher or "",
                PublishedSource(
                    title=source.title,
                    date=source.date or "",
                    url=source.url or "",
                    reliability=source.reliability or "",
                    relays=source.relays or "",
                    briefings=tuple(dict.fromkeys(links)),
                ),
            )
            for source, links in ordered
        ]
