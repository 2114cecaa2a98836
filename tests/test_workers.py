"""Worker processes: results in order, problems as ever, and no hang when one dies."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Sequence

import pytest

from dossier.problems import Problem, ProblemError
from dossier.workers import (
    in_two_phases,
    jobs_for,
    share_out,
)


def double(numbers: Sequence[int]) -> list[int]:
    """Twice each number."""
    return [2 * number for number in numbers]


def die(numbers: Sequence[int]) -> list[int]:
    """End the process, as a lack of memory would."""
    os._exit(9 if numbers else 0)


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_order(jobs: int) -> None:
    """However many processes share the work."""
    shared = share_out(double, list(range(100)), jobs)
    assert [result for chunk in shared for result in chunk] == list(range(0, 200, 2))


def test_a_worker_that_dies_is_a_problem() -> None:
    """While reading."""
    with pytest.raises(ProblemError, match="a worker process ended unexpectedly"):
        list(share_out(die, [1, 2, 3], 2))


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
    assert max(alive) < 50_000


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


@pytest.mark.parametrize(
    ("items", "jobs", "worth", "expected"),
    [(0, 4, 10, 1), (19, 4, 10, 1), (20, 4, 10, 2), (99, 4, 10, 4)],
)
def test_workers_are_sized_to_the_work(items: int, jobs: int, worth: int, expected: int) -> None:
    """Little work is not shared out."""
    assert jobs_for(items, jobs, worth) == expected
