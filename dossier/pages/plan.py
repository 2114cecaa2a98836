"""The plan: every page and file that the site consists of. Pure: nothing is rendered or written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any, cast

import msgspec

from dossier.content.documents import DocumentProblem
from dossier.history.feed import EventFeed
from dossier.pages.builders import Viewer
from dossier.pages.checks import collisions, dead_paths, menu_problems
from dossier.pages.files import sitemap_path
from dossier.site.entries import Entry
from dossier.site.relations import Relations
from dossier.site.site import Site
from dossier.site.status import overdue_reviews
from dossier.site.urls import (
    CHANGES,
    FEED_FILES,
    FIGURES_CSV,
    FIGURES_JSON,
    FOLLOW,
    LLMS,
    MARKET_DATA,
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
    pdf_path,
)
from dossier.views.outputs import (
    Planned,
    PlannedFile,
    PlannedPage,
    PlannedPdf,
    PlannedResource,
    PlannedView,
)
from dossier.views.paging import page_count, page_slice

__all__ = [
    "Plan",
    "Planned",
    "PlannedFile",
    "PlannedPage",
    "PlannedPdf",
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
    pdfs: tuple[PlannedPdf, ...]
    resources: tuple[PlannedResource, ...]
    files: tuple[PlannedFile, ...]
    problems: tuple[DocumentProblem, ...]


def plan_site(viewer: Viewer, static: Iterable[str] = ()) -> Plan:
    """Plan every page of a site. `static` are the content files to publish, by their paths."""
    site = viewer.site
    pages = [
        *_single_pages(viewer),
        *_list_pages(viewer),
        *_term_pages(viewer),
        *_briefing_pages(site),
    ]
    pdfs = list(_pdfs(site))
    resources = list(_resources(viewer))
    files = [
        PlannedFile(file=".nojekyll"),
        *(PlannedFile(file=path, source=path) for path in static),
    ]
    planned = (*pages, *pdfs, *resources, *files)
    problems = [
        *collisions(planned),
        *viewer.search.problems((output.file, output.source) for output in planned),
        *dead_paths(site, planned),
        *menu_problems(site),
        *viewer.market.problems(),
        *viewer.figures.index.problems(),
        *overdue_reviews(site, viewer.status),
    ]
    return Plan(tuple(pages), tuple(pdfs), tuple(resources), tuple(files), tuple(problems))


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
    found, sources = viewer.status.all, viewer.lists.all_sources
    for number in range(1, page_count(found.listed) + 1):
        shown = found.shown(page_slice(found.listed, number))
        yield _numbered("briefings", SECTIONS["briefing"], number, shown)
    for number in range(1, page_count(sources) + 1):
        shown = tuple(id_ for _, ids in page_slice(sources, number) for id_ in ids)
        yield _numbered("sources", SOURCES, number, shown)
    yield from viewer.market.planned()
    judged = viewer.record.judged
    for number in range(1, page_count(judged) + 1):
        shown = tuple(one.entry.id for one in page_slice(judged, number))
        yield _numbered("record", RECORD, number, shown)
    for number in range(1, page_count(viewer.history.history.told) + 1):
        yield _numbered("changes", CHANGES, number, None)


def _term_pages(viewer: Viewer) -> Iterator[PlannedPage]:
    site = viewer.site
    for entries in (site.companies, site.regions, site.topics):
        for id_, entry in cast("Mapping[str, Entry[Any]]", entries).items():
            found = viewer.status.list_of(entry.kind, id_)
            for number in range(1, page_count(found.listed) + 1):
                shown = found.shown(page_slice(found.listed, number))
                if number == 1:
                    shown += viewer.terms.shown_on(entry.kind, id_)
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


def _pdfs(site: Site) -> Iterator[PlannedPdf]:
    if site.settings.pdf:
        for entry in site.briefings.values():
            yield PlannedPdf(
                file=pdf_path(entry.path), source=entry.source, name="briefing", id=entry.id
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
    for path in MARKET_DATA:
        yield PlannedResource(file=path, name="market_data", lists=())
    # they hold nothing by which a briefing is not related to others
    yield PlannedResource(file=FIGURES_CSV, name="figures_csv", lists=())
    yield PlannedResource(file=FIGURES_JSON, name="figures_json", lists=())
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
