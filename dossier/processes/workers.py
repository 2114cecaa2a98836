"""Worker processes: how many are worth it, and how they are started beside this one.

Processes share only what they are given. Where forking is safe (Linux) they inherit it;
elsewhere they are spawned and it is pickled.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from typing import Any, Protocol

from dossier.problems import Problem

CAN_FORK = sys.platform == "linux"


class Pipe(Protocol):
    """One end of what connects two processes: a `Channel`, or a pipe of multiprocessing."""

    def send(self, value: Any, /) -> None:
        """Send a value. Raises `BrokenPipeError` where the other end is closed."""

    def recv(self) -> Any:
        """Wait for a value. Raises `EOFError` where the other end is closed and none is left."""

    def poll(self) -> bool:
        """Tell whether a value, or the end, is there to be received."""

    def close(self) -> None:
        """Close this end, in this process."""


def default_jobs() -> int:
    """Count the processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def jobs_for(items: int, jobs: int, worth: int) -> int:
    """Choose the number of workers: one for every `worth` items, at most `jobs`."""
    return max(1, min(jobs, items // worth))


@contextmanager
def started(works: Sequence[Callable[[Pipe], None]]) -> Iterator[list[Pipe]]:
    """Start a process for each piece of work, and end them all; yield the pipes to them."""
    pipes: list[Pipe] = []
    with ExitStack() as processes:
        try:
            for work in works:
                pipes.append(processes.enter_context(_started(work, pipes)))
            yield pipes
        finally:  # a process ends once it waits for us in vain: all at once, not one by one
            for pipe in pipes:
                pipe.close()


def _started(work: Callable[[Pipe], None], others: list[Pipe]) -> AbstractContextManager[Pipe]:
    if not CAN_FORK:
        return _spawned(work)
    from dossier.processes.channel import forked  # not needed where nothing changed

    return forked(partial(_alone, work, others))


def _alone(work: Callable[[Pipe], None], others: list[Pipe], asker: Pipe) -> None:
    """Work without the pipes to others: while copies of them are open, they would never end."""
    for other in others:
        other.close()
    work(asker)


@contextmanager
def _spawned(work: Callable[[Pipe], None]) -> Iterator[Pipe]:
    import multiprocessing

    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=work, args=(there,), daemon=True)
    process.start()
    there.close()
    try:
        yield here
    finally:
        here.close()
        process.join()


def killed_problem() -> Problem:
    """Build the problem of a worker that was killed, or that failed."""
    hint = "memory may have run out: try --jobs 1"
    return Problem("build.py", 0, 0, "a worker process ended unexpectedly", hint)
