"""Problems: what is wrong with the content, where, and the way out.

Owns the value and its printed form. Knows nothing of content, YAML or files.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

Severity = Literal["error", "warning"]


class Problem(msgspec.Struct, frozen=True, order=True):
    """One thing for an author to mend. Lines and columns (in characters) count from 1."""

    path: str
    line: int
    column: int
    message: str
    hint: str = ""
    source: str = ""
    """The offending line of the file, for the excerpt; empty where there is none to show."""
    severity: Severity = "error"


class ProblemError(Exception):
    """Raised where work cannot go on; carries the problems to report."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


def missing_folder(folder: str, option: str) -> ProblemError:
    """What to raise where a folder of the site is not there; `option` names another one."""
    hint = f"run the command where it is, or name the folder with {option}"
    return ProblemError(Problem(folder, 0, 0, "there is no such folder", hint))


def raise_errors(problems: Sequence[Problem], strict: bool = False) -> None:
    """Raise `ProblemError` with all problems where one is an error; `strict` takes warnings so."""
    if any(strict or problem.severity == "error" for problem in problems):
        raise ProblemError(*problems)


def file_problem(error: OSError) -> Problem:
    """What the system says of a file that could not be read or written."""
    name = error.filename if isinstance(error.filename, str) else "build.py"
    return Problem(name, 0, 0, error.strerror or str(error))


def render_problem(problem: Problem) -> str:
    """The printed form: `path:line:column: error: message`, the line, a caret, the hint."""
    where = f"{problem.path}:{problem.line}:{problem.column}" if problem.line else problem.path
    lines = [f"{where}: {problem.severity}: {problem.message}"]
    if problem.source.strip():
        shown, caret = _excerpt(problem.source.expandtabs(1), problem.column - 1)
        lines += [f"    {shown}", f"    {' ' * caret}^"]
    if problem.hint:
        lines.append(f"    {problem.hint}")
    return "\n".join(lines)


def render_problems(problems: Iterable[Problem]) -> str:
    """All problems, sorted by file and place, each once."""
    return "\n".join(render_problem(problem) for problem in sorted(set(problems)))


def suggest(word: str, known: Iterable[str]) -> str:
    """A "did you mean" for the nearest of the known words, or an empty string."""
    by_fold = {name.casefold(): name for name in sorted(known, reverse=True)}
    near = difflib.get_close_matches(word.casefold(), by_fold, n=1, cutoff=0.6)
    return f"did you mean '{by_fold[near[0]]}'?" if near else ""


def _excerpt(line: str, column: int, width: int = 100) -> tuple[str, int]:
    """The part of a long line around a column, and where the caret goes in it."""
    if len(line) <= width:
        return line, column
    start = max(0, column - width // 2)
    shown = line[start : start + width]
    prefix = "…" if start else ""
    return prefix + shown + ("…" if start + width < len(line) else ""), column - start + len(prefix)
