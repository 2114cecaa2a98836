"""Small charts of series: where each value is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from dossier.figures.views import Chart, ChartMark

LEAST_DATES = 4
"""Dates below which a number and the one before it say as much as a drawing."""
WIDTH, HEIGHT, MARGIN = 480, 160, 10

Point = tuple[str, Decimal, bool]
"""A partial date, a value, and whether the value is exact."""


def series_chart(points: Sequence[Point]) -> Chart | None:
    """Draw a line through values in the given order; None of too few dates to show a course.

    Heights are to scale and start at zero. The value of a year is as wide as the year.
    """
    periods = [_period(as_of) for as_of, _, _ in points]
    first = min(start for start, _ in periods)
    days = (max(end for _, end in periods) - first).days
    if len({as_of for as_of, _, _ in points}) < LEAST_DATES:
        return None
    values = [Decimal(0), *(value for _, value, _ in points)]
    top, bottom = max(values), min(values)

    def x(day: date) -> int:
        return MARGIN + (day - first).days * (WIDTH - 2 * MARGIN) // days

    def y(value: Decimal) -> int:
        return MARGIN + round((top - value) * (HEIGHT - 2 * MARGIN) / ((top - bottom) or 1))

    marks = [
        ChartMark(x=x(start), y=y(value), width=x(end) - x(start), exact=exact)
        for (start, end), (_, value, exact) in zip(periods, points, strict=True)
    ]
    return Chart(
        width=WIDTH,
        height=HEIGHT,
        zero=y(Decimal(0)),
        way=_steps(marks),
        marks=tuple(dict.fromkeys(marks)),
        rough=any(len(as_of) < len("2022-07-07") for as_of, _, _ in points),
    )


def _steps(marks: Sequence[ChartMark]) -> str:
    """Lead a line from value to value: each holds until the next one is known."""
    points: list[str] = []
    for mark in marks:
        x = mark.x + mark.width // 2
        if points:
            points.append(f"{x},{points[-1].partition(',')[2]}")
        points.append(f"{x},{mark.y}")
    return " ".join(points)


def _period(as_of: str) -> tuple[date, date]:
    """Return the first and the last day of a year, a month or a day."""
    year, month, day = (*(int(part) for part in as_of.split("-")), 0, 0)[:3]
    start = date(year, month or 1, day or 1)
    if day:
        return start, start
    if month == 12 or not month:
        return start, date(year, 12, 31)
    return start, date(year, month + 1, 1) - timedelta(days=1)
