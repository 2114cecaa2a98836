"""Results of slow functions of texts, kept from one build to the next.

They hold as long as a key is the same, which covers all that they depend on beside the texts.
Nothing is read before a function is asked for what it has not been asked in this process.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

import msgspec

from dossier.sealed_file import read_sealed, write_sealed

Given = ParamSpec("Given")
Result = TypeVar("Result")


class _File(msgspec.Struct, array_like=True):
    """Results, by the name of a function and by what it was given."""

    key: str
    results: dict[str, dict[str, bool | str | list[str]]]


class KeptResults:
    """Results in a file for a key; without a file, those of this process."""

    def __init__(self) -> None:
        self._file: Path | None = None
        self._kept = _File("", {})
        self._key = ""
        self._has_more = False

    def keep_in(self, file: Path, key: str) -> None:
        """Name the file, and the key for which results in it hold."""
        if (file, key) != (self._file, self._key):
            self._file, self._key = file, key
            self._kept = _File("", {})

    def of(self, function: Callable[Given, Result]) -> Callable[Given, Result]:
        """Keep the results of a function of texts: truth values, texts or lists of them."""
        name = function.__qualname__

        @wraps(function)
        def ask(*texts: Given.args, **named: Given.kwargs) -> Result:
            results = self._load().setdefault(name, {})
            given = "\0".join(cast("tuple[str, ...]", (*texts, *named.values())))
            if given not in results:
                results[given] = function(*texts, **named)  # type: ignore[assignment]
                self._has_more = True
            return cast("Result", results[given])

        return ask

    def save(self) -> None:
        """Write the file, if there are results that it lacks."""
        if self._file and self._has_more:
            write_sealed(self._file, msgspec.msgpack.encode(self._kept))
            self._has_more = False

    def _load(self) -> dict[str, dict[str, bool | str | list[str]]]:
        if self._kept.key != self._key:
            self._kept = _File(self._key, {})
            found = _read(self._file) if self._file else None
            if found and found.key == self._key:
                self._kept = found
        return self._kept.results


def _read(file: Path) -> _File | None:
    try:
        return msgspec.msgpack.decode(read_sealed(file), type=_File)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
