"""Reads of views, kept between builds in a file beside the manifest.

The manifest has the fingerprint of this file. If it is missing or belongs to another build, every
view is built.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from dossier.fingerprint import digest
from dossier.site.reads import Read

NAME = ".dossier-reads"

_PARTS = ("words", "text")


class _File(msgspec.Struct, frozen=True, array_like=True):
    """`documents` are paths; a read is its document's index times two, plus one for the text.

    The reads of a view are 32-bit unsigned integers in the byte order of the machine.
    """

    documents: tuple[str, ...]
    views: dict[str, bytes]


class ViewReads:
    """The reads of each view of a build, by output file. `encoded` are they all, where known."""

    def __init__(
        self,
        documents: Iterable[str],
        views: Mapping[str, bytes] | None = None,
        encoded: bytes = b"",
    ) -> None:
        self._documents = tuple(documents)
        self._number = {path: n * 2 for n, path in enumerate(self._documents)}
        self._views = dict(views or {})
        self._encoded = encoded

    def pack(self, reads: Iterable[Read]) -> bytes:
        """Pack the reads of a view."""
        numbers = [self._number[path] + (part == "text") for path, part in reads]
        return array("I", sorted(numbers)).tobytes()

    def updated(self, made: Mapping[str, bytes], files: Iterable[str]) -> ViewReads:
        """Collect the reads of some files: new ones, or else the old ones."""
        files = dict.fromkeys(files)
        same = all(self._views.get(file) == packed for file, packed in made.items())
        if same and self._views.keys() <= files.keys():  # as after most edits of a text
            return self
        views = {
            file: made.get(file, self._views.get(file))
            for file in files
            if file in made or file in self._views
        }
        return ViewReads(self._documents, views)  # type: ignore[arg-type]

    def unpack(self, packed: bytes) -> list[Read]:
        """Return the reads of a view."""
        numbers = array("I", packed)
        return [(self._documents[n // 2], _PARTS[n % 2]) for n in numbers]  # type: ignore[misc]

    def meeting(self, changed: Iterable[Read], files: Iterable[str]) -> frozenset[str]:
        """Find the files whose views read something that changed, or whose reads are unknown."""
        numbers = set(array("I", self.pack(changed)))
        return frozenset(
            file
            for file in files
            if file not in self._views or not numbers.isdisjoint(array("I", self._views[file]))
        )

    def encode(self) -> bytes:
        """Encode the reads."""
        if self._encoded:
            return self._encoded
        return zlib.compress(msgspec.msgpack.encode(_File(self._documents, self._views)), 1)


def read_reads(output: Path, fingerprint: str, documents: Iterable[str]) -> ViewReads:
    """Read the reads of the last build; none if they belong to other documents."""
    paths = tuple(documents)
    try:
        data = (output / NAME).read_bytes()
        if digest(data) == fingerprint:
            file = msgspec.msgpack.decode(zlib.decompress(data), type=_File)
            if file.documents == paths:
                return ViewReads(paths, file.views, data)
    except (OSError, zlib.error, msgspec.MsgspecError, UnicodeDecodeError):
        pass
    return ViewReads(paths)
