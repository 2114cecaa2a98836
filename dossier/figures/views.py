"""Views of figures: single ones, series and charts."""

from __future__ import annotations

from decimal import Decimal

from dossier.views.parts import Link, SourceMark, View


class FigureMark(View, frozen=True, kw_only=True):
    """Another figure of the same series, with its path and anchor."""

    anchor: str
    value: str
    unit: str
    as_of: str
    qualifier: str = ""
    lang: str = ""
    path: str | None = None
    """None where it is on the same page."""


class FigureRow(View, frozen=True, kw_only=True):
    """A figure of a briefing. `value` is a decimal number as text.

    `newer` is the newest value of the same measure; `rivals` contradict this one for the same date.
    """

    anchor: str
    label: str
    value: str
    unit: str
    as_of: str
    source: SourceMark
    qualifier: str = ""
    note: str = ""
    company: Link | None = None
    region: Link | None = None
    newer: FigureMark | None = None
    rivals: tuple[FigureMark, ...] = ()
    forecast: bool = False
    """Its date is after that of its briefing."""
    badges: tuple[str, ...] = ()
    """What weakens it: `unsourced`, `disputed`, `superseded`."""


class FigureMention(View, frozen=True, kw_only=True):
    """A briefing that reports a figure, with its source, anchor and note."""

    source: SourceMark
    briefing: Link
    anchor: str
    note: str = ""
    lang: str = ""


class ObservationRow(View, frozen=True, kw_only=True):
    """A value of a series. `contested`: another value for the same date contradicts it."""

    as_of: str
    value: str
    unit: str
    mentions: tuple[FigureMention, ...]
    lang: str = ""
    qualifier: str = ""
    contested: bool = False
    forecast: bool = False
    badges: tuple[str, ...] = ()


class ChartMark(View, frozen=True, kw_only=True):
    """A value in a chart, at `x`; `width` is set where its date is a month or a year."""

    x: int
    y: int
    width: int
    exact: bool = True


class Chart(View, frozen=True, kw_only=True):
    """A drawn series: its size, the y coordinate of zero, and the line through the values.

    `rough` says that a date is a month or a year.
    """

    width: int
    height: int
    zero: int
    way: str
    marks: tuple[ChartMark, ...]
    rough: bool = False


class SeriesRow(View, frozen=True, kw_only=True):
    """A measure and its values, newest date first. `left_out` counts older values not shown."""

    label: str
    observations: tuple[ObservationRow, ...]
    lang: str = ""
    company: Link | None = None
    region: Link | None = None
    chart: Chart | None = None
    left_out: int = 0


class PublishedFigure(View, frozen=True, kw_only=True):
    """A row of figures.csv. The fields are its columns, in their order.

    `amount` and `base_unit` are value and unit without a power of ten. `briefing` is the address
    of the briefing, `briefing_status` its status.
    """

    company: str | None
    company_name: str | None
    region: str | None
    region_name: str | None
    label: str
    language: str
    qualifier: str | None
    value: Decimal
    unit: str
    amount: Decimal
    base_unit: str
    as_of: str
    note: str | None
    unsourced: str
    source: str
    source_publisher: str | None
    source_date: str | None
    source_url: str | None
    source_reliability: str | None
    briefing: str
    briefing_status: str
