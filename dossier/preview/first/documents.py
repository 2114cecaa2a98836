"""The few documents that one page needs: those that its address names, and what they refer to."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Iterator
from contextlib import suppress
from heapq import nlargest
from itertools import islice
from pathlib import Path

from dossier.content.documents import Document, FieldPath
from dossier.content.ids import id_problem
from dossier.content.reading.content_files import FILES_FOLDER, KIND_FOLDERS
from dossier.content.reading.document_parser import Parsed
from dossier.content.reading.reader import read_document
from dossier.content.settings import Settings
from dossier.fingerprint import walk_folder
from dossier.problems import ProblemError
from dossier.site.references import resolve_references

_BRIEFINGS = "briefings"
_NEWEST = 8
"""The briefings that lists show until the site is read: those that were saved last."""
_LOOKED_AT = 20_000
"""The most files of which it is asked when they were saved."""
_OTHERS = 300
"""The most companies, regions, topics and pages that are read unasked."""
_ROUNDS = 3
"""How often what was read is searched for what it refers to."""
_REFERRED = 60
"""The most documents that are read only because others refer to them."""


class FewDocuments:
    """Reads documents of a content folder for one page, whose path ends with `name`."""

    def __init__(self, folder: Path, settings: Settings, name: str) -> None:
        self._folder, self._settings = folder, settings
        self._root = os.path.realpath(folder) + os.sep
        self._name = name
        self.read: dict[str, Parsed] = {}
        """What was read, by path."""

    @property
    def static(self) -> list[str]:
        """The files to publish unchanged, sorted."""
        paths = (f"{FILES_FOLDER}/{path}" for path in walk_folder(self._folder / FILES_FOLDER))
        return sorted(path for path in paths if self._is_inside(path))

    def load(self) -> None:
        """Read the documents.

        Raises `ProblemError` where one that the address names has errors; of others, those that
        have are left out.
        """
        asked = list(self._named([self._name])) or self._found()
        for path in filter(self._is_inside, asked):
            self.read[path] = read_document(self._folder, path, self._settings)
        self._read_all(islice(self._others(), _OTHERS))
        if not any(path.startswith(f"{_BRIEFINGS}/") for path in asked):
            self._read_all(self._newest())
        self._follow()

    def _follow(self) -> None:
        """Read what documents refer to, and what that refers to, up to a limit."""
        left, seen = _REFERRED, set[str]()
        for _ in range(_ROUNDS):
            new = [one.document for path, one in self.read.items() if path not in seen]
            seen |= self.read.keys()
            names = (name for document in new for name in _references(document))
            found = [path for path in dict.fromkeys(self._named(names)) if path not in self.read]
            self._read_all(found[:left])
            left -= len(found[:left])

    def _read_all(self, paths: Iterable[str]) -> None:
        for path in paths:
            if path not in self.read and self._is_inside(path):
                with suppress(ProblemError, OSError):
                    self.read[path] = read_document(self._folder, path, self._settings)

    def _others(self) -> Iterator[str]:
        """List the files that are no briefings."""
        for kind in KIND_FOLDERS:
            if kind != _BRIEFINGS:
                yield from self._below(kind)

    def _newest(self) -> list[str]:
        """List the briefings that were saved last."""
        found = islice(self._below(_BRIEFINGS), _LOOKED_AT)
        return nlargest(_NEWEST, found, key=lambda path: (self._saved(path), path))

    def _saved(self, path: str) -> int:
        with suppress(OSError):
            return os.stat(self._folder / path).st_mtime_ns
        return 0

    def _below(self, kind: str) -> Iterator[str]:
        for path in walk_folder(self._folder / kind):
            if path.endswith(".md"):
                yield f"{kind}/{path}"

    def _named(self, names: Iterable[str]) -> Iterator[str]:
        """List the files of any kind that names are the ids of."""
        for name in names:
            if id_problem(name) is None:
                for kind in KIND_FOLDERS:
                    path = f"{kind}/{name}.md"
                    if (self._folder / path).is_file() and self._is_inside(path):
                        yield path

    def _found(self) -> list[str]:
        """List the files in folders further down that the name of the page is the id of."""
        if id_problem(self._name) or self._name in KIND_FOLDERS:
            return []
        end = f"/{self._name}.md"
        return [path for kind in KIND_FOLDERS for path in self._below(kind) if path.endswith(end)]

    def _is_inside(self, path: str) -> bool:
        """Tell whether a file is one of the folder: links that lead out of it are never shown."""
        file = self._folder / path
        return not file.is_symlink() or os.path.realpath(file).startswith(self._root)


def _references(document: Document) -> Iterator[str]:
    """List the names by which a document refers to others, in its front matter and its body."""
    names: list[str] = []

    def note(_kind: str, text: str, _place: FieldPath) -> str:
        names.append(text)
        return text

    resolve_references(document.front_matter, note)
    yield from names
    for target in document.outline.targets:
        yield posixpath.basename(target).removesuffix(".md")
