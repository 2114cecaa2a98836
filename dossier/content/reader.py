"""Reader of `content/`: every file becomes a document, or problems with their positions.

Parsing a file depends only on its bytes, its path and the settings, never on another file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from functools import partial
from itertools import chain
from pathlib import Path

import msgspec

from dossier.content.cache import DocumentCache, Encoded, document_key
from dossier.content.decode import Decoder
from dossier.content.documents import (
    Bodies,
    Body,
    Document,
    DocumentProblem,
    Outline,
    PartFingerprints,
    placed,
)
from dossier.content.front_matter import compose_front_matter
from dossier.content.ids import id_problem
from dossier.content.left_out import OUTSIDE, find_left_out
from dossier.content.models import FRONT_MATTER, AnyFrontMatter, Kind
from dossier.content.settings import SETTINGS_FILE, ParsingSettings, Settings
from dossier.content.source_text import decode_text
from dossier.content.tables.files import TableFiles
from dossier.content.validation import check_front_matter, lacks_text
from dossier.content.words import without_words
from dossier.content.yaml.nodes import compose, find_node, problem_at, problem_in
from dossier.fingerprint import digest, engine_fingerprint, scan_folder
from dossier.language.profiles import reading_minutes
from dossier.problems import Problem, ProblemError
from dossier.progress import ProgressCallback, no_progress
from dossier.workers import TooSlowError, jobs_for, share_out, time_limit

KIND_FOLDERS: dict[str, Kind] = {
    "briefings": "briefing",
    "companies": "company",
    "regions": "region",
    "topics": "topic",
    "pages": "page",
}
FILES_FOLDER = "files"
PARSING_LIMIT = 10
"""Seconds that one file may take."""
WORTH_A_WORKER = 40
"""Files to parse that make another process worth starting."""


class ContentFile(msgspec.Struct, frozen=True):
    """A Markdown file to parse; `path` is relative to the content folder, with slashes."""

    path: str
    kind: Kind


class Parsed(msgspec.Struct, frozen=True):
    """What one file is parsed into: a document and, separately, its body."""

    document: Document
    body: Body


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
        from dossier.content.markdown.parse import parse_body  # noqa: F401 - once for all
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
    file = ContentFile(path, KIND_FOLDERS[path.partition("/")[0]])
    parsed, problems = _parse_in_time(file, (folder / path).read_bytes(), folder, settings)
    if parsed is None:
        raise ProblemError(*problems)
    return parsed


def _parse_files(
    files: Sequence[ContentFile], folder: Path, settings: ParsingSettings
) -> list[tuple[str, Encoded | None, list[Problem]]]:
    """Parse and encode files: that is how they are sent between processes and cached.

    Each comes with the fingerprint of the bytes that were read: the file may have changed since.
    """
    results: list[tuple[str, Encoded | None, list[Problem]]] = []
    encode = msgspec.msgpack.Encoder().encode
    for file in files:
        with open(f"{folder}/{file.path}", "rb", buffering=0) as opened:
            data = opened.read()
        parsed, problems = _parse_in_time(file, data, folder, settings)
        encoded = (encode(parsed.document), encode(parsed.body)) if parsed else None
        results.append((digest(data), encoded, problems))
    return results


def _parse_in_time(
    file: ContentFile, data: bytes, folder: Path, settings: ParsingSettings
) -> tuple[Parsed | None, list[Problem]]:
    name = f"{folder.as_posix()}/{file.path}" if folder.parts else file.path
    try:
        with time_limit(PARSING_LIMIT):
            return parse_document(file, data, name, settings)
    except TooSlowError:
        message = f"the file takes longer than {PARSING_LIMIT} seconds to read"
        return None, [
            Problem(name, 0, 0, message, "simplify whatever is deeply nested or often repeated")
        ]


def sort_files(
    folder: Path, paths: Iterable[str]
) -> tuple[list[ContentFile], list[str], list[Problem]]:
    """Sort paths into Markdown files, files to copy, and warnings about the rest.

    `paths` are relative to the content folder; the results are sorted.
    """
    files, static, problems = [], [], []
    for path in sorted(paths):
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
    file: ContentFile, data: bytes, name: str, settings: ParsingSettings
) -> tuple[Parsed | None, list[Problem]]:
    """Parse a file's bytes into a document, or None, and its problems, which show `name`."""
    # loads the parser, which a build does not need where another process has parsed what changed
    from dossier.content.markdown.parse import parse_body

    document_id = file.path.rpartition("/")[2].removesuffix(".md")
    problems: list[Problem] = []
    if reason := id_problem(document_id):
        problems.append(Problem(name, 0, 0, *reason))
    try:
        source = decode_text(data, name)
        node, split = compose_front_matter(source)
    except ProblemError as error:
        return None, [*problems, *error.problems]
    decoder = Decoder(source, line_offset=1)
    front_matter = decoder.record(node, FRONT_MATTER[file.kind])
    problems += decoder.problems
    findings = () if front_matter is None else check_front_matter(front_matter, settings.timezone)
    for field_path, message, hint in findings:
        problems.append(problem_at(source, find_node(node, field_path), 1, message, hint))
    lang = getattr(front_matter, "lang", None) or settings.language
    sources = None if front_matter is None else getattr(front_matter, "sources", ())
    known = None if sources is None else [one.id for one in sources]
    body, found = parse_body(source, split.body, lang=lang, policy=settings.html, sources=known)
    problems += found
    if lacks_text(front_matter, split.body):
        hint = "write it below the front matter, or add  status: draft"
        message = "the briefing has no text"
        problems.append(source.problem_at(len(source.text), message, hint))
    if front_matter is None or any(problem.severity == "error" for problem in problems):
        return None, problems
    targets = tuple(dict.fromkeys(slot.target for slot in body.slots))
    minutes = reading_minutes(body.words, lang)
    shown = dict.fromkeys((s.target, s.table.chart) for s in body.slots if s.table)
    images = dict.fromkeys(slot.target for slot in body.slots if slot.image)
    outline = Outline(targets, body.citations, minutes, tuple(shown), tuple(images))
    parts = _fingerprint_parts(front_matter, outline, body)
    warnings = tuple(msgspec.structs.replace(warning, path="") for warning in problems)
    document = Document(file.kind, document_id, file.path, front_matter, outline, parts, warnings)
    return Parsed(document, body), []


def _fingerprint_parts(
    front_matter: AnyFrontMatter, outline: Outline, body: Body
) -> PartFingerprints:
    encode = msgspec.msgpack.encode
    facts = without_words(front_matter, "")
    linked = (outline.targets, outline.citations, outline.tables, outline.images)
    return PartFingerprints(
        facts=digest(encode((facts, *linked))),
        words=digest(encode((front_matter, outline.minutes))),
        text=digest(body.text),
    )


def locate_problem(problem: DocumentProblem, folder: Path) -> Problem:
    """Read a problem's file again to find the line."""
    return msgspec.structs.replace(_locate(problem, folder), severity=problem.severity)


def _locate(problem: DocumentProblem, folder: Path) -> Problem:
    name = (folder / problem.path).as_posix()
    if problem.path == SETTINGS_FILE:
        source = decode_text((folder / problem.path).read_bytes(), name)
        settings = compose(source, source.text)
        assert settings is not None
        return problem_in(source, settings, tuple(problem.place), problem.message, problem.hint)
    if not problem.path.endswith(".md"):
        return Problem(name, 0, 0, problem.message, problem.hint)
    source = decode_text((folder / problem.path).read_bytes(), name)
    node, split = compose_front_matter(source)
    if isinstance(problem.place, str):
        from dossier.content.markdown.parse import parse_body

        body, _ = parse_body(source, split.body, lang="en", sources=None)
        slots = [slot for slot in body.slots if slot.target == problem.place]
        slots.sort(key=lambda slot: not (slot.table or slot.image))
        places = (slot.place for slot in slots)
        offset = len(source.text) - len(split.body) + next(places, 0)
        return source.problem_at(offset, problem.message, problem.hint)
    return problem_at(source, find_node(node, problem.place), 1, problem.message, problem.hint)
