"""Remembers parsed documents between builds, by what they were made from.

A table in one file of the cache folder: fingerprint to encoded document. Content-addressed,
so that it is never stale; written atomically; corrupt, foreign or from another engine is a miss.
It keeps what the last build used and nothing else.
"""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from dossier.documents import Document
from dossier.fingerprint import digest, engine_fingerprint

FILE = "documents"
_VERSION = 1


class _Table(msgspec.Struct, frozen=True, array_like=True):
    version: int
    engine: str
    documents: dict[str, msgspec.Raw]


class DocumentCache:
    """The parsed documents of earlier builds, and those of this one."""

    def __init__(self, folder: Path | None) -> None:
        self._file = folder / FILE if folder else None
        self._known = _read(self._file) if self._file else {}
        self._used: dict[str, bytes] = {}
        self._decoder = msgspec.msgpack.Decoder(Document)
        self._encoder = msgspec.msgpack.Encoder()

    def get(self, key: str) -> Document | None:
        """The document with this fingerprint, if it is known and whole."""
        encoded = self._used.get(key) or self._known.get(key)
        if encoded is None:
            return None
        try:
            document = self._decoder.decode(encoded)
        except msgspec.MsgspecError:
            return None
        self._used[key] = encoded
        return document

    def put(self, key: str, document: Document) -> None:
        """Remember a document."""
        self._used[key] = self._encoder.encode(document)

    def save(self) -> None:
        """Write what this build used, if it is not what was known."""
        if self._file is not None and self._used.keys() != self._known.keys():
            self._file.parent.mkdir(parents=True, exist_ok=True)
            _write(self._file, self._used)


def _read(file: Path) -> dict[str, bytes]:
    try:
        table = msgspec.msgpack.decode(file.read_bytes(), type=_Table)
    except (OSError, msgspec.MsgspecError):
        return {}
    if table.version != _VERSION or table.engine != engine_fingerprint():
        return {}
    return {key: bytes(document) for key, document in table.documents.items()}


def _write(file: Path, documents: dict[str, bytes]) -> None:
    raw = {key: msgspec.Raw(document) for key, document in documents.items()}
    table = _Table(_VERSION, engine_fingerprint(), raw)
    temporary = file.with_name(f"{file.name}.{os.getpid()}.tmp")
    temporary.write_bytes(msgspec.msgpack.encode(table))
    temporary.replace(file)


def document_key(path: str, content: str, settings: str) -> str:
    """The fingerprint of a parsed document: engine, path, bytes, settings that parsing sees."""
    return digest(engine_fingerprint(), settings, path, content)
