"""Work that is shared out: results in order, problems as ever, and no hang when a worker dies."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain

import pytest

from dossier.problems import ProblemError
from dossier.processes.share_out import share_out

MANY = range(400)


def double(numbers: Sequence[int]) -> list[int]:
    """Twice each number."""
    return [2 * number for number in numbers]


def who_made(numbers: Sequence[int], here: int, seconds: float) -> list[int]:
    """The process that made each number; the one that shares the work out takes its time."""
    if os.getpid() == here:
        time.sleep(seconds)
    return [os.getpid() for _ in numbers]


def elsewhere(numbers: Sequence[int], here: int, do: Callable[[], None]) -> list[int]:
    """Do something in workers, while the process that shares the work out waits for them."""
    if os.getpid() == here:
        time.sleep(0.05)
    else:
        do()
    return list(numbers)


def die() -> None:
    """End the process, as a lack of memory would."""
    os._exit(9)


def fail() -> None:
    """Raise what is no problem of the content."""
    raise FileNotFoundError("a.md")


def shared(function: Callable[[Sequence[int]], list[int]], jobs: int) -> Iterator[int]:
    """The results for many numbers."""
    return chain.from_iterable(share_out(function, MANY, jobs))


@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize("forking", [True, False])
def test_results_come_in_order(jobs: int, forking: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many processes share the work, and however they are started."""
    if not forking:
        monkeypatch.setattr("dossier.processes.workers.CAN_FORK", False)
    assert list(shared(double, jobs)) == double(MANY)


def test_who_is_done_early_takes_more() -> None:
    """No process waits while another has much left to do."""
    makers = list(shared(partial(who_made, here=os.getpid(), seconds=0.1), 2))
    assert makers.count(os.getpid()) < len(makers) / 2


def large(numbers: Sequence[int], here: int) -> list[bytes]:
    """Results that are larger than what a pipe holds."""
    if os.getpid() == here:
        time.sleep(0.01)
    return [bytes([number % 256]) * 100_000 for number in numbers]


def test_results_may_be_larger_than_a_pipe() -> None:
    """A worker then waits until it is heard."""
    results = chain.from_iterable(share_out(partial(large, here=os.getpid()), MANY[:200], 2))
    assert [result[0] for result in results] == [number % 256 for number in MANY[:200]]


def test_a_worker_that_dies_is_a_problem() -> None:
    """While reading."""
    with pytest.raises(ProblemError, match="a worker process ended unexpectedly"):
        list(shared(partial(elsewhere, here=os.getpid(), do=die), 2))


def test_what_a_worker_raises_is_raised_here() -> None:
    """A file that is gone since it was listed is told as one, whoever reads it."""
    with pytest.raises(FileNotFoundError, match=r"a\.md"):
        list(shared(partial(elsewhere, here=os.getpid(), do=fail), 2))


def test_workers_end_when_nobody_wants_their_results() -> None:
    """With what they are at."""
    results = share_out(partial(who_made, here=os.getpid(), seconds=0.02), range(10_000), 2)
    worker = next(makers[0] for makers in results if makers[0] != os.getpid())
    results.close()
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)
