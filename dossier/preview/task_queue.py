"""One thing after another: what any thread asks for is done in the one that runs the desk.

The preview runs it in the main thread, where Ctrl-C and time limits are felt.
"""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import TypeVar

Result = TypeVar("Result")

_NAP = 1.0  # seconds: some systems feel Ctrl-C only between two waits


class Desk:
    """Does what it is asked to, in order, and what can wait when there is nothing else to do."""

    def __init__(self) -> None:
        self._asked: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._later: Iterator[None] | None = None

    def ask(self, work: Callable[[], Result]) -> Future[Result]:
        """Have something done; its result, or what it raised, is in the future."""
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
        """Go through some steps while nothing is asked for, in place of any steps before them."""
        self._later = steps

    def run(self) -> None:
        """Work until `close` is called."""
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
        """End `run` after what was asked for so far."""
        self._asked.put(None)

    def _take_a_step(self) -> None:
        if self._later is not None:
            try:
                next(self._later)
            except Exception:  # what can wait is never worth an error
                self._later = None
