"""Reader of `content/`: every file becomes a document, or problems with their positions.

What parses is loaded only where something has to be parsed: after an edit, another process does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from dossier.content.cache import DocumentCache, Encoded, document_key
from dossier.content.documents import Bodies, Body, Document, placed
from dossier.content.models import Kind
from dossier.content.reading.content_files import KIND_FOLDERS, ContentFile, sort_files
from dossier.content.reading.left_out import OUTSIDE, find_left_out
from dossier.content.settings import ParsingSettings, Settings
from dossier.content.tables.files import TableFiles
from dossier.fingerprint import digest, engine_fingerprint, scan_folder
from dossier.problems import Problem, ProblemError
from dossier.progress import ProgressCallback, no_progress
from dossier.workers import jobs_for, share_out

if TYPE_CHECKING:
    from dossier.content.reading.document_parser import Parsed

WORTH_A_WORKER = 40
"""Files to parse that make another process worth starting."""


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
    fingerprints: Mapping[str, str] | None = None,
    cache: DocumentCache | None = None,
    engine: str | None = None,
    jobs: int = 1,
    progress: ProgressCallback = no_progress,
    only: Set[str] | None = None,
) -> Content:
    """Read a whole content folder; documents are sorted by path.

    `fingerprints` are those of the folder's files; what the cache has for them is not read again.
    `engine` is the fingerprint of Dossier, where it is known. With `only`, no other documents are
    read, and all their warnings are left to whoever knows the others.
    """
    fingerprints = dict(scan_folder(folder) if fingerprints is None else fingerprints)
    left_out = list(find_left_out(folder))
    outside = {one.path for one in left_out if one.message == OUTSIDE}
    inside = (path for path in fingerprints if f"{folder.as_posix()}/{path}" not in outside)
    files, static, problems = sort_files(folder, inside if outside else fingerprints)
    problems += left_out
    cache = cache or DocumentCache(None)
    parsing = settings.parsing
    context = digest(engine or engine_fingerprint(), msgspec.json.encode(parsing))
    key = partial(document_key, context)
    wanted = files if only is None else [file for file in files if file.path in only]
    keys = {file.path: key(file.path, fingerprints[file.path]) for file in wanted}
    known = cache.load(keys.values(), of_all=only is None)
    found = {path: known.get(key) for path, key in keys.items()}
    unknown = [file for file in wanted if found[file.path] is None]
    parse = partial(_parse_files, folder=folder, settings=parsing)
    if (jobs := jobs_for(len(unknown), jobs, WORTH_A_WORKER)) > 1:
        from dossier.content.reading import document_parser  # noqa: F401 - once for all processes
    failed = set()
    results = chain.from_iterable(share_out(parse, unknown, jobs))
    for done, (file, (fingerprint, encoded, met)) in enumerate(
        zip(unknown, results, strict=True), 1
    ):
        progress("reading", done, len(unknown))
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
        problems += [w for one in documents for w in placed(one.warnings, folder / one.path)]
    return Content(
        documents,
        partial(_body, folder, parsing, context, fingerprints, cache),
        TableFiles(folder, static),
        frozenset(failed),
        tuple(static),
        tuple(problems),
        fingerprints,
    )


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


def _parse_files(
    files: Sequence[ContentFile], folder: Path, settings: ParsingSettings
) -> list[tuple[str, Encoded | None, list[Problem]]]:
    """Parse and encode files: that is how they are sent between processes and cached.

    Each comes with the fingerprint of the bytes that were read: the file may have changed since.
    """
    from dossier.content.reading.document_parser import parse_in_time

    results: list[tuple[str, Encoded | None, list[Problem]]] = []
    encode = msgspec.msgpack.Encoder().encode
    for file in files:
        with open(f"{folder}/{file.path}", "rb", buffering=0) as opened:
            data = opened.read()
        parsed, problems = parse_in_time(file, data, folder, settings)
        encoded = (encode(parsed.document), encode(parsed.body)) if parsed else None
        results.append((digest(data), encoded, problems))
    return results
