"""Moments and the instants that they stand for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dossier.content.moments import (
    find_instant,
    find_now,
    find_tomorrow,
    first_moment,
    local_moment,
)

ZONES = st.sampled_from(
    ["UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Apia", "Asia/Kathmandu", "Africa/Cairo"]
)
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1), timezones=OFFSETS).map(
    lambda moment: moment.replace(microsecond=0)
)


@given(MOMENTS, MOMENTS, ZONES)
def test_local_moments_are_in_order_as_instants(one: datetime, other: datetime, zone: str) -> None:
    """In any zone, also where its clocks repeat an hour; the offset keeps both apart."""
    instants = [find_instant(local_moment(m.isoformat(), zone), zone) for m in (one, other)]
    assert instants == [m.timestamp() for m in (one, other)]


@pytest.mark.parametrize(
    ("moment", "local"),
    [
        ("2023-10-29T00:50:00+00:00", "2023-10-29T02:50:00+02:00"),
        ("2023-10-29T01:05:00+00:00", "2023-10-29T02:05:00+01:00"),
        ("2023-03-26T00:59:59+00:00", "2023-03-26T01:59:59+01:00"),
        ("2023-03-26T01:00:00+00:00", "2023-03-26T03:00:00+02:00"),
    ],
)
def test_each_pass_of_an_hour_has_its_offset(moment: str, local: str) -> None:
    """The hour that clocks repeat in autumn, and the one that they skip in spring."""
    assert local_moment(moment, "Europe/Berlin") == local
    assert find_instant(local, "Europe/Berlin") == find_instant(moment, "UTC")


@given(st.dates(date(1950, 1, 1)), ZONES)
@example(date.max, "America/St_Johns")
def test_a_day_lasts_from_its_first_moment_to_the_next_day(day: date, zone: str) -> None:
    """Up to the last one that there is."""
    text = day.isoformat()
    begins, now = find_instant(text, zone), find_now(text, zone)
    assert find_instant(first_moment(text, zone), zone) == begins
    if zone != "Pacific/Apia":  # which left out a day
        assert begins < find_instant(now, zone) < find_tomorrow(now, zone)


def test_the_first_day_has_an_instant_in_every_zone() -> None:
    """Though in UTC it begins before the year 1."""
    assert find_instant("0001-01-01", "Asia/Kathmandu") < find_instant("0001-01-01", "UTC")
    assert find_tomorrow(find_now("0001-01-01", "Asia/Kathmandu"), "Asia/Kathmandu") < 0


@pytest.mark.parametrize(
    ("given", "now"),
    [
        ("2026-11-25", "2026-11-25T23:59:59+01:00"),
        ("2026-11-25T18:00:00+00:00", "2026-11-25T19:00:00+01:00"),
        (None, "2022-07-07T00:00:00+02:00"),
    ],
)
def test_now_is_the_end_of_a_day_or_a_moment_or_the_clock(
    monkeypatch: pytest.MonkeyPatch, given: str | None, now: str
) -> None:
    """In the zone of the site."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1657144800")
    assert find_now(given, "Europe/Paris") == now
    assert datetime.fromtimestamp(1657144800, UTC).isoformat() == "2022-07-06T22:00:00+00:00"
