"""Publication: the only writer of the output folder.

Files are replaced atomically, and only if their bytes change. A manifest lists the files that
Dossier made; nothing else is ever deleted or overwritten. It is written before the first file, so
that the next build finishes one that was killed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

import msgspec

from dossier.build.manifest import (
    NAME,
    Manifest,
    OutputFile,
    Recipe,
    manifest_bytes,
    read_manifest,
    under_way,
)
from dossier.build.reads import NAME as READS
from dossier.fingerprint import digest
from dossier.problems import Problem, ProblemError

_TEMPORARY = ".dossier-tmp"


class Publication:
    """One update of an output folder: started, written file by file, finished.

    Until `finish`, the manifest lists the files of the last build and of this one.
    """

    def __init__(self, output: Path, files: Iterable[str], before: Manifest) -> None:
        self.output = output
        self.before = before
        self._files = frozenset(files)
        self._removed = 0
        self._staged = 0

    def prepare(self) -> None:
        """Create a folder for staged files."""
        self._discard()
        (self.output / _TEMPORARY).mkdir(parents=True)

    def stage(self, path: str, data: bytes) -> tuple[str, OutputFile]:
        """Write to a temporary file, unless the file is up to date; return its path and entry.

        The path is empty for a file that is up to date. Raises `ProblemError` if somebody else's
        file with other content is in the way.
        """
        target = f"{os.fspath(self.output)}/{path}"
        there = _read(target)
        if there == data:
            return "", _entry(os.stat(target))
        if there is not None and path not in self.before.files:
            name = (self.output / path).as_posix()
            message = "this file was not made by Dossier, which would overwrite it"
            hint = "move it away, or build into another folder with --output"
            raise ProblemError(Problem(name, 0, 0, message, hint))
        self._staged += 1
        waiting = f"{os.fspath(self.output)}/{_TEMPORARY}/{os.getpid()}-{self._staged}"
        return waiting, _entry(_write(waiting, data))

    def abandon(self) -> None:
        """Discard the update."""
        self._discard()
        if self.output.is_dir() and not any(self.output.iterdir()):
            self.output.rmdir()

    def begin(self) -> None:
        """Make room for the new files."""
        _write_manifest(self.output, under_way(self.before, self._files))
        stale = self.before.files.keys() - self._files
        self._removed = _remove(self.output, _in_the_way(stale, self._files))

    def place(self, path: str, waiting: str) -> None:
        """Move a staged file into place."""
        _place(waiting, f"{os.fspath(self.output)}/{path}")

    def finish(self, manifest: Manifest, reads: bytes) -> int:
        """Remove old files, and write the manifest and the reads of views.

        Returns the number of files removed.
        """
        self._removed += _remove(self.output, self.before.files.keys() - self._files)
        self._discard()
        _write_beside(self.output, READS, reads)
        _write_manifest(self.output, msgspec.structs.replace(manifest, reads=digest(reads)))
        return self._removed

    def _discard(self) -> None:
        shutil.rmtree(self.output / _TEMPORARY, ignore_errors=True)


def clean(output: Path) -> int:
    """Remove the files that Dossier made from an output folder; return their number."""
    removed = _remove(output, read_manifest(output).files.keys())
    shutil.rmtree(output / _TEMPORARY, ignore_errors=True)
    for name in (READS, NAME):
        (output / name).unlink(missing_ok=True)
    if output.is_dir() and not any(output.iterdir()):
        output.rmdir()
    return removed


def _write_manifest(output: Path, manifest: Manifest) -> None:
    _write_beside(output, NAME, manifest_bytes(manifest))


def _write_beside(output: Path, name: str, data: bytes) -> None:
    """Replace one of Dossier's own files in the output folder, if its bytes change."""
    if _read(output / name) != data:
        temporary = output / f"{name}.tmp"
        _write(temporary, data)
        _place(temporary, output / name)


def _in_the_way(stale: Iterable[str], files: frozenset[str]) -> frozenset[str]:
    """Find stale files whose path is now a folder, or whose folder is now a file."""
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


def _write(path: str | Path, data: bytes) -> os.stat_result:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    with open(descriptor, "wb", buffering=0) as file:
        view = memoryview(data)
        while view:
            view = view[file.write(view) :]
        return os.fstat(file.fileno())


def _place(temporary: str | Path, target: str | Path) -> None:
    try:
        os.replace(temporary, target)
    except FileNotFoundError:
        Path(target).parent.mkdir(parents=True, exist_ok=True)
        os.replace(temporary, target)


def _entry(found: os.stat_result) -> OutputFile:
    return OutputFile(found.st_size, found.st_mtime_ns, Recipe("", ""))


def _read(path: str | Path) -> bytes | None:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return None
