"""Pagefind: a program that builds a search index for browsers, without a server.

Uses its service mode: JSON messages in base64, each ended by a comma. The files of an index come
back as messages too, since the program may end before it has written them.

Beside them are the words of the texts by letter, and a file that says which result is which
briefing, so that a browser need not load a result to know, and what else there is to load.
"""

from __future__ import annotations

import gzip
import re
import threading
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import msgspec

from dossier.search.views import SearchRecord
from dossier.search.word_breaks import with_breaks
from dossier.search.words import word_files

if TYPE_CHECKING:
    from subprocess import Popen

ENTRY = "pagefind-entry.json"
"""The file that names the others of an index; published last."""

PATIENCE = 60.0, 0.05
"""The most seconds for an index, and for each of its records; far more than usual."""

PATHS = "paths.json"
"""The file that has the paths of briefings, which result is which, and what to load."""

_UNUSED = re.compile(r"pagefind-(?:(?:modular-|component-)?ui|highlight|worker)\.\w+")
_FRAGMENT = re.compile(r"fragment/(.+)\.pf_fragment")
_SIGNATURE = b"pagefind_dcd"
_ANY_LANGUAGE = "wasm.unknown.pagefind"


class PagefindError(Exception):
    """Raised where the program fails; has its message."""


class _File(msgspec.Struct):
    path: str
    content: bytes


class _Payload(msgspec.Struct):
    type: str
    message: str = ""
    index_id: int = 0
    files: Sequence[_File] = ()


class _Fragment(msgspec.Struct):
    url: str


class _Reply(msgspec.Struct):
    payload: _Payload


def find_program() -> Path | None:
    """Find the program in the package `pagefind-bin`; None where it is not installed."""
    try:
        from pagefind_bin import get_executable  # type: ignore[import-untyped]

        return Path(get_executable())
    except (ImportError, OSError):
        return None


def build_index(program: Path, lang: str, records: Sequence[SearchRecord]) -> dict[str, bytes]:
    """Build the files of an index by path, the one that names the others last.

    `lang` (BCP 47) decides how words are split and stemmed. Raises `PagefindError`.
    """
    from subprocess import PIPE, Popen

    requests = [_add_request(record, lang) for record in records]
    command = [str(program), "--service"]
    try:
        process = Popen(command, stdin=PIPE, stdout=PIPE)
    except OSError as error:
        raise PagefindError(error.strerror or str(error)) from None
    fixed, each = PATIENCE
    watch = threading.Timer(fixed + each * len(requests), process.kill)
    watch.start()
    try:
        files = _converse(process, requests)
    finally:
        watch.cancel()
        process.kill()
        process.communicate()
    kept = _needed(files)
    words = word_files(records)
    return {PATHS: _paths(kept, words, records), **words, **kept}


def _converse(process: Popen[bytes], requests: Sequence[Mapping[str, Any]]) -> dict[str, bytes]:
    assert process.stdin and process.stdout
    replies = _replies(process.stdout)
    _send(process.stdin, [{"type": "NewIndex"}])
    index = {"index_id": next(replies).index_id}
    asked = [{**request, **index} for request in (*requests, {"type": "GetFiles"})]
    # it replies while we send, and would block if nobody read
    asking = threading.Thread(target=_send, args=(process.stdin, asked), daemon=True)
    asking.start()
    for reply in replies:
        if reply.type == "GetFiles":
            asking.join()
            return {file.path: file.content for file in reply.files}
    raise AssertionError("replies end with the files or with an error")


def _add_request(record: SearchRecord, lang: str) -> Mapping[str, Any]:
    return {
        "type": "AddRecord",
        "url": record.path,
        "content": with_breaks(record.text),
        "language": lang,
        "meta": {name: with_breaks(text) for name, text in record.fields.items()},
    }


def _send(stream: IO[bytes], requests: Iterable[Mapping[str, Any]]) -> None:
    with suppress(OSError):  # the missing reply is noticed there
        for number, request in enumerate(requests):
            message = msgspec.json.encode({"message_id": number, "payload": request})
            stream.write(b64encode(message) + b",")
        stream.flush()


def _replies(stream: IO[bytes]) -> Iterator[_Payload]:
    """Yield the program's replies. Raises `PagefindError` for errors."""
    decode = msgspec.json.Decoder(_Reply).decode
    pieces: list[bytes] = []
    while chunk := stream.read1(1 << 20):  # type: ignore[attr-defined]
        *ended, rest = chunk.split(b",")
        for piece in ended:
            try:
                payload = decode(b64decode(b"".join((*pieces, piece)))).payload
            except ValueError as error:
                raise PagefindError(f"it sent an unknown reply: {error}") from None
            if payload.type == "Error":
                raise PagefindError(payload.message)
            yield payload
            pieces = []
        pieces.append(rest)
    raise PagefindError("it ended unexpectedly")


def _paths(
    files: Mapping[str, bytes], words: Iterable[str], records: Sequence[SearchRecord]
) -> bytes:
    """List the paths of briefings, which result is which, and what to load, as JSON."""
    paths = [record.path for record in records]
    place = {path: n for n, path in enumerate(paths)}
    named = ((_FRAGMENT.fullmatch(file), data) for file, data in files.items())
    about = {
        "paths": paths,
        "results": {match[1]: place[_path(data)] for match, data in named if match},
        "program": next((file for file in files if file.startswith("wasm.")), ""),
        "letters": "".join(sorted(chr(int(Path(file).stem, 16)) for file in words)),
    }
    return msgspec.json.encode(about, order="sorted")


def _path(fragment: bytes) -> str:
    data = gzip.decompress(fragment).removeprefix(_SIGNATURE)
    return msgspec.json.decode(data, type=_Fragment).url


def _needed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Leave out the files of Pagefind's interface and worker, unused; put the entry last."""
    programs = [path for path in files if path.startswith("wasm.")]
    unused = {_ANY_LANGUAGE} if len(programs) > 1 else set()
    kept = [p for p in files if p not in unused and not _UNUSED.fullmatch(p)]
    return {path: files[path] for path in sorted(kept, key=lambda path: (path == ENTRY, path))}
