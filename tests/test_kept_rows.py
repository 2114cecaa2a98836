"""Rows that are kept: decoded where they are asked for, and always the same."""

from __future__ import annotations

import pickle

import msgspec
import pytest

from dossier.content.documents import PartFingerprints
from dossier.kept_rows import KeptRows, Packed, pack

ROWS = {f"{n}.md": PartFingerprints(f"f{n}", f"w{n}", f"t{n}") for n in range(20)}


@pytest.fixture
def kept() -> KeptRows[PartFingerprints]:
    """Rows that were written and read again."""
    packed = msgspec.msgpack.decode(msgspec.msgpack.encode(pack(ROWS)), type=Packed)
    return KeptRows(packed, PartFingerprints)


def test_rows_are_those_that_were_packed(kept: KeptRows[PartFingerprints]) -> None:
    """One by one, and all at once, in their order."""
    assert kept["7.md"] == ROWS["7.md"]
    assert list(kept.items()) == list(ROWS.items())
    assert (list(kept), list(kept.values()), len(kept)) == (list(ROWS), [*ROWS.values()], 20)
    assert "7.md" in kept
    assert "20.md" not in kept
    with pytest.raises(KeyError):
        kept["20.md"]


def test_a_row_is_always_the_same_object(kept: KeptRows[PartFingerprints]) -> None:
    """Before all are decoded, and afterwards."""
    one = kept["3.md"]
    assert kept["3.md"] is one
    assert dict(kept.items())["3.md"] is one
    assert kept["4.md"] is dict(kept.items())["4.md"]


def test_rows_can_be_replaced_and_sent(kept: KeptRows[PartFingerprints]) -> None:
    """Those before stay as they were; another process gets a plain mapping."""
    new = PartFingerprints("f", "w", "t")
    updated = kept.updated({"3.md": new, "new.md": new})
    assert (updated["3.md"], kept["3.md"]) == (new, ROWS["3.md"])
    assert (len(updated), "new.md" in updated, "new.md" in kept) == (21, True, False)
    assert updated.keys() == {*ROWS, "new.md"}
    assert pickle.loads(pickle.dumps(updated)) == {**ROWS, "3.md": new, "new.md": new}


def test_there_may_be_no_rows() -> None:
    """A site may have no briefings."""
    assert dict(KeptRows(pack({}), PartFingerprints).items()) == {}
