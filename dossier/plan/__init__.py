"""The plan: every page and file that the site consists of. Pure: nothing is rendered or written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any, cast

import msgspec

from dossier.documents import DocumentProblem
from dossier.entries import Entry
from dossier.plan.briefings import BriefingPages
from dossier.plan.checks import collisions, dead_paths
from dossier.plan.figures import FigureRows
from dossier.plan.lists import ListPages
from dossier.plan.parts import Parts, menu_problems, page_count, page_slice
from dossier.plan.planned import (
    Planned,
    PlannedFile,
    PlannedPage,
    PlannedResource,
    PlannedView,
)
from dossier.plan.record import RecordPages
from dossier.plan.resources import ResourceFiles, sitemap_path
from dossier.plan.search import SearchPages
from dossier.plan.terms import TermPages
from dossier.relations import Relations
from dossier.resource_views import ResourceView
from dossier.site import Site
from dossier.urls import (
    FIGURES_CSV,
    FIGURES_JSON,
    NOT_FOUND,
    RECORD,
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
        self.figures = FigureRows(site, parts)
        self.terms = TermPages(site, parts, self.figures)
        self.lists = ListPages(site, parts, self.terms)
        self._briefings = BriefingPages(site, parts, self.figures)
        self.search = SearchPages(site, parts, self.lists)
        self.record = RecordPages(site, parts)
        self.resources = ResourceFiles(site, parts, self.figures)

    def __reduce__(self) -> tuple[type[Viewer], tuple[Site]]:
        return Viewer, (self.site,)

    def reworded(self, site: Site) -> Viewer:
        """The same for `Site.reworded`: what was worked out from relations is kept."""
        viewer = Viewer(site)
        viewer.terms.moves, viewer.terms.figures = self.terms.moves, self.terms.figures
        viewer.figures.index = self.figures.index
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
            case "record":
                return self.record.view(page.number)
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
            case "not_found":
                return lists.not_found()
        raise ValueError(page.name)

    def resource(self, resource: PlannedResource) -> ResourceView:
        """The view of a resource."""
        match resource.name:
            case "markdown":
                return self._briefings.text(self.site.briefings[resource.id])
            case "sitemap":
                return self.resources.sitemap(resource.number)
            case "robots":
                return self.resources.robots()
            case "card":
                return self.resources.card(self.site.briefings.get(resource.id))
            case "figures_csv":
                return self.resources.figures("csv")
            case "figures_json":
                return self.resources.figures("json")
        raise ValueError(resource.name)


def plan_site(viewer: Viewer, static: Iterable[str] = ()) -> Plan:
    """Plan every page of a site. `static` are the content files to publish, by their paths."""
    site = viewer.site
    pages = [
        *_single_pages(site),
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
        *viewer.figures.index.problems(),
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
        else:
            reached = page.lists is None or not changed.isdisjoint(page.lists)
        if reached:
            yield page


def _single_pages(site: Site) -> Iterator[PlannedPage]:
    for name, path in SINGLE_PAGES.items():
        yield PlannedPage(file=output_file(path), name=name)
    if site.settings.search:
        yield PlannedPage(file=output_file(SEARCH), name="search", lists=())


def _list_pages(viewer: Viewer) -> Iterator[PlannedPage]:
    originals, sources = viewer.site.relations.originals, viewer.lists.all_sources
    for number in range(1, page_count(originals) + 1):
        shown = tuple(page_slice(originals, number))
        yield _numbered("briefings", SECTIONS["briefing"], number, shown)
    for number in range(1, page_count(sources) + 1):
        shown = tuple(id_ for _, ids in page_slice(sources, number) for id_ in ids)
        yield _numbered("sources", SOURCES, number, shown)
    judged = viewer.record.judged
    for number in range(1, page_count(judged) + 1):
        shown = tuple(one.entry.id for one in page_slice(judged, number))
        yield _numbered("record", RECORD, number, shown)


def _term_pages(viewer: Viewer) -> Iterator[PlannedPage]:
    site, relations = viewer.site, viewer.site.relations
    for kind, entries, briefings in (
        ("company", site.companies, relations.by_company),
        ("region", site.regions, relations.by_region),
        ("topic", site.topics, relations.by_topic),
    ):
        for id_, entry in cast("Mapping[str, Entry[Any]]", entries).items():
            found = briefings.get(id_, ())
            for number in range(1, page_count(found) + 1):
                shown = tuple(page_slice(found, number))
                if number == 1:
                    shown += tuple(row[0] for row in viewer.terms.rows_on(entry.kind, id_))
                yield _numbered(kind, entry.path, number, shown, entry)


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
    # they hold nothing by which a briefing is not related to others
    yield PlannedResource(file=FIGURES_CSV, name="figures_csv", lists=())
    yield PlannedResource(file=FIGURES_JSON, name="figures_json", lists=())
    parts = viewer.resources.sitemap_parts
    for number in range(parts + 1 if parts > 1 else 1):
        yield PlannedResource(file=sitemap_path(number), name="sitemap", number=number)


def _numbered(
    name: str, path: str, number: int, shown: tuple[str, ...], entry: Entry[Any] | None = None
) -> PlannedPage:
    return PlannedPage(
        file=output_file(numbered_path(path, number)),
        source=entry.source if entry else "",
        name=name,
        id=entry.id if entry else "",
        number=number,
        lists=shown,
    )
