"""The images of a content folder: each is read once, where a document shows it.

What was read is remembered by the bytes of the file, so that most builds open no image.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from dossier.content.images.model import ImageFacts
from dossier.fingerprint import digest
from dossier.sealed_file import read_sealed, write_sealed

NAME = "images"


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
        write_sealed(self._file, msgspec.msgpack.encode((self._engine, rows)))

    def _load(self) -> dict[str, ImageFacts]:
        try:
            data = read_sealed(self._file) if self._file else b""
            engine, found = msgspec.msgpack.decode(data, type=tuple[str, dict[str, ImageFacts]])
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return {}
        return found if engine == self._engine else {}


NO_IMAGES = ImageFiles(Path(), {})
