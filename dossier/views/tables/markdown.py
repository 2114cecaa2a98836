"""Tables of files in the Markdown copy of a text: a table that any program reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from dossier.content.documents import Shown, Slot
from dossier.content.markdown.inline.links import find_tail
from dossier.content.markdown.portable import Piece, escape
from dossier.content.tables.read import Table
from dossier.language.messages import gettext
from dossier.views.tables.cells import typeset_column

_CONTAINERS = re.compile(r"[\s>*+\-.)\d]*(?=!\[)")
_LABEL = re.compile(r"!?\[[^\[\]\n]*\](?:\[[^\[\]\n]*\])?")
_ATTRIBUTES = re.compile(r"[ \t]*\{[^{}\n]*\}")


def table_pieces(
    text: str, slots: Iterable[Slot], render: Callable[[Slot], str]
) -> Iterator[Piece]:
    """List the images of tables in a text, with the tables that stand in their place.

    Each line of a table begins as the line of its image does: with the marks of its container.
    """
    for slot in slots:
        if slot.table:
            line, start, end = _find(text, slot.place)
            margin = re.sub(r"[^>\s]", " ", text[line:start])
            first, *lines = render(slot).split("\n")
            yield start, end, "\n".join([first, *((margin + line).rstrip() for line in lines)])


def _find(text: str, place: int) -> tuple[int, int, int]:
    """Find an image that begins its paragraph: its line, its start, its end."""
    line = place
    while True:
        line = text.rfind("\n", 0, line) + 1
        if match := _CONTAINERS.match(text, line):
            break
        if not line:
            return place, place, place
        line -= 1
    start = match.end()
    opening = text.rfind("(", start, place + 1)
    tail = find_tail(text, opening) if opening > start else None
    if tail:
        end = tail[2]
    else:
        label = _LABEL.match(text, start)
        end = label.end() if label else start
    attributes = _ATTRIBUTES.match(text, end)
    return line, start, attributes.end() if attributes else end


def table_markdown(table: Table, shown: Shown, address: str, lang: str) -> str:
    """Render a table with its caption before it, its source and its file behind it."""
    columns = [typeset_column(column, lang) for column in table.columns]
    sides = ["--:" if column.kind == "number" else "---" for column in table.columns]
    lines = [_row(column.name for column in table.columns), f"| {' | '.join(sides)} |"]
    lines += [_row(row) for row in zip(*columns, strict=True)]
    file = gettext(lang, "Data (CSV)")
    link = f"[{file}]({address})"
    source = f"{escape(shown.credit)} · {link}" if shown.credit else link
    return "\n".join([f"**{escape(shown.caption)}**", "", *lines, "", source])


def _row(cells: Iterable[str]) -> str:
    shown = (escape(cell).replace("|", r"\|").replace("\n", " ") for cell in cells)
    return f"| {' | '.join(shown)} |"
