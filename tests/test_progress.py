"""The progress bar: on a terminal and after a second, nowhere else."""

from __future__ import annotations

import sys

import pytest

from dossier import progress


def draw(monkeypatch: pytest.MonkeyPatch, *, terminal: bool, delay: float) -> None:
    """Tell a bar of some work."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    monkeypatch.setattr(progress, "DELAY", delay)
    monkeypatch.setenv("TERM", "xterm")
    with progress.ProgressBar() as report:
        report("reading", 1, 2)
        report("reading", 2, 2)


def test_a_long_build_shows_a_bar_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says what is being done."""
    draw(monkeypatch, terminal=True, delay=0)
    assert "reading" in capsys.readouterr().err


@pytest.mark.parametrize(("terminal", "delay"), [(False, 0), (True, 60)], ids=["pipe", "quick"])
def test_a_pipe_and_a_quick_build_show_none(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    terminal: bool,
    delay: float,
) -> None:
    """Not a byte."""
    draw(monkeypatch, terminal=terminal, delay=delay)
    assert capsys.readouterr().err == ""
