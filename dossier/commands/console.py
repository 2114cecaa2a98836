"""What commands print: problems, for people or for programs."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import msgspec

from dossier.problems import Problem, render_annotations, render_problems

FORMATS = ("text", "json", "github")


def fail(problems: Sequence[Problem], form: str, undone: str) -> int:
    """Print problems and what was not done for them; return the exit status."""
    print_problems(problems, form)
    if form == "json":
        return 1
    errors = len({p for p in problems if p.severity == "error"}) or len(set(problems))
    noun = "problem" if errors == 1 else "problems"
    print(f"{errors} {noun}: {undone}", file=sys.stderr)
    return 1


def print_problems(problems: Sequence[Problem], form: str) -> None:
    """Print problems to standard error; for a program (`json`, `github`) to standard output."""
    if form == "json":
        print(_as_json(problems))
        return
    if form == "github" and problems:
        print(render_annotations(problems))
    if problems:
        print(render_problems(problems), file=sys.stderr)


def _as_json(problems: Sequence[Problem]) -> str:
    import json

    found = [msgspec.to_builtins(problem) for problem in sorted(set(problems))]
    return json.dumps(found, ensure_ascii=False, indent=2)
