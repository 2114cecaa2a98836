"""Fingerprints: what a result depends on, as a short text. Equal fingerprints, equal results.

Hashes are BLAKE2b (RFC 7693) of 16 bytes, in hexadecimal. No modification time is part of one.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator, Mapping
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
    found = {}
    root = os.fspath(folder)
    for path in sorted(walk_folder(folder)):
        if path.endswith(suffixes):
            with open(f"{root}/{path}", "rb") as file:
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
            if not name.startswith((".", "#")) and not name.endswith(("~", ".swp", ".tmp")):
                yield prefix + name


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
