"""The accent: contrast that suffices on light pages and dark ones, from one colour."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.content.brand.accent import (
    ENOUGH,
    accent_problem,
    contrast,
    nearest_accent,
    with_accent,
)
from dossier.content.brand.palette import accent_styles, read_palette
from tests.helpers.smallsite import ROOT

PALETTE = read_palette(ROOT / "templates")
COLOURS = st.binary(min_size=3, max_size=3).map(bytes.hex)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("000000", "ffffff", 21), ("777777", "ffffff", 4.48), ("ff0000", "ffffff", 4.0)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, expected: float) -> None:
    """In either order."""
    assert round(contrast(one, other), 2) == round(contrast(other, one), 2) == expected


@given(COLOURS)
def test_whatever_the_accent_what_follows_from_it_can_be_read(accent: str) -> None:
    """Letters on paper and panel, light and dark, and white letters on the band."""
    shades = with_accent(PALETTE, nearest_accent(PALETTE, accent))
    for paper in (PALETTE.paper, PALETTE.panel):
        assert contrast(shades.accent.light, paper.light) >= ENOUGH
        assert contrast(shades.accent.dark, paper.dark) >= ENOUGH
    for band in (shades.band.light, shades.band.dark):
        assert contrast(band, "ffffff") >= ENOUGH


@given(COLOURS)
def test_a_colour_that_can_be_read_stays_as_it_is(accent: str) -> None:
    """So does the nearest of one that cannot: it is not a problem in its turn."""
    nearest = nearest_accent(PALETTE, accent)
    assert accent_problem(PALETTE, nearest) is None
    assert with_accent(PALETTE, nearest).accent.light == nearest


@pytest.mark.parametrize(
    ("accent", "nearest"), [("ffd500", "836c00"), ("00a0ff", "0272b8"), ("ffffff", "6e6e6e")]
)
def test_a_faint_accent_is_a_problem_that_names_a_shade_of_it(accent: str, nearest: str) -> None:
    """Yellow becomes a dark yellow, blue a darker blue."""
    assert accent_problem(PALETTE, accent) is not None
    _, hint = accent_problem(PALETTE, accent) or ("", "")
    assert hint == f"the nearest shade of it that passes is {nearest}"


def test_the_styles_of_an_accent_have_both_schemes() -> None:
    """Under the names that the style sheet of the theme gives them."""
    shades = with_accent(PALETTE, "1a5fb4")
    assert accent_styles(shades) == (
        ":root{--accent:light-dark(#1a5fb4,#8dbdff);--band:light-dark(#1a5fb4,#2467bd)}"
    )
