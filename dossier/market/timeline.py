"""Layout of a drawn timeline, so that no words overlap."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from dossier.market.model import RegionMove
from dossier.market.views import Drawing, DrawnMark, Lane, Tick

WIDTH = 1100
MOST_LANES = 16
MOST_MARKS = 90

_AXIS = 24
_LEFT, _RIGHT = 168, 12
_ROW, _PADDING = 22, 8
_WORD, _LETTER, _GAP = 106, 7, 8
_LONGEST = 24

Step = tuple[str, str, bool]
"""A day, a stage, whether it is disputed."""

Names = Callable[[str], str]
"""Returns the name of a company or a region by its id."""


def draw_timeline(moves: Sequence[RegionMove], company: Names, place: Names) -> Drawing | None:
    """Draw a lane for each product with its moves by time; None where there are too many.

    `moves` are oldest first. `place` returns short names, or nothing where all regions are the
    same.
    """
    lanes: dict[tuple[str, str], dict[Step, list[str]]] = {}
    for move in sorted(moves, key=lambda move: company(move.company)):  # stable: still by time
        marks = lanes.setdefault((move.company, move.product), {})
        marks.setdefault((move.day, move.stage, move.disputed), []).append(place(move.region))
    count = sum(map(len, lanes.values()))
    if count < 2 or count > MOST_MARKS or len(lanes) > MOST_LANES:
        return None
    scale = _Scale(moves[0].day, moves[-1].day)
    top, drawn = _AXIS, []
    for (company_id, product), marks in lanes.items():
        lane = _lane(company(company_id), product, top, marks, scale)
        drawn.append(lane)
        top = lane.bottom
    return Drawing(width=WIDTH, height=top + 1, lanes=tuple(drawn), ticks=scale.ticks)


class _Scale:
    """From days to pixels: whole years, or the months of one."""

    def __init__(self, first: str, last: str) -> None:
        self.years = range(int(first[:4]), int(last[:4]) + 1)
        start, end = date(self.years[0], 1, 1), date(self.years[-1], 12, 31)
        self._start, self._days = start.toordinal(), end.toordinal() - start.toordinal() + 1

    def x(self, day: str) -> int:
        """Convert a day to pixels."""
        past = date.fromisoformat(day).toordinal() - self._start
        return _LEFT + round(past * (WIDTH - _LEFT - _RIGHT) / self._days)

    @property
    def ticks(self) -> tuple[Tick, ...]:
        """The beginnings of the years, or of the quarters of a single one."""
        if len(self.years) > 1:
            step = -(-len(self.years) // 12)
            dates = [str(year) for year in self.years[::step]]
        else:
            dates = [f"{self.years[0]}-{month:02}" for month in (1, 4, 7, 10)]
        return tuple(Tick(x=self.x(f"{one}-01-01"[:10]), date=one) for one in dates)


def _lane(
    company: str,
    product: str,
    top: int,
    marks: dict[Step, list[str]],
    scale: _Scale,
) -> Lane:
    """Lay out a lane: each mark goes into the first row with room for it."""
    rows: list[int] = []
    drawn = []
    for (day, stage, disputed), places in marks.items():
        where = _shortened(dict.fromkeys(filter(None, places)))
        words = _WORD * (2 if disputed else 1)
        x, length = scale.x(day), words + _LETTER * len(where)
        flipped = x + length > WIDTH
        left, right = (x - length, x + 2 * _GAP) if flipped else (x - _GAP, x + length)
        row = next((n for n, end in enumerate(rows) if end <= left), len(rows))
        rows[row : row + 1] = [right]
        y = top + _PADDING + _ROW * row + _ROW // 2
        drawn.append(
            DrawnMark(x=x, y=y, stage=stage, disputed=disputed, where=where, flipped=flipped)
        )
    bottom = top + 2 * _PADDING + _ROW * max(len(rows), 2)
    return Lane(company=company, product=product, top=top, bottom=bottom, marks=tuple(drawn))


def _shortened(places: Iterable[str]) -> str:
    """Name as many places as fit, and count the others."""
    first, *rest = places or ("",)
    named = first if len(first) <= _LONGEST else f"{first[: _LONGEST - 1].rstrip()}…"
    while rest and len(named) + len(rest[0]) < _LONGEST:
        named = f"{named} {rest.pop(0)}"
    return f"{named} +{len(rest)}" if rest else named
