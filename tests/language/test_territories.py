"""Codes of territories: those of Unicode CLDR, without asking Babel for each."""

from __future__ import annotations

import pytest
from babel import Locale

from dossier.language import territories
from dossier.language.territories import is_territory_code


def test_the_codes_are_those_of_cldr() -> None:
    """Babel's, without what is no code of either standard; a new one is known as well."""
    named = set(Locale("en").territories) - {"UK", "EL", "ZZ"}
    assert all(map(is_territory_code, named))
    assert set(territories._KNOWN.split()) <= named


@pytest.mark.parametrize("code", ["", "UK", "EL", "ZZ", "fr", "FRA", "FR GA", " FR", "1", "999"])
def test_nothing_else_is_a_code(code: str) -> None:
    """Two codes are none, either."""
    assert not is_territory_code(code)
