"""Columns of a table: which hold numbers, years or ids, and which hold words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Literal, NamedTuple

from dossier.content.tables.numbers import Number, parse_number

ColumnKind = Literal["text", "number", "year", "date", "id"]

_MISSING = frozenset(
    {"", "-", "–", "—", "..", "...", "…", ":", "/", "n/a", "#n/a", "na", "n.a.", "nd", "n.d."}
    | {"k.a.", "s.o.", "null", "nan", "none"}
)
"""What people write where there is no value, in lower case."""

_ID = re.compile(
    r"(?:\w+[ _-])*(?:ids?|codes?|no\.?|nr\.?|n°|isbn|issn|sire[nt]|zip|postcode|plz|tel\.?)\Z"
    r"|code postal|phone",
    re.IGNORECASE,
)
_FIRST_YEAR, _LAST_YEAR = 1500, 2150
_ISO = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")


class Column(NamedTuple):
    """A column: its name, what it holds, its cells as written, and the numbers among them."""

    name: str
    kind: ColumnKind
    cells: tuple[str, ...]
    numbers: tuple[Number | None, ...]


def build_column(name: str, cells: Sequence[str], sign: str, first: bool) -> Column:
    """Find out what a column holds; `sign` is the file's decimal sign."""
    numbers = tuple(parse_number(cell, sign) for cell in cells)
    return Column(name, _kind(name, cells, numbers, first), tuple(cells), numbers)


def is_missing(cell: str) -> bool:
    """Tell whether a cell says that there is no value."""
    return cell.casefold() in _MISSING


def is_year(number: Number | None) -> bool:
    """Tell whether a number may be a year."""
    return bool(number and number.plain and _FIRST_YEAR <= number.value <= _LAST_YEAR)


def _kind(
    name: str, cells: Sequence[str], numbers: Sequence[Number | None], first: bool
) -> ColumnKind:
    present = [cell for cell in cells if not is_missing(cell)]
    if first and present and all(map(_is_date, present)):
        return "date"
    found = [number for number in numbers if number]
    if 2 * len(found) <= len(present) or not found:
        return "text"
    if len(found) == len(present) and all(number.plain for number in found):
        if _are_ids(name, present, first):
            return "id"
        if all(map(is_year, found)):
            return "year"
    return "number"


def _are_ids(name: str, cells: Sequence[str], first: bool) -> bool:
    """Tell whether whole numbers are names: by their column, by zeros in front, or by their order.

    Numbers of one length that count up in the first column count the rows.
    """
    if _ID.match(name) or any(len(cell) > 1 and cell[0] == "0" for cell in cells):
        return True
    values = [int(cell) for cell in cells]
    counted = all(one + 1 == other for one, other in pairwise(values))
    return first and len(values) > 1 and counted and not _FIRST_YEAR <= values[0] <= _LAST_YEAR


def _is_date(cell: str) -> bool:
    if not _ISO.fullmatch(cell):
        return False
    try:
        date.fromisoformat(cell if len(cell) > 7 else f"{cell}-01")
    except ValueError:
        return False
    return True
