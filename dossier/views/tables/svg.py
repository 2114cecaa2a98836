"""Pieces of SVG that charts are made of.

Style sheets colour them by custom properties. The attributes repeat the colours of the light theme
for what reads no style sheet of the page, as WeasyPrint within SVG.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from dossier.content.brand.palette import Palette
from dossier.views.tables.scale import FONT, LINE

RULE = "d2d5d0"
SERIES = ("1f6f8b", "8a6d00", "6a3d9a", "3f7d20", "555c62")
"""The colours of the other series on light pages, as chart-colours.css has them."""


class Size(NamedTuple):
    """A size in which a chart is drawn: its name, its width, the height of one with lines."""

    name: str
    width: int
    height: int
    ticks: int


SIZES = (Size("wide", 600, 300, 6), Size("narrow", 340, 260, 4))


class Pen(NamedTuple):
    """Writes elements in the colours of a site."""

    palette: Palette

    def frame(self, size: Size, height: float, label: str, inner: Sequence[str]) -> str:
        """Put the elements of a chart into an image with a name."""
        soft = self.palette.soft.light
        return (
            f'<svg class="plot" data-size="{size.name}" viewBox="0 0 {size.width} {height:g}" '
            f'direction="ltr" role="img" aria-label="{escape(label)}" data-pagefind-ignore '
            f'font-family="SourceSansPro,sans-serif" font-size="{FONT}" fill="#{soft}">'
            f"{''.join(inner)}</svg>"
        )

    def grid(self, way: str) -> str:
        """Draw the lines at ticks."""
        return f'<path class="grid" d="{way}" fill="none" stroke="#{RULE}"/>'

    def zero(self, way: str) -> str:
        """Draw the line at zero."""
        return f'<path class="zero" d="{way}" fill="none" stroke="#{self.palette.soft.light}"/>'

    def line(self, number: int, way: str) -> str:
        """Draw the line of a series, counted from 0."""
        mark = f'data-series="{number + 1}" fill="none" stroke="#{self._colour(number)}"'
        return f'<path {mark} stroke-width="2.5" stroke-linejoin="round" d="{way}"/>'

    def dot(self, number: int, x: float, y: float) -> str:
        """Draw a point of a series."""
        fill = self._colour(number)
        return f'<circle data-series="{number + 1}" cx="{x:g}" cy="{y:g}" r="3.5" fill="#{fill}"/>'

    def bar(self, number: int, x: float, y: float, width: float, height: float) -> str:
        """Draw a bar of a series."""
        place = f'x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"'
        return f'<rect data-series="{number + 1}" {place} fill="#{self._colour(number)}"/>'

    def name(self, number: int, lines: Sequence[str], x: float, y: float) -> str:
        """Write the name of a series in its colour."""
        fill = f'data-series="{number + 1}" font-weight="600" fill="#{self._colour(number)}"'
        return write(lines, x, y, more=fill)

    def _colour(self, number: int) -> str:
        return (self.palette.accent.light, *SERIES)[number]


def write(lines: Sequence[str], x: float, y: float, anchor: str = "", more: str = "") -> str:
    """Write lines of text around a height."""
    top = y + FONT * 0.35 - LINE * (len(lines) - 1) / 2
    start = f' text-anchor="{anchor}"' if anchor else ""
    more = f" {more}" if more else ""
    if len(lines) == 1:
        return f'<text x="{x:g}" y="{top:g}"{start}{more}>{escape(lines[0])}</text>'
    rows = "".join(
        f'<tspan x="{x:g}" y="{top + LINE * number:g}">{escape(line)}</tspan>'
        for number, line in enumerate(lines)
    )
    return f"<text{start}{more}>{rows}</text>"
