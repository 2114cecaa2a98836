"""Markdown tables of figures: by case and column, with the ratio to another column."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Show = Callable[[float], str]


@dataclass(frozen=True)
class Row:
    """A name, for each column the figures of all runs, and how one is shown."""

    name: str
    figures: Sequence[Sequence[float]]
    show: Show


def comparison(
    title: str, columns: Sequence[str], rows: Sequence[Row], bases: Sequence[int | None]
) -> str:
    """A table of medians. `bases` says for each column which one its ratio is to, if any."""
    cells = [[row.name, *_cells(row, bases)] for row in rows]
    return table([title, *columns], cells)


def ratio(figures: Sequence[float], others: Sequence[float]) -> float | None:
    """How many times as much: the median of the ratios of each run; None to what was not seen.

    Where one was measured more often than the other, it is the ratio of their medians.
    """
    if not all(others):
        return None
    if len(figures) != len(others):
        return statistics.median(figures) / statistics.median(others)
    return statistics.median(own / other for own, other in zip(figures, others, strict=True))


def table(head: Sequence[str], rows: Sequence[Sequence[str]], numbers: bool = False) -> str:
    """A Markdown table; `numbers` stand at the right of all columns but the first."""
    line = "|---" + ("|---:" if numbers else "|---") * (len(head) - 1) + "|"
    return "\n".join([f"| {' | '.join(head)} |", line, *(f"| {' | '.join(r)} |" for r in rows)])


def seconds(value: float) -> str:
    """Seconds, with milliseconds where there are few of them."""
    digits = 3 if value < 0.1 else 2 if value < 10 else 1
    return f"{value:.{digits}f} s"


def megabytes(size: float) -> str:
    """Bytes as megabytes; 0 is what could not be seen."""
    if not size:
        return "–"
    return f"{size / 1e6:,.0f} MB" if size >= 1e6 else f"{size / 1e6:.2f} MB"


def count(number: float) -> str:
    """A whole number."""
    return f"{number:,.0f}"


def _cells(row: Row, bases: Sequence[int | None]) -> list[str]:
    cells = []
    for figures, base in zip(row.figures, bases, strict=True):
        times = None if base is None else ratio(figures, row.figures[base])
        cell = row.show(statistics.median(figures))
        cells.append(cell if times is None else f"{cell} · {times:.2f}×")
    return cells
