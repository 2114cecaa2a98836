"""Progress bar on a terminal, for builds that take more than a second; none in a pipe."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

DELAY = 1.0
"""Seconds until a bar is drawn."""
INTERVAL = 0.1
"""Seconds between two drawings."""

ProgressCallback = Callable[[str, int, int], None]
"""Called with the kind of work, the number done, and the total."""


def no_progress(_what: str, _done: int, _total: int) -> None:
    """Report nothing."""


class ProgressBar:
    """Draws a bar for each kind of work that takes long enough, and removes it at the end."""

    def __init__(self) -> None:
        self._started = time.perf_counter()
        self._drawn = 0.0
        self._bar: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> ProgressCallback:
        """Return the callback that reports progress."""
        return self._report if sys.stderr.isatty() else no_progress

    def __exit__(self, *_: object) -> None:
        """Clear the line."""
        if self._bar is not None:
            self._bar.stop()

    def _report(self, what: str, done: int, total: int) -> None:
        if self._bar is None:
            if time.perf_counter() - self._started < DELAY:
                return
            from rich.console import Console
            from rich.progress import Progress

            # refreshed manually: no thread may run while processes are forked
            self._bar = Progress(console=Console(stderr=True), transient=True, auto_refresh=False)
            self._bar.start()
        if what not in self._tasks:
            self._tasks[what] = self._bar.add_task(what, total=total)
        now = time.perf_counter()
        if now - self._drawn > INTERVAL or done == total:
            self._drawn = now
            self._bar.update(self._tasks[what], completed=done, refresh=True)
