"""A channel between two processes, one of which was forked by the other.

Like a pipe of multiprocessing, which takes longer to load than many an edit has for all it does.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

_ROOM = 1 << 20
"""Bytes that may wait in a channel, if the system allows it: views of some pages, documents."""


class Channel:
    """One end of a channel, with methods named as those of multiprocessing's pipes.

    Values that are sent here are received at the other end, in order.
    """

    def __init__(self, reading: int, writing: int) -> None:
        self._reader = os.fdopen(reading, "rb")
        self._writer = os.fdopen(writing, "wb")

    def send(self, value: object) -> None:
        """Send a value. Raises `BrokenPipeError` where the other end is closed."""
        pickle.dump(value, self._writer)
        self._writer.flush()

    def recv(self) -> Any:
        """Wait for a value. Raises `EOFError` where the other end is closed and none is left."""
        return pickle.load(self._reader)  # from our own process

    def close(self) -> None:
        """Close this end, in this process."""
        self._reader.close()
        with suppress(BrokenPipeError):
            self._writer.close()


def open_channel() -> tuple[Channel, Channel]:
    """Return both ends. After a fork, each process closes the one that is not its own."""
    here, from_there = os.pipe()
    there, from_here = os.pipe()
    with suppress(ImportError, AttributeError, OSError):
        import fcntl

        for writing in (from_here, from_there):
            fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, _ROOM)
    return Channel(here, from_here), Channel(there, from_there)


@contextmanager
def forked(work: Callable[[Channel], None], reaped: bool = True) -> Iterator[Channel]:
    """Start a copy of this process that does some work; yield the channel to it, and end it.

    It ends when its work is done, or when it waits for more and the channel is closed here. Unless
    it is to be `reaped`, its work is waited for, but not the freeing of its memory, which takes a
    while if that is large: this process has to end soon.
    """
    here, there = open_channel()
    process = os.fork()
    if process == 0:
        here.close()
        try:
            with suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
                work(there)
        except BaseException:
            import traceback

            traceback.print_exc()
        there.close()
        os._exit(0)
    there.close()
    try:
        yield here
    finally:
        if not reaped:
            with suppress(EOFError):
                here.recv()
        here.close()
        if reaped:
            os.waitpid(process, 0)
