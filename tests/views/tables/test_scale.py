"""Scales of charts."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.views.tables.scale import broken, build_scale, spread

VALUES = st.lists(st.decimals(-(10**7), 10**7, places=2), min_size=1, max_size=9)


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([0, 870], [0, 200, 400, 600, 800, 1000]),
        ([12, 48], [0, 10, 20, 30, 40, 50]),
        ([-300, 1000], [-500, 0, 500, 1000]),
        ([98, 103], [98, 99, 100, 101, 102, 103]),
        ([5, 5], [0, 1, 2, 3, 4, 5]),
        ([0, 0], [0, "0.2", "0.4", "0.6", "0.8", 1]),
    ],
)
def test_ticks_are_round(values: list[int], ticks: list[int | str]) -> None:
    """A scale begins at zero unless all values are near to one another."""
    scale = build_scale(map(Decimal, values), 6, from_zero=False)
    assert list(scale.ticks) == [Decimal(tick) for tick in ticks]


@given(VALUES, st.integers(3, 8), st.booleans())
def test_every_value_is_on_the_scale(values: list[Decimal], most: int, from_zero: bool) -> None:
    """Whatever the values, there are few ticks, and none of the values lies outside of them."""
    scale = build_scale(values, most, from_zero)
    assert scale.low <= min(values) <= max(values) <= scale.high
    assert 2 <= len(scale.ticks) <= most + 1
    assert not from_zero or scale.low <= 0 <= scale.high


@given(st.lists(st.floats(0, 200), min_size=1, max_size=6))
def test_names_at_the_ends_of_lines_do_not_overlap(places: list[float]) -> None:
    """They are moved apart within the height of the chart."""
    moved = sorted(spread(places, [16.0] * len(places), 0, 200))
    assert all(b - a >= 15.999 for a, b in pairwise(moved))
    assert moved[0] >= 7.999
    assert moved[-1] <= 192.001


def test_a_long_name_is_broken() -> None:
    """Into three lines at most."""
    assert broken("United Kingdom of Great Britain and Northern Ireland", 130) == [
        "United Kingdom",
        "of Great Britain",
        "and Northern…",
    ]
    assert broken("France", 130) == ["France"]
