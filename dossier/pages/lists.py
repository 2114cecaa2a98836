"""Lists of all briefings and of all sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby

from dossier.content.models import Source
from dossier.language.folding import fold
from dossier.language.messages import N_, gettext
from dossier.pages.views import (
    BriefingsView,
    PublishedSource,
    PublisherGroup,
    SourcesView,
    YearGroup,
)
from dossier.site.site import Site
from dossier.site.urls import SECTIONS, SOURCES
from dossier.views.builder import Parts
from dossier.views.outputs import Builder, MenuEntry, PageOutput, ViewOutput
from dossier.views.paging import PAGE_SIZE, list_pages, paging
from dossier.views.replacements import listed_items
from dossier.views.year_links import year_links

Named = tuple[Source, list[str]]
"""A source, and the ids of the briefings that name it."""


class BriefingLists(Builder):
    """Builds the list of all briefings, newest first, grouped by year."""

    name = "briefings"

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.site = parts.site
        self.lang = parts.settings.language

    def plan(self) -> Iterable[PageOutput]:
        """List the pages: one for every fifty briefings."""
        menu = MenuEntry(name="briefings", label=N_("Briefings"))
        return list_pages(self.name, SECTIONS["briefing"], self.parts.status.all.listed, menu=menu)

    def view(self, output: ViewOutput) -> BriefingsView:
        """Build a page of the list."""
        number = output.number
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
            years=self.site.model(year_links),
            groups=tuple(groups),
            paging=paging(found.listed, path, number),
        )


class SourceLists(Builder):
    """Builds the list of all sources, by publisher."""

    name = "sources"

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.site = parts.site
        self.lang = parts.settings.language

    def plan(self) -> Iterable[PageOutput]:
        """List the pages: one for every fifty sources."""
        menu = MenuEntry(name="sources", label=N_("Sources"))
        return list_pages(self.name, SOURCES, self.site.model(find_sources), menu=menu)

    def view(self, output: ViewOutput) -> SourcesView:
        """Build a page of the list; a source that several briefings name is listed once."""
        number, sources = output.number, self.site.model(find_sources)
        groups = [
            PublisherGroup(
                publisher=publisher, sources=tuple(self._published(*pair) for pair in group)
            )
            for publisher, group in self.site.model(SourceOrder).on_page(number)
        ]
        return SourcesView(
            head=self.parts.head(
                SOURCES,
                gettext(self.lang, "Sources"),
                gettext(self.lang, "All sources of these briefings."),
                number=number,
            ),
            groups=tuple(groups),
            paging=paging(sources, SOURCES, number),
        )

    def _published(self, source: Source, ids: Sequence[str]) -> PublishedSource:
        briefings, link = self.site.briefings, self.parts.briefing_link
        links = [link(briefings[id_]) for id_ in ids]
        return PublishedSource(
            title=source.title,
            date=source.date or "",
            url=source.url or "",
            reliability=source.reliability or "",
            relays=source.relays or "",
            briefings=tuple(dict.fromkeys(links)),
        )


def find_sources(site: Site) -> Sequence[Named]:
    """List all sources, with the ids of their briefings."""
    found: dict[str, Named] = {}
    for entry in site.originals:
        for source in entry.facts.sources:
            key = source.url or f"{source.publisher} {source.title} {source.date}"
            found.setdefault(key, (source, []))[1].append(entry.id)
    return list(found.values())


class SourceOrder:
    """All sources by publisher and title; those of a publisher are sorted once a page shows any."""

    def __init__(self, site: Site) -> None:
        self._found = defaultdict[str, list[Named]](list)
        for named in site.model(find_sources):
            self._found[named[0].publisher or ""].append(named)
        self._publishers = sorted(self._found, key=lambda name: (fold(name or "~"), name))
        self._sorted = cache(self._sort)

    def on_page(self, number: int) -> Iterator[tuple[str, Sequence[Named]]]:
        """Yield the publishers on a page, each with those of its sources that are there."""
        end = number * PAGE_SIZE
        start = end - PAGE_SIZE
        for publisher in self._publishers:
            count = len(self._found[publisher])
            if start < count and end > 0:
                yield publisher, self._sorted(publisher)[max(0, start) : end]
            start, end = start - count, end - count

    def _sort(self, publisher: str) -> Sequence[Named]:
        return sorted(
            self._found[publisher], key=lambda named: (fold(named[0].title), named[0].date or "")
        )
