"""What is in a content folder and not read: links that lead nowhere or out of it, hidden files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from dossier.problems import Problem, Severity

_OF_SYSTEMS = frozenset({".DS_Store", ".gitkeep", ".gitignore", ".gitattributes", ".localized"})
_OF_EDITORS = (".#", "._", ".~")
_COPY = "put the file itself here"


def find_left_out(folder: Path) -> Iterator[Problem]:
    """Report each file and folder that is left out, but what systems and editors leave behind."""
    inside = os.path.realpath(folder) + os.sep
    for base, folders, names in os.walk(folder, followlinks=False):
        folders[:] = [name for name in folders if not name.startswith((".", "__pycache__"))]
        for name in sorted((*folders, *names)):
            path = os.path.join(base, name)
            if found := _reason(path, name, name in folders, inside):
                yield Problem(Path(path).as_posix(), 0, 0, found[0], found[1], "", found[2])


def _reason(path: str, name: str, is_folder: bool, inside: str) -> tuple[str, str, Severity] | None:
    if os.path.islink(path):
        if not os.path.exists(path):
            return "this link leads nowhere", "delete it, or link to a file that exists", "warning"
        if is_folder:
            return "this link to a folder is not followed", "put the folder itself here", "warning"
        if not os.path.realpath(path).startswith(inside):
            return "this link leads out of the folder, which is published", _COPY, "error"
    if is_folder or name in _OF_SYSTEMS or name.startswith(_OF_EDITORS):
        return None
    if not os.path.isfile(path):
        return "this is no file but a pipe, a socket or a device", "delete it", "warning"
    if name.startswith("."):
        return "hidden files are left out", "rename it without the first point", "warning"
    if name.endswith(".tmp") or (name.startswith("#") and not name.endswith("#")):
        return "this looks like a temporary file, and is left out", "rename it", "warning"
    return None
