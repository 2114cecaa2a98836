"""What is in a content folder and not read: links that lead nowhere or out of it, hidden files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from dossier.problems import Problem, Severity

_OF_SYSTEMS = frozenset({".DS_Store", ".gitkeep", ".gitignore", ".gitattributes", ".localized"})
_OF_TOOLS = frozenset({".git", ".idea", ".obsidian", ".vscode", "__pycache__"})
_OF_EDITORS = (".#", "._", ".~")
OUTSIDE = "this link leads out of the folder, and is left out"


def find_left_out(folder: Path) -> Iterator[Problem]:
    """Report each file and folder that is left out, but what systems and editors leave behind."""
    yield from _look(os.fspath(folder), os.path.realpath(folder) + os.sep)


def _look(base: str, inside: str) -> Iterator[Problem]:
    folders = []
    with suppress(FileNotFoundError), os.scandir(base) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if not entry.name.startswith((".", "__pycache__")):
                    folders.append(entry.name)
                elif entry.name not in _OF_TOOLS:
                    yield from _in_hidden(entry.path)
            elif found := _reason(entry, inside):
                message, hint, severity = found
                yield Problem(Path(entry.path).as_posix(), 0, 0, message, hint, "", severity)
    for name in sorted(folders):
        yield from _look(f"{base}/{name}", inside)


def _in_hidden(folder: str) -> Iterator[Problem]:
    for base, _, names in os.walk(folder):
        for name in sorted(names):
            path = Path(base, name).as_posix()
            message, hint = "files in hidden folders are left out", "move it to another folder"
            yield Problem(path, 0, 0, message, hint, "", "warning")


def _reason(entry: os.DirEntry[str], inside: str) -> tuple[str, str, Severity] | None:
    name = entry.name
    if entry.is_symlink():
        if not os.path.exists(entry.path):
            return "this link leads nowhere", "delete it, or link to a file that exists", "warning"
        if entry.is_dir():
            return "this link to a folder is not followed", "put the folder itself here", "warning"
        if not os.path.realpath(entry.path).startswith(inside):
            return OUTSIDE, "put the file itself here", "warning"
    if not entry.is_file():
        return "this is no file but a pipe, a socket or a device", "delete it", "warning"
    if name[0] not in ".#" and not name.endswith(".tmp"):
        return None
    if name in _OF_SYSTEMS or name.startswith(_OF_EDITORS):
        return None
    if name.startswith("."):
        return "hidden files are left out", "rename it without the first point", "warning"
    if name.endswith(".tmp") or (name.startswith("#") and not name.endswith("#")):
        return "this looks like a temporary file, and is left out", "rename it", "warning"
    return None
