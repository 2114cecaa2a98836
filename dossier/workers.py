"""Worker processes: one function over many items, in parallel where that is worth it.

Processes share only what they are given. Where forking is safe (Linux) they inherit it;
elsewhere they are spawned and it is pickled.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:  # imported only where processes are used: most edits need none
    from multiprocessing.connection import Connection
    from multiprocessing.queues import SimpleQueue

from dossier.problems import Problem, ProblemError, file_problem

Item = TypeVar("Item")
Result = TypeVar("Result")
Prepared = TypeVar("Prepared")

CAN_FORK = sys.platform == "linux"
_CHUNKS_PER_WORKER = 16
_PARTS_PER_WORKER = 4  # of what is left, before the next part is made smaller
_STEP = 50  # items between two reports of progress
_GARBAGE = 20_000  # objects made between two collections


class PartlyDoneError(ProblemError):
    """Raised where some items may have been committed and others could not be."""


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
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    size = -(-len(items) // (jobs * _CHUNKS_PER_WORKER))
    chunks = [items[i : i + size] for i in range(0, len(items), size)]
    with ProcessPoolExecutor(jobs, mp_context=_context()) as pool:
        try:
            yield from pool.map(function, chunks)
        except BrokenProcessPool:
            raise ProblemError(_killed()) from None


def in_two_phases(
    items: Sequence[Item],
    jobs: int,
    prepare: Callable[[Item], Prepared],
    proceed: Callable[[], None],
    commit: Callable[[Prepared], Result],
    progress: Callable[[int], None] = lambda _done: None,
    subject: Callable[[Item], str] | None = None,
) -> list[Result]:
    """Prepare all items, call `proceed` once, then commit all; return the results in any order.

    This process takes its share, so that memory holds one copy less. A prepared item stays in the
    process that prepared it. Raises `ProblemError` with all problems that `prepare` raised, and
    then commits nothing; raises `PartlyDoneError` where `commit` failed. `progress` gets the number
    of items done. Items that are next to each other and have the same `subject` go to the same
    process.
    """
    jobs = max(1, min(jobs, len(items)))
    parts = _divide(items, jobs, subject)
    turns = _first_turn() if jobs > 1 else None  # kept here until all have started
    workers = _start(jobs - 1, turns, parts, prepare, commit) if turns else []
    pipes = [pipe for _, pipe in workers]
    heard: dict[Connection, Any] = {}

    def advance(step: int) -> None:
        progress(step)
        if pipes:
            _listen(pipes, heard, progress, seconds=0)

    try:
        prepared, problems = _prepare(_take(parts, turns), prepare, advance)
        for met in _hear_all(pipes, heard, progress):
            problems += met
        if problems:
            raise ProblemError(*problems)
        proceed()
        for pipe in pipes:
            pipe.send(True)
        results, problems = _commit(prepared, commit)
        for committed, met in _hear_all(pipes, {}, progress):
            results += committed
            problems += met
        if problems:
            raise PartlyDoneError(*problems)
        return results
    finally:
        for process, pipe in workers:
            pipe.close()
            process.join()


def _first_turn() -> SimpleQueue[int]:
    """Return a queue with the number of the next part, which goes from process to process."""
    turns: SimpleQueue[int] = _context().SimpleQueue()
    turns.put(0)
    return turns


def _start(
    count: int,
    turns: SimpleQueue[int],
    parts: Sequence[Sequence[Item]],
    prepare: Callable[[Item], Prepared],
    commit: Callable[[Prepared], Result],
) -> list[tuple[Any, Connection]]:
    """Start processes; return them with the pipes to them."""
    context = _context()
    workers: list[tuple[Any, Connection]] = []
    for _ in range(count):
        here, there = context.Pipe()
        # a forked child that kept a copy of our ends would never see them closed
        ours = [here, *(pipe for _, pipe in workers)] if CAN_FORK else []
        arguments = (there, ours, turns, parts, prepare, commit)
        process = context.Process(target=_work, args=arguments, daemon=True)
        process.start()
        there.close()
        workers.append((process, here))
    return workers


def _take(parts: Sequence[Sequence[Item]], turns: SimpleQueue[int] | None) -> Iterator[Item]:
    """Take one part after another, beside other processes if there are `turns`, to the last."""
    if turns is None:
        yield from chain.from_iterable(parts)
        return
    while True:
        number = turns.get()
        turns.put(number + 1)
        if number >= len(parts):
            return
        yield from parts[number]


def _divide(
    items: Sequence[Item], jobs: int, subject: Callable[[Item], str] | None
) -> list[list[Item]]:
    """Divide items: large parts first, small ones last, so that all processes end together."""
    parts: list[list[Item]] = [[]]
    left = len(items)
    for _, group in groupby(items, subject):
        if len(parts[-1]) > left // (jobs * _PARTS_PER_WORKER):
            left -= len(parts[-1])
            parts.append([])
        parts[-1] += group
    return parts


def commit_all(prepared: Iterable[Prepared], commit: Callable[[Prepared], Result]) -> list[Result]:
    """Commit items in this process. Raises `PartlyDoneError` at the first that fails."""
    results, problems = _commit(prepared, commit)
    if problems:
        raise PartlyDoneError(*problems)
    return results


def _context() -> Any:
    import multiprocessing

    return multiprocessing.get_context("fork" if CAN_FORK else "spawn")


def _work(
    pipe: Connection,
    theirs: Sequence[Connection],
    turns: SimpleQueue[int],
    parts: Sequence[Sequence[Item]],
    prepare: Callable[[Item], Prepared],
    commit: Callable[[Prepared], Result],
) -> None:
    for other in theirs:
        other.close()
    # with problems elsewhere, or where the build is stopped, nothing is committed or said
    with suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
        prepared, problems = _prepare(_take(parts, turns), prepare, pipe.send)
        pipe.send(problems)
        pipe.recv()
        pipe.send(_commit(prepared, commit))


@contextmanager
def _garbage_collected() -> Iterator[None]:
    """Free in the block what rendering leaves behind; what was there before is not looked at."""
    enabled, before = gc.isenabled(), gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_GARBAGE)
    gc.enable()
    try:
        yield
    finally:
        gc.set_threshold(*before)
        if not enabled:
            gc.disable()
        gc.unfreeze()


def _commit(
    prepared: Iterable[Prepared], commit: Callable[[Prepared], Result]
) -> tuple[list[Result], list[Problem]]:
    """Commit items until one fails: what stops one, such as a full disk, stops the others too."""
    results: list[Result] = []
    for item in prepared:
        try:
            results.append(commit(item))
        except OSError as error:
            return results, [file_problem(error)]
    return results, []


def _prepare(
    items: Iterable[Item], prepare: Callable[[Item], Prepared], progress: Callable[[int], None]
) -> tuple[list[Prepared], list[Problem]]:
    prepared: list[Prepared] = []
    problems: list[Problem] = []
    with _garbage_collected():
        for done, item in enumerate(items, 1):
            if done % _STEP == 0:
                progress(_STEP)
            try:
                prepared.append(prepare(item))
            except ProblemError as error:
                problems += error.problems
            except OSError as error:
                problems.append(file_problem(error))
    return prepared, problems


def _hear_all(
    pipes: Sequence[Connection], heard: dict[Connection, Any], progress: Callable[[int], None]
) -> Iterable[Any]:
    """Wait until each worker has sent its results, and report the items done in the meantime."""
    while len(heard) < len(pipes):
        _listen(pipes, heard, progress, seconds=None)
    return heard.values()


def _listen(
    pipes: Sequence[Connection],
    heard: dict[Connection, Any],
    progress: Callable[[int], None],
    seconds: float | None,
) -> None:
    """Add to `heard` what workers have sent; wait for one at most some seconds, or for ever."""
    from multiprocessing.connection import Connection, wait

    for pipe in wait([pipe for pipe in pipes if pipe not in heard], seconds):
        assert isinstance(pipe, Connection)
        try:
            received = pipe.recv()
        except EOFError:
            raise ProblemError(_killed()) from None
        if isinstance(received, int):
            progress(received)
        else:
            heard[pipe] = received


def _killed() -> Problem:
    hint = "memory may have run out: try --jobs 1"
    return Problem("build.py", 0, 0, "a worker process ended unexpectedly", hint)
