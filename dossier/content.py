"""Reads `content/`: every file becomes a document, or problems with their places.

Parsing a file depends on its bytes, its place and the settings alone, never on another file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from dossier.decode import Decoder
from dossier.documents import Document, DocumentProblem
from dossier.frontmatter import compose_front_matter
from dossier.markdown import find_in_body, parse_body
from dossier.models import RECORDS, Kind
from dossier.problems import Problem, ProblemError
from dossier.rules import check_record
from dossier.settings import SETTINGS_FILE, Settings
from dossier.source_text import decode_text
from dossier.urls import id_problem
from dossier.yaml_nodes import compose, find_node, problem_at

KIND_FOLDERS: dict[str, Kind] = {
    "briefings": "briefing",
    "companies": "company",
    "regions": "region",
    "topics": "topic",
    "pages": "page",
}
FILES_FOLDER = "files"


class ContentFile(msgspec.Struct, frozen=True):
    """A Markdown file to parse; `path` is relative to the content folder, with slashes."""

    path: str
    kind: Kind


class Content(msgspec.Struct, frozen=True):
    """All that was read: documents by path, files to publish as they are, problems.

    `failed` are the kinds of which some document could not be read.
    """

    documents: tuple[Document, ...]
    failed: frozenset[Kind]
    files: tuple[str, ...]
    problems: tuple[Problem, ...]


def read_content(folder: Path, settings: Settings) -> Content:
    """Read a whole content folder. The order of documents is that of their paths."""
    files, static, problems = find_files(folder)
    documents, failed = [], set()
    for file in files:
        name = (folder / file.path).as_posix()
        document, found = parse_document(file, (folder / file.path).read_bytes(), name, settings)
        problems += found
        if document is not None:
            documents.append(document)
        else:
            failed.add(file.kind)
    return Content(tuple(documents), frozenset(failed), tuple(static), tuple(problems))


def find_files(folder: Path) -> tuple[list[ContentFile], list[str], list[Problem]]:
    """The Markdown files, the files to copy (both by path), and warnings about the rest."""
    if not folder.is_dir():
        hint = "run the command where content/ is, or name the folder with --content"
        raise ProblemError(Problem(folder.as_posix(), 0, 0, "there is no such folder", hint))
    files, static, problems = [], [], []
    for path in sorted(_walk(folder)):
        top = path.partition("/")[0]
        if top in KIND_FOLDERS and path.endswith(".md") and "/" in path:
            files.append(ContentFile(path, KIND_FOLDERS[top]))
        elif top == FILES_FOLDER and "/" in path:
            static.append(path)
        elif path != SETTINGS_FILE:
            name = (folder / path).as_posix()
            known = ", ".join(f"{name}/*.md" for name in KIND_FOLDERS)
            hint = f"Dossier reads {SETTINGS_FILE}, {known}, {FILES_FOLDER}/*"
            problems.append(Problem(name, 0, 0, "this file is ignored", hint, "", "warning"))
    return files, static, problems


def parse_document(
    file: ContentFile, data: bytes, name: str, settings: Settings
) -> tuple[Document | None, list[Problem]]:
    """The document in a file's bytes, or None, and its problems. `name` is the path to print."""
    document_id = Path(file.path).stem
    problems: list[Problem] = []
    if reason := id_problem(document_id):
        problems.append(Problem(name, 0, 0, *reason))
    try:
        source = decode_text(data, name)
        node, split = compose_front_matter(source)
    except ProblemError as error:
        return None, [*problems, *error.problems]
    decoder = Decoder(source, line_offset=1)
    record = decoder.record(node, RECORDS[file.kind])
    problems += decoder.problems
    for field_path, message, hint in () if record is None else check_record(record):
        problems.append(problem_at(source, find_node(node, field_path), 1, message, hint))
    known_sources = None if record is None else [s.id for s in getattr(record, "sources", ())]
    body, found = parse_body(
        source,
        split.body,
        lang=getattr(record, "lang", None) or settings.language,
        policy=settings.html,
        sources=known_sources,
    )
    problems += found
    if record is None or problems:
        return None, problems
    return Document(file.kind, document_id, file.path, record, body), []


def locate_problem(problem: DocumentProblem, folder: Path) -> Problem:
    """Look up the line of a problem in its file, which is read again."""
    name = (folder / problem.path).as_posix()
    if problem.path == SETTINGS_FILE:
        source = decode_text((folder / problem.path).read_bytes(), name)
        settings = compose(source, source.text)
        assert settings is not None
        node = find_node(settings, tuple(problem.place))
        return problem_at(source, node, 0, problem.message, problem.hint)
    if not problem.path.endswith(".md"):
        return Problem(name, 0, 0, problem.message, problem.hint)
    source = decode_text((folder / problem.path).read_bytes(), name)
    node, split = compose_front_matter(source)
    if isinstance(problem.place, str):
        start = len(source.text) - len(split.body)
        offset = find_in_body(source, start, problem.place)
        return source.problem_at(offset, problem.message, problem.hint)
    return problem_at(source, find_node(node, problem.place), 1, problem.message, problem.hint)


def _walk(folder: Path) -> Iterator[str]:
    """Paths of all files below a folder, but for hidden ones and what editors leave behind."""
    for base, folders, names in os.walk(folder, followlinks=False):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if not name.startswith((".", "#")) and not name.endswith(("~", ".swp", ".tmp")):
                yield (Path(base) / name).relative_to(folder).as_posix()
