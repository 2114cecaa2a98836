"""Dates, numbers and names in any language that a tag may name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from babel.dates import format_date as babel_date
from babel.localedata import locale_identifiers
from hypothesis import assume, given
from hypothesis import strategies as st

from dossier.content.value_types import parse_language
from dossier.language.formatting import (
    find_locale,
    format_date,
    format_number,
    language_name,
    territorial_locale,
    territory_name,
)
from dossier.problems import FormError
from tests.helpers.smallsite import ENTITIES, SITE_YAML, SmallSite, briefing

UNKNOWN = ["ty", "gcf", "tlh", "mul", "sgn", "sh", "ber", "qaa"]
"""Tags of the right form of which CLDR knows little or nothing."""


@pytest.mark.parametrize("lang", ["no", "nb", "iw", "und", "cmn", "sr-Latn", "en-001", *UNKNOWN])
def test_a_site_builds_in_any_language(small_site: Callable[[str], SmallSite], lang: str) -> None:
    """With what is known of it; its region has the name that its author gave it at least."""
    languages = SITE_YAML.replace("[en, fr]", f"[en, {lang}]") + "social_cards: true\n"
    one = briefing("a", lang=lang, companies="[tiktok]", regions="[FR]")
    site = small_site(f"-- content/site.yaml --\n{languages}{ENTITIES}{one}")
    assert site.problems() == []
    assert f'lang="{lang}"' in site.read(f"{lang}/briefings/a/index.html")


@pytest.mark.parametrize("lang", UNKNOWN)
def test_a_language_that_cldr_does_not_know_has_neutral_forms(lang: str) -> None:
    """Dates of ISO 8601, the tag for its name, a territory as its author calls it."""
    assert format_date("2022-07-08T10:00", lang) == "2022-07-08"
    assert territory_name("FR", "France", lang) == "France"
    assert language_name(lang) == lang


def test_norwegian_has_a_territory() -> None:
    """Its macrolanguage is no locale of its own everywhere in CLDR."""
    assert territorial_locale("no") == "no_NO"
    assert territorial_locale("en") == "en_US"
    assert territorial_locale("fr-CA") == "fr_CA"


@given(st.from_regex(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?", fullmatch=True))
def test_no_tag_is_accepted_and_fails_later(tag: str) -> None:
    """What the form lets through can be written in every way that pages need."""
    try:
        lang = parse_language(tag)
    except FormError:
        return
    assert format_date("0001-01-01", lang)
    assert format_number("1234.5", lang)
    assert language_name(lang)
    assert territorial_locale(lang)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_day_are_days(
    small_site: Callable[[str], SmallSite], day: str
) -> None:
    """A month before the first one, there is none."""
    problems = small_site(briefing("a", date=day)).problems()
    assert not any(problem.severity == "error" for problem in problems)


@given(st.sampled_from(locale_identifiers()), st.dates())
def test_days_are_written_as_babel_does(tag: str, day: date) -> None:
    """In every language of CLDR; only French has its own way for the first of a month."""
    lang = tag.replace("_", "-")
    locale = find_locale(lang)
    assume(locale is not None and not (locale.language == "fr" and day.day == 1))
    expected = babel_date(day, "long", locale=locale or lang)
    assert format_date(day.isoformat(), lang) == expected
