"""Decoded text of a file, for problems that point into it."""

from __future__ import annotations

import re
from bisect import bisect_right
from codecs import BOM_UTF8
from functools import cached_property

from dossier.problems import Problem, ProblemError, Severity

MAX_BYTES = 4 * 1024 * 1024
_SEEN = bytes({*b"\t\n", *range(0x20, 0x100)} - {0x7F})
_CONTROLS = re.compile(rb"\xc2[\x80-\x9f]")
_OTHERS = ("\u2028", "\u2029", "\ufeff", "\ufffe", "\uffff")


class SourceText:
    """The text of one file, for problems that point into it."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text

    @cached_property
    def is_clean(self) -> bool:
        """Whether it has no control, and no end of a line that is none in editors."""
        data = self.text.encode()
        if data.translate(None, _SEEN):
            return False
        return data.isascii() or not (
            _CONTROLS.search(data) or any(map(self.text.__contains__, _OTHERS))
        )

    def line(self, number: int) -> str:
        """Return line `number`, counted from 1; an empty string beyond the end."""
        if not 0 < number <= len(self._starts):
            return ""
        start = self._starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start : end if end >= 0 else None].rstrip("\r")

    @cached_property
    def _starts(self) -> list[int]:
        """The offset at which each line begins."""
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def problem(
        self,
        line: int,
        column: int,
        message: str,
        hint: str = "",
        severity: Severity = "error",
    ) -> Problem:
        """Build a problem at a line and column of this file, with the line as its excerpt."""
        if line > len(self._starts):  # libyaml, where no newline ends the text
            line, column = len(self._starts), len(self.text) - self._starts[-1] + 1
        return Problem(self.path, line, column, message, hint, self.line(line), severity)

    def problem_at(
        self, offset: int, message: str, hint: str = "", severity: Severity = "error"
    ) -> Problem:
        """Build a problem at a character offset of this file."""
        line = bisect_right(self._starts, offset)
        return self.problem(line, offset - self._starts[line - 1] + 1, message, hint, severity)

    def offset(self, line: int, column: int) -> int:
        """Return the character offset of a line and a column, both counted from 1."""
        return self._starts[line - 1] + column - 1


def decode_text(data: bytes, name: str) -> SourceText:
    """Decode UTF-8 with or without a byte order mark, and with any line ends.

    Raises `ProblemError` where it is not UTF-8 or too large.
    """
    if len(data) > MAX_BYTES:
        message = f"the file has {len(data):,} bytes; the limit is {MAX_BYTES:,}"
        raise ProblemError(Problem(name, 0, 0, message))
    data = data.removeprefix(BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        readable = _with_newlines(data[: error.start].decode())
        line, column = readable.count("\n") + 1, len(readable) - readable.rfind("\n")
        hint = "save the file as UTF-8"
        raise ProblemError(
            Problem(name, line, column, "this character is not UTF-8 text", hint)
        ) from None
    return SourceText(name, _with_newlines(text))


def _with_newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
