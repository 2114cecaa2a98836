"""Plan of a site: all of its files. Pure: nothing is rendered or written."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from dossier.content.documents import DocumentProblem
from dossier.pages.builders import Builders
from dossier.pages.checks.collisions import find_collisions
from dossier.pages.checks.references import dead_paths, image_problems, menu_problems
from dossier.site.status import overdue_reviews
from dossier.views.outputs import CopiedFile, Output


class Plan(msgspec.Struct, frozen=True):
    """The files of a site, and the problems with them."""

    outputs: tuple[Output, ...]
    problems: tuple[DocumentProblem, ...]


def plan_site(builders: Builders, static: Iterable[str] = ()) -> Plan:
    """Plan every file of a site. `static` are the content files to publish, by their paths."""
    outputs = (
        *builders.outputs,
        CopiedFile(file=".nojekyll"),
        *(CopiedFile(file=path, source=path) for path in static),
    )
    problems = (
        *find_collisions(outputs),
        *builders.search.collisions(outputs),
        *dead_paths(builders.site, outputs),
        *menu_problems(builders.site.settings.menu or (), builders.pages),
        *image_problems(builders.site.settings),
        *builders.problems(),
        *overdue_reviews(builders.site),
    )
    return Plan(outputs, problems)
