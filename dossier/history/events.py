"""Events in the history of briefings: published, updated, corrected, replaced, withdrawn.

Translations share the events of their
originals; events of a translation alone are reported in its language.
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
"""The days that count as recent, including today."""


class Event(msgspec.Struct, frozen=True):
    """What happened to a briefing, and when in the site's time zone.

    `change` is the index of a change in the briefing, `supersession` how it was replaced.
    """

    moment: str
    kind: Happening
    briefing: str
    change: int | None = None
    supersession: Supersession | None = None

    @property
    def day(self) -> str:
        """The day on which it happened."""
        return self.moment[:10]


class History:
    """The events of a site, newest first."""

    def __init__(self, site: Site) -> None:
        self._site = site
        today = date.fromisoformat(site.settings.today)
        self.week_begins = days_before(today, WEEK - 1)
        self.month_begins = days_before(today, MONTH - 1)

    @cached_property
    def recorded(self) -> tuple[Event, ...]:
        """All events after publication."""
        return _newest_first([*self._changes(), *self._supersessions(), *self._withdrawals()])

    @cached_property
    def listed(self) -> tuple[Event, ...]:
        """All events since publication, and the briefings published in the last month."""
        originals = self._site.originals
        new = takewhile(lambda e: e.moment[:10] >= self.month_begins, originals)
        return _newest_first([*(_published(entry) for entry in new), *self.recorded])

    @cached_property
    def last_day(self) -> str:
        """The day of the latest event; empty where there is none."""
        published = [entry.moment[:10] for entry in self._site.originals[:1]]
        return max([event.day for event in self.recorded[:1]] + published, default="")

    def latest(self, most: int) -> Sequence[Event]:
        """Return the latest events of every kind."""
        new = (_published(entry) for entry in self._site.originals[:most])
        return _newest_first([*new, *self.recorded])[:most]

    def _changes(self) -> Iterator[Event]:
        relations, local = self._site.relations, self._site.settings.local_moment
        for entry in self._site.briefings.values():
            if not entry.facts.changes:
                continue
            original = self._site.briefings[relations.original(entry.id)]
            shared = (
                {(local(c.date), c.kind) for c in original.facts.changes}
                if original is not entry
                else ()
            )
            for n, change in enumerate(entry.facts.changes):
                moment = local(change.date)
                if (moment, change.kind) not in shared:
                    yield Event(moment, change.kind, entry.id, n)

    def _supersessions(self) -> Iterator[Event]:
        """Find supersessions, on the day when the later of both briefings was published."""
        relations, briefings = self._site.relations, self._site.briefings
        for found in relations.replaced_by.values():
            for one in found:
                if relations.original(one.old) == one.old:
                    later = max(briefings[one.old], briefings[one.new], key=lambda e: e.instant)
                    yield Event(later.moment, "superseded", one.old, supersession=one)

    def _withdrawals(self) -> Iterator[Event]:
        relations = self._site.relations
        for entry in self._site.briefings.values():
            if entry.facts.withdrawn is None:
                continue
            original = self._site.briefings[relations.original(entry.id)]
            if original is entry or original.facts.withdrawn is None:
                moment = self._site.settings.local_moment(entry.facts.withdrawn.date)
                yield Event(moment, "withdrawn", entry.id)


def _published(entry: Entry[Briefing]) -> Event:
    return Event(entry.moment, "new", entry.id)


def days_before(day: date, days: int) -> str:
    """Count back some days, to the first day that there is at most."""
    return (day - min(timedelta(days), day - date.min)).isoformat()


def _newest_first(events: list[Event]) -> tuple[Event, ...]:
    """Sort by day; within a day, new briefings first, then by importance to earlier readers."""
    events.sort(key=lambda e: (_ORDER.index(e.kind), e.briefing, e.change or 0))
    return tuple(sorted(events, key=lambda e: e.day, reverse=True))
