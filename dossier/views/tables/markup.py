"""HTML of a table: a region that scrolls on narrow screens, with its caption and headers."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from dossier.content.tables.columns import Column
from dossier.content.tables.paper import fit_paper
from dossier.content.tables.read import Table
from dossier.language.quantities import unit_affixes
from dossier.language.typography import typeset
from dossier.views.tables.cells import split_fraction, typeset_column

_WIDEST = 9
"""The widest fraction for which the style sheet has a rule."""
_LONG_NAME = 16


def table_html(table: Table, label: str, lang: str, captioned: bool) -> str:
    """Render a table with the name `label`, which is its caption where nothing else shows it."""
    name = escape(label)
    caption = f"<caption><span>{name}</span></caption>" if captioned else ""
    header = "".join(_header(column, lang, not number) for number, column in _numbered(table))
    columns = [list(_cells(column, lang, not number)) for number, column in _numbered(table)]
    rows = "".join(f"<tr>{''.join(cells)}</tr>\n" for cells in zip(*columns, strict=True))
    return fit_paper(
        f'<div class="table" role="region" aria-label="{name}" tabindex="0"><table>{caption}\n'
        f"<thead><tr>{header}</tr></thead>\n<tbody>\n{rows}</tbody></table></div>"
    )


def _numbered(table: Table) -> Iterator[tuple[int, Column]]:
    return enumerate(table.columns)


def _header(column: Column, lang: str, first: bool) -> str:
    if not column.name:
        return "<td></td>"
    side = _side(column, first) + (" data-long" if len(column.name) > _LONG_NAME else "")
    return f'<th scope="col"{side}>{escape(typeset(column.name, lang))}</th>'


def _cells(column: Column, lang: str, first: bool) -> Iterator[str]:
    names_rows = first and column.kind != "number"
    opening = '<th scope="row">' if names_rows else f"<td{_side(column, first)}>"
    closing = "</th>" if names_rows else "</td>"
    width = _fraction_width(column, lang)
    for text, number in zip(typeset_column(column, lang), column.numbers, strict=True):
        if width and number:
            whole, fraction = map(escape, split_fraction(text, number, lang))
            shown = f'{whole}<span class="fraction" data-width="{width}">{fraction}</span>'
        else:
            shown = escape(text).replace("\n", "<br>")
        yield f"{opening}{shown}{closing}"


def _fraction_width(column: Column, lang: str) -> int:
    """Return how many digits wide the longest fraction is; 0 where all are alike."""
    written = [number for number in column.numbers if number]
    decimals = {number.decimals for number in written}
    if column.kind != "number" or len(decimals) == 1:
        return 0
    unit = max(len(unit_affixes(number.unit, lang)[1]) for number in written)
    return min(_WIDEST, max(decimals) + (3 * unit + 1) // 2)


def _side(column: Column, first: bool) -> str:
    is_measure = column.kind == "number" or (column.kind == "year" and not first)
    return ' class="right"' if is_measure else ""
