"""Work in two phases: all items are prepared, and only if that succeeds are they committed.

Processes share the items out among themselves. What is prepared stays in the process that did so.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:  # imported only where processes are used: most edits need none
    from multiprocessing.connection import Connection

    from dossier.processes.channel import Channel

from dossier.problems import Problem, ProblemError, file_problem
from dossier.processes.turns import Turns, divide, first_turn, take
from dossier.processes.workers import CAN_FORK, killed_problem, process_context

Item = TypeVar("Item")
Result = TypeVar("Result")
Prepared = TypeVar("Prepared")

_STEP = 50  # items between two reports of progress
_GARBAGE = 20_000  # objects made between two collections


class PartlyDoneError(ProblemError):
    """Raised where some items may have been committed and others could not be."""


def load_processes() -> None:
    """Load what sharing work takes, in a process that would be waiting otherwise."""
    first_turn(0)


def in_two_phases(
    items: Sequence[Item],
    jobs: int,
    prepare: Callable[[Item], Prepared | None],
    proceed: Callable[[], None],
    commit: Callable[[Prepared], Result],
    progress: Callable[[int], None] = lambda _done: None,
    subject: Callable[[Item], str] | None = None,
    helper: Channel | None = None,
) -> list[Result]:
    """Prepare all items, call `proceed` once, then commit all; return the results in any order.

    This process takes its share, so that memory holds one copy less. A prepared item stays in the
    process that prepared it. Raises `ProblemError` with all problems that `prepare` raised, and
    then commits nothing; raises `PartlyDoneError` where `commit` failed. `progress` gets the number
    of items done. Items that are next to each other and have the same `subject` go to the same
    process. `prepare` may leave the rest of its work to a `helper` (`hand_over`), and returns None
    then.
    """
    jobs = max(1, min(jobs, len(items)))
    parts = divide(items, jobs, subject)
    turns = first_turn(len(parts)) if jobs > 1 else None  # kept here until all have started
    workers = _start(jobs - 1, turns, parts, prepare, commit) if turns else []
    pipes = [pipe for _, pipe in workers]
    heard: dict[Connection, Any] = {}

    def advance(step: int) -> None:
        progress(step)
        if pipes:
            _listen(pipes, heard, progress, seconds=0)

    try:
        prepared, problems = _prepare(take(parts, turns), prepare, advance)
        for met in _hear_all(pipes, heard, progress):
            problems += met
        if helper:
            problems += _ask(helper, None)
        if problems:
            raise ProblemError(*problems)
        proceed()
        return _commit_everywhere(prepared, commit, pipes, helper)
    finally:
        for process, pipe in workers:
            pipe.close()
            process.join()  # which also removes its temporary files


def hand_over(helper: Channel, item: object) -> None:
    """Leave an item to a process that runs `help_prepare`. Raises `ProblemError` if it is gone."""
    try:
        helper.send(item)
    except BrokenPipeError:
        raise ProblemError(killed_problem()) from None


def help_prepare(
    asker: Channel, prepare: Callable[[Any], Prepared], commit: Callable[[Prepared], object]
) -> None:
    """Prepare what is handed over, and commit it when the other end says so, unless that ends."""
    _take_part(iter(asker.recv, None), asker, prepare, commit, lambda _done: None)


def _ask(helper: Channel, word: object) -> Any:
    """Say a word to a helper and return its answer. Raises `ProblemError` if it is gone."""
    hand_over(helper, word)
    try:
        return helper.recv()
    except EOFError:
        raise ProblemError(killed_problem()) from None


def _start(
    count: int,
    turns: Turns,
    parts: Sequence[Sequence[Item]],
    prepare: Callable[[Item], Prepared | None],
    commit: Callable[[Prepared], Result],
) -> list[tuple[Any, Connection]]:
    """Start processes; return them with the pipes to them."""
    context = process_context()
    workers: list[tuple[Any, Connection]] = []
    for number in range(count):
        here, there = context.Pipe()
        # a forked child that kept a copy of our ends would never see them closed
        ours = [here, *(pipe for _, pipe in workers)] if CAN_FORK else []
        taken = partial(take, parts, turns, from_end=number % 2 == 0)  # this process does not
        arguments = (there, ours, taken, prepare, commit)
        process = context.Process(target=_work, args=arguments, daemon=True)
        process.start()
        there.close()
        workers.append((process, here))
    return workers


def commit_all(prepared: Iterable[Prepared], commit: Callable[[Prepared], Result]) -> list[Result]:
    """Commit items in this process. Raises `PartlyDoneError` at the first that fails."""
    results, problems = _commit(prepared, commit)
    if problems:
        raise PartlyDoneError(*problems)
    return results


def _work(
    pipe: Connection,
    theirs: Sequence[Connection],
    take: Callable[[], Iterable[Item]],
    prepare: Callable[[Item], Prepared | None],
    commit: Callable[[Prepared], Result],
) -> None:
    for other in theirs:
        other.close()
    _take_part(take(), pipe, prepare, commit, pipe.send)


def _take_part(
    items: Iterable[Item],
    pipe: Connection | Channel,
    prepare: Callable[[Item], Prepared | None],
    commit: Callable[[Prepared], object],
    progress: Callable[[int], None],
) -> None:
    # with problems elsewhere, or where the build is stopped, nothing is committed or said
    with suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
        prepared, problems = _prepare(items, prepare, progress)
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


def _commit_everywhere(
    prepared: Iterable[Prepared],
    commit: Callable[[Prepared], Result],
    pipes: Sequence[Connection],
    helper: Channel | None,
) -> list[Result]:
    try:
        for pipe in pipes:
            pipe.send(True)
        results, problems = _commit(prepared, commit)
        elsewhere = [*_hear_all(pipes, {}, lambda _done: None)]
        elsewhere += [_ask(helper, True)] if helper else []
    except (BrokenPipeError, ProblemError):  # a process was killed
        raise PartlyDoneError(killed_problem()) from None
    for committed, met in elsewhere:
        results += committed
        problems += met
    if problems:
        raise PartlyDoneError(*problems)
    return results


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
    items: Iterable[Item],
    prepare: Callable[[Item], Prepared | None],
    progress: Callable[[int], None],
) -> tuple[list[Prepared], list[Problem]]:
    prepared: list[Prepared] = []
    problems: list[Problem] = []
    with _garbage_collected():
        for done, item in enumerate(items, 1):
            if done % _STEP == 0:
                progress(_STEP)
            try:
                if (made := prepare(item)) is not None:
                    prepared.append(made)
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
            raise ProblemError(killed_problem()) from None
        if isinstance(received, int):
            progress(received)
        else:
            heard[pipe] = received
