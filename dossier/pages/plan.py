"""Plan of a site: all of its files. Pure: nothing is rendered or written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from typing import Any
from urllib.parse import unquote

import msgspec

from dossier.content.documents import DocumentProblem
from dossier.pages.builders import Builders
from dossier.pages.checks.collisions import find_collisions, find_long_names
from dossier.pages.checks.references import dead_paths, image_problems, menu_problems
from dossier.pages.files.copied import plan_files
from dossier.site.entries import Entry
from dossier.site.former import alias_path
from dossier.site.site import Site
from dossier.site.status import overdue_reviews
from dossier.site.urls import output_file
from dossier.views.outputs import CopiedFile, Output


class Plan(msgspec.Struct, frozen=True):
    """The files of a site, and the problems with them."""

    outputs: tuple[Output, ...]
    problems: tuple[DocumentProblem, ...]


def plan_site(builders: Builders, static: Iterable[str] = ()) -> Plan:
    """Plan every file of a site. `static` are the content files to publish, by their paths."""
    withheld = _withheld_files(builders.site)
    outputs = (
        *builders.outputs,
        CopiedFile(file=".nojekyll"),
        *plan_files(builders.site, (path for path in static if path not in withheld)),
    )
    problems = (
        *find_collisions((*outputs, *_scheduled(builders.site))),
        *find_long_names(outputs),
        *builders.search.collisions(outputs),
        *dead_paths(builders.site, outputs),
        *menu_problems(builders.site.settings.menu or (), builders.pages),
        *image_problems(builders.site.settings),
        *builders.problems(),
        *overdue_reviews(builders.site),
    )
    return Plan(outputs, problems)


def _scheduled(site: Site) -> Iterator[Output]:
    """List the pages of briefings that only wait for their date, so that no later build fails."""
    for entry in site.held.values():
        if entry.facts.status != "draft":
            yield Output(file=output_file(entry.path), source=entry.source)
            for number, alias in enumerate(entry.facts.aliases):
                file, field = output_file(alias_path(alias)), ("aliases", number)
                yield Output(file=file, source=entry.source, field=field)


def _withheld_files(site: Site) -> Set[str]:
    """Find the files that only briefings that are held back show or link to."""
    withheld = {path for entry in site.held.values() for path in _linked_paths(entry)}
    if not withheld:
        return withheld
    settings = site.settings
    brand = (settings.logo.file if settings.logo else "", settings.favicon or "")
    shown = {path.lstrip("/") for path in brand}
    for entry in (*site.entries, site.frame.entry):
        shown |= _linked_paths(entry)
    return withheld - shown


def _linked_paths(entry: Entry[Any]) -> Set[str]:
    paths = (target for target in entry.targets.values() if isinstance(target, str))
    return {unquote(path.partition("#")[0]) for path in paths} | set(entry.images.values())
