"""Views of judgements: rows of a briefing, and the page of all of them."""

from __future__ import annotations

from dossier.views.parts import Link, Paging, SourceMark, TemplateView, View


class JudgementRow(View, frozen=True, kw_only=True):
    """A judgement. `low` and `high` are the percentages of its likelihood in ICD 203."""

    anchor: str
    text: str
    likelihood: str
    low: int
    high: int
    confidence: str
    by: str
    sources: tuple[SourceMark, ...] = ()
    outcome: bool | None = None
    resolved: str = ""
    retrospective: bool = False
    overdue: bool = False


class BandRow(View, frozen=True, kw_only=True):
    """A likelihood: its percentages, what it expects, and how many of those scored came true.

    `expects` is None where it expects neither; `share` is the percentage that came true.
    """

    likelihood: str
    low: int
    high: int
    expects: bool | None
    count: int
    true: int
    share: int | None


class Tally(View, frozen=True, kw_only=True):
    """Judgements by status, and the Brier score of those scored; empty below `least`."""

    counts: tuple[tuple[str, int], ...]
    retrospective: int
    scored: int
    least: int
    brier: str


class RecordRow(View, frozen=True, kw_only=True):
    """A judgement in the record, with the day on which its briefing was published."""

    briefing: Link
    anchor: str
    text: str
    lang: str
    made: str
    likelihood: str
    low: int
    high: int
    confidence: str
    by: str
    outcome: bool | None
    resolved: str
    overdue: bool


class RecordGroup(View, frozen=True, kw_only=True):
    """The judgements with one status: their `total`, and those on this page."""

    status: str
    total: int
    rows: tuple[RecordRow, ...]


class RecordView(TemplateView, frozen=True, kw_only=True):
    """pages/record.html: all judgements. The first page has the tally and the bands."""

    tally: Tally | None
    bands: tuple[BandRow, ...]
    groups: tuple[RecordGroup, ...]
    paging: Paging
