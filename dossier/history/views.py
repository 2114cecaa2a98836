"""Views of the history of briefings."""

from __future__ import annotations

from dossier.views.parts import FeedLink, Link, MoveRow, Paging, Replacement, TemplateView, View


class EventRow(View, frozen=True, kw_only=True):
    """What happened to a briefing on a day.

    `kind` is `new`, a kind of change or a status; `moves` are the recent moves of a new briefing,
    `replaced_by` is the briefing that replaced it.
    """

    day: str
    kind: str
    briefing: Link
    anchor: str = ""
    """Of the change on the briefing's page."""
    note: str = ""
    lang: str = ""
    """Of the note, where it is not the page's."""
    replaced_by: Replacement | None = None
    moves: tuple[MoveRow, ...] = ()


class EventCount(View, frozen=True, kw_only=True):
    """How often something happened to published briefings."""

    kind: str
    count: int


class EventGroup(View, frozen=True, kw_only=True):
    """The events of a period: the last `week` or `month`, from the day `since`, or `earlier`, in
    the month `since`."""

    period: str
    since: str
    rows: tuple[EventRow, ...]


class ChangesView(TemplateView, frozen=True, kw_only=True):
    """pages/changes.html: new briefings, and the changes of briefings since publication.

    `last_day` is the day of the latest event, if there are no recent ones.
    """

    counts: tuple[EventCount, ...]
    groups: tuple[EventGroup, ...]
    feeds: tuple[FeedLink, ...]
    last_day: str
    paging: Paging
