"""Series of a table that a chart draws: its numbers by column, if all of them are comparable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from dossier.content.tables.columns import Column, ColumnKind, is_missing
from dossier.content.tables.read import Table, TableError

Form = Literal["line", "bar"]
"""The form of a chart."""

MOST_SERIES = 6
MOST_BARS = 100


class Series(NamedTuple):
    """A column as a chart draws it: its values, None for gaps, and how each is written."""

    name: str
    values: tuple[Decimal | None, ...]
    decimals: tuple[int, ...]


class ChartData(NamedTuple):
    """What a chart draws: a label of each row, the series, the unit of all."""

    labels: tuple[str, ...]
    labels_are: ColumnKind
    series: tuple[Series, ...]
    unit: str


def chart_data(table: Table, form: Form) -> ChartData:
    """Find what a chart draws. Raises `TableError` where a column cannot be drawn."""
    first, *others = table.columns
    if not others:
        raise TableError("a chart needs a column of labels and one of numbers")
    if len(others) > MOST_SERIES:
        message = f"a chart draws at most {MOST_SERIES} columns of numbers; this file has "
        raise TableError(f"{message}{len(others)}", hint="leave out {chart=…}, or some columns")
    if form == "line" and len(first.cells) < 2:
        raise TableError("a line needs two rows or more", hint="write {chart=bar}")
    if form == "bar" and len(first.cells) * len(others) > MOST_BARS:
        message = f"a chart draws at most {MOST_BARS} bars; this file has "
        hint = "leave out {chart=bar}, or some rows; {chart=line} draws more"
        raise TableError(f"{message}{len(first.cells) * len(others)}", hint=hint)
    series = tuple(_series(column, table.lines) for column in others)
    return ChartData(first.cells, first.kind, series, _common_unit(others))


def _series(column: Column, lines: Sequence[int]) -> Series:
    named = f"the column '{column.name}'"
    hint = "a chart draws numbers only: leave out {chart=…}, or the column"
    for cell, number, line in zip(column.cells, column.numbers, lines, strict=True):
        if number is None and not is_missing(cell):
            raise TableError(f"{named} has '{_short(cell)}', which is not a number", line, hint)
    if not any(column.numbers):
        raise TableError(f"{named} has no numbers", hint=hint)
    values = tuple(number.value if number else None for number in column.numbers)
    decimals = tuple(number.decimals if number else 0 for number in column.numbers)
    return Series(column.name, values, decimals)


def _common_unit(columns: Sequence[Column]) -> str:
    """Return the unit of all numbers. Raises `TableError` where there are several."""
    named = list(_units(columns))
    first = named[0] if named else ("", "")
    for unit, name in named:
        if unit != first[0]:
            one, other = (f"'{u}'" if u else "none" for u in (first[0], unit))
            where = f"those of '{name}'" if name != first[1] else "others"
            message = f"the numbers of '{first[1]}' have the unit {one}, {where} {other}"
            raise TableError(message, hint="one chart shows one unit: leave out {chart=…}")
    return first[0]


def _units(columns: Sequence[Column]) -> Iterator[tuple[str, str]]:
    for column in columns:
        for number in column.numbers:
            if number:
                yield number.unit, column.name


def _short(cell: str) -> str:
    return cell if len(cell) <= 40 else f"{cell[:40]}…"
