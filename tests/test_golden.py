"""One tiny site, every byte of it: a change of any page is seen, and meant."""

from __future__ import annotations

from pathlib import Path

from tests.helpers.golden import build_golden, read_golden


def test_the_tiny_site_is_what_it_was(tmp_path: Path) -> None:
    """Where a change is meant, `python -m tests.helpers.golden` writes the expected output."""
    expected, actual = read_golden(), build_golden(tmp_path)
    assert sorted(actual) == sorted(expected)
    for path, text in actual.items():
        assert text == expected[path], path
