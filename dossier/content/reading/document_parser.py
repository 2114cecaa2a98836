"""Parsing of a document: its front matter, its body, and the fingerprints of its parts.

It depends only on the bytes of the file, its path and the settings, never on another file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from dossier.content.documents import Body, Document, Outline, PartFingerprints
from dossier.content.front_matter import SplitFile, compose_front_matter, split_file
from dossier.content.ids import id_problem
from dossier.content.markdown.parse import parse_body
from dossier.content.models import FRONT_MATTER, AnyFrontMatter
from dossier.content.reading.content_files import ContentFile
from dossier.content.settings import ParsingSettings
from dossier.content.source_text import SourceText, decode_text
from dossier.content.validation import Finding, check_front_matter, lacks_text
from dossier.content.words import without_words
from dossier.content.yaml.decode_ordinary import decode_ordinary
from dossier.fingerprint import digest
from dossier.language.profiles import reading_minutes
from dossier.problems import Problem, ProblemError
from dossier.time_limit import TooSlowError, time_limit

PARSING_LIMIT = 10
"""Seconds that one file may take."""


class Parsed(msgspec.Struct, frozen=True):
    """What one file is parsed into: a document and, separately, its body."""

    document: Document
    body: Body


def parse_in_time(
    file: ContentFile, data: bytes, folder: Path, settings: ParsingSettings
) -> tuple[Parsed | None, list[Problem]]:
    """Parse the bytes of a file of a folder; what takes too long is a problem with it."""
    name = f"{folder.as_posix()}/{file.path}" if folder.parts else file.path
    try:
        with time_limit(PARSING_LIMIT):
            return parse_document(file, data, name, settings)
    except TooSlowError:
        message = f"the file takes longer than {PARSING_LIMIT} seconds to read"
        return None, [
            Problem(name, 0, 0, message, "simplify whatever is deeply nested or often repeated")
        ]


def parse_document(
    file: ContentFile, data: bytes, name: str, settings: ParsingSettings
) -> tuple[Parsed | None, list[Problem]]:
    """Parse a file's bytes into a document, or None, and its problems, which show `name`."""
    document_id = file.path.rpartition("/")[2].removesuffix(".md")
    problems: list[Problem] = []
    if reason := id_problem(document_id):
        problems.append(Problem(name, 0, 0, *reason))
    try:
        source = decode_text(data, name)
        front_matter, split, found = _read_front_matter(source, FRONT_MATTER[file.kind])
    except ProblemError as error:
        return None, [*problems, *error.problems]
    problems += found
    if front_matter is not None:
        problems += _locate(source, check_front_matter(front_matter, settings.timezone))
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


def _read_front_matter(
    source: SourceText, cls: type[AnyFrontMatter]
) -> tuple[AnyFrontMatter | None, SplitFile, list[Problem]]:
    """Decode a file's front matter, and split the file; places are looked at if there are problems.

    Raises `ProblemError` where it cannot be read at all.
    """
    split = split_file(source)
    front_matter = decode_ordinary(split.yaml_text, cls) if source.is_clean else None
    if front_matter is not None:
        return front_matter, split, []
    from dossier.content.decode import Decoder  # loads YAML

    node, split = compose_front_matter(source)
    decoder = Decoder(source, line_offset=1)
    return decoder.record(node, cls), split, decoder.problems


def _locate(source: SourceText, findings: Iterable[Finding]) -> Iterator[Problem]:
    """Find where fields stand that something is wrong with."""
    for field_path, message, hint in findings:
        from dossier.content.yaml.nodes import find_node, problem_at  # loads YAML

        node, _ = compose_front_matter(source)
        yield problem_at(source, find_node(node, field_path), 1, message, hint)


def _fingerprint_parts(
    front_matter: AnyFrontMatter, outline: Outline, body: Body
) -> PartFingerprints:
    encode = msgspec.msgpack.encode
    facts = without_words(front_matter, guarded=False)
    linked = (outline.targets, outline.citations, outline.tables, outline.images)
    return PartFingerprints(
        facts=digest(encode((facts, *linked))),
        words=digest(encode((front_matter, outline.minutes))),
        text=digest(body.text),
    )
