"""Worker processes: one function over many items, in parallel where that is worth it.

Processes share only what they are given. Where forking is safe (Linux) they inherit it;
elsewhere they are spawned and it is pickled.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from dossier.problems import Problem, ProblemError

Item = TypeVar("Item")
Result = TypeVar("Result")

CAN_FORK = sys.platform == "linux"
_CHUNKS_PER_WORKER = 32


def default_jobs() -> int:
    """Count the processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def jobs_for(items: int, jobs: int, worth: int) -> int:
    """Choose the number of workers: one for every `worth` items, at most `jobs`."""
    return max(1, min(jobs, items // worth))


def share_out(
    function: Callable[[Sequence[Item]], list[Result]], items: Sequence[Item], jobs: int
) -> Iterator[list[Result]]:
    """Call a function on chunks of items and yield its results in order.

    The function must be importable. Raises `ProblemError` where a worker was killed.
    """
    if jobs <= 1:
        size = 32
        yield from (function(items[i : i + size]) for i in range(0, len(items), size))
        return
    size = -(-len(items) // (jobs * _CHUNKS_PER_WORKER))
    chunks = [items[i : i + size] for i in range(0, len(items), size)]
    if CAN_FORK:
        from dossier.processes.forked_pool import KilledError, share_forked

        try:
            yield from share_forked(function, chunks, jobs)
        except KilledError:
            raise ProblemError(killed_problem()) from None
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    with ProcessPoolExecutor(jobs, mp_context=process_context()) as pool:
        try:
            yield from pool.map(function, chunks)
        except BrokenProcessPool:
            raise ProblemError(killed_problem()) from None


def process_context() -> Any:
    """Return what makes processes, pipes and queues in the way of this system."""
    import multiprocessing

    return multiprocessing.get_context("fork" if CAN_FORK else "spawn")


def killed_problem() -> Problem:
    """Build the problem of a worker that was killed, or that failed."""
    hint = "memory may have run out: try --jobs 1"
    return Problem("build.py", 0, 0, "a worker process ended unexpectedly", hint)
