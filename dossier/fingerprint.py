"""Fingerprints: what a result depends on, as a short text. Equal fingerprints, equal results.

Hashes are BLAKE2b (RFC 7693) of 16 bytes, in hexadecimal. No modification time is part of one.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import suppress
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent
DEPENDENCIES = (
    "babel",
    "font_source_serif_pro",
    "jinja2",
    "markdown",
    "markupsafe",
    "msgspec",
    "nh3",
    "pillow",
    "pagefind_bin",
    "pyyaml",
)
"""Everything whose version may change what is made of the same content."""


def digest(*parts: bytes | str) -> str:
    """The fingerprint of some parts; where one ends and the next begins is part of it."""
    pieces: list[bytes] = []
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        pieces += (len(data).to_bytes(8, "little"), data)
    return hashlib.blake2b(b"".join(pieces), digest_size=16).hexdigest()


@cache
def engine_fingerprint() -> str:
    """The fingerprint of Dossier's own sources, its catalogues, its dependencies and Python."""
    sources = scan_folder(PACKAGE, (".py", ".mo"))
    parts = [f"{path} {fingerprint}" for path, fingerprint in sources.items()]
    parts += _installed(DEPENDENCIES)
    return digest(*parts, ".".join(map(str, sys.version_info[:2])))


def scan_folder(folder: Path, suffixes: tuple[str, ...] = ("",)) -> Mapping[str, str]:
    """By path below a folder, in order: the fingerprint of each file's bytes."""
    return _fingerprints(folder, (p for p in sorted(walk_folder(folder)) if p.endswith(suffixes)))


def rescan_folder(folder: Path, before: Mapping[str, str], touched: Set[str]) -> Mapping[str, str]:
    """What `scan_folder` finds once some paths below a folder were touched; no other file is read.

    A path may be that of a folder, of what is gone, or of what is no file of the site.
    """
    if all(path in before and (folder / path).is_file() for path in touched):
        return {**before, **_fingerprints(folder, touched)}
    found = sorted(walk_folder(folder))
    new = _fingerprints(folder, (p for p in found if p in touched or p not in before))
    return {path: new.get(path) or before[path] for path in found if path in new or path in before}


def _fingerprints(folder: Path, paths: Iterable[str]) -> dict[str, str]:
    found = {}
    root = os.fspath(folder)
    for path in paths:
        with suppress(FileNotFoundError), open(f"{root}/{path}", "rb") as file:  # gone by now
            found[path] = digest(file.read())
    return found


def walk_folder(folder: Path) -> Iterator[str]:
    """Paths of all files below a folder, but for hidden ones and what editors leave behind."""
    root = os.fspath(folder)
    for base, folders, names in os.walk(root, followlinks=False):
        folders[:] = [name for name in folders if not name.startswith((".", "__pycache__"))]
        below = base[len(root) + 1 :].replace(os.sep, "/")
        prefix = f"{below}/" if below else ""
        for name in names:
            if not is_left_behind(name):
                yield prefix + name


def is_left_behind(name: str) -> bool:
    """Whether a file's name is that of a hidden one, or of what an editor leaves while it saves."""
    return name.startswith((".", "#")) or name.endswith(("~", ".swp", ".tmp"))


def _installed(packages: tuple[str, ...]) -> list[str]:
    """`name-version` of installed packages, from the names of their folders.

    `importlib.metadata` says the same, but its import costs as much as all else that a build does
    when nothing has changed.
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
