"""Bar charts: a group of bars for each row, one below the other, each with its value."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from dossier.content.tables.series import ChartData
from dossier.language.formatting import format_date
from dossier.language.typography import typeset
from dossier.views.tables.cells import set_value
from dossier.views.tables.scale import BOLD, LINE, broken, build_scale, text_width
from dossier.views.tables.svg import Pen, Size, write

_GAP, _AXIS, _BETWEEN = 8, 24, 12
_BAR = 18
_LEAST_SHARE = 0.4


def draw_bars(data: ChartData, size: Size, lang: str, pen: Pen, label: str) -> str:
    """Draw the bars. The first group names the series; where it has no room, a line above does."""
    bars = _Bars(data, size, lang, pen, direct=len(data.series) > 1)
    if bars.direct and bars.right - bars.left < _LEAST_SHARE * (size.width - bars.left):
        bars = _Bars(data, size, lang, pen, direct=False)
    return bars.draw(label)


class _Bars:
    def __init__(self, data: ChartData, size: Size, lang: str, pen: Pen, direct: bool) -> None:
        self.data, self.size, self.lang, self.pen, self.direct = data, size, lang, pen, direct
        self.names = [typeset(one.name, lang) for one in data.series]
        known = [value for one in data.series for value in one.values if value is not None]
        self.scale = build_scale(known, size.ticks, from_zero=True)
        self.labels = [broken(self._label(text), size.width * 0.34) for text in data.labels]
        lines = [line for label in self.labels for line in label]
        self.left = max(max(map(text_width, lines)) + _GAP, self._tick_width() / 2)
        self.right = min(self._rooms())
        self.keys = [] if direct or len(self.names) == 1 else list(self._keys())

    def draw(self, label: str) -> str:
        top = LINE * (self.keys[-1][2] + 1) + _GAP if self.keys else 0.0
        pieces = [
            self.pen.name(n, [text], x, LINE * (row + 0.5))
            for n, (text, x, row) in enumerate(self.keys)
        ]
        drawn, y = [], top + _GAP
        for row, lines in enumerate(self.labels):
            height = max(_BAR * len(self.names), LINE * len(lines))
            drawn.append(write(lines, self.left - _GAP, y + height / 2, "end"))
            start = y + (height - _BAR * len(self.names)) / 2
            for number in range(len(self.names)):
                drawn += self._bar(number, row, start + _BAR * number)
            y += height + _BETWEEN
        pieces += self._axis(top, y - _BETWEEN / 2)
        end = y - _BETWEEN / 2 + _AXIS
        return self.pen.frame(self.size, end, label, [*pieces, *drawn, self._zero(top, y)])

    def _label(self, text: str) -> str:
        if self.data.labels_are == "date" and text[:1].isdigit():
            return format_date(text, self.lang)
        return typeset(text, self.lang)

    def _x(self, value: Decimal, right: float = 0.0) -> float:
        return self.scale.place(value, self.left, right or self.right)

    def _value(self, number: int, row: int) -> str:
        series = self.data.series[number]
        value = series.values[row]
        if value is None:
            return ""
        return set_value(value, series.decimals[row], self.data.unit, self.lang)

    def _names_row(self, number: int) -> int:
        """Find the row in which a series is named: the first where it has a value."""
        values = self.data.series[number].values
        return next(row for row, value in enumerate(values) if value is not None)

    def _rooms(self) -> Iterator[float]:
        """List where the scale may end, so that the text behind each bar has room."""
        yield self.size.width - self._tick_width() / 2
        for number, series in enumerate(self.data.series):
            for row, value in enumerate(series.values):
                if value is not None:
                    width = text_width(self._value(number, row)) + _GAP + 4
                    if self.direct and row == self._names_row(number):
                        width += BOLD * text_width(self.names[number]) + _GAP
                    share = self.scale.place(max(value, Decimal(0)), 0, 1000) / 1000
                    if share:
                        yield self.left + (self.size.width - width - self.left) / share

    def _bar(self, number: int, row: int, y: float) -> Iterator[str]:
        value = self.data.series[number].values[row]
        if value is None:
            return
        zero, end = self._x(Decimal(0)), self._x(value)
        yield self.pen.bar(number, min(zero, end), y + 1, round(abs(end - zero), 1), _BAR - 2)
        text = self._value(number, row)
        x = round(max(zero, end) + 5, 1)
        yield write([text], x, y + _BAR / 2)
        if self.direct and row == self._names_row(number):
            name_x = round(x + text_width(text) + _GAP, 1)
            yield self.pen.name(number, [self.names[number]], name_x, y + _BAR / 2)

    def _tick_width(self) -> float:
        return max(text_width(self._tick(tick)) for tick in self.scale.ticks)

    def _tick(self, tick: Decimal) -> str:
        return set_value(tick, self.scale.decimals, self.data.unit, self.lang)

    def _axis(self, top: float, bottom: float) -> Iterator[str]:
        yield self.pen.grid(
            "".join(f"M{self._x(t):g} {top:g}V{bottom:g}" for t in self.scale.ticks)
        )
        end = -float(_GAP)
        for tick in self.scale.ticks:
            text = self._tick(tick)
            half = text_width(text) / 2
            if self._x(tick) - half >= end:
                yield write([text], self._x(tick), bottom + _AXIS / 2 + 2, "middle")
                end = self._x(tick) + half + _GAP

    def _zero(self, top: float, y: float) -> str:
        return self.pen.zero(f"M{self._x(Decimal(0)):g} {top:g}V{y - _BETWEEN / 2:g}")

    def _keys(self) -> Iterator[tuple[str, float, int]]:
        """Place the names of the series above the bars, in as many rows as they need."""
        x = 0.0
        row = 0
        for name in self.names:
            width = BOLD * text_width(name)
            if x and x + width > self.size.width:
                x, row = 0.0, row + 1
            yield name, round(x, 1), row
            x += width + 2 * _GAP
