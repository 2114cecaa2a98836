"""Problems: what is wrong with the content, where, and how to fix it.

Owns the value and its printed form, and knows nothing about content, YAML or files.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

_SPACES = "\u00a0\u2007\u2009\u202f\u3000"  # which are shown, although Python says otherwise
Severity = Literal["error", "warning"]


class Problem(msgspec.Struct, frozen=True, order=True):
    """One thing for an author to fix. Lines and columns (in characters) count from 1."""

    path: str
    line: int
    column: int
    message: str
    hint: str = ""
    source: str = ""
    """The offending line of the file, for the excerpt; empty where there is none to show."""
    severity: Severity = "error"


class ProblemError(Exception):
    """Raised where work cannot continue; carries the problems to report.

    `outcome` says what was done nevertheless; it is empty where nothing was.
    """

    def __init__(self, *problems: Problem, outcome: str = "") -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems
        self.outcome = outcome


class FormError(ValueError):
    """Raised where a text is not valid for its type; `hint` says what is."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def missing_folder(folder: str, option: str) -> ProblemError:
    """Build the error for a missing folder of the site; `option` is the one that names another."""
    hint = f"run the command in the site's folder, or name the folder with {option}"
    return ProblemError(Problem(folder, 0, 0, "folder not found", hint))


def raise_errors(problems: Sequence[Problem], strict: bool = False) -> None:
    """Raise `ProblemError` with all problems where one is an error; `strict` takes warnings so."""
    if any(strict or problem.severity == "error" for problem in problems):
        raise ProblemError(*problems)


def file_problem(error: OSError) -> Problem:
    """Turn the system's error about a file into a problem."""
    name = error.filename if isinstance(error.filename, str) else "build.py"
    return Problem(name, 0, 0, error.strerror or str(error))


def render_problem(problem: Problem) -> str:
    """Render a problem as `path:line:column: error: message`, the line, a caret, the hint."""
    where = f"{problem.path}:{problem.line}:{problem.column}" if problem.line else problem.path
    lines = [_visible(f"{where}: {problem.severity}: {problem.message}")]
    if problem.source.strip():
        shown, caret = _excerpt(problem.source.expandtabs(1), problem.column - 1)
        lines += [f"    {_visible(shown, one='·')}", f"    {' ' * caret}^"]
    lines += [f"    {_visible(line)}" for line in problem.hint.split("\n") if line]
    return "\n".join(lines)


def render_problems(problems: Iterable[Problem]) -> str:
    """Render all problems, sorted by file and position, without duplicates."""
    return "\n".join(render_problem(problem) for problem in sorted(set(problems)))


def render_annotations(problems: Iterable[Problem]) -> str:
    """Render all problems as workflow commands: GitHub marks the lines of a pull request."""
    return "\n".join(_annotation(problem) for problem in sorted(set(problems)))


def _visible(text: str, one: str = "") -> str:
    """Write what a terminal would obey, or not show, as its code or as `one` sign."""
    if text.isprintable():
        return text
    return "".join(
        sign
        if sign.isprintable() or sign in _SPACES
        else one or sign.encode("unicode_escape").decode()
        for sign in text
    )


def suggest(word: str, known: Iterable[str]) -> str:
    """Ask "did you mean" with the closest known word; an empty string where none is close."""
    import difflib

    by_fold = {name.casefold(): name for name in sorted(known, reverse=True)}
    near = difflib.get_close_matches(word.casefold(), by_fold, n=1, cutoff=0.6)
    return f"did you mean '{by_fold[near[0]]}'?" if near else ""


def _annotation(problem: Problem) -> str:
    place = f"file={_escape(_visible(problem.path), ':,')}"
    if problem.line:
        place += f",line={problem.line},col={problem.column}"
    lines = (*problem.message.split("\n"), *problem.hint.split("\n"))
    text = "\n".join(map(_visible, filter(None, lines)))
    return f"::{problem.severity} {place}::{_escape(text)}"


def _escape(text: str, more: str = "") -> str:
    """Escape what has a meaning in a workflow command, and what has one in its properties."""
    for character in f"%\r\n{more}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def _excerpt(line: str, column: int, width: int = 100) -> tuple[str, int]:
    """Cut out the part of a long line around a column; return it and the caret's position."""
    if len(line) <= width:
        return line, column
    start = max(0, column - width // 2)
    shown = line[start : start + width]
    prefix = "…" if start else ""
    return prefix + shown + ("…" if start + width < len(line) else ""), column - start + len(prefix)
