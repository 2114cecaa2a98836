"""Page of changes: recent news, and the changes of briefings since publication."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from itertools import groupby

from dossier.content.models import Briefing
from dossier.history.events import MONTH, Event, History, days_before
from dossier.history.views import ChangesView, EventCount, EventGroup, EventRow
from dossier.language.messages import N_, gettext
from dossier.language.typography import typeset
from dossier.site.entries import Entry
from dossier.site.urls import CHANGES
from dossier.views.builder import Parts
from dossier.views.evidence import change_anchors, move_row
from dossier.views.feed_links import feed_link
from dossier.views.outputs import Builder, MenuEntry, PageOutput, ViewOutput
from dossier.views.paging import list_pages, page_slice, paging
from dossier.views.parts import FeedLink, MoveRow
from dossier.views.replacements import replacement


class ChangesPages(Builder):
    """Builds the pages of changes."""

    name = "changes"

    def __init__(self, parts: Parts) -> None:
        self.site = parts.site
        self.parts = parts
        self.history = self.site.model(History)

    def plan(self) -> Iterator[PageOutput]:
        """List the pages: one for every fifty events."""
        yield from list_pages(
            self.name,
            CHANGES,
            self.history.listed,
            menu=MenuEntry(name="changes", label=N_("Changes"), standard=False),
        )

    def view(self, output: ViewOutput) -> ChangesView:
        """Build a page, newest event first."""
        history, lang, number = self.history, self.site.settings.language, output.number
        shown = page_slice(history.listed, number)
        return ChangesView(
            head=self.parts.head(
                CHANGES,
                gettext(lang, "What changed"),
                gettext(lang, "New briefings, and every correction, update and replacement."),
                number=number,
                feeds=self._feeds,
            ),
            counts=self._counts if number == 1 else (),
            groups=tuple(
                EventGroup(period=period, since=since, rows=tuple(map(self.row, events)))
                for (period, since), events in groupby(shown, key=self._period)
            ),
            feeds=self._feeds,
            last_day="" if history.last_day >= history.month_begins else history.last_day,
            paging=paging(history.listed, CHANGES, number),
        )

    @cached_property
    def _feeds(self) -> tuple[FeedLink, ...]:
        lang, settings = self.site.settings.language, self.site.settings
        if not self.parts.feeds.languages:
            return ()
        return (feed_link(CHANGES, f"{gettext(lang, 'What changed')} · {settings.title}"),)

    def row(self, event: Event) -> EventRow:
        """Build the row of an event, for the page and the feeds."""
        entry = self.site.briefings[event.briefing]
        parts, lang = self.parts, self.site.settings.language
        note, anchor, one = "", "", event.supersession
        if event.change is not None:
            note = self.site.words(entry).changes[event.change].note
            anchor = change_anchors(entry)[event.change]
        elif event.kind == "withdrawn" and (found := self.site.words(entry).withdrawn):
            note = found.reason
        return EventRow(
            day=event.day,
            kind=event.kind,
            briefing=parts.link_as_is(entry, lang) if note else parts.briefing_link(entry, lang),
            anchor=anchor,
            note=typeset(note, entry.lang),
            lang="" if entry.lang == lang else entry.lang,
            replaced_by=replacement(parts, one, one.new, lang) if one else None,
            moves=tuple(self._news(entry)) if event.kind == "new" else (),
        )

    def _news(self, entry: Entry[Briefing]) -> Iterator[MoveRow]:
        """Find the moves that were at most a month old when their briefing was published."""
        since = days_before(date.fromisoformat(entry.moment[:10]), MONTH)
        for n, move in enumerate(entry.facts.moves, 1):
            if move.date >= since[: len(move.date)]:
                yield move_row(self.parts, entry, n, self.site.settings.language)

    def _period(self, event: Event) -> tuple[str, str]:
        """Find the period of an event, and the day or month when it begins."""
        history = self.history
        if event.day >= history.week_begins:
            return "week", history.week_begins
        if event.day >= history.month_begins:
            return "month", history.month_begins
        return "earlier", event.day[:7]

    @cached_property
    def _counts(self) -> tuple[EventCount, ...]:
        """Count events by kind, corrections first, without kinds that never happened."""
        found = Counter[str](event.kind for event in self.history.recorded)
        kinds = ("correction", "update", "superseded", "withdrawn")
        return tuple(EventCount(kind=kind, count=found[kind]) for kind in kinds if found[kind])
