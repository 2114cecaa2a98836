"""Work in two phases: nothing is committed before all is prepared, in whichever process."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise

import pytest

from dossier.problems import Problem, ProblemError
from dossier.processes.channel import Channel, open_channel
from dossier.processes.two_phases import PartlyDoneError, hand_over, help_prepare, in_two_phases
from dossier.processes.workers import CAN_FORK


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_nothing_is_committed_before_everything_is_prepared(jobs: int) -> None:
    """And `proceed` comes in between, once."""
    proceeded = []
    results = in_two_phases(
        list(range(20)), jobs, lambda n: n + 1, lambda: proceeded.append(True), lambda n: n * 10
    )
    assert sorted(results) == [10 * n for n in range(1, 21)]
    assert proceeded == [True]


class Leftover:
    """What rendering a page leaves behind: objects that refer to one another."""

    alive = 0

    def __init__(self) -> None:
        Leftover.alive += 1
        self.me = self

    def __del__(self) -> None:
        Leftover.alive -= 1


def leave_behind(_item: int) -> int:
    """Leave something behind and count what is there."""
    _leftovers = [Leftover() for _ in range(1000)]
    return Leftover.alive


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_each_item_leaves_behind_is_freed(jobs: int) -> None:
    """A build collects no garbage otherwise, and 100,000 pages would need 9 GB."""
    gc.disable()
    try:
        alive = in_two_phases(
            list(range(200)), jobs, leave_behind, lambda: None, lambda alive: alive
        )
        assert not gc.isenabled()
    finally:
        gc.enable()
    assert max(alive) < 100_000


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_a_problem_anywhere_commits_nothing(jobs: int) -> None:
    """All problems are reported, from every worker."""

    def prepare(number: int) -> int:
        if number % 2:
            raise ProblemError(Problem("x", number, 1, "odd"))
        return number

    with pytest.raises(ProblemError) as caught:
        in_two_phases([1, 2, 3, 4], jobs, prepare, lambda: pytest.fail("proceeded"), lambda n: n)
    assert sorted(problem.line for problem in caught.value.problems) == [1, 3]


@pytest.mark.parametrize("jobs", [2, 5])
def test_a_worker_that_dies_while_preparing_is_a_problem(jobs: int) -> None:
    """The others end, and nobody waits for ever."""
    here = os.getpid()

    def prepare(number: int) -> int:
        if os.getpid() != here:
            os._exit(9)
        time.sleep(0.02)
        return number

    with pytest.raises(ProblemError, match="a worker process ended unexpectedly"):
        in_two_phases(list(range(50)), jobs, prepare, lambda: None, lambda n: n)


@pytest.mark.parametrize("whole_group", [True, False])
def test_a_worker_whose_build_is_stopped_says_nothing(
    capfd: pytest.CaptureFixture[str], whole_group: bool
) -> None:
    """Who stops it, alone or with all of its processes as Ctrl-C does, is told once."""
    here = os.getpid()

    def prepare(number: int) -> int:
        if whole_group or os.getpid() == here:
            raise KeyboardInterrupt
        time.sleep(0.001)
        return number

    with pytest.raises(KeyboardInterrupt):
        in_two_phases(list(range(400)), 2, prepare, lambda: None, lambda n: n)
    assert capfd.readouterr() == ("", "")


def test_who_is_done_early_takes_more() -> None:
    """No process waits while another has much left to do."""
    here = os.getpid()

    def prepare(_number: int) -> int:
        if os.getpid() == here:
            time.sleep(0.01)
        return os.getpid()

    makers = in_two_phases(list(range(400)), 2, prepare, lambda: None, lambda maker: maker)
    assert makers.count(here) < 200


@pytest.mark.parametrize("jobs", [2, 3])
def test_what_has_one_subject_is_made_by_one_process(jobs: int) -> None:
    """What is worked out for one file serves the next."""

    def prepare(number: int) -> tuple[int, int]:
        time.sleep(0.001)
        return number // 3, os.getpid()

    makers = set(
        in_two_phases(
            list(range(90)),
            jobs,
            prepare,
            lambda: None,
            lambda made: made,
            subject=lambda number: str(number // 3),
        )
    )
    assert len(makers) == 30


def test_what_is_next_to_each_other_is_made_by_one_process() -> None:
    """One process begins at the beginning, one at the end: what lists share is made once."""

    def prepare(number: int) -> tuple[int, int]:
        time.sleep(0.001)
        return number, os.getpid()

    made = in_two_phases(list(range(400)), 2, prepare, lambda: None, lambda one: one)
    makers = [maker for _, maker in sorted(made)]
    changes = sum(maker != after for maker, after in pairwise(makers))
    assert (makers[0], changes) == (os.getpid(), 1)


@contextmanager
def helper(
    prepare: Callable[[int], int], commit: Callable[[int], int] = lambda n: n
) -> Iterator[Channel]:
    """A process that prepares what it is handed, and commits it."""
    here, there = open_channel()
    process = os.fork()
    if process == 0:
        here.close()
        help_prepare(there, prepare, commit)
        os._exit(0)
    there.close()
    try:
        yield here
    finally:
        here.close()
        os.waitpid(process, 0)


def all_to(one: Channel) -> Callable[[int], int | None]:
    """What prepares odd numbers itself, and hands over all others."""

    def prepare(number: int) -> int | None:
        if number % 2:
            return number
        hand_over(one, number)
        return None

    return prepare


def odd(number: int) -> int:
    """Refuse a number."""
    raise ProblemError(Problem("x", number, 1, "odd"))


def die(_number: int) -> int:
    """End the process, as a lack of memory would."""
    os._exit(9)


only_where_processes_fork = pytest.mark.skipif(not CAN_FORK, reason="only Linux forks safely")


@only_where_processes_fork
def test_a_helper_prepares_and_commits_what_it_is_handed() -> None:
    """Its results come with those of this process, once all is prepared."""
    proceeded = []
    with helper(lambda n: n * 10, lambda n: n + 1) as other:
        results = in_two_phases(
            [1, 2, 3, 4], 1, all_to(other), lambda: proceeded.append(1), lambda n: n, helper=other
        )
    assert sorted(results) == [1, 3, 21, 41]
    assert proceeded == [1]


@only_where_processes_fork
def test_the_problems_of_a_helper_are_told_with_all_others() -> None:
    """And nothing is committed, here or there."""

    def prepare(number: int) -> int | None:
        if number == 1:
            odd(number)
        hand_over(other, number)
        return None

    with helper(odd, die) as other, pytest.raises(ProblemError) as caught:
        in_two_phases(
            [1, 2, 3], 1, prepare, lambda: pytest.fail("proceeded"), lambda n: n, helper=other
        )
    assert sorted(problem.line for problem in caught.value.problems) == [1, 2, 3]


@only_where_processes_fork
def test_a_helper_that_dies_is_a_problem() -> None:
    """Nobody waits for ever; what it may have committed is said to be done in part."""
    message = "a worker process ended unexpectedly"
    with helper(die) as other, pytest.raises(ProblemError, match=message):
        in_two_phases([2, 4], 1, all_to(other), lambda: None, lambda n: n, helper=other)
    with helper(lambda n: n, die) as other, pytest.raises(PartlyDoneError, match=message):
        in_two_phases([1, 2], 1, all_to(other), lambda: None, lambda n: n, helper=other)


@only_where_processes_fork
def test_many_large_items_wait_for_a_helper_that_is_slow() -> None:
    """More than a pipe holds: both processes go on, and neither waits for the other."""
    big = 10 ** (1 << 15)
    with helper(lambda n: n % 7) as other:
        results = in_two_phases(
            [big] * 200, 1, lambda n: hand_over(other, n), lambda: None, lambda n: n, helper=other
        )
    assert results == [big % 7] * 200
