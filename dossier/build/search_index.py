"""Search indexes of a build, one for each language, built again only if its content changed.

The manifest lists their files like all others, with the fingerprint of an index as the recipe.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from dossier.build.manifest import OutputFile, Recipe
from dossier.fingerprint import digest
from dossier.problems import Problem
from dossier.search.page import SearchPage, index_name
from dossier.site.urls import SEARCH_INDEX

if TYPE_CHECKING:  # imported where an index is asked for: few sites have one
    from dossier.search.pagefind import PagefindError


class SearchIndex(msgspec.Struct, frozen=True):
    """Output files: those that stay, with their entries, and new ones.

    `recipes` has one for each file of `made`.
    """

    kept: Mapping[str, OutputFile]
    made: Mapping[str, bytes]
    recipes: Mapping[str, Recipe]
    problems: tuple[Problem, ...] = ()

    @property
    def files(self) -> frozenset[str]:
        """All files."""
        return frozenset(self.kept) | frozenset(self.made)


EMPTY = SearchIndex({}, {}, {})


def missing_program(settings_path: Path) -> list[Problem]:
    """Warn if the program that builds the index is missing."""
    from dossier.search.pagefind import find_program

    if find_program():
        return []
    message = "search disabled: Pagefind is not installed"
    hint = "run `python -m pip install pagefind-bin`, or write `search: false`"
    return [Problem(settings_path.as_posix(), 0, 0, message, hint, severity="warning")]


def make_index(
    pages: SearchPage,
    contents: Mapping[str, str],
    engine: str,
    before: Mapping[str, OutputFile],
    intact: Set[str],
    force: bool = False,
) -> SearchIndex:
    """Build the indexes that changed, and keep the others.

    `contents` are the fingerprints of content files, `engine` that of Dossier, `before` the entries
    of the last build, `intact` its unchanged files. If an index cannot be built, the last stays.
    """
    from dossier.search.pagefind import PagefindError, build_index, find_program

    kept: dict[str, OutputFile] = {}
    made: dict[str, bytes] = {}
    recipes: dict[str, Recipe] = {}
    problems = []
    program = find_program()
    for lang in pages.languages:
        folder = f"{SEARCH_INDEX}{index_name(lang)}/"
        last = {file: entry for file, entry in before.items() if file.startswith(folder)}
        usable = bool(last) and last.keys() <= intact
        recipe = Recipe("", digest(engine, pages.fingerprint(lang, contents)))
        fresh = usable and not force and all(entry.recipe == recipe for entry in last.values())
        if program and not fresh:
            try:
                index = build_index(program, index_name(lang), pages.records(lang))
            except PagefindError as error:
                problems.append(_failure(program, lang, error))
            else:
                files = {f"{folder}{path}": data for path, data in index.items()}
                made |= files
                recipes |= dict.fromkeys(files, recipe)
                continue
        if usable:
            kept |= last
    return SearchIndex(kept, made, recipes, tuple(problems))


def _failure(program: Path, lang: str, error: PagefindError) -> Problem:
    message = f"the search index could not be built for the language '{lang}': {error}"
    hint = "the last index stays, if there is one; the next build will try again"
    return Problem(program.name, 0, 0, message, hint, severity="warning")
