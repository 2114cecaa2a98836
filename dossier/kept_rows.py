"""Rows that are kept by name, and decoded only where they are asked for."""

# annotations are values here, not texts: decoders would evaluate texts again and again
from array import array
from collections.abc import ItemsView, Iterator, KeysView, Mapping, Sequence, ValuesView
from functools import cached_property
from itertools import accumulate, count
from typing import Any, Generic, TypeVar

import msgspec

Row = TypeVar("Row")

_MANY = 500
"""Rows that are decoded one by one; whoever asks for more will ask for most of them."""


class Packed(msgspec.Struct, frozen=True, array_like=True):
    """Rows, encoded as one list, and where each begins and the last one ends: 64-bit integers, in
    the byte order of the machine."""

    names: tuple[str, ...]
    bounds: memoryview
    rows: memoryview


class KeptRows(Mapping[str, Row], Generic[Row]):
    """Rows by name, of one type. What is looked up is decoded once, and is always the same."""

    def __init__(self, packed: Packed, type_: Any, known: Mapping[str, Row] | None = None) -> None:
        self._packed = packed
        self._type = type_
        self._known: dict[str, Row] = dict(known or {})

    def __reduce__(self) -> tuple[type[dict[str, Row]], tuple[dict[str, Row]]]:
        """Other processes get all rows: these lie in memory that is not shared with them."""
        return dict, (self._all,)

    def updated(self, rows: Mapping[str, Row]) -> "KeptRows[Row]":
        """Return the same rows but for some, which may be new."""
        return KeptRows(self._packed, self._type, {**self._known, **rows})

    def __getitem__(self, name: str) -> Row:
        """Return a row. Raises `KeyError`."""
        if name not in self._known:
            if len(self._known) > _MANY:
                return self._all[name]
            place = self._names[name]
            row = self._packed.rows[self._bounds[place] : self._bounds[place + 1]]
            self._known[name] = self._decoder.decode(row)
        return self._known[name]

    def __contains__(self, name: object) -> bool:
        """Tell whether there is a row with a name."""
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        """List the names, in their order."""
        return iter(self._names)

    def __len__(self) -> int:
        """Count the rows."""
        return len(self._names)

    def keys(self) -> KeysView[str]:
        """Return the names, which compare as those of a dictionary do."""
        return self._names.keys()

    def values(self) -> ValuesView[Row]:
        """Decode all rows at once, in less time than one by one."""
        return self._all.values()

    def items(self) -> ItemsView[str, Row]:
        """Decode all rows, with their names."""
        return self._all.items()

    @cached_property
    def _all(self) -> dict[str, Row]:
        rows = msgspec.msgpack.decode(self._packed.rows, type=list[self._type])  # type: ignore[name-defined]
        found = dict(zip(self._packed.names, rows, strict=True))
        found.update(self._known)
        self._known = found
        return found

    @cached_property
    def _decoder(self) -> msgspec.msgpack.Decoder[Row]:
        return msgspec.msgpack.Decoder(self._type)

    @cached_property
    def _bounds(self) -> Sequence[int]:
        return self._packed.bounds.cast("Q")

    @cached_property
    def _names(self) -> dict[str, int]:
        """The place of each row among those that are packed; others are known, and have none."""
        places = dict(zip(self._packed.names, count(), strict=False))
        for name in self._known:
            places.setdefault(name, -1)
        return places


def pack(rows: Mapping[str, object]) -> Packed:
    """Encode rows by their names."""
    encode = msgspec.msgpack.Encoder().encode
    encoded = [encode(row) for row in rows.values()]
    start = b"\xdd" + len(encoded).to_bytes(4, "big")  # of a list, in MessagePack
    bounds = array("Q", accumulate(map(len, encoded), initial=len(start)))
    joined = b"".join((start, *encoded))
    return Packed(tuple(rows), memoryview(bounds).cast("B"), memoryview(joined))
