"""Reader of `content/`: every file becomes a document, or problems with their positions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from dossier.content.cache import DocumentCache, document_key
from dossier.content.documents import Bodies, Body, Document, placed
from dossier.content.models import Kind
from dossier.content.reading.content_files import KIND_FOLDERS, ContentFile, sort_files
from dossier.content.reading.left_out import OUTSIDE, find_left_out
from dossier.content.reading.parse_files import parse_files
from dossier.content.settings import ParsingSettings, Settings
from dossier.content.tables.files import TableFiles
from dossier.fingerprint import digest, engine_fingerprint, scan_folder
from dossier.problems import Problem, ProblemError
from dossier.progress import ProgressCallback, no_progress

if TYPE_CHECKING:
    from dossier.content.reading.document_parser import Parsed

_SAVED_AT_ONCE = 250  # documents: while one process writes them, others go on parsing

Ready = tuple[str, Sequence[tuple[str, str, bytes]]]
"""Documents that another process has put in the cache, after the context that they were parsed in.

Each has its path, the fingerprint of the bytes that were read, and itself, encoded.
"""


class Content(msgspec.Struct, frozen=True):
    """Everything that was read: documents by path, files to publish unchanged, problems.

    `failed` has the kinds with a document that could not be read. `fingerprints` are those of the
    bytes that were read, by path.
    """

    documents: tuple[Document, ...]
    bodies: Bodies
    tables: TableFiles
    failed: frozenset[Kind]
    files: tuple[str, ...]
    problems: tuple[Problem, ...]
    fingerprints: Mapping[str, str]


def read_content(
    folder: Path,
    settings: Settings,
    scan: Callable[[Mapping[str, str]], Mapping[str, str]] | None = None,
    cache: DocumentCache | None = None,
    engine: str | None = None,
    jobs: int = 1,
    progress: ProgressCallback = no_progress,
    only: Set[str] | None = None,
    ready: Iterable[Ready] = (),
) -> Content:
    """Read a whole content folder; documents are sorted by path.

    `scan` returns the fingerprints of the folder's files, and is told those of files that others
    have just read; what the cache has for them is not read again. `engine` is the fingerprint of
    Dossier, where it is known. With `only`, no other documents are read, and all their warnings are
    left to whoever knows the others. Those who fill the cache meanwhile tell what is `ready`; it is
    asked for all else.
    """
    cache = cache or DocumentCache(None)
    parsing = settings.parsing
    context = _context(parsing, engine)
    key = partial(document_key, context)
    read, known = _receive(ready, context, cache)
    fingerprints = dict(scan(read) if scan else scan_folder(folder))
    files, static, problems = _find_files(folder, fingerprints)
    wanted = files if only is None else [file for file in files if file.path in only]
    keys = {file.path: key(file.path, fingerprints[file.path]) for file in wanted}
    known |= cache.load([k for k in keys.values() if k not in known], of_all=only is None)
    found = {path: known.get(key) for path, key in keys.items()}
    unknown = [file for file in wanted if found[file.path] is None]
    failed = set()
    for file, fingerprint, encoded, met in parse_files(unknown, folder, parsing, jobs, progress):
        problems += met
        fingerprints[file.path] = fingerprint
        keys[file.path] = key(file.path, fingerprint)
        if encoded is None:
            failed.add(file.kind)
        else:
            found[file.path] = cache.put(keys[file.path], encoded)
    cache.save(keys[path] for path, document in found.items() if document)
    documents = tuple(d for file in wanted if (d := found[file.path]) is not None)
    if only is None:
        with_warnings = (one for one in documents if one.warnings)
        problems += [w for one in with_warnings for w in placed(one.warnings, folder / one.path)]
    return Content(
        documents,
        partial(_body, folder, parsing, context, fingerprints, cache),
        TableFiles(folder, static),
        frozenset(failed),
        tuple(static),
        tuple(problems),
        fingerprints,
    )


def _receive(
    ready: Iterable[Ready], context: str, cache: DocumentCache
) -> tuple[dict[str, str], dict[str, Document]]:
    """Decode documents as they become ready; return fingerprints by path, and them by their key."""
    read: dict[str, str] = {}
    found: dict[str, Document] = {}
    for parsed_in, documents in ready:
        for path, fingerprint, data in documents:
            read[path] = fingerprint
            if parsed_in == context:
                found[document_key(context, path, fingerprint)] = cache.decode(data)
    return read, found


def read_into_cache(
    folder: Path,
    parsing: ParsingSettings,
    fingerprints: Mapping[str, str],
    cache: DocumentCache,
    engine: str,
    jobs: int,
    progress: ProgressCallback,
    paths: Iterable[str],
    tell: Callable[[Ready], None] = lambda _ready: None,
) -> None:
    """Parse those files of a content folder at some paths that the cache lacks, and put them there.

    It is not asked for files without a fingerprint. Whoever is waiting may be told what is ready.
    Problems are for whoever reads the folder: a file with errors is left out.
    """
    context = _context(parsing, engine)
    key = partial(document_key, context)
    files, _, _ = _find_files(folder, paths)
    keys = {f.path: key(f.path, fingerprints[f.path]) for f in files if f.path in fingerprints}
    missing = cache.missing(keys.values())
    unknown = [file for file in files if file.path not in keys or keys[file.path] in missing]
    parsed = parse_files(unknown, folder, parsing, jobs, progress)
    ready: list[tuple[str, str, bytes]] = []
    for done, (file, fingerprint, encoded, _) in enumerate(parsed, 1):
        if encoded is not None:
            cache.add(key(file.path, fingerprint), encoded)
            ready.append((file.path, fingerprint, encoded[0]))
        if done % _SAVED_AT_ONCE == 0 or done == len(unknown):
            cache.save()
            tell((context, ready))
            ready.clear()


def _find_files(
    folder: Path, paths: Iterable[str]
) -> tuple[list[ContentFile], list[str], list[Problem]]:
    """Sort paths as `sort_files` does, without those that lead out of the folder."""
    left_out = list(find_left_out(folder))
    outside = {one.path for one in left_out if one.message == OUTSIDE}
    inside = (path for path in paths if f"{folder.as_posix()}/{path}" not in outside)
    files, static, problems = sort_files(folder, inside if outside else paths)
    return files, static, problems + left_out


def _context(settings: ParsingSettings, engine: str | None) -> str:
    """Fingerprint what documents follow from, beside their files."""
    return digest(engine or engine_fingerprint(), msgspec.json.encode(settings))


def _body(
    folder: Path,
    settings: ParsingSettings,
    context: str,
    fingerprints: Mapping[str, str],
    cache: DocumentCache,
    path: str,
) -> Body:
    """Load the body of a document; parse the file again if the cache no longer has it."""
    body = cache.body(document_key(context, path, fingerprints[path]))
    return body if body is not None else _read_one(folder, path, settings).body


def read_document(folder: Path, path: str, settings: Settings) -> Parsed:
    """Read one file of a content folder. Raises `ProblemError` with all of its problems."""
    return _read_one(folder, path, settings.parsing)


def _read_one(folder: Path, path: str, settings: ParsingSettings) -> Parsed:
    from dossier.content.reading.document_parser import parse_in_time

    file = ContentFile(path, KIND_FOLDERS[path.partition("/")[0]])
    parsed, problems = parse_in_time(file, (folder / path).read_bytes(), folder, settings)
    if parsed is None:
        raise ProblemError(*problems)
    return parsed
