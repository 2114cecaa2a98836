"""Copies of this process that take parts of some work in turn, and send back what they made.

What `concurrent.futures` offers takes longer to load and to start than many a site to parse.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from typing import TypeVar

from dossier.processes.channel import Channel, forked

Item = TypeVar("Item")
Result = TypeVar("Result")

_NUMBER = 4  # bytes; a pipe has room for some thousand of them


class KilledError(Exception):
    """Raised where a process ended before its work was done."""


def share_forked(
    function: Callable[[Item], Result], parts: Sequence[Item], jobs: int
) -> Iterator[Result]:
    """Call a function on parts of some work and yield its results in order.

    Raises what the function raised, and `KilledError` where a process was killed.
    """
    turns, waiting = os.pipe()
    os.write(waiting, b"".join(number.to_bytes(_NUMBER, "big") for number in range(len(parts))))
    os.close(waiting)  # so that it ends after the last part
    made: dict[int, Result] = {}
    with ExitStack() as processes:
        processes.callback(os.close, turns)
        pool: list[Channel] = []
        for _ in range(jobs):
            work = partial(_work, function, parts, turns, tuple(pool))
            pool.append(processes.enter_context(forked(work)))
        for number in range(len(parts)):
            while number not in made:
                made.update(_hear(pool))
            yield made.pop(number)


def _hear(pool: list[Channel]) -> Iterator[tuple[int, Result]]:
    """Wait until each process has made a part, or has no more to do, and leaves the pool."""
    for channel in tuple(pool):
        try:
            sent = channel.recv()
        except EOFError:
            raise KilledError from None
        if isinstance(sent, Exception):
            raise sent
        if sent is None:
            pool.remove(channel)
        else:
            yield sent


def _work(
    function: Callable[[Item], Result],
    parts: Sequence[Item],
    turns: int,
    others: Sequence[Channel],
    asker: Channel,
) -> None:
    for other in others:
        other.close()  # copies, which would keep those from seeing that nobody listens any more
    try:
        while turn := os.read(turns, _NUMBER):
            number = int.from_bytes(turn, "big")
            asker.send((number, function(parts[number])))
        asker.send(None)
    except BrokenPipeError:
        raise
    except Exception as error:
        asker.send(error)
