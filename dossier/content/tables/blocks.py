"""Tables as GitHub reads them: markdown-it-py's rule, with one token for a whole table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock


SPACES = (
    "\t\n\x0b\x0c\r \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""What markdown-it takes off the ends of a text."""
_DASHES = re.compile(r"(?:-[|:-]|[|:][|: \t-])[|: \t-]*")
_COLUMN = re.compile(r"(:?)-+(:?)")
_BETWEEN = re.compile(r"(?<!\\)\|")
_MOST_EMPTY = 0x10000
"""Cells that rows may lack in all: a wide table with short rows would grow without end."""


def table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a table, looked for only where a line of dashes may follow."""
    if start + 2 > end:
        return False
    place = state.bMarks[start + 1] + state.tShift[start + 1]
    if state.src[place : place + 1] not in ("|", "-", ":"):
        return False
    if state.sCount[start + 1] < state.blkIndent or state.is_code_block(start + 1):
        return False
    sides = _sides(state.src[place : state.eMarks[start + 1]])
    line = _line(state, start)
    if not sides or "|" not in line or state.is_code_block(start):
        return False
    head = _cells(line)
    if len(head) != len(sides):
        return False
    if not silent:
        _push(state, start, end, head, sides)
    return True


def read_rows(lines: Sequence[str], starts: Sequence[int]) -> dict[str, Any] | None:
    """Read a table whose lines are known, each with a `|` at both ends; None if it is none."""
    sides = _sides(lines[1])
    found = [_cells(line) for line in (lines[0], *lines[2:])]
    lacking = sum([len(sides) - len(cells) for cells in found])
    if not sides or len(found[0]) != len(sides) or lacking > _MOST_EMPTY:
        return None
    places = (starts[0], *starts[2:])
    rows = [_row(start, cells, sides) for start, cells in zip(places, found, strict=True)]
    return {"sides": sides, "rows": rows}


def _sides(line: str) -> list[str]:
    """Read the line of dashes: the side of each column; nothing where it is no such line."""
    if not _DASHES.fullmatch(line):
        return []
    sides = []
    columns = line.split("|")
    for number, column in enumerate(columns):
        dashes = column.strip(" \t")
        match = _COLUMN.fullmatch(dashes)
        if match:
            sides.append(("center" if match[1] else "right") if match[2] else "")
        elif dashes or 0 < number < len(columns) - 1:
            return []
    return sides


def _line(state: StateBlock, line: int) -> str:
    return state.src[_start(state, line) : state.eMarks[line]].strip(SPACES)


def _start(state: StateBlock, line: int) -> int:
    return state.bMarks[line] + state.tShift[line]


def _cells(line: str) -> list[str]:
    if "\\" in line:
        cells = [cell.replace("\\|", "|") for cell in _BETWEEN.split(line)]
    else:
        cells = line.split("|")
    if not cells[0]:
        del cells[0]
    if cells and not cells[-1]:
        del cells[-1]
    return cells


def _push(
    state: StateBlock, start: int, end: int, head: Sequence[str], sides: Sequence[str]
) -> None:
    before, state.parentType = state.parentType, "table"
    ends = state.md.block.ruler.getRules("blockquote")
    rows = [_row(_start(state, start), head, sides)]
    line, lacking = start + 2, 0
    while line < end and state.sCount[line] >= state.blkIndent:
        if any(rule(state, line, end, True) for rule in ends):
            break
        text = _line(state, line)
        if not text or state.is_code_block(line):
            break
        cells = _cells(text)
        lacking += len(sides) - len(cells)
        if lacking > _MOST_EMPTY:
            break
        rows.append(_row(_start(state, line), cells, sides))
        line += 1
    state.push("table", "table", 0).meta = {"sides": sides, "rows": rows}
    state.parentType, state.line = before, line


def _row(start: int, cells: Sequence[str], sides: Sequence[str]) -> tuple[list[int], list[str]]:
    """Keep where a row begins, and its cells."""
    return [start], [cell.strip(SPACES) for cell in cells[: len(sides)]]
