"""The plan: every page and file that the site consists of. Pure: nothing is rendered or written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any, cast

import msgspec

from dossier.documents import DocumentProblem
from dossier.entries import Entry
from dossier.plan.briefings import BriefingPages
from dossier.plan.checks import collisions, dead_paths, menu_problems
from dossier.plan.event_feed import EventFeed
from dossier.plan.feeds import Feeds
from dossier.plan.history import HistoryPages
from dossier.plan.lists import ListPages
from dossier.plan.parts import Parts, page_count, page_slice
from dossier.plan.planned import (
    Planned,
    PlannedFile,
    PlannedPage,
    PlannedResource,
    PlannedView,
)
from dossier.plan.resources import ResourceFiles, sitemap_path
from dossier.plan.search import SearchPages
from dossier.plan.terms import TermPages
from dossier.relations import Relations
from dossier.resource_views import ResourceView
from dossier.site import Site
from dossier.standing import overdue_reviews
from dossier.urls import (
    CHANGES,
    FEED_FILES,
    FOLLOW,
    LLMS,
    NOT_FOUND,
    ROBOTS,
    SEARCH,
    SECTIONS,
    SOURCES,
    card_path,
    markdown_path,
    numbered_path,
    output_file,
)
from dossier.views import TemplateView

__all__ = [
    "Plan",
    "Planned",
    "PlannedFile",
    "PlannedPage",
    "PlannedResource",
    "PlannedView",
    "Viewer",
    "plan_site",
    "views_showing",
]

SINGLE_PAGES = {
    "home": "",
    "companies": SECTIONS["company"],
    "regions": SECTIONS["region"],
    "topics": SECTIONS["topic"],
    "not_found": NOT_FOUND,
}


class Plan(msgspec.Struct, frozen=True):
    """What the site consists of, and what stands in its way."""

    pages: tuple[PlannedPage, ...]
    resources: tuple[PlannedResource, ...]
    files: tuple[PlannedFile, ...]
    problems: tuple[DocumentProblem, ...]


class Viewer:
    """Makes the view of each page of a site, when it is asked for."""

    def __init__(self, site: Site) -> None:
        self.site = site
        parts = Parts(site)
        self.terms = TermPages(site, parts)
        self.lists = ListPages(site, parts, self.terms)
        self.standing = parts.standing
        self._briefings = BriefingPages(site, parts)
        self.history = HistoryPages(site, parts)
        self._events = EventFeed(self.history)
        self.search = SearchPages(site, parts, self.lists)
        self.feeds = Feeds(site, parts, self._briefings)
        self.resources = ResourceFiles(site, parts)

    def __reduce__(self) -> tuple[type[Viewer], tuple[Site]]:
        return Viewer, (self.site,)

    def reworded(self, site: Site) -> Viewer:
        """The same for `Site.reworded`: what was worked out from relations is kept."""
        viewer = Viewer(site)
        viewer.terms.moves, viewer.terms.figures = self.terms.moves, self.terms.figures
        viewer.lists.all_sources = self.lists.all_sources
        return viewer

    def view(self, page: PlannedPage) -> TemplateView:
        """The view of a page."""
        site, terms, lists = self.site, self.terms, self.lists
        match page.name:
            case "briefing":
                return self._briefings.view(site.briefings[page.id])
            case "company":
                return terms.company(site.companies[page.id], page.number)
            case "region":
                return terms.region(site.regions[page.id], page.number)
            case "topic":
                return terms.topic(site.topics[page.id], page.number)
            case "page":
                return lists.page(site.pages[page.id])
            case "redirect":
                return lists.redirect(page.number, site.briefings[page.id])
            case "briefings":
                return lists.briefings(page.number)
            case "sources":
                return lists.sources(page.number)
            case "changes":
                return self.history.changes(page.number)
            case "companies":
                return terms.companies()
            case "regions":
                return terms.regions()
            case "topics":
                return terms.topics()
            case "home":
                return lists.home()
            case "search":
                return self.search.view()
            case "follow":
                return self.feeds.follow()
            case "not_found":
                return lists.not_found()
        raise ValueError(page.name)

    def resource(self, resource: PlannedResource) -> ResourceView:
        """The view of a resource."""
        match resource.name:
            case "markdown":
                return self._briefings.text(self.site.briefings[resource.id])
            case "atom_feed" | "json_feed" if resource.id == CHANGES:
                return self._events.view(resource.name)
            case "atom_feed" | "json_feed":
                return self.feeds.view(resource.id, resource.name)
            case "llms":
                return self.resources.llms()
            case "sitemap":
                return self.resources.sitemap(resource.number)
            case "robots":
                return self.resources.robots()
            case "card":
                return self.resources.card(self.site.briefings.get(resource.id))
        raise ValueError(resource.name)


def plan_site(viewer: Viewer, static: Iterable[str] = ()) -> Plan:
    """Plan every page of a site. `static` are the content files to publish, by their paths."""
    site = viewer.site
    pages = [
        *_single_pages(viewer),
        *_list_pages(viewer),
        *_term_pages(viewer),
        *_briefing_pages(site),
    ]
    resources = list(_resources(viewer))
    files = [
        PlannedFile(file=".nojekyll"),
        *(PlannedFile(file=path, source=path) for path in static),
    ]
    planned = (*pages, *resources, *files)
    problems = [
        *collisions(planned),
        *viewer.search.problems((output.file, output.source) for output in planned),
        *dead_paths(site, planned),
        *menu_problems(site),
        *overdue_reviews(site, viewer.standing),
    ]
    return Plan(tuple(pages), tuple(resources), tuple(files), tuple(problems))


def views_showing(
    planned: Iterable[PlannedView], relations: Relations, briefings: Set[str]
) -> Iterator[PlannedView]:
    """The pages and resources that may show one of some briefings, in whichever language."""
    changed = {version for id_ in briefings for version in relations.versions(id_)}
    showing = {shown for id_ in briefings for shown in relations.showing(id_)}
    for page in planned:
        if page.name in ("briefing", "redirect", "markdown"):
            reached = page.id in showing
        elif (
            page.name in FEED_FILES and page.lists is not None
        ):  # each entry may name what replaced it
            reached = not showing.isdisjoint(page.lists)
        else:
            reached = page.lists is None or not changed.isdisjoint(page.lists)
        if reached:
            yield page


def _single_pages(viewer: Viewer) -> Iterator[PlannedPage]:
    for name, path in SINGLE_PAGES.items():
        yield PlannedPage(file=output_file(path), name=name)
    if viewer.site.settings.search:
        yield PlannedPage(file=output_file(SEARCH), name="search", lists=())
    if viewer.feeds.sources:
        yield PlannedPage(file=output_file(FOLLOW), name="follow", lists=())


def _list_pages(viewer: Viewer) -> Iterator[PlannedPage]:
    found, sources = viewer.standing.all, viewer.lists.all_sources
    for number in range(1, page_count(found.listed) + 1):
        shown = found.shown(page_slice(found.listed, number))
        yield _numbered("briefings", SECTIONS["briefing"], number, shown)
    for number in range(1, page_count(sources) + 1):
        shown = tuple(id_ for _, ids in page_slice(sources, number) for id_ in ids)
        yield _numbered("sources", SOURCES, number, shown)
    for number in range(1, page_count(viewer.history.history.told) + 1):
        yield _numbered("changes", CHANGES, number, None)


def _term_pages(viewer: Viewer) -> Iterator[PlannedPage]:
    site = viewer.site
    for entries in (site.companies, site.regions, site.topics):
        for id_, entry in cast("Mapping[str, Entry[Any]]", entries).items():
            found = viewer.standing.list_of(entry.kind, id_)
            for number in range(1, page_count(found.listed) + 1):
                shown = found.shown(page_slice(found.listed, number))
                if number == 1:
                    shown += tuple(row[0] for row in viewer.terms.rows_on(entry.kind, id_))
                yield _numbered(entry.kind, entry.path, number, shown, entry)


def _briefing_pages(site: Site) -> Iterator[PlannedPage]:
    for entry in site.pages.values():
        yield _numbered("page", entry.path, 1, (), entry)
    for briefing in site.briefings.values():
        yield PlannedPage(
            file=output_file(briefing.path), source=briefing.source, name="briefing", id=briefing.id
        )
        for number, alias in enumerate(briefing.record.aliases, 1):
            yield PlannedPage(
                file=output_file(alias.lstrip("/")),
                source=briefing.source,
                name="redirect",
                id=briefing.id,
                number=number,
            )


def _resources(viewer: Viewer) -> Iterator[PlannedResource]:
    for briefing in viewer.site.briefings.values():
        yield PlannedResource(
            file=markdown_path(briefing.path),
            source=briefing.source,
            name="markdown",
            id=briefing.id,
        )
    yield PlannedResource(file=ROBOTS, name="robots", lists=())
    if viewer.site.settings.social_cards:
        yield PlannedResource(file=card_path(""), name="card", lists=())
        for entry in viewer.site.briefings.values():
            yield PlannedResource(
                file=card_path(entry.path),
                source=entry.source,
                name="card",
                id=entry.id,
                lists=(),
            )
    yield PlannedResource(file=LLMS, name="llms", lists=viewer.resources.llms_briefings)
    yield from viewer.feeds.files()
    if viewer.feeds.sources:
        yield from EventFeed.files()
    parts = viewer.resources.sitemap_parts
    for number in range(parts + 1 if parts > 1 else 1):
        yield PlannedResource(file=sitemap_path(number), name="sitemap", number=number)


def _numbered(
    name: str,
    path: str,
    number: int,
    shown: tuple[str, ...] | None,
    entry: Entry[Any] | None = None,
) -> PlannedPage:
    return PlannedPage(
        file=output_file(numbered_path(path, number)),
        source=entry.source if entry else "",
        name=name,
        id=entry.id if entry else "",
        number=number,
        lists=shown,
    )
