"""The plan: every page and file that the site consists of. Pure: nothing is rendered or written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec

from dossier.documents import DocumentProblem
from dossier.plan.briefings import BriefingPages
from dossier.plan.lists import ListPages
from dossier.plan.parts import Parts
from dossier.plan.terms import TermPages
from dossier.problems import suggest
from dossier.settings import SETTINGS_FILE
from dossier.site import Site
from dossier.urls import MENU_SECTIONS, output_file
from dossier.views import TemplateView


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the output, and the content file that it is owed to (empty: to the site)."""

    file: str
    source: str = ""


class PlannedPage(Planned, frozen=True, kw_only=True):
    """A page to render from a template and a view."""

    template: str
    view: TemplateView


class PlannedFile(Planned, frozen=True, kw_only=True):
    """A file to publish as it is: its `source`, or an empty one where it has none."""


class Plan(msgspec.Struct, frozen=True):
    """What the site consists of, and what stands in its way."""

    pages: tuple[PlannedPage, ...]
    files: tuple[PlannedFile, ...]
    problems: tuple[DocumentProblem, ...]


def plan_site(site: Site, static: Iterable[str] = ()) -> Plan:
    """Plan every page of a site. `static` are the content files to publish, by their paths."""
    pages = list(_pages(site))
    files = [
        PlannedFile(file=".nojekyll"),
        *(PlannedFile(file=path, source=path) for path in static),
    ]
    planned = (*pages, *files)
    problems = [*_collisions(planned), *_dead_paths(site, planned), *_menu_problems(site)]
    return Plan(tuple(pages), tuple(files), tuple(problems))


def _pages(site: Site) -> Iterator[PlannedPage]:
    parts = Parts(site)
    briefings, terms = BriefingPages(site, parts), TermPages(site, parts)
    lists = ListPages(site, parts, terms)
    yield _page("home", lists.home())
    yield from (_page("briefings", view) for view in lists.briefings())
    yield _page("companies", terms.companies())
    yield _page("regions", terms.regions())
    yield _page("topics", terms.topics())
    yield from (_page("sources", view) for view in lists.sources())
    yield _page("not_found", lists.not_found())
    for company in site.companies.values():
        yield from (_page("company", view, company.source) for view in terms.company(company))
    for region in site.regions.values():
        yield from (_page("region", view, region.source) for view in terms.region(region))
    for topic in site.topics.values():
        yield from (_page("topic", view, topic.source) for view in terms.topic(topic))
    for standing in site.pages.values():
        yield _page("page", lists.page(standing), standing.source)
    for briefing in site.briefings.values():
        yield _page("briefing", briefings.view(briefing), briefing.source)
        for alias in briefing.record.aliases:
            yield _page("redirect", lists.redirect(alias.lstrip("/"), briefing), briefing.source)


def _page(name: str, view: TemplateView, source: str = "") -> PlannedPage:
    file = output_file(view.head.path)
    return PlannedPage(file=file, source=source, template=f"pages/{name}.html", view=view)


def _collisions(planned: Iterable[Planned]) -> Iterator[DocumentProblem]:
    """A problem for each output file with two owners; letter case aside, as some disks do."""
    owners: dict[str, list[Planned]] = defaultdict(list)
    for output in planned:
        owners[output.file.casefold()].append(output)
    for outputs in owners.values():
        if len(outputs) > 1:
            first, second, *_ = sorted(outputs, key=lambda o: (o.source == "", o.source))
            other = f"'{second.source}' has" if second.source else "the site itself has"
            address = first.file.removesuffix("index.html")
            message = f"the address /{address} is taken: {other} it too"
            yield DocumentProblem(first.source, (), message, "rename the file or remove the alias")


def _dead_paths(site: Site, planned: Iterable[Planned]) -> Iterator[DocumentProblem]:
    """A problem for each link to a path of the site where there is no page and no file."""
    known = {output.file for output in planned}
    for entry in site.entries:
        for written, target in entry.targets.items():
            if isinstance(target, str) and output_file(target.partition("#")[0]) not in known:
                message = f"this site has no page at '{written}'"
                hint = "write [[id]] to link to a page by its id"
                yield DocumentProblem(entry.source, written, message, hint)


def _menu_problems(site: Site) -> Iterator[DocumentProblem]:
    known = [*MENU_SECTIONS, *site.pages]
    for i, name in enumerate(site.settings.menu):
        if name not in known:
            message = f"'{name}' is neither a section nor a page"
            hint = suggest(name, known) or f"known here: {', '.join(known)}"
            yield DocumentProblem(SETTINGS_FILE, ("menu", i), message, hint)
