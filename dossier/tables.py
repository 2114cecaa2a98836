"""Tables for programs: CSV (RFC 4180, UTF-8) and JSON (RFC 8259)."""

from __future__ import annotations

import csv
import io

import msgspec

from dossier.resource_views import TableView, Value

SEPARATOR = " | "
"""Between several values in one field of CSV."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_text(view: TableView) -> str:
    """A header and a record for each row, lines ended by CRLF.

    A field that a spreadsheet would take for a formula begins with an apostrophe (OWASP, "CSV
    Injection").
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(view.columns)
    writer.writerows([_field(value) for value in row] for row in view.rows)
    return text.getvalue()


def json_text(view: TableView) -> bytes:
    """An object with the day and, under the table's name, an object for each row."""
    rows = [dict(zip(view.columns, row, strict=True)) for row in view.rows]
    text = msgspec.json.encode({"as_of": view.as_of, view.name: rows})
    return msgspec.json.format(text, indent=1) + b"\n"


def _field(value: Value) -> str:
    text = value if isinstance(value, str) else SEPARATOR.join(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
