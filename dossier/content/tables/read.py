"""Reader of CSV files: bytes to a table, or the line that is wrong.

Commas, semicolons and tabs separate fields; whichever gives every line as many fields as the first
one is taken. Text is UTF-8, or UTF-16 with its mark, as spreadsheets write it.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from dossier.content.source_text import MAX_BYTES, decode_text
from dossier.content.tables.columns import Column, build_column, is_year
from dossier.content.tables.numbers import find_decimal_sign
from dossier.fingerprint import digest
from dossier.problems import ProblemError

MAX_ROWS = 1000
MAX_COLUMNS = 60
_DELIMITERS = ",;\t|"
_SAMPLE = 30
_LINK_IT = "show a part of it, or link to the file: [text](/files/name.csv)"
_HINT = "save it as “CSV UTF-8”, as spreadsheets call it"
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_DECLARED = re.compile(r"sep=(.)\n", re.IGNORECASE)


class TableError(Exception):
    """Raised where a file is no table; `line` is 0 where no line is wrong."""

    def __init__(self, message: str, line: int = 0, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.line, self.hint = message, line, hint


class Table(NamedTuple):
    """A table: its columns, all of one length; the line of each row; the file's fingerprint."""

    columns: tuple[Column, ...]
    lines: tuple[int, ...]
    fingerprint: str


class _Row(NamedTuple):
    line: int
    fields: list[str]


def read_table(path: Path) -> Table:
    """Read a file. Raises `TableError`, also where it is too large to be read."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise TableError(f"it has {size:,} bytes; the limit is {MAX_BYTES:,}", hint=_LINK_IT)
    return parse_table(path.read_bytes(), path.name)


def parse_table(data: bytes, name: str) -> Table:
    """Read the bytes of a file. Raises `TableError`."""
    text = _decode(data, name)
    delimiter = "\t" if name.lower().endswith(".tsv") else ""
    first_line = 1
    if declared := _DECLARED.match(text):
        delimiter, text, first_line = declared[1], text[declared.end() :], 2
    delimiter = delimiter or _find_delimiter(text)
    found = _rows(text, delimiter, first_line)
    if not found:
        raise TableError("it is empty", hint="write a line with the names of the columns first")
    header, *rows = found
    if not rows:
        raise TableError("it has one line only", header.line, "the first line names the columns")
    width = _width(header, rows)
    sign = find_decimal_sign(
        (field for row in rows for field in row.fields), "," if delimiter == ";" else "."
    )
    cells = zip(*(_padded(row.fields, width) for row in rows), strict=True)
    columns = tuple(
        build_column(title, column, sign, first=not number)
        for number, (title, column) in enumerate(
            zip(_padded(header.fields, width), cells, strict=True)
        )
    )
    _check_names(columns, header.line, sign)
    return Table(columns, tuple(row.line for row in rows), digest(data))


def _decode(data: bytes, name: str) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            data = data.decode("utf-16").encode()
        except UnicodeDecodeError:
            raise TableError("it is not UTF-8 text", hint=_HINT) from None
    try:
        text = decode_text(data, name).text
    except ProblemError as error:
        problem = error.problems[0]
        raise TableError(problem.message, problem.line, _HINT) from None
    if bad := _FORBIDDEN.search(text):
        line = text.count("\n", 0, bad.start()) + 1
        message = f"the character U+{ord(bad[0]):04X} is not allowed here"
        raise TableError(message, line, "delete it: it is invisible")
    return text


def _find_delimiter(text: str) -> str:
    """Find the sign that gives most lines as many fields as the first, and more than one."""
    sample = "".join(text.splitlines(keepends=True)[:_SAMPLE])
    best, most = ",", 0
    for delimiter in _DELIMITERS:
        try:
            rows = list(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter))
        except csv.Error:
            continue
        rows = [row for row in rows if row]
        alike = sum(len(row) == len(rows[0]) for row in rows) if rows else 0
        if rows and len(rows[0]) > 1 and alike > most:
            best, most = delimiter, alike
    return best


def _rows(text: str, delimiter: str, first_line: int) -> list[_Row]:
    """Split a text into rows; lines without any text are left out."""
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter, strict=True, skipinitialspace=True
    )
    rows: list[_Row] = []
    line = first_line
    while True:
        try:
            fields = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            raise _quote_problem(error, line) from None
        if any(map(str.strip, fields)):
            rows.append(_Row(line, [field.strip() for field in fields]))
        line = first_line + reader.line_num
    if len(rows) - 1 > MAX_ROWS:
        message = f"it has {len(rows) - 1:,} rows; a table shows at most {MAX_ROWS:,}"
        raise TableError(message, hint=_LINK_IT)
    return rows


def _quote_problem(error: csv.Error, line: int) -> TableError:
    if "unexpected end" in str(error):
        return TableError('a " opens a field that nothing closes', line, 'write " as "" in a field')
    if "limit" in str(error):
        return TableError("a field is too long", line, 'a " may be missing at its end')
    return TableError('text follows the " that closes a field', line, 'write " as "" in a field')


def _width(header: _Row, rows: Sequence[_Row]) -> int:
    """Count the columns, without empty ones at the end. Raises `TableError` for ragged rows."""
    width = len(header.fields)
    while width and not header.fields[width - 1] and not any(_has(row, width) for row in rows):
        width -= 1
    if width > MAX_COLUMNS:
        message = f"it has {width} columns; a table shows at most {MAX_COLUMNS}"
        raise TableError(message, hint=_LINK_IT)
    wrong = [row for row in rows if len(row.fields) < width or any(row.fields[width:])]
    if wrong:
        count = len(wrong[0].fields)
        fields = "1 field" if count == 1 else f"{count} fields"
        more = f"; {len(wrong) - 1} more lines differ" if len(wrong) > 2 else ""
        more = more or ("; another line differs" if len(wrong) == 2 else "")
        message = f"it has {fields}, but the first line names {width} columns{more}"
        hint = 'a field with a separator in it goes in quotes: "Paris, France"'
        raise TableError(message, wrong[0].line, hint)
    return width


def _has(row: _Row, width: int) -> bool:
    return len(row.fields) >= width and bool(row.fields[width - 1])


def _padded(fields: list[str], width: int) -> list[str]:
    return fields[:width] + [""] * (width - len(fields))


def _check_names(columns: Sequence[Column], line: int, sign: str) -> None:
    """Raise `TableError` where the first line does not name the columns."""
    for number, column in enumerate(columns, 1):
        if not column.name and number > 1:
            raise TableError(f"column {number} has no name", line, "name it in the first line")
    names = [build_column("", (c.name,), sign, first=False) for c in columns]
    numeric = [
        name.numbers[0]
        for name, column in zip(names, columns, strict=True)
        if column.kind == "number"
    ]
    if not numeric or not all(numeric):
        return
    values = [number.value for number in numeric if number]
    if all(map(is_year, numeric)) or values == list(range(1, len(values) + 1)):
        return
    message = "the first line has numbers where the names of the columns should be"
    raise TableError(message, line, "write a line with the names above it")
