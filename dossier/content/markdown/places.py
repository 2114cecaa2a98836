"""Where the characters of a text stand in the body that it is a part of."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, count
from operator import add

import msgspec

_CELL = re.compile(r"(?:[^\\|\n]++|\\.?)*+")


def line_starts(text: str) -> list[int]:
    """Find where each line of a text begins."""
    if "\n" not in text:
        return [0]
    lengths = map(len, text.split("\n")[:-1])
    return [0, *map(add, accumulate(lengths), count(1))]


def line_bounds(text: str) -> list[int]:
    """Find where each line begins, and where the text ends; spaces at its end are no line."""
    seen = text.rstrip(" \t")
    starts = line_starts(seen)
    if starts[-1] == len(seen):
        starts.pop()
    return [*starts, len(text)]


class Places(msgspec.Struct):
    """Where the characters of a text stand in the body."""

    text: str
    starts: Sequence[int]
    body: str
    cell: int = -1
    begins: list[int] | None = None

    def __call__(self, place: int) -> int:
        """Convert a place in the text to an offset in the body."""
        text, starts = self.text, self.starts
        if not starts:
            return 0
        if self.cell < 0 and "\n" not in text:  # as most often
            return starts[0] + place
        if self.begins is None:
            self.begins = line_starts(text)
        line = bisect_right(self.begins, place) - 1
        start = starts[min(line, len(starts) - 1)]
        if self.cell >= 0:
            start = self._cell_start(start, self.cell)
            return start + place + text.count("|", 0, place)  # each was written as \|
        if line == 0:
            return start + place
        begin, indent = self.begins[line], 0
        while text[begin + indent : begin + indent + 1] in (" ", "\t"):
            indent += 1
        return start + max(0, place - begin - indent)

    def _cell_start(self, start: int, number: int) -> int:
        start += self.body[start] == "|"
        for _ in range(number):
            match = _CELL.match(self.body, start)
            start = match.end() + 1 if match else start
        while self.body[start : start + 1] in (" ", "\t"):
            start += 1
        return start
