"""Cells of a table, typeset in the language of a page."""

from __future__ import annotations

from decimal import Decimal

from dossier.content.tables.columns import Column
from dossier.content.tables.numbers import Number
from dossier.language.formatting import format_date, format_number
from dossier.language.quantities import MINUS, unit_affixes
from dossier.language.typography import typeset


def typeset_column(column: Column, lang: str) -> tuple[str, ...]:
    """Set each cell of a column: numbers with the signs of the language, words as in a text."""
    if column.kind in ("id", "year"):
        return column.cells
    pairs = zip(column.cells, column.numbers, strict=True)
    if column.kind == "number":
        return tuple(set_number(n, lang) if n else typeset(c, lang) for c, n in pairs)
    if column.kind == "date":
        return tuple(format_date(cell, lang) if cell[:1].isdigit() else cell for cell, _ in pairs)
    return tuple(typeset(cell, lang) for cell in column.cells)


def set_number(number: Number, lang: str) -> str:
    """Set a number with every digit that was written, and with its unit."""
    return set_value(number.value, number.decimals, number.unit, lang, number.plus)


def set_value(value: Decimal, decimals: int, unit: str, lang: str, plus: bool = False) -> str:
    """Set a value with as many decimals, a true minus, and its unit."""
    before, after = unit_affixes(unit, lang)
    sign = MINUS if value < 0 else "+" if plus else ""
    digits = format_number(f"{abs(value):.{decimals}f}", lang)
    return f"{sign}{before}{digits}{after}"


def split_fraction(text: str, number: Number, lang: str) -> tuple[str, str]:
    """Split a set number before its decimal sign; where it has none, before its unit."""
    after = unit_affixes(number.unit, lang)[1]
    start = len(text) - len(after) - (number.decimals + 1 if number.decimals else 0)
    return text[:start], text[start:]
