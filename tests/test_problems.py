"""Problems as an author sees them: the place, the line, the caret, the way out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.problems import (
    Problem,
    ProblemError,
    render_annotations,
    render_problem,
    render_problems,
    suggest,
)


def test_a_problem_prints_its_place_its_line_a_caret_and_a_way_out() -> None:
    """The printed form is `path:line:column: error: message`, the line, a caret, the hint."""
    problem = Problem(
        "a.md", 4, 9, "unknown company 'tiktik'", "did you mean 'tiktok'?", "x: [ab, c]"
    )
    assert render_problem(problem).splitlines() == [
        "a.md:4:9: error: unknown company 'tiktik'",
        "    x: [ab, c]",
        "            ^",
        "    did you mean 'tiktok'?",
    ]


def test_a_problem_of_a_whole_file_has_no_line() -> None:
    """Where there is no line, the path stands alone."""
    assert render_problem(Problem("a.md", 0, 0, "gone")) == "a.md: error: gone"


def test_a_warning_says_that_it_is_one() -> None:
    """The severity is printed."""
    assert ": warning: " in render_problem(Problem("a.md", 1, 1, "m", severity="warning"))


def test_problems_are_sorted_by_file_and_place_and_said_once() -> None:
    """The order is that of files, lines and columns as numbers; a double is dropped."""
    found = [Problem("b.md", 1, 1, "x"), Problem("a.md", 10, 1, "y"), Problem("a.md", 9, 2, "z")]
    assert render_problems([*found, found[0]]).splitlines() == [
        "a.md:9:2: error: z",
        "a.md:10:1: error: y",
        "b.md:1:1: error: x",
    ]


@given(before=st.text("ab \t", max_size=300), after=st.text("ab ", max_size=300))
def test_the_caret_stands_below_the_character_that_it_means(before: str, after: str) -> None:
    """However long the line, the caret points at the offending column."""
    problem = Problem("a.md", 1, len(before) + 1, "m", "", f"{before}X{after}")
    _, shown, caret = render_problem(problem).splitlines()
    assert shown[caret.index("^")] == "X"
    assert len(shown) <= 4 + 102


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("tiktik", "did you mean 'tiktok'?"),
        ("TIKTOK", "did you mean 'tiktok'?"),
        ("amazn", "did you mean 'Amazon'?"),
        ("zzz", ""),
        ("", ""),
    ],
)
def test_a_suggestion_is_the_nearest_known_word_or_nothing(word: str, hint: str) -> None:
    """A word is compared without case, and what is too far off is not suggested."""
    assert suggest(word, ["tiktok", "Amazon", "twitch"]) == hint


def test_an_error_carries_its_problems() -> None:
    """`ProblemError` keeps every problem and says them all."""
    error = ProblemError(Problem("a", 1, 1, "one"), Problem("a", 2, 1, "two"))
    assert [p.message for p in error.problems] == ["one", "two"]
    assert str(error) == "one; two"


def test_annotations_are_workflow_commands() -> None:
    """What would end a command or a property is escaped."""
    problem = Problem("a,b.md", 4, 9, "50% off\nnow", "a hint", "x")
    warning = Problem("b.md", 0, 0, "gone", severity="warning")
    assert render_annotations([warning, problem]).splitlines() == [
        "::error file=a%2Cb.md,line=4,col=9::50%25 off%0Anow%0Aa hint",
        "::warning file=b.md::gone",
    ]


def test_nothing_in_a_problem_is_obeyed_by_a_terminal() -> None:
    """Neither in a name, nor in a value, nor in the line itself; spaces stay spaces."""
    line = "title: \x1b[2J\u202eevil\u00a0x"
    problem = Problem("a\x1b[31m.md", 1, 8, "'\x1b]0;x\x07' is no date", "so\udc80", line)
    assert render_problem(problem) == (
        "a\\x1b[31m.md:1:8: error: '\\x1b]0;x\\x07' is no date\n"
        "    title: ·[2J·evil\u00a0x\n"
        "           ^\n"
        "    so\\udc80"
    )
    assert "\x1b" not in render_annotations([problem])
