"""Time limits: what takes too long ends, in Python and in compiled code."""

from __future__ import annotations

import signal
import time

import nh3
import pytest

from dossier.time_limit import TooSlowError, alarm, interruptible, time_limit


def test_a_time_limit_ends_what_takes_too_long() -> None:
    """And leaves what is quick alone."""
    with time_limit(5):
        pass
    with pytest.raises(TooSlowError), time_limit(0.05):
        time.sleep(5)


def test_an_alarm_serves_one_time_limit_after_another() -> None:
    """Each begins anew, and what was there before the alarm is there again after it."""
    before = signal.getsignal(signal.SIGALRM)
    with alarm():
        for _ in range(2):
            with pytest.raises(TooSlowError), time_limit(0.05):
                time.sleep(5)
        with time_limit(5):
            pass
        assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert signal.getsignal(signal.SIGALRM) is before


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
