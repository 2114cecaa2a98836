"""Countries and continents: their codes, their names, and what they lie in."""

from __future__ import annotations

import pytest
from babel import Locale

from dossier.scaffold.territories import (
    _COUNTRIES,
    COUNTRIES,
    WORLD,
    find_code,
    find_named,
    lies_in,
    territory_name,
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("FR", "FR"),
        ("fr", "FR"),
        ("FRA", "FR"),
        ("250", "FR"),
        ("UK", "GB"),
        ("150", "150"),
        ("NO", "NO"),
        ("ZZ", None),
        ("YU", None),
        ("France", None),
        ("", None),
    ],
)
def test_a_code_of_any_form_is_one_of_two_letters_or_three_digits(
    text: str, code: str | None
) -> None:
    """What several countries had by turns is none."""
    assert find_code(text) == code


@pytest.mark.parametrize(
    ("name", "lang", "code"),
    [
        ("france", "en", "FR"),
        ("Cote d'Ivoire", "en", "CI"),
        ("Allemagne", "fr", "DE"),
        ("Germany", "fr", "DE"),
        ("South America", "en-GB", "005"),
        ("Atlantis", "en", None),
        ("Germany", "xx", "DE"),
    ],
)
def test_a_name_is_that_of_cldr_in_the_language_or_in_english(
    name: str, lang: str, code: str | None
) -> None:
    """Case and accents folded; a language that CLDR does not have is English."""
    assert find_named(name, lang) == code


def test_a_name_begins_with_a_capital() -> None:
    """CLDR writes `world`."""
    assert territory_name("001", "en") == "World"
    assert territory_name("DE", "fr") == "Allemagne"


def test_a_territory_lies_in_what_un_m49_says() -> None:
    """The nearest first."""
    assert lies_in("FR") == ("155", "150", "001")
    assert lies_in("US") == ("021", "003", "019", "001")
    assert lies_in("MX") == ("013", "419", "003", "019", "001")
    assert lies_in("142") == ("001",)
    assert lies_in("AQ") == ("001",)
    assert lies_in(WORLD) == ()


def test_every_country_lies_in_one_region_and_every_code_has_a_name() -> None:
    """The table names no country twice and none that CLDR does not know."""
    assert len(" ".join(_COUNTRIES.values()).split()) == len(COUNTRIES)
    names = Locale("en").territories
    every = {code for country in COUNTRIES for code in (country, *lies_in(country))}
    assert every <= set(names)
    regions = {code for code in names if code.isdigit()}
    assert regions == {code for code in every if code.isdigit()}
    countries = {code for code in names if code.isalpha() and find_code(code) == code}
    unplaced = countries - set(COUNTRIES)
    assert unplaced == {"AC", "AQ", "CP", "CQ", "DG", "EA", "IC", "QO", "TA"}
