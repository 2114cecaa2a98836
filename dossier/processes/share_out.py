"""One function over many items, in several processes where that is worth it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, suppress
from functools import partial
from typing import TypeVar

from dossier.problems import ProblemError
from dossier.processes.turns import Turns
from dossier.processes.workers import Pipe, killed_problem, started

Item = TypeVar("Item")
Result = TypeVar("Result")

_PART = 16  # items: their results have room in a pipe, so that no worker waits to be heard


def share_out(
    function: Callable[[Sequence[Item]], list[Result]], items: Sequence[Item], jobs: int
) -> Generator[list[Result], None, None]:
    """Call a function on parts of items, also in this process; yield its results in order.

    The function must be importable. What it raises is raised here. Raises `ProblemError` where a
    worker was killed.
    """
    parts = [items[i : i + _PART] for i in range(0, len(items), _PART)]
    jobs = min(jobs, len(parts))
    if jobs <= 1:
        yield from map(function, parts)
        return
    with closing(Turns(len(parts), jobs)) as turns:
        work = partial(_work, function, parts, turns)
        with started([work] * (jobs - 1)) as pipes:
            yield from _in_order(_results(function, parts, turns, pipes))


def _results(
    function: Callable[[Sequence[Item]], list[Result]],
    parts: Sequence[Sequence[Item]],
    turns: Turns,
    pipes: Sequence[Pipe],
) -> Iterator[tuple[int, list[Result]]]:
    """Call the function on parts, and hear of those that workers took; yield their numbers too."""
    busy = list(pipes)
    for number in turns.take():
        yield number, function(parts[number])
        for pipe in pipes:
            while pipe in busy and pipe.poll():
                yield from _hear(pipe, busy)
    while busy:
        yield from _hear(busy[0], busy)


def _hear(pipe: Pipe, busy: list[Pipe]) -> Iterator[tuple[int, list[Result]]]:
    try:
        said = pipe.recv()
    except EOFError:
        raise ProblemError(killed_problem()) from None
    if isinstance(said, Exception):
        raise said
    if said is None:
        busy.remove(pipe)
    else:
        yield said


def _work(
    function: Callable[[Sequence[Item]], list[Result]],
    parts: Sequence[Sequence[Item]],
    turns: Turns,
    asker: Pipe,
) -> None:
    # where the build is stopped, nothing is said
    with suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
        try:
            for number in turns.take():
                asker.send((number, function(parts[number])))
            asker.send(None)
        except Exception as error:
            asker.send(error)


def _in_order(results: Iterator[tuple[int, list[Result]]]) -> Iterator[list[Result]]:
    waiting: dict[int, list[Result]] = {}
    due = 0
    for number, result in results:
        waiting[number] = result
        while due in waiting:
            yield waiting.pop(due)
            due += 1
