"""Parts of some work, which processes take in turn until none is left."""

from __future__ import annotations

import os
import struct
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from multiprocessing.queues import SimpleQueue

from dossier.processes import workers

Item = TypeVar("Item")

_PARTS_PER_WORKER = 50
_SMALLEST_PART = 8  # items


class Turns:
    """Turns to take one of some parts; made before the processes that share these are started."""

    def __init__(self, parts: int, processes: int) -> None:
        self._left = _Pair() if workers.CAN_FORK or processes == 1 else _spawned_queue()
        self._left.put((0, parts))  # the first part that is left, and the one after the last

    def take(self, from_end: bool = False) -> Iterator[int]:
        """Take the number of one part after another, until none is left.

        Some processes begin with the first part and some with the last, since what is next to each
        other has much in common, which a process then makes once.
        """
        while True:
            first, end = self._left.get()
            if first == end:
                self._left.put((first, end))
                return
            self._left.put((first, end - 1) if from_end else (first + 1, end))
            yield end - 1 if from_end else first

    def close(self) -> None:
        """Close them in this process."""
        self._left.close()


class _Pair:
    """A queue with room for two numbers, shared with processes that are forked."""

    _numbers = struct.Struct("II")

    def __init__(self) -> None:
        self._out, self._in = os.pipe()

    def get(self) -> tuple[int, int]:
        first, second = self._numbers.unpack(os.read(self._out, self._numbers.size))
        return first, second

    def put(self, pair: tuple[int, int]) -> None:
        os.write(self._in, self._numbers.pack(*pair))

    def close(self) -> None:
        os.close(self._out)
        os.close(self._in)


def _spawned_queue() -> SimpleQueue[tuple[int, int]]:
    import multiprocessing

    return multiprocessing.get_context("spawn").SimpleQueue()


def divide(
    items: Sequence[Item], jobs: int, subject: Callable[[Item], str] | None
) -> list[list[Item]]:
    """Divide items into parts that are small, so that all processes end together."""
    parts: list[list[Item]] = [[]]
    size = max(_SMALLEST_PART, len(items) // (jobs * _PARTS_PER_WORKER))
    for _, group in groupby(items, subject):
        if len(parts[-1]) >= size:
            parts.append([])
        parts[-1] += group
    return parts
