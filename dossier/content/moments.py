"""Moments: days and times with their zone, and the instants that they stand for.

An instant is a number of seconds since 1970 in UTC. Moments are compared as instants: as texts,
those in the hour that clocks repeat, or of different zones, would be in a wrong order.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import msgspec

from dossier.clock import read_now

_EPOCH = datetime(1970, 1, 1)
_SECOND = timedelta(seconds=1)
_DAY = 86_400


class Period(msgspec.Struct, frozen=True, array_like=True):
    """The instants from one up to another, which is not included."""

    since: int = 0
    until: int = 0

    def covers(self, instant: int) -> bool:
        """Tell whether an instant is within the period."""
        return self.since <= instant < self.until


@lru_cache(1 << 14)
def find_instant(moment: str, zone: str) -> int:
    """Return the instant of a moment; of a year, month or day, the first in a zone."""
    when = datetime.fromisoformat(f"{moment}-01-01"[:10] if len(moment) < 10 else moment)
    if when.tzinfo is None:
        when = when.replace(tzinfo=ZoneInfo(zone))
    passed = when.replace(tzinfo=None) - _EPOCH - (when.utcoffset() or timedelta())
    return passed // _SECOND


def local_moment(moment: str, zone: str) -> str:
    """Convert a moment to a zone (RFC 3339); leave a day as it is."""
    if len(moment) == 10:
        return moment
    return _text(datetime.fromisoformat(moment).astimezone(ZoneInfo(zone)))


def first_moment(moment: str, zone: str) -> str:
    """Return the first moment of a day in a zone (RFC 3339); leave a moment as it is."""
    return moment if len(moment) > 10 else _at(f"{moment}T00:00:00", zone)


def find_now(given: str | None, zone: str) -> str:
    """Return the moment that a site is built for, in its zone: as given, or now.

    Of a day, it is the last: the site is as readers find it once the day is over.
    """
    if given is None:
        return _text(datetime.fromtimestamp(read_now(), ZoneInfo(zone)))
    return local_moment(given, zone) if len(given) > 10 else _at(f"{given}T23:59:59", zone, fold=1)


def find_tomorrow(moment: str, zone: str) -> int:
    """Return the instant when the next day of a local moment begins."""
    day = datetime.fromisoformat(moment[:10])
    if day.date() == day.max.date():
        return find_instant(moment, zone) + _DAY
    return find_instant((day + timedelta(days=1)).date().isoformat(), zone)


def _at(local: str, zone: str, fold: int = 0) -> str:
    return _text(datetime.fromisoformat(local).replace(fold=fold, tzinfo=ZoneInfo(zone)))


def _text(moment: datetime) -> str:
    return moment.isoformat()[:25]  # before standard time offsets had seconds
