"""Worker processes: results in order, problems as ever, and no hang when one dies."""

from __future__ import annotations

import os
from collections.abc import Generator, Sequence
from typing import cast

import pytest

from dossier.problems import ProblemError
from dossier.processes.workers import (
    jobs_for,
    share_out,
)


def double(numbers: Sequence[int]) -> list[int]:
    """Twice each number."""
    return [2 * number for number in numbers]


def divide_ten(numbers: Sequence[int]) -> list[float]:
    """Ten divided by each number."""
    return [10 / number for number in numbers]


def make_long(numbers: Sequence[int]) -> list[str]:
    """A long text for each number."""
    return ["x" * 100_000 for _ in numbers]


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


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_is_raised_here(jobs: int) -> None:
    """Whichever process met it."""
    with pytest.raises(ZeroDivisionError):
        list(share_out(divide_ten, [5, 2, 1, 0, 3], jobs))


def test_results_may_be_left() -> None:
    """Who has enough of them waits for no process, however much there would be to receive."""
    shared = share_out(make_long, list(range(500)), 3)
    assert len(next(shared)) > 0
    cast("Generator[list[str], None, None]", shared).close()


@pytest.mark.parametrize(
    ("items", "jobs", "worth", "expected"),
    [(0, 4, 10, 1), (19, 4, 10, 1), (20, 4, 10, 2), (99, 4, 10, 4)],
)
def test_workers_are_sized_to_the_work(items: int, jobs: int, worth: int, expected: int) -> None:
    """Little work is not shared out."""
    assert jobs_for(items, jobs, worth) == expected
