"""Ids from titles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.content.ids import id_problem
from dossier.scaffold.slugs import LONGEST, slugify


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Amazon opens a live-shopping channel", "amazon-opens-a-live-shopping-channel"),
        ("L’Oréal naît, où ? À Clichy !", "l-oreal-nait-ou-a-clichy"),
        ("L'Ore\u0301al", "l-oreal"),
        ("Straße, Ærø and Łódź", "strasse-aero-and-lodz"),
        ("Macy's doesn’t; we're", "macys-doesnt-were"),
        ("U.S. sales: up 7.5 %", "us-sales-up-7-5"),
        ("«TikTok» – #1 (again)…", "tiktok-1-again"),
        ("Владимир", "vladimir"),
        ("Ελλάδα", "ellada"),
        ("서울 시장", "seoul-sijang"),
        ("TikTok 抖音", ""),
        ("東京", ""),
        ("?!", ""),
    ],
)
def test_a_slug_is_what_can_be_read_of_a_title(title: str, slug: str) -> None:
    """ASCII words and hyphens; nothing where the characters have no certain reading."""
    assert slugify(title) == slug


def test_a_long_title_is_cut_between_words() -> None:
    """A word that is too long by itself is cut within."""
    assert slugify("word " * 30) == "-".join(["word"] * 12)
    assert slugify("a " + "b" * 100) == "a"
    assert slugify("b" * 100) == "b" * LONGEST


@given(st.text())
def test_a_slug_is_an_id_or_nothing(title: str) -> None:
    """Whatever the title; what remains to refuse is a reserved name."""
    slug = slugify(title)
    assert len(slug) <= LONGEST
    if slug:
        reason = id_problem(slug)
        assert reason is None or "reserved" in reason[0]
