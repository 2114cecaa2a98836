"""Moments: days and times with their zone, and the instants that they stand for.

An instant is a number of seconds since 1970 in UTC. Moments are compared as instants: as texts,
those in the hour that clocks repeat, or of different zones, would be in a wrong order.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache

import msgspec

from dossier.clock import read_now
from dossier.problems import FormError

_EPOCH = datetime(1970, 1, 1)
_SECOND = timedelta(seconds=1)
_DAY = 86_400
_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_MOMENT = r"(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}(?::\d{2})?) ?([Zz]|[+-]\d{2}:\d{2})?"


class Period(msgspec.Struct, frozen=True, array_like=True):
    """The instants from one up to another, which is not included."""

    since: int = 0
    until: int = 0

    def covers(self, instant: int) -> bool:
        """Tell whether an instant is within the period."""
        return self.since <= instant < self.until


@lru_cache
def find_zone(name: str) -> tzinfo:
    """Return a time zone; UTC needs no tables."""
    if name == "UTC":
        return UTC
    from zoneinfo import ZoneInfo

    return ZoneInfo(name)


@lru_cache(1 << 14)
def find_instant(moment: str, zone: str) -> int:
    """Return the instant of a moment; of a year, month or day, the first in a zone."""
    when = datetime.fromisoformat(f"{moment}-01-01"[:10] if len(moment) < 10 else moment)
    if when.tzinfo is None:
        when = when.replace(tzinfo=find_zone(zone))
    passed = when.replace(tzinfo=None) - _EPOCH - (when.utcoffset() or timedelta())
    return passed // _SECOND


def local_moment(moment: str, zone: str) -> str:
    """Convert a moment to a zone (RFC 3339); leave a day as it is."""
    if len(moment) == 10:
        return moment
    return _text(datetime.fromisoformat(moment).astimezone(find_zone(zone)))


@lru_cache(1 << 14)
def first_moment(moment: str, zone: str) -> str:
    """Return the first moment of a day in a zone (RFC 3339); leave a moment as it is."""
    return moment if len(moment) > 10 else _at(f"{moment}T00:00:00", zone)


def find_now(given: str | None, zone: str) -> str:
    """Return the moment that a site is built for, in its zone: as given, or now.

    Of a day, it is the last: the site is as readers find it once the day is over.
    """
    if given is None:
        return _text(datetime.fromtimestamp(read_now(), find_zone(zone)))
    return local_moment(given, zone) if len(given) > 10 else _at(f"{given}T23:59:59", zone, fold=1)


def find_tomorrow(moment: str, zone: str) -> int:
    """Return the instant when the next day of a local moment begins."""
    day = datetime.fromisoformat(moment[:10])
    if day.date() == day.max.date():
        return find_instant(moment, zone) + _DAY
    return find_instant((day + timedelta(days=1)).date().isoformat(), zone)


def _at(local: str, zone: str, fold: int = 0) -> str:
    return _text(datetime.fromisoformat(local).replace(fold=fold, tzinfo=find_zone(zone)))


def _text(moment: datetime) -> str:
    return moment.isoformat()[:25]  # before standard time offsets had seconds


@lru_cache(1 << 12)  # many documents have the same
def parse_partial_date(text: str) -> str:
    """Parse a year, a month or a day: `2022`, `2022-07`, `2022-07-05`."""
    match = _PARTIAL_DATE.fullmatch(text)
    if not match:
        raise FormError(
            f"'{text}' is not a date", "write a year, a month or a day: 2022, 2022-07, 2022-07-05"
        )
    year, month, day = (int(part) if part else None for part in match.groups())
    if year == 0:
        raise FormError(f"'{text}' is not a date: there is no year 0")
    if month is not None and not 1 <= month <= 12:
        raise FormError(f"'{text}' is not a date: there is no month {month}")
    if month is not None and day is not None and not 1 <= day <= 28:
        import calendar  # and with it the names of months, which few dates need

        last = calendar.monthrange(year or 1, month)[1]
        if not 1 <= day <= last:
            raise FormError(
                f"'{text}' is not a date: {calendar.month_name[month]} {year} has {last} days"
            )
    return text


def parse_day(text: str) -> str:
    """Parse a day: `2022-07-05`."""
    if _PARTIAL_DATE.fullmatch(text) and len(text) < 10:
        raise FormError(f"'{text}' is not a day", "write year, month and day: 2022-07-05")
    try:
        return parse_partial_date(text)
    except FormError as error:
        raise FormError(str(error), "write year, month and day: 2022-07-05") from None


@lru_cache(1 << 12)
def parse_moment(text: str) -> str:
    """Parse a day, or a moment with its zone: `2022-07-05T09:30+02:00` (seconds may follow)."""
    match = re.fullmatch(_MOMENT, text, re.ASCII)
    if not match:
        return parse_day(text)
    day, time, zone = match.groups()
    if zone is None:
        raise FormError(
            f"'{text}' has a time but no zone", f"write {day}T{time}Z or {day}T{time}+02:00"
        )
    parse_day(day)
    if day[:4] in ("0001", "9999"):  # the year may be beyond Python's in another zone
        raise FormError(f"'{text}' is not a moment: there is no time in {day[:4]}", f"write {day}")
    try:
        return datetime.fromisoformat(f"{day}T{time}{zone.upper()}").isoformat()
    except ValueError:
        raise FormError(f"'{text}' is not a moment: no such time") from None
