"""Watcher of files: one report for each burst of saves, however an editor saves."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import suppress
from pathlib import Path

import livereload.watcher
from watchfiles import watch

from dossier.fingerprint import is_left_behind, walk_folder

_STEP = 8
"""Milliseconds without another change until a save counts as finished."""
_QUIET = 120
"""Milliseconds without another change until a burst of saves counts as over."""
_POLLED = 0.3
"""Seconds between two polls where there are no events."""
_REMOTE = ("nfs", "cifs", "smb", "9p", "vboxsf", "prl_fs", "virtiofs", "fuse", "afs", "drvfs")
"""File systems that do not report changes by other machines."""

Touched = Set[Path] | None
"""Absolute paths; None for any."""


class Watcher(livereload.watcher.Watcher):  # type: ignore[misc]
    """Watches folders in its own thread, instead of livereload's watcher, which polls.

    `tell` is called in that thread: once with None when watching begins, then after each save.
    """

    def __init__(
        self, folders: Sequence[Path], tell: Callable[[Touched], object], poll: bool = False
    ) -> None:
        super().__init__()
        self._folders = [folder.resolve() for folder in folders]
        self._tell = tell
        self._poll = poll or any(map(is_remote, self._folders))
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watcher", daemon=True)

    def start(self, callback: Callable[[], None]) -> bool:  # noqa: ARG002 - livereload's
        """Tell livereload that it need not poll."""
        return True

    def begin(self) -> None:
        """Start watching."""
        self._thread.start()

    def stop(self) -> None:
        """Stop; the thread has ended when this returns."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        """Watch, and start again where a folder was replaced or removed."""
        while not self._stopped.is_set():
            there = [folder for folder in self._folders if folder.is_dir()]
            identities = [_identity(folder) for folder in self._folders]
            try:
                self._watch(there, identities)
            except (OSError, RuntimeError):
                self._poll = True  # no events available: too many watches, or none supported
                self._stopped.wait(_POLLED)

    def _watch(self, folders: Sequence[Path], identities: Sequence[object]) -> None:
        begun, waiting = False, set[Path]()
        for touched in self._batches(folders):
            waiting |= {path for path in touched if not _is_ignored(path, self._folders)}
            if not begun or (waiting and (not touched or _is_one_save(waiting))):
                self._tell(frozenset(waiting) if begun else None)
                begun, waiting = True, set()
            if [_identity(folder) for folder in self._folders] != identities:
                return

    def _batches(self, folders: Sequence[Path]) -> Iterator[Set[Path]]:
        """Yield touched paths, and nothing after a while without changes."""
        if self._poll:
            yield from self._looks(folders)
        elif folders:
            for changes in watch(
                *folders,
                watch_filter=None,
                step=_STEP,
                rust_timeout=_QUIET,
                yield_on_timeout=True,
                stop_event=self._stopped,
                raise_interrupt=False,
                force_polling=False,  # watchfiles misses a second save within one second
                ignore_permission_denied=True,
            ):
                yield {Path(path) for _, path in changes}
        else:
            self._stopped.wait(_POLLED)

    def _looks(self, folders: Sequence[Path]) -> Iterator[Set[Path]]:
        """Yield the changes of each poll; polling takes a tenth of the time at most."""
        before = _stamps(folders)
        yield set()
        pause = _POLLED
        while not self._stopped.wait(pause):
            started = time.perf_counter()
            now = _stamps(folders)
            pause = max(_POLLED, 9 * (time.perf_counter() - started))
            yield {path for path, _ in before.items() ^ now.items()}
            before = now


def _stamps(folders: Sequence[Path]) -> dict[Path, tuple[int, int, int]]:
    """Record, by path, what changes when a file is written."""
    found = {}
    for folder in folders:
        for path in walk_folder(folder):
            with suppress(OSError):
                stat = os.stat(folder / path)
                found[folder / path] = stat.st_mtime_ns, stat.st_size, stat.st_ino
    return found


def is_remote(folder: Path) -> bool:
    """Tell whether changes in a folder may go unreported (known only on Linux)."""
    if sys.platform != "linux":
        return False
    mounts = []
    for line in Path("/proc/self/mounts").read_text("utf-8", "replace").splitlines():
        _, point, kind, *_ = line.split(" ")
        if folder.is_relative_to(point.replace("\\040", " ")):
            mounts.append((len(point), kind))
    return max(mounts, default=(0, ""))[1].startswith(_REMOTE)


def _is_ignored(path: Path, folders: Sequence[Path]) -> bool:
    """Tell whether a path or one of its folders is hidden or an editor's leftover."""
    for folder in folders:
        if path.is_relative_to(folder):
            return any(map(is_left_behind, path.relative_to(folder).parts))
    return True


def _is_one_save(paths: Set[Path]) -> bool:
    """Tell whether paths are those of one file and perhaps its temporary file."""
    return len(paths) == 1 or (len(paths) <= 3 and sum(path.exists() for path in paths) == 1)


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(folder)
    except OSError:
        return None
    return found.st_dev, found.st_ino
