"""Parsing of many files, shared out between processes.

What parses is loaded only where something has to be parsed: after an edit, another process does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path

import msgspec

from dossier.content.cache import Encoded
from dossier.content.reading.content_files import ContentFile
from dossier.content.settings import ParsingSettings
from dossier.fingerprint import digest
from dossier.problems import Problem
from dossier.processes.share_out import share_out
from dossier.processes.workers import jobs_for
from dossier.progress import ProgressCallback

WORTH_A_WORKER = 40
"""Files to parse that make another process worth starting."""


def parse_files(
    files: Sequence[ContentFile],
    folder: Path,
    settings: ParsingSettings,
    jobs: int,
    progress: ProgressCallback,
) -> Iterator[tuple[ContentFile, str, Encoded | None, list[Problem]]]:
    """Parse files and yield each with its document, if it has one, and its problems.

    It comes with the fingerprint of the bytes that were read: the file may have changed since.
    """
    if (jobs := jobs_for(len(files), jobs, WORTH_A_WORKER)) > 1:
        from dossier.content.markdown.blocks import parser  # noqa: F401 - once for all processes
        from dossier.content.reading import document_parser  # noqa: F401
    parse = partial(_parse, folder=folder, settings=settings)
    results = chain.from_iterable(share_out(parse, files, jobs))
    for done, (file, result) in enumerate(zip(files, results, strict=True), 1):
        progress("reading", done, len(files))
        yield (file, *result)


def _parse(
    files: Sequence[ContentFile], folder: Path, settings: ParsingSettings
) -> list[tuple[str, Encoded | None, list[Problem]]]:
    """Parse and encode files: that is how they are sent between processes and cached."""
    from dossier.content.reading.document_parser import parse_in_time
    from dossier.time_limit import alarm

    results: list[tuple[str, Encoded | None, list[Problem]]] = []
    encode = msgspec.msgpack.Encoder().encode
    with alarm():
        for file in files:
            with open(f"{folder}/{file.path}", "rb", buffering=0) as opened:
                data = opened.read()
            parsed, problems = parse_in_time(file, data, folder, settings)
            encoded = (encode(parsed.document), encode(parsed.body)) if parsed else None
            results.append((digest(data), encoded, problems))
    return results
