"""Sealed files: what is kept between builds, each behind its checksum (CRC-32).

A file that is damaged, or cut off by a crash, is as good as missing. None in a site's folders holds
code.
"""

from __future__ import annotations

import os
import zlib
from mmap import ACCESS_READ, mmap
from pathlib import Path

_CHECKSUM = 4  # bytes before the data


def read_sealed(file: Path) -> bytes:
    """Read what was written to a file; nothing where it is missing or damaged."""
    try:
        with open(file, "rb", buffering=0) as opened:
            checksum, data = opened.read(_CHECKSUM), opened.read()
    except OSError:
        return b""
    return data if zlib.crc32(data) == int.from_bytes(checksum, "little") else b""


def map_sealed(file: Path) -> memoryview:
    """Return what was written to a file as `read_sealed` does, where possible without copying it.

    Whoever replaces the file meanwhile leaves this as it is.
    """
    if os.name != "posix":  # elsewhere, a file that is mapped cannot be replaced
        return memoryview(read_sealed(file))
    try:
        with open(file, "rb") as opened:
            sealed = memoryview(mmap(opened.fileno(), 0, access=ACCESS_READ))
    except (OSError, ValueError):  # a file that is empty cannot be mapped
        return memoryview(b"")
    data = sealed[_CHECKSUM:]
    intact = zlib.crc32(data) == int.from_bytes(sealed[:_CHECKSUM], "little")
    return data if intact else memoryview(b"")


def write_sealed(file: Path, data: bytes) -> None:
    """Replace a file atomically. Where that fails, only the time of a later build is lost."""
    waiting = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with open(waiting, "wb") as opened:
            opened.write(zlib.crc32(data).to_bytes(_CHECKSUM, "little"))
            opened.write(data)
        waiting.replace(file)
    except OSError:
        return
