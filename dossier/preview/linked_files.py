"""Links to files in watched folders: their targets change without an event, so they are polled."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence, Set
from contextlib import suppress
from pathlib import Path

Stamp = tuple[int, int, int] | None


def stamp_of(path: Path) -> Stamp:
    """Look at what differs once a file, or the target of a link, is written; None for no file."""
    try:
        stat = os.stat(path)
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size, stat.st_ino


class LinkedFiles:
    """The links below some folders, and what their targets looked like."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._stamps: dict[Path, Stamp] = {}
        self._due = 0.0
        for folder in folders:
            self._add(folder)

    def changed(self, touched: Set[Path]) -> set[Path]:
        """Return the links whose targets changed, after some paths were touched.

        Looking takes a tenth of the time at most.
        """
        for path in touched:
            self._add(path)
        started = time.monotonic()
        if started < self._due:
            return set()
        now = {link: stamp_of(link) for link in self._stamps}
        found = {link for link, stamp in now.items() if stamp != self._stamps[link]}
        self._stamps = {link: stamp for link, stamp in now.items() if stamp or link.is_symlink()}
        self._due = time.monotonic() + 9 * (time.monotonic() - started)
        return found

    def _add(self, path: Path) -> None:
        for link in [path] if path.is_symlink() else _links_below(os.fspath(path)):
            self._stamps.setdefault(link, stamp_of(link))


def _links_below(folder: str) -> Iterator[Path]:
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_symlink():
                yield Path(entry.path)
            elif entry.is_dir() and not entry.name.startswith("."):
                yield from _links_below(entry.path)
