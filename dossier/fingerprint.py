"""Fingerprints: short texts for what a result depends on. Equal fingerprints, equal results.

Hashes are BLAKE2b (RFC 7693) of 16 bytes, in hexadecimal. They never include a file's time.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import contextmanager, suppress
from pathlib import Path

from dossier.fingerprint_memory import STAMPS, FingerprintMemory, Stamp, stamp_of

try:
    from _blake2 import blake2b  # that of hashlib, which takes 2 ms to load OpenSSL as well
except ImportError:  # another Python than CPython
    from hashlib import blake2b

PACKAGE = Path(__file__).parent
DEPENDENCIES = (
    "babel",
    "font_source_sans_pro",
    "font_source_serif_pro",
    "fonttools",
    "jinja2",
    "markdown",
    "markdown_it_py",
    "markupsafe",
    "mdit_py_plugins",
    "msgspec",
    "nh3",
    "pillow",
    "pagefind_bin",
    "pydyf",
    "pyphen",
    "pyyaml",
    "tinycss2",
    "weasyprint",
)
"""Packages whose version may change what is built from the same content."""


def digest(*parts: bytes | str) -> str:
    """Compute the fingerprint of some parts; it covers where one ends and the next begins."""
    found = blake2b(digest_size=16)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        found.update(len(data).to_bytes(8, "little"))
        found.update(data)
    return found.hexdigest()


_engine: list[str] = []


def engine_fingerprint(memory: FingerprintMemory | None = None) -> str:
    """Compute the fingerprint of Dossier's sources, catalogues and dependencies, and of Python.

    A process computes it once: what it runs does not change. `memory` saves it reading the files.
    """
    if not _engine:
        sources = scan_folder(PACKAGE, (".py", ".mo"), memory)
        parts = [f"{path} {fingerprint}" for path, fingerprint in sources.items()]
        parts += _installed(DEPENDENCIES)
        _engine.append(digest(*parts, ".".join(map(str, sys.version_info[:2]))))
    return _engine[0]


def scan_folder(
    folder: Path,
    suffixes: tuple[str, ...] = ("",),
    memory: FingerprintMemory | None = None,
    known: Mapping[str, str] = {},
) -> Mapping[str, str]:
    """Fingerprint every file below a folder; sorted by path.

    What is `known`, since somebody else has just read it, is not read again by a memory.
    """
    if memory is None or not STAMPS:
        return _fingerprints(
            folder, (p for p in sorted(walk_folder(folder)) if p.endswith(suffixes))
        )
    root, stamps = os.path.abspath(folder), dict[str, Stamp]()
    _look(root, "", stamps)
    wanted = sorted(item for item in stamps.items() if item[0].endswith(suffixes))
    return memory.recall(
        root, wanted, lambda path: known.get(path) or _read_digest(f"{root}/{path}")
    )


def rescan_folder(folder: Path, before: Mapping[str, str], touched: Set[str]) -> Mapping[str, str]:
    """Update the result of `scan_folder` after some paths were touched; no other file is read.

    A path may be a folder, a removed file, or a file that does not belong to the site.
    """
    if all(path in before and (folder / path).is_file() for path in touched):
        return {**before, **_fingerprints(folder, touched)}
    found = sorted(walk_folder(folder))
    new = _fingerprints(folder, (p for p in found if p in touched or p not in before))
    return {path: new.get(path) or before[path] for path in found if path in new or path in before}


def _fingerprints(folder: Path, paths: Iterable[str]) -> dict[str, str]:
    found = {}
    for path in paths:
        with suppress(FileNotFoundError):  # removed since
            found[path] = _read_digest(f"{os.fspath(folder)}/{path}")
    return found


def _read_digest(file: str) -> str:
    with open(file, "rb", buffering=0) as opened:  # read at once
        return digest(opened.read())


def walk_folder(folder: Path) -> Iterator[str]:
    """List the paths of all files below a folder, except hidden ones and editors' leftovers.

    Links to folders are not followed; pipes, sockets and devices are no files.
    """
    yield from _walk(os.fspath(folder), "")


def _walk(base: str, prefix: str) -> Iterator[str]:
    folders = []
    with suppress(FileNotFoundError, NotADirectoryError), os.scandir(base) as entries:
        for entry in entries:
            name = entry.name
            if entry.is_dir(follow_symlinks=False):
                if not name.startswith((".", "__pycache__")):
                    folders.append(name)
            elif not is_left_behind(name) and _is_file(entry):
                yield prefix + name
    for name in folders:
        yield from _walk(f"{base}/{name}", f"{prefix}{name}/")


def _look(base: str, prefix: str, stamps: dict[str, Stamp]) -> None:
    """Stamp the files that `walk_folder` lists.

    Each is looked at as a folder is listed, from within: the system has not to find it by its path,
    which takes half the time of a large site.
    """
    folders = []
    with (
        suppress(FileNotFoundError, NotADirectoryError),
        _opened(base) as opened,
        os.scandir(opened) as entries,
    ):
        for entry in entries:
            name = entry.name
            if entry.is_dir(follow_symlinks=False):
                if not name.startswith((".", "__pycache__")):
                    folders.append(name)
            elif not is_left_behind(name):
                try:
                    found = entry.stat()
                except OSError:  # a link to itself, or a file that was removed since
                    continue
                if stat.S_ISREG(found.st_mode):
                    stamps[prefix + name] = stamp_of(found)
    for name in folders:
        _look(f"{base}/{name}", f"{prefix}{name}/", stamps)


@contextmanager
def _opened(folder: str) -> Iterator[int]:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # a link to itself, or to where nobody may look
        return False


def is_left_behind(name: str) -> bool:
    """Tell whether a file is hidden, or a temporary file that an editor writes while saving."""
    return name.startswith((".", "#")) or name.endswith(("~", ".swp", ".tmp"))


def _installed(packages: tuple[str, ...]) -> list[str]:
    """List installed packages as `name-version`, from the names of their folders.

    `importlib.metadata` knows this too, but importing it costs as much as everything else in a
    build without changes.
    """
    found = set()
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        for name in names:
            if name.endswith(".dist-info") and name.split("-")[0].lower() in packages:
                found.add(name.removesuffix(".dist-info").lower())
    return sorted(found)
