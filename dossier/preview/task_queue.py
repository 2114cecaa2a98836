"""Task queue: tasks from any thread run in one thread, one after another.

The preview runs it in the main thread, where Ctrl-C and time limits work.
"""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import TypeVar

Result = TypeVar("Result")

_NAP = 1.0  # seconds: some systems notice Ctrl-C only between two waits
_CALM = 0.05
"""Seconds without a task after which background steps go on: who asks for a page asks for more."""
_LONGEST = 0.5
"""Seconds after which they go on between two tasks, however many there are."""


class Desk:
    """Runs tasks in order, and background steps when there is nothing else to do."""

    def __init__(self) -> None:
        self._asked: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._later: Iterator[None] | None = None
        self._stepped = 0.0
        """When the last background step ended, or there was something to do again."""
        self._calm = True

    def ask(self, work: Callable[[], Result]) -> Future[Result]:
        """Queue a task; the future has its result, or what it raised."""
        future: Future[Result] = Future()

        def do() -> None:
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(work())
                except (Exception, SystemExit) as error:
                    future.set_exception(error)

        self._asked.put(do)
        return future

    def do_later(self, steps: Iterator[None]) -> None:
        """Run some steps in the background, instead of earlier ones."""
        self._later, self._stepped = steps, time.monotonic()

    def run(self) -> None:
        """Run tasks until `close` is called."""
        while True:
            try:
                work = self._asked.get(timeout=self._patience())
            except queue.Empty:
                self._calm = True
                self._take_a_step()
                continue
            if work is None:
                return
            self._calm = False
            work()

    def close(self) -> None:
        """End `run` after the tasks queued so far."""
        self._asked.put(None)

    def _patience(self) -> float:
        """Return how many seconds to wait for a task before the next background step."""
        if self._later is None:
            return _NAP
        overdue = time.monotonic() - self._stepped > _LONGEST
        return 0 if self._calm or overdue else _CALM

    def _take_a_step(self) -> None:
        if self._later is not None:
            try:
                next(self._later)
            except Exception:  # background steps never fail the preview
                self._later = None
            self._stepped = time.monotonic()
