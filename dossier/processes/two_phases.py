"""Work in two phases: all items are prepared, and only if that succeeds are they committed.

Processes share the items out among themselves. What is prepared stays in the process that did so.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from functools import partial
from itertools import chain
from typing import Any, TypeVar

from dossier.problems import Problem, ProblemError, file_problem
from dossier.processes.channel import Channel
from dossier.processes.turns import Turns, divide
from dossier.processes.workers import Pipe, killed_problem, started

Item = TypeVar("Item")
Result = TypeVar("Result")
Prepared = TypeVar("Prepared")

_STEP = 50  # items between two reports of progress
_GARBAGE = 50_000  # objects made between two collections


class PartlyDoneError(ProblemError):
    """Raised where some items may have been committed and others could not be."""


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
    with closing(Turns(len(parts), jobs)) as turns:
        # this process begins with the first part
        works = [partial(_work, parts, turns, n % 2 == 0, prepare, commit) for n in range(jobs - 1)]
        with started(works) as pipes:
            heard: dict[Pipe, Any] = {}

            def advance(step: int) -> None:
                progress(step)
                for pipe in pipes:
                    while pipe not in heard and pipe.poll():
                        _listen(pipe, heard, progress)

            prepared, problems = _prepare(_taken(parts, turns), prepare, advance)
            for met in _hear_all(pipes, heard, progress):
                problems += met
            if helper:
                problems += _ask(helper, None)
            if problems:
                raise ProblemError(*problems)
            proceed()
            return _commit_everywhere(prepared, commit, pipes, helper)


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


def commit_all(prepared: Iterable[Prepared], commit: Callable[[Prepared], Result]) -> list[Result]:
    """Commit items in this process. Raises `PartlyDoneError` at the first that fails."""
    results, problems = _commit(prepared, commit)
    if problems:
        raise PartlyDoneError(*problems)
    return results


def _work(
    parts: Sequence[Sequence[Item]],
    turns: Turns,
    from_end: bool,
    prepare: Callable[[Item], Prepared | None],
    commit: Callable[[Prepared], Result],
    asker: Pipe,
) -> None:
    _take_part(_taken(parts, turns, from_end), asker, prepare, commit, asker.send)


def _taken(parts: Sequence[Sequence[Item]], turns: Turns, from_end: bool = False) -> Iterable[Item]:
    return chain.from_iterable(parts[number] for number in turns.take(from_end))


def _take_part(
    items: Iterable[Item],
    pipe: Pipe,
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
    pipes: Sequence[Pipe],
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
    pipes: Sequence[Pipe], heard: dict[Pipe, Any], progress: Callable[[int], None]
) -> Iterable[Any]:
    """Wait until each worker has sent its results, and report the items done in the meantime."""
    for pipe in pipes:
        while pipe not in heard:
            _listen(pipe, heard, progress)
    return heard.values()


def _listen(pipe: Pipe, heard: dict[Pipe, Any], progress: Callable[[int], None]) -> None:
    """Wait for what a worker sends next: items that are done, or results, which go to `heard`."""
    try:
        received = pipe.recv()
    except EOFError:
        raise ProblemError(killed_problem()) from None
    if isinstance(received, int):
        progress(received)
    else:
        heard[pipe] = received
