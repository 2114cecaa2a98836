"""Worker processes: results in order, problems as ever, and no hang when one dies."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Sequence

import nh3
import pytest

from dossier.problems import Problem, ProblemError
from dossier.workers import (
    TooSlowError,
    in_two_phases,
    interruptible,
    jobs_for,
    share_out,
    time_limit,
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

    def prepare(number: int) -> int:
        if number == 3:
            os._exit(9)
        return number

    with pytest.raises(ProblemError, match="a worker process ended unexpectedly"):
        in_two_phases(list(range(10)), jobs, prepare, lambda: None, lambda n: n)


@pytest.mark.parametrize(
    ("items", "jobs", "worth", "expected"),
    [(0, 4, 10, 1), (19, 4, 10, 1), (20, 4, 10, 2), (99, 4, 10, 4)],
)
def test_workers_are_sized_to_the_work(items: int, jobs: int, worth: int, expected: int) -> None:
    """Little work is not shared out."""
    assert jobs_for(items, jobs, worth) == expected


def test_a_time_limit_ends_what_takes_too_long() -> None:
    """And leaves what is quick alone."""
    with time_limit(5):
        pass
    with pytest.raises(TooSlowError), time_limit(0.05):
        time.sleep(5)


def test_a_time_limit_ends_the_wait_for_compiled_code() -> None:
    """A signal cannot end nh3 itself: over deeply nested elements it takes seconds."""
    nested = "<ul><li>" * 30_000
    with pytest.raises(TooSlowError), time_limit(0.05):
        interruptible(nh3.clean, nested)


@pytest.mark.parametrize("length", [1, 100_000])
def test_what_is_quick_gives_its_result_or_its_error(length: int) -> None:
    """However long the text is."""
    text = "x" * length
    assert interruptible(str.upper, text) == text.upper()
    with pytest.raises(ValueError, match="invalid literal"):
        interruptible(int, text)
