"""Reads of views, kept between builds in a file beside the manifest.

The manifest has the fingerprint of this file, and the names of the documents and files that it
counts. If it is missing or belongs to another build, every view is built.
"""

from __future__ import annotations

import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from itertools import accumulate, compress, count
from pathlib import Path

import msgspec

from dossier.build.manifest import Manifest
from dossier.fingerprint import digest
from dossier.site.reads import Read
from dossier.site.urls import SEARCH_INDEX

NAME = ".dossier-reads"

_PARTS = ("words", "text")
_SIZE = array("I").itemsize
_UNKNOWN = 2**32 - 1
_LAST = "\U0010ffff"
_FEW = 16
"""Reads that are sooner found one by one than all together."""


class _File(msgspec.Struct, frozen=True, array_like=True):
    """The reads of all files, one after another, and how many bytes each file's take.

    A read is its document's index times two, plus one for the text. All are 32-bit unsigned
    integers in the byte order of the machine. Some files are no views, or their reads are unknown.
    """

    lengths: bytes = b""
    reads: bytes = b""


class ViewReads:
    """The reads of each view of a build, by output file. `encoded` are they all, where known."""

    def __init__(
        self,
        documents: Iterable[str],
        files: Iterable[str] = (),
        file: _File | None = None,
        encoded: bytes = b"",
    ) -> None:
        self._documents = tuple(documents)
        self._files = _countable(files)
        self._file = file or _File()
        self._encoded = encoded

    def pack(self, reads: Iterable[Read]) -> bytes:
        """Pack the reads of a view."""
        numbers = [self._number[path] + (part == "text") for path, part in reads]
        return array("I", sorted(numbers)).tobytes()

    def updated(self, made: Mapping[str, bytes], files: Iterable[str]) -> ViewReads:
        """Collect the reads of some files: new ones, or else the old ones."""
        files = _countable(files)
        if files == self._files and all(self._of(file) == new for file, new in made.items()):
            return self  # as after most edits of a text
        found = [made[file] if file in made else self._of(file) for file in files]
        lengths = array("I", (_UNKNOWN if one is None else len(one) for one in found))
        packed = b"".join(one for one in found if one)
        return ViewReads(self._documents, files, _File(lengths.tobytes(), packed))

    def unpack(self, packed: bytes) -> list[Read]:
        """Return the reads of a view."""
        numbers = array("I", packed)
        return [(self._documents[n // 2], _PARTS[n % 2]) for n in numbers]  # type: ignore[misc]

    def meeting(self, changed: Iterable[Read]) -> Set[str]:
        """Find the files whose views read something that changed."""
        numbers = array("I", self.pack(changed))
        found = _find(numbers, self._file.reads)
        return frozenset(self._files[bisect_right(self._ends, at)] for at in found)

    @cached_property
    def known(self) -> Set[str]:
        """The files whose reads are known."""
        return frozenset(compress(self._files, map(_UNKNOWN.__ne__, self._lengths)))

    def encode(self) -> bytes:
        """Encode the reads."""
        return self._encoded or zlib.compress(msgspec.msgpack.encode(self._file), 1)

    @cached_property
    def _number(self) -> Mapping[str, int]:
        return dict(zip(self._documents, count(0, 2), strict=False))

    @cached_property
    def _lengths(self) -> Sequence[int]:
        return array("I", self._file.lengths)

    @cached_property
    def _ends(self) -> Sequence[int]:
        return array("I", accumulate(0 if n == _UNKNOWN else n for n in self._lengths))

    def _of(self, file: str) -> bytes | None:
        """Return the packed reads of a file, None where they are unknown."""
        place = bisect_left(self._files, file)
        if self._files[place : place + 1] != [file] or self._lengths[place] == _UNKNOWN:
            return None
        return self._file.reads[self._ends[place - 1] if place else 0 : self._ends[place]]


def _countable(files: Iterable[str]) -> list[str]:
    """Sort files, without those of search indexes: a build that keeps them does not list them."""
    found = sorted(files)
    first = bisect_left(found, SEARCH_INDEX)
    del found[first : bisect_left(found, SEARCH_INDEX + _LAST, first)]
    return found


def _find(numbers: Sequence[int], packed: bytes) -> Iterator[int]:
    """Find where any of some numbers stands in packed ones."""
    if len(numbers) > _FEW:
        wanted = set(numbers)
        yield from (at * _SIZE for at, n in enumerate(array("I", packed)) if n in wanted)
        return
    for number in numbers:
        one = array("I", (number,)).tobytes()
        at = packed.find(one)
        while at >= 0:
            if at % _SIZE == 0:
                yield at
            at = packed.find(one, at + 1)


def read_reads(output: Path, before: Manifest, documents: Iterable[str]) -> ViewReads:
    """Read the reads of the last build; none if they belong to other documents."""
    paths = tuple(documents)
    try:
        data = (output / NAME).read_bytes()
        if digest(data) == before.reads and tuple(before.documents) == paths:
            file = msgspec.msgpack.decode(zlib.decompress(data), type=_File)
            return ViewReads(paths, before.files, file, data)
    except (OSError, zlib.error, msgspec.MsgspecError):
        pass
    return ViewReads(paths)
