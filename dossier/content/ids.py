"""Ids of documents: the file names that are allowed."""

from __future__ import annotations

import re


def id_problem(name: str) -> tuple[str, str] | None:
    """Explain why a file name cannot be an id, with a hint; None where it can."""
    if not _ID.fullmatch(name):
        return (
            f"the file name '{name}' cannot be an address",
            "use lower-case letters a–z, digits and single hyphens, such as amazon-live.md",
        )
    if _RESERVED.fullmatch(name):
        return f"the file name '{name}' is reserved", "choose another name"
    if len(name) > 120:
        return "the file name is longer than 120 characters", "shorten it"
    return None


_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


_RESERVED = re.compile(r"page|index|con|prn|aux|nul|com\d|lpt\d")
