"""Views of what happened to briefings."""

from __future__ import annotations

from dossier.views.parts import FeedLink, Link, MoveRow, Paging, Replacement, TemplateView, View


class EventRow(View, frozen=True, kw_only=True):
    """What happened to a briefing on a day.

    `kind` is `new`, or as a change or status is called; `moves` are those that a new briefing tells
    as news, `replaced_by` is what took its place.
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
    """What happened in a period: the last `week` or `month`, from the day `since` on, or `earlier`,
    in the month `since`."""

    period: str
    since: str
    rows: tuple[EventRow, ...]


class ChangesView(TemplateView, frozen=True, kw_only=True):
    """pages/changes.html: what is new, and what happened to briefings since they were published.

    `last_day` is when something happened last, where nothing did lately.
    """

    counts: tuple[EventCount, ...]
    groups: tuple[EventGroup, ...]
    feeds: tuple[FeedLink, ...]
    last_day: str
    paging: Paging
