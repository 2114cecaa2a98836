"""Scales of charts: round ticks, and how much room a text takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from textwrap import wrap
from typing import NamedTuple

FONT = 13
LINE = 16
_EXCESS = 6
"""By how many letters a long word may exceed its room."""
BOLD = 1.12
"""How much wider the names of series are than other text."""
_NARROW = frozenset("iIjlft.,:;'’|!()[] \u00a0\u202f1")
_STEPS = tuple(map(Decimal, ("1", "2", "2.5", "5", "10")))
_CLOSE = Decimal("0.75")


class Scale(NamedTuple):
    """A range of values with ticks at round numbers, each written with as many decimals."""

    low: Decimal
    high: Decimal
    ticks: tuple[Decimal, ...]
    decimals: int

    def place(self, value: Decimal, start: float, end: float) -> float:
        """Return where a value lies between two places."""
        share = float((value - self.low) / (self.high - self.low))
        return round(start + share * (end - start), 1)


def build_scale(values: Iterable[Decimal], most: int, from_zero: bool) -> Scale:
    """Build a scale with at most so many ticks.

    It begins at zero, unless that is not demanded and all values are near to one another.
    """
    known = tuple(values)
    low, high = min(known), max(known)
    if from_zero or low < 0 or low < high * _CLOSE or low == high:
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    if low == high:
        high = low + 1
    step = _round_step((high - low) / (most - 1))
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = (high / step).to_integral_value(ROUND_CEILING)
    ticks = tuple(step * number for number in range(int(first), int(last) + 1))
    exponent = step.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return Scale(ticks[0], ticks[-1], ticks, max(0, -exponent))


def _round_step(least: Decimal) -> Decimal:
    power = Decimal(1).scaleb(least.adjusted())
    return next(step * power for step in _STEPS if step * power >= least)


def text_width(text: str, size: float = FONT) -> float:
    """Estimate the width of a text in a sans-serif typeface."""
    width = 0.0
    for char in text:
        width += (
            1.05
            if ord(char) > 0x2E80
            else 0.34
            if char in _NARROW
            else 0.75
            if char.isupper() or char in "mwMW%"
            else 0.6
        )
    return width * size


def broken(text: str, room: float) -> list[str]:
    """Break a text into at most three lines that fit, and shorten what is longer."""
    if text_width(text) <= room:
        return [text]
    width = int(room / (0.6 * FONT))
    lines = wrap(text, width, break_long_words=False)
    if len(lines) > 3:
        lines[2:] = [f"{lines[2].rstrip(' ,;:.–')}…"]
    return [line if len(line) <= width + _EXCESS else f"{line[:width]}…" for line in lines]


def spread(
    places: Sequence[float], heights: Sequence[float], low: float, high: float
) -> list[float]:
    """Move places apart so that boxes of these heights around them do not overlap."""
    order = sorted(range(len(places)), key=lambda i: places[i])
    moved = list(places)
    edge = low
    for i in order:
        moved[i] = max(moved[i], edge + heights[i] / 2)
        edge = moved[i] + heights[i] / 2
    edge = high
    for i in reversed(order):
        moved[i] = min(moved[i], edge - heights[i] / 2)
        edge = moved[i] - heights[i] / 2
    return moved
