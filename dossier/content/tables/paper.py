"""Tables on paper: what is too wide for a sheet is set smaller, or broken by columns.

Works on HTML, so that it is the same for tables of texts and of files. Widths are estimated from
the letters of each column: a style sheet cannot know whether a table fits.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from itertools import zip_longest

from dossier.content.markdown.marks import TITLE_MARK

_OPENING = re.compile(r'(<div (?:aria-label="[^"]*" )?class="table")([^>]*>)(?=<table>)')
_CLOSING = "</table></div>"
_COPY = re.compile(r'<div class="on-paper".*?</div>', re.DOTALL)
_SHEET = 480
"""The width of the text on a sheet of A4, in points."""
_SIZES = (("", 9.0, 15.0), ("small", 7.5, 6.0), ("tiny", 6.0, 4.0))
"""Settings of the style sheet: their name, the size of type, the room at the side of a cell."""
_LETTER = 0.6
_CAPITALS = 1.3
"""How much wider the capitals of headers are, which only tables of the usual size have."""
_WRAPPED = 14
"""Letters that a line of words in a cell should have at least."""
_LONGEST = 30
_FEW = int(_SHEET / (_WRAPPED * _LETTER * _CAPITALS * _SIZES[0][1] + _SIZES[0][2]))
"""Columns that fit if no cell is longer than that."""

_ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<t([hd])\b.*?</t\1>", re.DOTALL)
_SHORT = re.compile(rf"<t[hd]\b[^>]*>([^<&\x00-\x1f]{{0,{_WRAPPED}}})</t[hd]>")
_SMALL = re.compile(
    rf"<table>(?:<tr>(?:<t[hd]\b[^>]*>[^<&\x00-\x1f]{{0,{_WRAPPED}}}</t[hd]>){{0,{_FEW}}}</tr>"
    r"|</?t(?:head|body)>)*+\Z"
)
"""A table that fits, as one can tell without measuring: a few columns of short cells."""
_TAG = re.compile(r"<[^>]*>")
_ID = re.compile(r' id="[^"]*"')
_CAPTION = re.compile(r"<caption>.*?</caption>", re.DOTALL)
_BREAK = re.compile(r"[ \n-]")


def fit_paper(rendered: str) -> str:
    """Mark the tables of a text that are too wide, and add copies of those that must be broken."""
    *tables, rest = rendered.split(_CLOSING)
    return "".join([*map(_fit_last, tables), rest])


def without_copies(rendered: str) -> str:
    """Remove the copies that only paper shows."""
    return _COPY.sub("", rendered)


def _fit_last(text: str) -> str:
    """Mark the table that a text ends with, whose end was taken off."""
    match = _OPENING.search(text, max(text.find("<div "), 0))
    if match is None or _SMALL.match(text, match.end()):
        return text + _CLOSING
    return text[: match.start()] + _fit(match[1], match[2], f"{text[match.end() :]}</table>")


def _fit(opening: str, attributes: str, table: str) -> str:
    unchanged = f"{opening}{attributes}{table}</div>"
    rows = [_cells(row) for row in _ROW.findall(table)]
    columns = list(zip_longest(*rows, fillvalue=""))
    widths: list[float] = [max(map(_letters, column)) for column in columns]
    heads = [_CAPITALS * _letters(column[0]) for column in columns]
    if _points(list(map(max, widths, heads)), *_SIZES[0][1:]) <= _SHEET:
        return unchanged
    for name, size, side in _SIZES[1:]:
        if _points(widths, size, side) <= _SHEET:
            return f'{opening} data-paper="{name}"{attributes}{table}</div>'
    pieces = [_piece(table, rows, kept) for kept in _pieces(widths)]
    pieces[1:] = [_CAPTION.sub("", piece) for piece in pieces[1:]]
    copy = f'<div class="on-paper" aria-hidden="true" data-pagefind-ignore>{"".join(pieces)}</div>'
    return f'{opening} data-paper="broken"{attributes}{table}</div>{copy}'


def _cells(row: str) -> list[str]:
    return [match[0] for match in _CELL.finditer(row)]


def _letters(cell: str) -> int:
    """Estimate the letters that a cell needs in one line: its longest word, or a few of them."""
    if match := _SHORT.fullmatch(cell):
        return len(match[1])
    text = html.unescape(_TAG.sub("", cell.replace("<br>", " ")))
    if TITLE_MARK in text:  # a title that the site fills in
        return _WRAPPED
    longest = max(map(len, _BREAK.split(text)))
    return min(max(longest, min(len(text), _WRAPPED)), _LONGEST)


def _points(widths: Sequence[float], size: float, side: float) -> float:
    return sum(width * _LETTER * size + side for width in widths)


def _pieces(widths: Sequence[float]) -> list[list[int]]:
    """Divide columns among tables of much the same width that all begin with the first one."""
    _, size, side = _SIZES[1]
    room = _SHEET - _points(widths[:1], size, side)
    needed = _points(widths[1:], size, side)
    share = needed / -(-needed // max(room, 1))
    pieces, used = [[0]], 0.0
    for number, width in enumerate(widths[1:], 1):
        points = _points([width], size, side)
        if len(pieces[-1]) > 1 and used + points > min(room, share + points):
            pieces.append([0])
            used = 0.0
        pieces[-1].append(number)
        used += points
    return pieces


def _piece(table: str, rows: Sequence[Sequence[str]], columns: Sequence[int]) -> str:
    """Copy some columns of a table; anchors stay in the original."""
    kept = iter(rows)

    def row(_match: re.Match[str]) -> str:
        cells = next(kept)
        return f"<tr>{''.join(cells[n] for n in columns if n < len(cells))}</tr>"

    return _ID.sub("", _ROW.sub(row, table))
