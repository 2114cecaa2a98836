"""Tables for programs: CSV (RFC 4180, UTF-8) and JSON (RFC 8259)."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import msgspec

from dossier.views.files import TableView, Value

SEPARATOR = " | "
"""The separator of several values in one CSV field."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_encode = msgspec.json.Encoder(decimal_format="number").encode


def csv_text(view: TableView) -> str:
    """Render a mark of UTF-8, a header, a record with CRLF for each row; unknown values are empty.

    A text that spreadsheets would take for a formula gets an apostrophe in front (OWASP, "CSV
    Injection").
    """
    file = io.StringIO()
    writer = csv.writer(file)
    licence = {"licence": view.licence} if view.licence else {}
    writer.writerow((*view.columns, *licence))
    last = licence.values()
    writer.writerows([_field(value) for value in (*row, *last)] for row in view.rows)
    return f"\ufeff{file.getvalue()}"  # by which spreadsheets know that it is UTF-8


def json_text(view: TableView) -> bytes:
    """Render an object with day and licence, if any, and a list of rows under the table's name."""
    about = {"as_of": view.as_of, "licence": view.licence}
    given = {name: value for name, value in about.items() if value}
    rows = [dict(zip(view.columns, row, strict=True)) for row in view.rows]
    return msgspec.json.format(_encode({**given, view.name: rows}), indent=1) + b"\n"


def _field(value: Value) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    text = SEPARATOR.join(value) if isinstance(value, tuple) else value or ""
    return f"'{text}" if text.startswith(_FORMULA) else text
