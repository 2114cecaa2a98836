"""The only writer of the output folder.

Files are replaced atomically, and only where their bytes change. A manifest lists what Dossier
made; nothing else is ever deleted or overwritten. It is written before the first file, so that a
build that was killed is finished by the next one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from dossier.manifest import (
    NAME,
    Entry,
    Manifest,
    Recipe,
    manifest_bytes,
    read_manifest,
    under_way,
)
from dossier.problems import Problem, ProblemError

_TEMPORARY = ".dossier-tmp"


class Publication:
    """One change of an output folder: begun, written file by file, finished.

    Until `finish` the manifest lists the files of the last build and of this one.
    """

    def __init__(self, output: Path, files: Iterable[str]) -> None:
        self.output = output
        self.before = read_manifest(output)
        self._files = frozenset(files)
        self._removed = 0

    def begin(self) -> None:
        """Make room for what is to be written."""
        self.output.mkdir(parents=True, exist_ok=True)
        _write_manifest(self.output, under_way(self.before, self._files))
        stale = self.before.files.keys() - self._files
        self._removed = _remove(self.output, _in_the_way(stale, self._files))
        shutil.rmtree(self.output / _TEMPORARY, ignore_errors=True)
        (self.output / _TEMPORARY).mkdir()

    def refuse_foreign(self, path: str, data: bytes) -> None:
        """Raise `ProblemError` where somebody else's file with other content is in the way."""
        if path in self.before.files:
            return
        there = _read(self.output / path)
        if there is not None and there != data:
            name = (self.output / path).as_posix()
            message = "Dossier did not make this file, and would overwrite it"
            hint = "move it away, or build into another folder with --output"
            raise ProblemError(Problem(name, 0, 0, message, hint))

    def write(self, path: str, data: bytes, recipe: Recipe) -> tuple[bool, Entry]:
        """Put a file in its place, unless it is there already; whether it was written."""
        target = f"{os.fspath(self.output)}/{path}"
        written = _read(target) != data
        if written:
            _replace(target, data, f"{os.fspath(self.output)}/{_TEMPORARY}/{os.getpid()}")
        found = os.stat(target)
        return written, Entry(found.st_size, found.st_mtime_ns, recipe)

    def finish(self, manifest: Manifest) -> int:
        """Remove what is not made any more and write the manifest; the number of files removed."""
        self._removed += _remove(self.output, self.before.files.keys() - self._files)
        shutil.rmtree(self.output / _TEMPORARY, ignore_errors=True)
        _write_manifest(self.output, manifest)
        return self._removed


def clean(output: Path) -> int:
    """Remove what Dossier made from an output folder; the number of files removed."""
    removed = _remove(output, read_manifest(output).files.keys())
    shutil.rmtree(output / _TEMPORARY, ignore_errors=True)
    (output / NAME).unlink(missing_ok=True)
    if output.is_dir() and not any(output.iterdir()):
        output.rmdir()
    return removed


def _write_manifest(output: Path, manifest: Manifest) -> None:
    data = manifest_bytes(manifest)
    if _read(output / NAME) != data:
        _replace(output / NAME, data, output / f"{NAME}.tmp")


def _in_the_way(stale: Iterable[str], files: frozenset[str]) -> frozenset[str]:
    """Stale files whose path is now a folder, or whose folder is now a file."""
    folders = {parent for path in files for parent in _parents(path)}
    return frozenset(
        path for path in stale if path in folders or any(p in files for p in _parents(path))
    )


def _parents(path: str) -> list[str]:
    steps = path.split("/")[:-1]
    return ["/".join(steps[: n + 1]) for n in range(len(steps))]


def _remove(output: Path, paths: Iterable[str]) -> int:
    removed, folders = 0, set()
    for path in paths:
        target = output / path
        folders.update(_parents(path))
        if target.is_file() or target.is_symlink():
            target.unlink()
            removed += 1
    for folder in sorted(folders, key=len, reverse=True):
        target = output / folder
        if target.is_dir() and not any(target.iterdir()):
            target.rmdir()
    return removed


def _replace(target: str | Path, data: bytes, temporary: str | Path) -> None:
    with open(temporary, "wb") as file:
        file.write(data)
    try:
        os.replace(temporary, target)
    except FileNotFoundError:
        Path(target).parent.mkdir(parents=True, exist_ok=True)
        os.replace(temporary, target)


def _read(path: str | Path) -> bytes | None:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return None
