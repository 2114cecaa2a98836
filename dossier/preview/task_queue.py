"""Task queue: tasks from any thread run in one thread, one after another.

The preview runs it in the main thread, where Ctrl-C and time limits work.
"""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import TypeVar

Result = TypeVar("Result")

_NAP = 1.0  # seconds: some systems notice Ctrl-C only between two waits


class Desk:
    """Runs tasks in order, and background steps when there is nothing else to do."""

    def __init__(self) -> None:
        self._asked: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._later: Iterator[None] | None = None

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
        self._later = steps

    def run(self) -> None:
        """Run tasks until `close` is called."""
        while True:
            try:
                work = self._asked.get(block=self._later is None, timeout=_NAP)
            except queue.Empty:
                self._take_a_step()
                continue
            if work is None:
                return
            work()

    def close(self) -> None:
        """End `run` after the tasks queued so far."""
        self._asked.put(None)

    def _take_a_step(self) -> None:
        if self._later is not None:
            try:
                next(self._later)
            except Exception:  # background steps never fail the preview
                self._later = None
