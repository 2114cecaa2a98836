"""The cache of documents: what others do to it while it is read costs time, and nothing else."""

from __future__ import annotations

from pathlib import Path

import msgspec

from dossier.content.cache import DocumentCache
from dossier.content.documents import Body


def fill(folder: Path, keys: range, length: int) -> None:
    """Store a body of some length for each key, in place of all others."""
    cache = DocumentCache(folder)
    cache.load(())
    for key in keys:
        body = Body(parts=(f"{key} " * length,))
        cache.add(f"{key}", (b"", msgspec.msgpack.encode(body)))
    cache.save(f"{key}" for key in keys)


def test_a_body_is_itself_or_missing_while_another_build_writes(tmp_path: Path) -> None:
    """Even if its place now has those of others."""
    fill(tmp_path, range(200), 300)
    reader = DocumentCache(tmp_path)
    assert reader.body("0") == Body(parts=("0 " * 300,))
    for others, length in ((range(200, 500), 700), (range(100, 150), 90)):
        fill(tmp_path, others, length)
        for key in range(1, 200):
            assert reader.body(f"{key}") in (None, Body(parts=(f"{key} " * 300,)))


def test_a_body_that_was_stored_later_is_found_after_the_next_look(tmp_path: Path) -> None:
    """A cache that has looked for documents, or has written some, sees what there is by then."""
    fill(tmp_path, range(20), 10)
    reader = DocumentCache(tmp_path)
    assert reader.body("0") is not None
    fill(tmp_path, range(20, 40), 10)
    reader.load(())
    assert reader.body("39") == Body(parts=("39 " * 10,))
