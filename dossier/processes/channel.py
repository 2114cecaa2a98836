"""A channel between two processes, one of which was forked by the other.

Like a pipe of multiprocessing, which takes longer to load than many an edit has for all it does.
"""

from __future__ import annotations

import atexit
import os
import pickle
import select
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

_ROOM = 1 << 20
"""Bytes that may wait in a channel, if the system allows it: views of some pages."""
_SIZE = 8  # bytes before a value, which say how many it has


class Channel:
    """One end of a channel, with methods named as those of multiprocessing's pipes.

    Values that are sent here are received at the other end, in order.
    """

    def __init__(self, reading: int, writing: int) -> None:
        self._ends: tuple[int, int] | None = reading, writing

    def send(self, value: object) -> None:
        """Send a value. Raises `BrokenPipeError` where the other end is closed."""
        data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        left = memoryview(len(data).to_bytes(_SIZE, "little") + data)
        while left:
            left = left[os.write(self._end(1), left) :]

    def recv(self) -> Any:
        """Wait for a value. Raises `EOFError` where the other end is closed and none is left."""
        size = int.from_bytes(self._read(_SIZE), "little")
        return pickle.loads(self._read(size))  # from our own process

    def poll(self) -> bool:
        """Tell whether a value, or the end, is there to be received."""
        waiting = select.poll()
        waiting.register(self._end(0), select.POLLIN)
        return bool(waiting.poll(0))

    def close(self) -> None:
        """Close this end, in this process."""
        ends, self._ends = self._ends or (), None
        for end in ends:
            os.close(end)

    def _read(self, size: int) -> bytes:
        parts = []
        while size:
            parts.append(os.read(self._end(0), min(size, _ROOM)))
            if not parts[-1]:
                raise EOFError
            size -= len(parts[-1])
        return b"".join(parts)

    def _end(self, number: int) -> int:
        if self._ends is None:
            raise EOFError
        return self._ends[number]


def open_channel() -> tuple[Channel, Channel]:
    """Return both ends. After a fork, each process closes the one that is not its own."""
    here, from_there = os.pipe()
    there, from_here = os.pipe()
    with suppress(ImportError, AttributeError, OSError):
        import fcntl

        for end in (from_here, from_there):
            fcntl.fcntl(end, fcntl.F_SETPIPE_SZ, _ROOM)
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
        atexit._clear()  # what the other process registered is its own
        try:
            with suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
                work(there)
        except BaseException:
            import traceback

            traceback.print_exc()
        atexit._run_exitfuncs()  # libraries remove their temporary files
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
