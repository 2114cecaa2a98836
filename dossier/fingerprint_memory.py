"""Memory of fingerprints: a file that was not touched since it was read is not read again.

A file is known by its size, its inode, and the times of its last writing and of its last change of
status. No program sets the last of them, so an edit is noticed even where size and time of writing
are as before. A file that was touched within two seconds of being read is read once more, since the
clock of its file system may be no finer. Windows has no such time: there, all files are read.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import msgspec

from dossier.sealed_file import read_sealed, write_sealed

NAME = "fingerprints"
SETTLED = 2 * 10**9
"""Nanoseconds after which a file that is written again has another time."""

Stamp = tuple[int, int, int, int]
"""Size in bytes, inode, times of writing and of the change of status in nanoseconds."""

_Rows = dict[str, tuple[Stamp, str]]


def stamp_of(file: str) -> Stamp:
    """Look at a file without reading it. Raises `FileNotFoundError`."""
    found = os.stat(file)
    return found.st_size, found.st_ino, found.st_mtime_ns, found.st_ctime_ns


class FingerprintMemory:
    """The fingerprints of files by their absolute paths, from one build to the next."""

    def __init__(self, cache: Path | None) -> None:
        self._file = cache / NAME if cache and os.name == "posix" else None
        self._rows = _read(self._file) if self._file else {}
        self._used: _Rows = {}
        self._settled = time.time_ns() - SETTLED

    def find(self, path: str, stamp: Stamp) -> str | None:
        """Return the fingerprint of a file that was not touched; None if it has to be read."""
        row = self._rows.get(path)
        if row is None or row[0] != stamp:
            return None
        self._used[path] = row
        return row[1]

    def add(self, path: str, stamp: Stamp, fingerprint: str) -> None:
        """Remember the fingerprint of a file, which had this stamp before it was read."""
        if max(stamp[2:]) < self._settled:
            self._used[path] = stamp, fingerprint

    def save(self) -> None:
        """Keep what was asked for and added. Where that fails, only time is lost."""
        if self._file is None or self._used == self._rows:
            return
        write_sealed(self._file, msgspec.msgpack.encode(self._used))


def _read(file: Path) -> _Rows:
    try:
        return msgspec.msgpack.decode(read_sealed(file), type=_Rows)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return {}
