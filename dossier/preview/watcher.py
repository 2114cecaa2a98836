"""Watcher of files: one report for each burst of saves, however an editor saves."""

from __future__ import annotations

import errno
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence, Set
from pathlib import Path

import livereload.watcher
from watchfiles import watch

from dossier.fingerprint import is_left_behind, walk_folder
from dossier.preview.linked_files import LinkedFiles, Stamp, stamp_of

_STEP = 5
"""Milliseconds without another change until a save counts as finished."""
_QUIET = 120
"""Milliseconds without another change until a burst of saves counts as over."""
_LONGEST = 3.0
"""Seconds after which a burst is reported that is not over."""
_MANY = 1000
"""Touched paths after which the system may have dropped events, so that any file may differ."""
_POLLED = 0.3
"""Seconds between two polls where there are no events."""
_LIMITS = ("watch limit", "open files", os.strerror(errno.ENOSPC), os.strerror(errno.EMFILE))
_RAISED = ("fs.inotify.max_user_watches=524288", "fs.inotify.max_user_instances=1024")
_REMOTE = ("nfs", "cifs", "smb", "9p", "vboxsf", "prl_fs", "virtiofs", "fuse", "afs", "drvfs")
"""File systems that do not report changes by other machines."""

Touched = Set[Path] | None
"""Absolute paths; None for any."""


class Watcher(livereload.watcher.Watcher):  # type: ignore[misc]
    """Watches folders in its own thread, instead of livereload's watcher, which polls.

    `tell` is called in that thread: once with None when watching begins, then after each save.
    `warn` is called once if files cannot be watched; then they are polled.
    """

    def __init__(
        self,
        folders: Sequence[Path],
        tell: Callable[[Touched], object],
        warn: Callable[[str], object],
        poll: bool = False,
    ) -> None:
        super().__init__()
        self._folders = [folder.resolve() for folder in folders]
        self._tell, self._warn = tell, warn
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
            except FileNotFoundError:
                self._stopped.wait(_POLLED)  # a folder was removed since
            except (OSError, RuntimeError) as error:
                if not self._poll:
                    self._warn(_cannot_watch(error))
                self._poll = True

    def _watch(self, folders: Sequence[Path], identities: Sequence[object]) -> None:
        begun, burst = False, _Burst()
        for touched in self._batches(folders):
            wanted = {path for path in touched if not _is_ignored(path, self._folders)}
            burst.add(wanted, len(touched))
            if not begun or burst.is_over(not touched):
                self._tell(burst.paths if begun else None)
                begun, burst = True, _Burst()
            if [_identity(folder) for folder in self._folders] != identities:
                return

    def _batches(self, folders: Sequence[Path]) -> Iterator[Set[Path]]:
        """Yield touched paths, and nothing after a while without changes."""
        if self._poll:
            yield from self._looks(folders)
        elif folders:
            yield from self._events(folders)
        else:
            self._stopped.wait(_POLLED)

    def _events(self, folders: Sequence[Path]) -> Iterator[Set[Path]]:
        """Yield the paths of each batch of events, and links whose targets changed."""
        links, begun = LinkedFiles(folders), False
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
            touched = {Path(path) for _, path in changes}
            if not begun or any(path.is_dir() for path in touched):
                _watch_one_more(folders[0])
            begun = True
            yield touched | links.changed(touched)

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


class _Burst:
    """Saves that follow one another; `paths` are None where any file may have changed."""

    def __init__(self) -> None:
        self.paths: Touched = frozenset()
        self._events = 0
        self._ends = 0.0

    def add(self, paths: Set[Path], events: int) -> None:
        """Add the paths of a batch of events, which may have had more of them."""
        self._events += events
        if self._events > _MANY:
            self.paths = None
        elif self.paths is not None:
            self.paths |= paths
        self._ends = self._ends or (time.monotonic() + _LONGEST if self._has_any else 0.0)

    def is_over(self, quiet: bool) -> bool:
        """Tell whether it can be reported: after a while without changes, or after long."""
        if not self._has_any:
            return False
        one_save = self.paths is not None and _is_one_save(self.paths)
        return quiet or one_save or time.monotonic() > self._ends

    @property
    def _has_any(self) -> bool:
        return self.paths is None or bool(self.paths)


def _watch_one_more(folder: Path) -> None:
    """Watch another folder, for a moment. Raises `OSError` where the system's limit is reached.

    Without permission errors, watchfiles conceals this one too, and it never reports it for new
    folders.
    """
    for _ in watch(folder, recursive=False, rust_timeout=1, yield_on_timeout=True):
        return


def _cannot_watch(error: Exception) -> str:
    reason, hint = str(error), ""
    if sys.platform == "linux" and any(words in reason for words in _LIMITS):
        reason = "a limit of the system is reached"
        hint = ". To raise its limits: sudo sysctl " + " ".join(_RAISED)
    return f"warning: files cannot be watched ({reason}), so they are polled for changes{hint}"


def _stamps(folders: Sequence[Path]) -> dict[Path, Stamp]:
    """Record, by path, what changes when a file is written."""
    paths = (folder / path for folder in folders for path in walk_folder(folder))
    return {path: stamp_of(path) for path in paths}


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
