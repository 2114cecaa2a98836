"""Recorded reads of words and texts.

The words that a view shows are recorded while it is built, so that nobody has to declare them. A
result that is cached for many views keeps its reads and adds them to those of each view.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Literal, TypeVar, TypeVarTuple

from dossier.content.words import UnrecordedReadError

Part = Literal["words", "text"]
"""The words of a document's front matter, or its body."""

Read = tuple[str, Part]
"""The path of a document's file, and the part that was read."""

Arguments = TypeVarTuple("Arguments")
T = TypeVar("T")

_recordings: list[set[Read] | None] = [None]
"""What is recorded around what is done, last: None where nothing may be read."""


class recording:  # noqa: N801 - used like a function of contextlib, which takes twice as long
    """Record the reads in a block, for outer recordings as well."""

    __slots__ = ("_outer", "_reads")

    def __enter__(self) -> set[Read]:
        """Begin: return the set that they are put into."""
        self._reads: set[Read] = set()
        self._outer = _recordings[-1] if len(_recordings) > 1 else self._reads
        _recordings.append(None if self._outer is None else self._reads)
        return self._reads

    def __exit__(self, *_error: object) -> None:
        """End: whoever records around the block has read it all."""
        _recordings.pop()
        if self._outer is not None:
            self._outer |= self._reads


@contextmanager
def facts_only() -> Iterator[None]:
    """Refuse every read of words and texts in the block."""
    _recordings.append(None)
    try:
        yield
    finally:
        _recordings.pop()


def record_read(source: str, part: Part) -> None:
    """Record that a part of a document is read.

    Raises `UnrecordedReadError` outside a recording.
    """
    reads = _recordings[-1]
    if reads is None:
        raise UnrecordedReadError(f"the {part} of {source} must be read while a view is built")
    reads.add((source, part))


def remembered(work: Callable[[*Arguments], T], most: int = 0) -> Callable[[*Arguments], T]:
    """Cache results by arguments, as `functools.cache` does, together with their reads.

    With `most`, no more results are kept: one is enough for files that are made one after another.
    """
    known: dict[tuple[*Arguments], tuple[T, set[Read]]] = {}

    @wraps(work)
    def recall(*arguments: *Arguments) -> T:
        if (found := known.get(arguments)) is not None:
            result, reads = found
            recorded = _recordings[-1]
            if recorded is not None:
                recorded |= reads
            elif reads:
                record_read(*next(iter(reads)))  # raises
            return result
        with recording() as reads:
            result = work(*arguments)
        if most and len(known) >= most:
            known.clear()
        known[arguments] = result, reads
        return result

    return recall
