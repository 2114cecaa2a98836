"""The images of a content folder: each is read once, where a document shows it.

What was read is remembered by the bytes of the file, so that most builds open no image.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from dossier.content.images.model import ImageFacts
from dossier.fingerprint import digest

NAME = "images"
_CHECKSUM = 4  # bytes before the rows: their CRC-32


class ImageFiles:
    """Reads the images of a folder; `fingerprints` are those of its files, by path.

    `cache` is the folder for what is remembered, for the `engine` whose fingerprint is given.
    """

    def __init__(
        self,
        folder: Path,
        fingerprints: Mapping[str, str],
        cache: Path | None = None,
        engine: str = "",
    ) -> None:
        self._folder = folder
        self._fingerprints = fingerprints
        self._file = cache / NAME if cache else None
        self._engine = engine
        self._remembered: dict[str, ImageFacts] | None = None
        self._known: dict[str, tuple[str, ImageFacts]] = {}

    @property
    def paths(self) -> Iterable[str]:
        """All files of the folder."""
        return self._fingerprints.keys()

    def __contains__(self, path: str) -> bool:
        return path in self._fingerprints

    def read(self, path: str) -> ImageFacts:
        """Read the facts of an image, which must be one of the folder. Raises `ImageError`."""
        if path not in self._known:
            if self._remembered is None:
                self._remembered = self._load()
            fingerprint = self._fingerprints[path]
            facts = self._remembered.get(fingerprint)
            if facts is None:
                from dossier.content.images.facts import read_facts  # few builds need it

                data = (self._folder / path).read_bytes()
                facts = msgspec.structs.replace(read_facts(data, path), weight=len(data))
                fingerprint = digest(data)
            self._known[path] = fingerprint, facts
        return self._known[path][1]

    @property
    def fingerprints(self) -> Mapping[str, str]:
        """The fingerprints of the files that were read, by path."""
        return {path: self._known[path][0] for path in sorted(self._known)}

    def save(self) -> None:
        """Remember what was read for the next build. Where that fails, only time is lost."""
        rows = dict(self._known.values())
        if self._file is None or rows == (self._remembered or {}):
            return
        data = msgspec.msgpack.encode((self._engine, rows))
        waiting = self._file.with_name(f"{NAME}.{os.getpid()}")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            waiting.write_bytes(zlib.crc32(data).to_bytes(_CHECKSUM, "little") + data)
            waiting.replace(self._file)
        except OSError:
            return

    def _load(self) -> dict[str, ImageFacts]:
        try:
            sealed = self._file.read_bytes() if self._file else b""
            data = sealed[_CHECKSUM:]
            if zlib.crc32(data) == int.from_bytes(sealed[:_CHECKSUM], "little"):
                rows = tuple[str, dict[str, ImageFacts]]
                engine, found = msgspec.msgpack.decode(data, type=rows)
                return found if engine == self._engine else {}
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            pass
        return {}


NO_IMAGES = ImageFiles(Path(), {})
