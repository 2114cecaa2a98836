"""Line charts: values over years, dates, or rows in their order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby

from dossier.content.tables.series import ChartData
from dossier.language.formatting import format_date
from dossier.language.typography import typeset
from dossier.views.tables.cells import set_value
from dossier.views.tables.scale import BOLD, LINE, Scale, broken, build_scale, spread, text_width
from dossier.views.tables.svg import Pen, Size, write

_TOP, _BOTTOM, _GAP = 12, 28, 8
_YEAR_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500)


def draw_lines(data: ChartData, size: Size, lang: str, pen: Pen, label: str) -> str:
    """Draw a line for each series, with its name at its end."""
    return _Lines(data, size, lang, pen).draw(label)


class _Lines:
    def __init__(self, data: ChartData, size: Size, lang: str, pen: Pen) -> None:
        self.data, self.size, self.lang, self.pen = data, size, lang, pen
        values = [value for one in data.series for value in one.values if value is not None]
        self.scale: Scale = build_scale(values, size.ticks, from_zero=False)
        self.labels = [self._value(tick) for tick in self.scale.ticks]
        room = size.width * 0.3 / BOLD
        self.names = [broken(typeset(one.name, lang), room) for one in data.series]
        self.left = max(map(text_width, self.labels)) + _GAP
        longest = max(text_width(line) for lines in self.names for line in lines)
        self.right = size.width - longest * BOLD - _GAP - 4
        self.bottom = size.height - _BOTTOM
        self.at = _places(data)
        self.first, self.last = min(self.at), max(self.at)

    def draw(self, label: str) -> str:
        pieces = [*self._values_axis(), *self._rows_axis()]
        for number in range(len(self.data.series)):
            pieces += self._line(number)
        return self.pen.frame(self.size, self.size.height, label, [*pieces, *self._names()])

    def _value(self, value: Decimal) -> str:
        return set_value(value, self.scale.decimals, self.data.unit, self.lang)

    def _x(self, place: float) -> float:
        share = (place - self.first) / ((self.last - self.first) or 1)
        return round(self.left + 4 + share * (self.right - self.left - 4), 1)

    def _y(self, value: Decimal) -> float:
        return self.scale.place(value, self.bottom, _TOP)

    def _values_axis(self) -> Iterator[str]:
        width = self.right - self.left
        ways = [f"M{self.left:g} {self._y(tick):g}h{width:g}" for tick in self.scale.ticks]
        yield self.pen.grid("".join(ways))
        if self.scale.low <= 0:
            yield self.pen.zero(f"M{self.left:g} {self._y(Decimal(0)):g}h{width:g}")
        for tick, label in zip(self.scale.ticks, self.labels, strict=True):
            yield write([label], self.left - _GAP, self._y(tick), "end")

    def _rows_axis(self) -> Iterator[str]:
        end = 0.0
        for place, label in self._ticks():
            half = text_width(label) / 2
            x = min(max(self._x(place), half), self.size.width - half)
            if x - half >= end:
                yield write([label], round(x, 1), self.bottom + 18, "middle")
                end = x + half + _GAP

    def _ticks(self) -> list[tuple[float, str]]:
        """Choose labels that fit: those of round years, or every so many rows and the last one."""
        data, room = self.data, self.right - self.left
        if data.labels_are == "year" and self.last > self.first:
            most = room / (text_width("2000") + 2 * _GAP)
            span = self.last - self.first
            step = next((s for s in _YEAR_STEPS if span / s + 1 <= most), _YEAR_STEPS[-1])
            start = -(-int(self.first) // step) * step
            return [(year, str(year)) for year in range(start, int(self.last) + 1, step)]
        labels = [self._label(text) for text in data.labels]
        each = max(map(text_width, labels)) + 2 * _GAP
        step = max(1, -(-len(labels) * each // room).__trunc__())
        rows = sorted(zip(self.at, labels, strict=True))
        return list(dict.fromkeys([*rows[::step], rows[-1]]))

    def _label(self, text: str) -> str:
        if self.data.labels_are == "date":
            return format_date(text, self.lang)
        text = typeset(text, self.lang)
        return text if len(text) <= 24 else f"{text[:23]}…"

    def _line(self, number: int) -> Iterator[str]:
        """Draw a series: each run of values between gaps, and dots where it ends or is alone."""
        runs = self._runs(number)
        for run in runs:
            way = " ".join(f"{x:g} {y:g}" for x, y in run)
            if len(run) > 1:
                yield self.pen.line(number, f"M{way}")
            if len(run) == 1 or run is runs[-1]:
                yield self.pen.dot(number, *run[-1])

    def _runs(self, number: int) -> list[list[tuple[float, float]]]:
        values = self.data.series[number].values
        rows = sorted(zip(self.at, values, strict=True), key=lambda row: row[0])
        return [
            [(self._x(place), self._y(value)) for place, value in run if value is not None]
            for known, run in groupby(rows, key=lambda row: row[1] is not None)
            if known
        ]

    def _names(self) -> Iterator[str]:
        ends = [self._runs(number)[-1][-1][1] for number in range(len(self.names))]
        heights = [LINE * len(lines) for lines in self.names]
        for number, y in enumerate(spread(ends, heights, 0, self.size.height)):
            yield self.pen.name(
                number, self.names[number], round(self.right + _GAP, 1), round(y, 1)
            )


def _places(data: ChartData) -> Sequence[float]:
    """Place rows by their years or dates, else by their order."""
    if data.labels_are == "year" and all(label.isdigit() for label in data.labels):
        return [int(label) for label in data.labels]
    if data.labels_are == "date" and all(label[:1].isdigit() for label in data.labels):
        days = (label if len(label) > 7 else f"{label}-01" for label in data.labels)
        return [date.fromisoformat(day).toordinal() for day in days]
    return range(len(data.labels))
