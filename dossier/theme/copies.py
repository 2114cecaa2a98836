"""Copies of packaged templates: a site's own version of a whole file, and what it was copied from.

The first line of a copy names the version of Dossier and the fingerprint of the original, so that a
later version can say whether the original has changed since.
"""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from dossier import __version__
from dossier.fingerprint import digest
from dossier.problems import Problem, ProblemError, suggest
from dossier.theme.files import PREFIX, Theme

_MARK = re.compile(r"Copied from Dossier (\S+), ([0-9a-f]{12})\b")
_COMMENTS = {".html": "{{# {} #}}\n", ".css": "/* {} */\n", ".js": "// {}\n"}


class Mark(msgspec.Struct, frozen=True):
    """What a file was copied from: the version of Dossier, the fingerprint of the original."""

    version: str
    fingerprint: str


def read_mark(text: str) -> Mark | None:
    """Return what the first line of a file says that it was copied from."""
    found = _MARK.search(text.partition("\n")[0])
    return Mark(found[1], found[2]) if found else None


def original_mark(theme: Theme, name: str) -> Mark | None:
    """Return the mark that a copy made now would have; None where there is no such original."""
    path = theme.packaged / name
    return Mark(__version__, digest(path.read_bytes())[:12]) if path.is_file() else None


def copy_template(theme: Theme, name: str) -> Path:
    """Copy a packaged template into the site's folder, and return the new file.

    Raises `ProblemError` where there is no such template, or the site has one of the name.
    """
    mark, target = _require_original(theme, name), theme.overlay / name
    if target.exists():
        hint = f"to compare the two: python build.py templates diff {name}"
        raise ProblemError(Problem(target.as_posix(), 0, 0, "the file exists", hint))
    target.parent.mkdir(parents=True, exist_ok=True)
    text = (theme.packaged / name).read_text("utf-8")
    target.write_text(_mark_line(name, mark) + text, "utf-8", newline="\n")
    return target


def compare_template(theme: Theme, name: str) -> str:
    """Return a unified diff from the packaged template to the site's own; empty if they agree."""
    _require_original(theme, name)
    import difflib

    target = _require_own(theme, name)
    original = (theme.packaged / name).read_text("utf-8").splitlines(keepends=True)
    own = _without_mark(target.read_text("utf-8")).splitlines(keepends=True)
    lines = difflib.unified_diff(original, own, PREFIX + name, target.as_posix())
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def accept_original(theme: Theme, name: str) -> Path:
    """Mark a copy as one of the original as it is now, and return its file."""
    mark, target = _require_original(theme, name), _require_own(theme, name)
    text = _mark_line(name, mark) + _without_mark(target.read_text("utf-8"))
    target.write_text(text, "utf-8", newline="\n")
    return target


def _require_original(theme: Theme, name: str) -> Mark:
    mark = original_mark(theme, name)
    if mark is None or name not in theme.packaged_files():
        message = "Dossier has no such template"
        hint = suggest(name, theme.packaged_files()) or "to list them: python build.py templates"
        raise ProblemError(Problem(name, 0, 0, message, hint))
    if len(theme.folders) == 1:
        message = "this folder is the theme itself: there is nothing to override"
        hint = "run the command in the folder of a site, or name another one with --templates"
        raise ProblemError(Problem(theme.overlay.as_posix(), 0, 0, message, hint))
    return mark


def _require_own(theme: Theme, name: str) -> Path:
    target = theme.overlay / name
    if not target.is_file():
        hint = f"to copy the packaged one: python build.py templates copy {name}"
        raise ProblemError(Problem(target.as_posix(), 0, 0, "this site does not override it", hint))
    return target


def _mark_line(name: str, mark: Mark) -> str:
    text = f"Copied from Dossier {mark.version}, {mark.fingerprint}"
    return _COMMENTS[Path(name).suffix].format(text)


def _without_mark(text: str) -> str:
    return text.partition("\n")[2] if read_mark(text) else text
