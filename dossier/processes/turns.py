"""Parts of some work, which processes take in turn until none is left."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, groupby
from typing import TYPE_CHECKING, TypeAlias, TypeVar

if TYPE_CHECKING:  # imported only where processes are used: most edits need none
    from multiprocessing.queues import SimpleQueue

from dossier.processes.workers import process_context

Item = TypeVar("Item")
Turns: TypeAlias = "SimpleQueue[tuple[int, int]]"
"""Holds the number of the first part that is left, and of the one after the last."""

_PARTS_PER_WORKER = 50
_SMALLEST_PART = 8  # items


def first_turn(parts: int) -> Turns:
    """Return a queue with the parts that are left, which goes from process to process."""
    turns: Turns = process_context().SimpleQueue()
    turns.put((0, parts))
    return turns


def take(
    parts: Sequence[Sequence[Item]], turns: Turns | None, from_end: bool = False
) -> Iterator[Item]:
    """Take one part after another, beside other processes if there are `turns`, until none is left.

    Some begin with the first part and some with the last, since what is next to each other has much
    in common, which a process then makes once.
    """
    if turns is None:
        yield from chain.from_iterable(parts)
        return
    while True:
        first, end = turns.get()
        if first == end:
            turns.put((first, end))
            return
        turns.put((first, end - 1) if from_end else (first + 1, end))
        yield from parts[end - 1 if from_end else first]


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
