"""Memory of fingerprints: a file that was not touched since it was read is not read again.

A file is known by its size, its inode, and the times of its last writing and of its last change of
status. No program sets the last of them, so an edit is noticed even where size and time of writing
are as before. A file that was touched within two seconds of being read is read once more, since the
clock of its file system may be no finer. Windows has no such time: there, all files are read.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

import msgspec

from dossier.sealed_file import read_sealed, write_sealed

NAME = "fingerprints"
SETTLED = 2 * 10**9
"""Nanoseconds after which a file that is written again has another time."""

STAMPS = os.name == "posix"
"""Whether the system says when the status of a file changed."""

Stamp = tuple[int, int, int, int]
"""Size in bytes, inode, times of writing and of the change of status in nanoseconds."""

_Rows = dict[str, dict[str, tuple[Stamp, str]]]


def stamp_of(found: os.stat_result) -> Stamp:
    """Return the stamp of a file that was looked at."""
    return found.st_size, found.st_ino, found.st_mtime_ns, found.st_ctime_ns


class FingerprintMemory:
    """The fingerprints of files by folder and path, from one build to the next."""

    def __init__(self, cache: Path | None) -> None:
        self._file = cache / NAME if cache and STAMPS else None
        self._rows = _read(self._file) if self._file else {}
        self._used: _Rows = {}
        self._settled = time.time_ns() - SETTLED

    def recall(
        self, folder: str, stamps: Iterable[tuple[str, Stamp]], read: Callable[[str], str]
    ) -> dict[str, str]:
        """Return the fingerprints of files of a folder, each of which had a stamp before.

        What was touched is read; `read` raises `FileNotFoundError` for a file that is gone.
        """
        rows, used = self._rows.get(folder, {}), self._used.setdefault(folder, {})
        found = {}
        for path, stamp in stamps:
            row = rows.get(path)
            if row is not None and row[0] == stamp:
                used[path] = row
                found[path] = row[1]
                continue
            with suppress(FileNotFoundError):
                found[path] = read(path)
                if max(stamp[2:]) < self._settled:
                    used[path] = stamp, found[path]
        return found

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
