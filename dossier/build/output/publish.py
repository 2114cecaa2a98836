"""Publication: the only writer of the output folder.

Files are replaced atomically, and only if their bytes change. A manifest lists the files that
Dossier made; nothing else is ever deleted or overwritten. Those that are new are listed before the
first one is written, so that the next build finishes one that was killed.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Set
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path

import msgspec

from dossier.build.lock import exclusive
from dossier.build.manifest import (
    NAME,
    UNDER_WAY,
    Manifest,
    OutputFile,
    Recipe,
    manifest_bytes,
    read_manifest,
    unknown_files,
)
from dossier.build.reads import NAME as READS
from dossier.fingerprint import digest
from dossier.problems import Problem, ProblemError, file_problem

PARTLY = "the output holds new files beside old ones; build again, which finishes it"
_TEMPORARY = ".dossier-tmp"


class Publication:
    """One update of an output folder: started, written file by file, finished.

    From `begin` until `finish`, a list beside the manifest has the files that are new.
    """

    def __init__(self, output: Path, files: Iterable[str], before: Manifest) -> None:
        self.output = output
        self._root = os.fspath(output)
        self.before = before
        self._files = frozenset(files)
        self._removed = 0
        self._staged = 0
        self._sound: set[str] = set()
        """Folders that are known to lie in the output."""
        self._missing: set[str] = set()
        """Folders that are known to be missing, and with them all that would lie in them."""

    @cached_property
    def _stale(self) -> Set[str]:
        """The files of the last build that are none of this one."""
        return frozenset(path for path in self.before.files if path not in self._files)

    def prepare(self) -> None:
        """Create a folder for staged files."""
        self._discard()
        (self.output / _TEMPORARY).mkdir(parents=True)

    def stage(self, path: str, data: bytes, recipe: Recipe) -> tuple[str, OutputFile]:
        """Write to a temporary file, unless the file is up to date; return its path and entry.

        The path is empty for a file that is up to date. Raises `ProblemError` if somebody else's
        file with other content is in the way.
        """
        if self._missing.isdisjoint(_parents(path)):
            target = f"{self._root}/{path}"
            try:
                found = os.lstat(target)
            except OSError:
                self._check_folders(path)
            else:
                if stat.S_ISREG(found.st_mode) and _read(target) == data:
                    return "", OutputFile.made(found.st_size, found.st_mtime_ns, recipe)
                self._check_target(path, stat.S_ISDIR(found.st_mode))
        self._staged += 1
        waiting = f"{self._root}/{_TEMPORARY}/{os.getpid()}-{self._staged}"
        written = _write(waiting, data)
        return waiting, OutputFile.made(written.st_size, written.st_mtime_ns, recipe)

    def _check_target(self, path: str, is_folder: bool) -> None:
        """Raise `ProblemError` where what lies at the place of a file was made by others."""
        if is_folder:
            inside = {
                (Path(folder) / name).relative_to(self.output).as_posix()
                for folder, _, names in os.walk(self.output / path)
                for name in names
            }
            foreign = sorted(inside - self.before.files.keys()) or ([] if inside else [path])
        else:
            foreign = [path] if path not in self.before.files else []
        if foreign:
            message = "this file was not made by Dossier, which would overwrite it"
            raise self._in_the_way(foreign[0], message)

    def _check_folders(self, path: str) -> None:
        """Raise `ProblemError` where a folder of a path cannot be made, or leads elsewhere."""
        for folder in _parents(path):
            if folder in self._sound:
                continue
            try:
                mode = os.lstat(f"{self._root}/{folder}").st_mode
            except OSError:
                self._missing.add(folder)
                return
            if stat.S_ISLNK(mode):
                raise self._in_the_way(folder, "this folder is a link, which may lead elsewhere")
            if not stat.S_ISDIR(mode):
                if folder not in self.before.files:
                    message = "this file was not made by Dossier, which needs a folder here"
                    raise self._in_the_way(folder, message)
                return
            self._sound.add(folder)

    def _in_the_way(self, path: str, message: str) -> ProblemError:
        hint = "move it away, or build into another folder with --output"
        return ProblemError(Problem((self.output / path).as_posix(), 0, 0, message, hint))

    def abandon(self) -> None:
        """Discard the update."""
        self._discard()

    def begin(self) -> None:
        """Make room for the new files. Raises `ProblemError` with an outcome if that fails."""
        with self._changing():
            self._begin()

    def _begin(self) -> None:
        unknown = unknown_files(self.before, self._files)
        _write_beside(self.output, UNDER_WAY, msgspec.json.encode(unknown))
        self._removed = _remove(self.output, _obstacles(self._stale, self._files))

    def place(self, path: str, waiting: str) -> None:
        """Move a staged file into place."""
        _place(waiting, f"{self._root}/{path}")

    def finish(self, manifest: Manifest, reads: bytes) -> int:
        """Remove old files, and write the manifest and the reads of views.

        Returns the number of files removed. Raises `ProblemError` with an outcome if that fails.
        """
        with self._changing():
            return self._finish(manifest, reads)

    def _finish(self, manifest: Manifest, reads: bytes) -> int:
        self._removed += _remove(self.output, self._stale)
        self._discard()
        _write_beside(self.output, READS, reads)
        manifest = msgspec.structs.replace(manifest, reads=digest(reads))
        _write_beside(self.output, NAME, manifest_bytes(manifest))
        (self.output / UNDER_WAY).unlink(missing_ok=True)
        return self._removed

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Turn an error of the system into a problem, which says that the output has changed."""
        try:
            yield
        except OSError as error:
            raise ProblemError(file_problem(error), outcome=PARTLY) from None

    def _discard(self) -> None:
        _remove_folder(self.output / _TEMPORARY)


def clean(output: Path) -> int:
    """Remove the files that Dossier made from an output folder; return their number.

    Raises `ProblemError` while a build writes into it.
    """
    if not output.is_dir():
        return 0
    with exclusive(output):
        return _clean(output)


def _clean(output: Path) -> int:
    removed = _remove(output, read_manifest(output).files.keys())
    _remove_folder(output / _TEMPORARY)
    for name in (READS, NAME, UNDER_WAY):
        (output / name).unlink(missing_ok=True)
    return removed


def _write_beside(output: Path, name: str, data: bytes) -> None:
    """Replace one of Dossier's own files in the output folder, if its bytes change."""
    if _read(output / name) != data:
        temporary = output / f"{name}.tmp"
        _write(temporary, data)
        _place(temporary, output / name)


def _obstacles(stale: Set[str], files: frozenset[str]) -> frozenset[str]:
    """Find stale files whose path is now a folder, or whose folder is now a file."""
    if not stale:
        return frozenset()
    folders = {parent for path in files for parent in _parents(path)}
    return frozenset(
        path for path in stale if path in folders or any(p in files for p in _parents(path))
    )


def _parents(path: str) -> Iterator[str]:
    """Yield the folders of a path, from the outermost inwards."""
    end = path.find("/")
    while end >= 0:
        yield path[:end]
        end = path.find("/", end + 1)


def _remove(output: Path, paths: Iterable[str]) -> int:
    removed, folders = 0, set[str]()
    for path in paths:
        target = output / path
        folders.update(_parents(path))
        if target.is_file() or target.is_symlink():
            target.unlink()
            removed += 1
    for folder in sorted(folders, key=len, reverse=True):
        with suppress(OSError):  # it is not empty
            (output / folder).rmdir()
    return removed


def _remove_folder(folder: Path) -> None:
    """Remove a folder with all that is left in it, as far as possible."""
    try:
        folder.rmdir()
    except FileNotFoundError:
        return
    except OSError:
        import shutil  # what is staged is usually in place by now

        shutil.rmtree(folder, ignore_errors=True)


def _write(path: str | Path, data: bytes) -> os.stat_result:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
        return os.fstat(descriptor)
    finally:
        os.close(descriptor)


def _place(temporary: str | Path, target: str | Path) -> None:
    try:
        os.replace(temporary, target)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.replace(temporary, target)


def _read(path: str | Path) -> bytes | None:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return None
