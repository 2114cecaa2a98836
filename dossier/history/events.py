"""What happened to the briefings, by day: published, updated, corrected, replaced, withdrawn.

As of the site's day: what is dated later has not happened yet. Translations happen with their
originals; what only happened to a translation is told in its language.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property
from itertools import takewhile
from typing import Literal

import msgspec

from dossier.content.models import Briefing
from dossier.site.entries import Entry, Supersession
from dossier.site.site import Site

Happening = Literal["new", "update", "correction", "superseded", "withdrawn"]

_ORDER: tuple[Happening, ...] = ("new", "withdrawn", "correction", "superseded", "update")

WEEK, MONTH = 7, 31
"""Days that count as recent, today among them."""


class Event(msgspec.Struct, frozen=True):
    """What happened to a briefing on a day.

    `change` is the position of a change in its record, `supersession` how it was replaced.
    """

    day: str
    kind: Happening
    briefing: str
    change: int | None = None
    supersession: Supersession | None = None


class History:
    """The events of a site, newest first."""

    def __init__(self, site: Site) -> None:
        self._site = site
        today = date.fromisoformat(site.settings.as_of)
        self.week_begins = _days_before(today, WEEK - 1)
        self.month_begins = _days_before(today, MONTH - 1)

    @cached_property
    def recorded(self) -> tuple[Event, ...]:
        """What happened to briefings after they were published."""
        return _newest_first([*self._changes(), *self._supersessions(), *self._withdrawals()])

    @cached_property
    def told(self) -> tuple[Event, ...]:
        """All that is recorded, and what was published in the last month."""
        originals = self._site.originals
        new = takewhile(lambda e: e.moment[:10] >= self.month_begins, originals)
        return _newest_first([*(_published(entry) for entry in new), *self.recorded])

    @cached_property
    def last_day(self) -> str:
        """The day on which something happened last; empty where nothing ever did."""
        published = [entry.moment[:10] for entry in self._site.originals[:1]]
        return max([event.day for event in self.recorded[:1]] + published, default="")

    def latest(self, most: int) -> Sequence[Event]:
        """The last events of every kind."""
        new = (_published(entry) for entry in self._site.originals[:most])
        return _newest_first([*new, *self.recorded])[:most]

    def _changes(self) -> Iterator[Event]:
        relations, as_of = self._site.relations, self._site.settings.as_of
        for entry in self._site.briefings.values():
            if not entry.facts.changes:
                continue
            original = self._site.briefings[relations.original(entry.id)]
            told = (
                {(c.date, c.kind) for c in original.facts.changes} if original is not entry else ()
            )
            for n, change in enumerate(entry.facts.changes):
                if change.date <= as_of and (change.date, change.kind) not in told:
                    yield Event(change.date, change.kind, entry.id, n)

    def _supersessions(self) -> Iterator[Event]:
        """Each on the day when the newer briefing was published, if the older was by then."""
        relations, briefings = self._site.relations, self._site.briefings
        for found in relations.replaced_by.values():
            for one in found:
                if relations.original(one.old) == one.old:
                    day = max(briefings[one.old].moment, briefings[one.new].moment)[:10]
                    yield Event(day, "superseded", one.old, supersession=one)

    def _withdrawals(self) -> Iterator[Event]:
        relations, as_of = self._site.relations, self._site.settings.as_of
        for entry in self._site.briefings.values():
            if entry.facts.withdrawn is None or entry.facts.withdrawn.date > as_of:
                continue
            original = self._site.briefings[relations.original(entry.id)]
            if original is entry or original.facts.withdrawn is None:
                yield Event(entry.facts.withdrawn.date, "withdrawn", entry.id)


def _published(entry: Entry[Briefing]) -> Event:
    return Event(entry.moment[:10], "new", entry.id)


def _days_before(day: date, days: int) -> str:
    return (day - min(timedelta(days), day - date.min)).isoformat()


def _newest_first(events: list[Event]) -> tuple[Event, ...]:
    """By day; on one, first what is new, then what matters most for those who read before."""
    events.sort(key=lambda e: (_ORDER.index(e.kind), e.briefing, e.change or 0))
    return tuple(sorted(events, key=lambda e: e.day, reverse=True))
