"""Time limits: what takes too long ends, in Python and in compiled code."""

from __future__ import annotations

import time

import nh3
import pytest

from dossier.time_limit import TooSlowError, interruptible, time_limit


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
