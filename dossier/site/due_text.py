"""Words for a terminal: what is told later, and from when on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

_WHAT: Mapping[str, str] = {
    "briefing": "“{}”",
    "update": "an update of “{}”",
    "correction": "a correction of “{}”",
    "withdrawal": "the withdrawal of “{}”",
    "outcome": "the outcome of a judgement in “{}”",
}


def due_text(title: str, what: str, moment: str) -> str:
    """Describe what is told of a briefing from a moment on."""
    return f"{_WHAT[what].format(title)} on {moment_text(moment)}"


def read_due_text(file: Path, what: str, moment: str) -> str:
    """Describe what is told of the briefing in a file from a moment on."""
    from dossier.content.front_matter import read_title  # loads the parser, which few builds need

    return due_text(read_title(file), what, moment)


def moment_text(moment: str) -> str:
    """Write a day, or a moment without needless seconds: `2026-11-25 at 18:00 UTC+01:00`."""
    if len(moment) == 10:
        return moment
    offset = moment[19:]
    seconds = moment[16:19].removesuffix(":00")
    return f"{moment[:10]} at {moment[11:16]}{seconds} UTC{'' if offset == '+00:00' else offset}"
