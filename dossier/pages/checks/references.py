"""Checks of what a plan refers to: broken links, unknown names in the menu, images."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from dossier.content.brand.models import MenuLine, MenuLink
from dossier.content.documents import DocumentProblem, FieldPath
from dossier.content.reading.content_files import FILES_FOLDER
from dossier.content.settings import SETTINGS_FILE, Settings
from dossier.problems import suggest
from dossier.site.entries import Target
from dossier.site.site import Site
from dossier.site.urls import output_file
from dossier.views.brand.brand import IMAGE_TYPES
from dossier.views.outputs import Output, PageOutput


def dead_paths(site: Site, planned: Iterable[Output]) -> Iterator[DocumentProblem]:
    """Find links to paths of the site without a page or file."""
    known = {output.file for output in planned}
    base_path = urlsplit(site.settings.base_url).path.strip("/")
    linked = {target for entry in site.entries for target in entry.targets.values()}
    dead = {target for target in linked if _is_dead(target, known)}
    for entry in site.entries if dead else ():
        for written, target in entry.targets.items():
            if target in dead:
                assert isinstance(target, str)
                yield DocumentProblem(
                    entry.source, written, *_missing(written, target, known, base_path)
                )
    for written, target in site.frame.entry.targets.items():
        if _is_dead(target, known):
            message = f"this site has no page or file at '{written}'"
            hint = suggest(written, (f"/{file.removesuffix('index.html')}" for file in known))
            yield DocumentProblem(SETTINGS_FILE, site.frame.places[written], message, hint)


def _missing(written: str, target: str, known: Set[str], base_path: str) -> tuple[str, str]:
    """Say what a link does not find, and the nearest that there is."""
    path = unquote(target.partition("#")[0])
    if path.startswith(f"{FILES_FOLDER}/"):
        names = {file for file in known if file.startswith(f"{FILES_FOLDER}/")}
        near = {file.rpartition("/")[2]: file for file in sorted(names, reverse=True)}
        found = suggest(path, names) or suggest(path.rpartition("/")[2], near)
        return f"there is no file content/{path}", found or f"put it into content/{FILES_FOLDER}/"
    if base_path and path.startswith(f"{base_path}/"):
        path = path.removeprefix(f"{base_path}/")
        if output_file(path) in known:
            hint = f"write '/{path}': the site's own path, '/{base_path}', comes by itself"
            return f"this site has no page at '{written}'", hint
    pages = {f"/{file.removesuffix('index.html')}" for file in known if file.endswith(".html")}
    hint = suggest(f"/{path}", pages) or "write [[id]] to link to a page by its id"
    return f"this site has no page at '{written}'", hint


def image_problems(settings: Settings) -> Iterator[DocumentProblem]:
    """Find logos and icons that browsers do not show."""
    logo = settings.logo.file if settings.logo else ""
    for place, file in ((("logo", "file"), logo), (("favicon",), settings.favicon or "")):
        if file and PurePosixPath(file).suffix.lower() not in IMAGE_TYPES:
            message = f"'{file}' is not an image that browsers show"
            hint = f"use one of: {', '.join(IMAGE_TYPES)}"
            yield DocumentProblem(SETTINGS_FILE, place, message, hint)


def _is_dead(target: Target, known: Set[str]) -> bool:
    if not isinstance(target, str):
        return False
    path = target.partition("#")[0].partition("?")[0]
    return output_file(unquote(path)) not in known


def menu_problems(
    chosen: Sequence[MenuLink], pages: Iterable[PageOutput]
) -> Iterator[DocumentProblem]:
    """Find unknown names in the menu of site.yaml."""
    entries = [page.menu for page in pages if page.menu]
    known = [entry.name for entry in entries]
    former = {name for entry in entries for name in entry.former}
    yield from _unknown_names(chosen, known, former, ("menu",))


def _unknown_names(
    lines: Sequence[MenuLink], known: Sequence[str], former: Set[str], path: FieldPath
) -> Iterator[DocumentProblem]:
    for i, line in enumerate(lines):
        if line.page and line.page not in known and line.page not in former:
            message = f"'{line.page}' is neither a section nor a page"
            hint = suggest(line.page, known) or f"known names: {', '.join(known)}"
            yield DocumentProblem(SETTINGS_FILE, (*path, i, "page"), message, hint)
        if isinstance(line, MenuLine):
            yield from _unknown_names(line.menu, known, former, (*path, i, "menu"))
