"""The only writer of the output folder.

Files are replaced atomically, and only where their bytes change. A manifest lists what Dossier
made; nothing else is ever deleted or overwritten. It is written before the first file, so that a
build that was killed is finished by the next one.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from dossier.problems import Problem, ProblemError

MANIFEST = ".dossier-manifest.json"
_TEMPORARY = ".dossier-tmp"


class Manifest(msgspec.Struct, frozen=True):
    """The files of an output folder that Dossier made."""

    files: tuple[str, ...]
    version: int = 1


class Published(msgspec.Struct, frozen=True):
    """What publishing did, in numbers of files."""

    written: int
    unchanged: int
    removed: int


def publish(output: Path, files: Mapping[str, bytes]) -> Published:
    """Make the output folder hold these files (by path below it) and none of the last build's.

    Raises `ProblemError` where a file that Dossier did not make is in the way.
    """
    before = read_manifest(output)
    _refuse_foreign(output, files, before)
    output.mkdir(parents=True, exist_ok=True)
    _write_manifest(output, before | files.keys())
    stale = before - files.keys()
    early = _in_the_way(stale, files)
    removed = _remove(output, early)
    temporary = output / _TEMPORARY
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir()
    written = 0
    for path, data in files.items():
        if _read(output / path) != data:
            _replace(output / path, data, temporary / "file")
            written += 1
    temporary.rmdir()
    removed += _remove(output, stale - early)
    _write_manifest(output, files.keys())
    return Published(written, len(files) - written, removed)


def clean(output: Path) -> int:
    """Remove what Dossier made from an output folder; the number of files removed."""
    files = read_manifest(output)
    removed = _remove(output, files)
    shutil.rmtree(output / _TEMPORARY, ignore_errors=True)
    (output / MANIFEST).unlink(missing_ok=True)
    if output.is_dir() and not any(output.iterdir()):
        output.rmdir()
    return removed


def read_manifest(output: Path) -> frozenset[str]:
    """The paths that Dossier made below an output folder; none where it made nothing."""
    try:
        manifest = msgspec.json.decode((output / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError):
        return frozenset()
    # a manifest is data from a disk: it must not lead out of the folder
    return frozenset(
        path
        for path in manifest.files
        if not path.startswith("/") and ".." not in path.split("/") and path != MANIFEST
    )


def _write_manifest(output: Path, files: Iterable[str]) -> None:
    manifest = Manifest(tuple(sorted(files)))
    data = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
    if _read(output / MANIFEST) != data:
        _replace(output / MANIFEST, data, output / (MANIFEST + ".tmp"))


def _refuse_foreign(output: Path, files: Mapping[str, bytes], before: frozenset[str]) -> None:
    """Raise where a path is taken by a file of somebody else's with other content."""
    foreign = sorted(
        path
        for path in files.keys() - before
        if (output / path).is_file() and _read(output / path) != files[path]
    )
    if foreign:
        more = f" (and {len(foreign) - 1} more)" if len(foreign) > 1 else ""
        raise ProblemError(
            Problem(
                (output / foreign[0]).as_posix(),
                0,
                0,
                f"Dossier did not make this file, and would overwrite it{more}",
                "move it away, or build into another folder with --output",
            )
        )


def _in_the_way(stale: frozenset[str], files: Mapping[str, bytes]) -> frozenset[str]:
    """Stale files whose path is now a folder, or whose folder is now a file."""
    folders = {parent for path in files for parent in _parents(path)}
    return frozenset(
        path for path in stale if path in folders or any(p in files for p in _parents(path))
    )


def _parents(path: str) -> list[str]:
    steps = path.split("/")[:-1]
    return ["/".join(steps[: n + 1]) for n in range(len(steps))]


def _remove(output: Path, paths: frozenset[str]) -> int:
    removed = 0
    for path in paths:
        target = output / path
        if target.is_file() or target.is_symlink():
            target.unlink()
            removed += 1
    for folder in sorted({p for path in paths for p in _parents(path)}, key=len, reverse=True):
        target = output / folder
        if target.is_dir() and not any(target.iterdir()):
            target.rmdir()
    return removed


def _replace(target: Path, data: bytes, temporary: Path) -> None:
    temporary.write_bytes(data)
    try:
        temporary.replace(target)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary.replace(target)


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
