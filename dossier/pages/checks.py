"""Checks of a plan: two files at one address, broken links, unknown names in the menu."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from dossier.content.documents import DocumentProblem
from dossier.content.settings import SETTINGS_FILE
from dossier.problems import suggest
from dossier.site.site import Site
from dossier.site.urls import output_file
from dossier.views.outputs import Output, PageOutput


def collisions(planned: Iterable[Output]) -> Iterator[DocumentProblem]:
    """Find output files with two owners, ignoring letter case as some disks do."""
    owners: dict[str, list[Output]] = defaultdict(list)
    for output in planned:
        owners[output.file.casefold()].append(output)
    for outputs in owners.values():
        if len(outputs) > 1:
            first, second, *_ = sorted(outputs, key=lambda o: (o.source == "", o.source))
            other = f"'{second.source}' has" if second.source else "the site itself has"
            address = first.file.removesuffix("index.html")
            message = f"the address /{address} is taken: {other} it too"
            yield DocumentProblem(first.source, (), message, "rename the file or remove the alias")


def dead_paths(site: Site, planned: Iterable[Output]) -> Iterator[DocumentProblem]:
    """Find links to paths of the site without a page or file."""
    known = {output.file for output in planned}
    for entry in site.entries:
        for written, target in entry.targets.items():
            if isinstance(target, str) and output_file(target.partition("#")[0]) not in known:
                message = f"this site has no page at '{written}'"
                hint = "write [[id]] to link to a page by its id"
                yield DocumentProblem(entry.source, written, message, hint)


def menu_problems(chosen: Sequence[str], pages: Iterable[PageOutput]) -> Iterator[DocumentProblem]:
    """Find unknown names in the menu of site.yaml."""
    known = [page.menu.name for page in pages if page.menu]
    for i, name in enumerate(chosen):
        if name not in known:
            message = f"'{name}' is neither a section nor a page"
            hint = suggest(name, known) or f"known names: {', '.join(known)}"
            yield DocumentProblem(SETTINGS_FILE, ("menu", i), message, hint)
