"""Worker processes: results in order, problems as ever, and no hang when one dies."""

from __future__ import annotations

import os
from collections.abc import Sequence

import pytest

from dossier.problems import ProblemError
from dossier.processes.workers import (
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


@pytest.mark.parametrize(
    ("items", "jobs", "worth", "expected"),
    [(0, 4, 10, 1), (19, 4, 10, 1), (20, 4, 10, 2), (99, 4, 10, 4)],
)
def test_workers_are_sized_to_the_work(items: int, jobs: int, worth: int, expected: int) -> None:
    """Little work is not shared out."""
    assert jobs_for(items, jobs, worth) == expected
