"""Inventory of a content folder: names to refer to, and names and addresses that are taken.

Files that could not be read count by their file names: an author may fix them later.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from dossier.content.cache import DocumentCache
from dossier.content.documents import Body, Document
from dossier.content.models import KINDS, Briefing, Kind
from dossier.content.reading.content_files import FILES_FOLDER, sort_files
from dossier.content.reading.locate import locate_problem
from dossier.content.reading.reader import read_content
from dossier.content.settings import Settings
from dossier.content.settings_file import read_settings
from dossier.fingerprint import scan_folder
from dossier.language.folding import fold
from dossier.pages.builders import Builders
from dossier.problems import Problem, missing_folder
from dossier.processes.workers import default_jobs
from dossier.site.former import alias_path
from dossier.site.references import (
    Names,
    document_names,
    former_ids,
    former_names,
    front_matter_names,
)
from dossier.site.resolve import build_site
from dossier.site.urls import document_path, output_file


class Existing:
    """The documents of a content folder by their names, and the addresses that are taken.

    `cache` is the cache folder. Raises `ProblemError` where the content folder is missing or its
    settings are wrong.
    """

    def __init__(self, folder: Path, cache: Path | None) -> None:
        if not folder.is_dir():
            raise missing_folder(folder.as_posix(), "--content")
        self.folder = folder
        self.settings = read_settings(folder)
        fingerprints = scan_folder(folder)
        files, static, _ = sort_files(folder, fingerprints)
        self._content = read_content(
            folder,
            self.settings,
            lambda _read: fingerprints,
            DocumentCache(cache),
            jobs=default_jobs(),
        )
        documents = self._content.documents
        self.names = {kind: Names(d for d in documents if d.kind == kind) for kind in KINDS}
        self._by_id = {(document.kind, document.id): document for document in documents}
        self._files = {(file.kind, PurePosixPath(file.path).stem): file.path for file in files}
        self._owners: dict[str, list[tuple[Kind, str]]] = {}
        self._addresses = {_address(path): "the site itself" for path in _own(self.settings)}
        for path in static:
            self._take(path, path)
        for (kind, id_), path in self._files.items():
            self._owners.setdefault(fold(id_), []).append((kind, path))
        for document in documents:
            for name in (*document_names(document), *former_names(document.front_matter)):
                self._owners.setdefault(fold(name), []).append((document.kind, document.path))
            for path in _paths(document, self.settings):
                self._take(path, document.path)

    def document(self, kind: Kind, id_: str) -> Document | None:
        """Look up the document of an id; None where there is none that could be read."""
        return self._by_id.get((kind, id_))

    def documents(self, kind: Kind) -> list[Document]:
        """List the documents of a kind, sorted by path."""
        return [document for document in self._content.documents if document.kind == kind]

    def find(self, kind: Kind, text: str) -> list[str]:
        """Find the ids that a reference may mean, including that of a file with errors."""
        found = self.names[kind].find(text)
        return found or ([text] if (kind, text) in self._files else [])

    def find_territory(self, code: str, name: str) -> str | None:
        """Find the region with a code or, without one, with the name of a territory."""
        found = self.find("region", code) or self.find("region", name)
        return found[0] if len(found) == 1 else None

    def clash(self, document: Document) -> tuple[str, str]:
        """Explain why the names of a new document are taken, with a hint; empty where they are not.

        Its id must not be a name of anything else: links to that name would lead to it. Its other
        names must not be names of its kind: references would be ambiguous. Case, accents and
        normal forms make no difference.
        """
        hint = "choose another with --id"
        for _, owner in self._owners.get(fold(document.id), ()):
            return f"'{document.id}' is taken: it is or was an id or a name of '{owner}'", hint
        for path in _paths(document, self.settings):
            if owner := self._addresses.get(_address(path), ""):
                return f"the address /{path} is taken: {owner} has it", hint
        for name in front_matter_names(document.front_matter):
            for kind, owner in self._owners.get(fold(name), ()):
                if kind == document.kind:
                    hint = "use that one, or choose another name"
                    return f"'{name}' is taken: it is or was an id or a name of '{owner}'", hint
        return "", ""

    def problems_with(self, document: Document) -> list[Problem]:
        """Find the problems between documents that one more would cause."""
        content = self._content
        _, after = build_site(
            (*content.documents, document), content.bodies, self.settings, content.failed
        )
        if not after:
            return []
        _, before = build_site(content.documents, content.bodies, self.settings, content.failed)
        name = (self.folder / document.path).as_posix()
        return [
            Problem(name, 0, 0, problem.message, problem.hint)
            if problem.path == document.path
            else locate_problem(problem, self.folder)
            for problem in after
            if problem not in set(before)
        ]

    def _take(self, path: str, owner: str) -> None:
        self._addresses.setdefault(_address(path), f"'{owner}'")


def _own(settings: Settings) -> Iterator[str]:
    """List the addresses of a site without content, and of its folders."""
    empty, _ = build_site((), lambda _: Body(), settings)
    yield from (page.path for page in Builders(empty).pages)
    yield f"{FILES_FOLDER}/"
    yield from (f"{lang}/" for lang in settings.languages)


def _paths(document: Document, settings: Settings) -> Iterator[str]:
    lang = getattr(document.front_matter, "lang", None) or settings.language
    for id_ in (document.id, *former_ids(document.front_matter)):
        yield document_path(document.kind, id_, lang, settings.language)
    if isinstance(document.front_matter, Briefing):
        yield from map(alias_path, document.front_matter.aliases)


def _address(path: str) -> str:
    return unicodedata.normalize("NFC", output_file(path)).casefold()
