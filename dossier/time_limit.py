"""A limit to the time that a piece of work takes, even in compiled code."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from types import FrameType
from typing import TypeVar

Result = TypeVar("Result")

_QUICK = 16 * 1024  # characters that every library handles quickly


class TooSlowError(Exception):
    """Raised by `time_limit`."""


_has_alarm = False


@contextmanager
def alarm() -> Iterator[None]:
    """Keep an alarm for all time limits in the block, since setting one up takes a while."""
    global _has_alarm
    if not _may_have_alarm():
        yield
        return
    before, _has_alarm = signal.signal(signal.SIGALRM, _ring), True
    try:
        yield
    finally:
        _has_alarm = False
        signal.signal(signal.SIGALRM, before)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise `TooSlowError` in the block after some seconds, where the system can (not Windows)."""
    if not _may_have_alarm():
        yield
        return
    with nullcontext() if _has_alarm else alarm():
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)


def _may_have_alarm() -> bool:
    return hasattr(signal, "SIGALRM") and threading.current_thread() is threading.main_thread()


def _ring(_signal: int, _frame: FrameType | None) -> None:
    raise TooSlowError


def interruptible(function: Callable[[str], Result], text: str) -> Result:
    """Call a function so that `time_limit` can interrupt it, even in compiled code.

    Python handles a signal only between two instructions of its own. A long text is therefore
    handled in a thread, which is abandoned when time is up.
    """
    if len(text) < _QUICK:
        return function(text)
    from concurrent.futures import Future

    future: Future[Result] = Future()

    def run() -> None:
        try:
            future.set_result(function(text))
        except BaseException as error:
            future.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return future.result()
