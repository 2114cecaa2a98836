"""How many processes are worth it."""

from __future__ import annotations

import pytest

from dossier.processes.workers import jobs_for


@pytest.mark.parametrize(
    ("items", "jobs", "worth", "expected"),
    [(0, 4, 10, 1), (19, 4, 10, 1), (20, 4, 10, 2), (99, 4, 10, 4)],
)
def test_workers_are_sized_to_the_work(items: int, jobs: int, worth: int, expected: int) -> None:
    """Little work is not shared out."""
    assert jobs_for(items, jobs, worth) == expected
