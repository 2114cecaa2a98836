"""Languages that are written from right to left."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from babel import Locale
from babel.localedata import locale_identifiers

from dossier.language.formatting import is_right_to_left
from tests.helpers.smallsite import SmallSite, briefing

Make = Callable[[str], SmallSite]
SETTINGS = """\
-- content/site.yaml --
title: T
base_url: https://example.org/
languages: [{}]
"""


@pytest.mark.parametrize(
    ("lang", "rtl"),
    [("ar", True), ("fa", True), ("he", True), ("ur", True), ("ps", True), ("yi", True),
     ("en", False), ("fr-CA", False), ("zh-Hant", False), ("tlh", False)],
)  # fmt: skip
def test_cldr_knows_the_direction_of_a_language(lang: str, rtl: bool) -> None:
    """One that it does not know runs from left to right."""
    assert is_right_to_left(lang) == rtl


def test_scripts_tell_the_direction_of_every_language_of_cldr() -> None:
    """As CLDR itself does, in files that no build has to load for it."""
    for name in locale_identifiers():
        locale = Locale.parse(name)
        expected = locale.character_order == "right-to-left"
        assert is_right_to_left(name.replace("_", "-")) == expected, name


def test_a_page_runs_as_its_language_does(small_site: Make) -> None:
    """And its title in a list of another language says that it runs the other way."""
    site = small_site(
        SETTINGS.format("en, fa, fr")
        + briefing("a", lang="fa", title="یک عنوان")
        + briefing("b", lang="fr", title="Un titre")
    )
    site.build()
    persian, listed = site.read("fa/briefings/a/index.html"), site.read("briefings/index.html")
    assert '<html lang="fa" dir="rtl">' in persian
    assert "run from right to left" not in persian
    assert '<html lang="fr">' in site.read("fr/briefings/b/index.html")
    assert 'lang="fa" dir="rtl" hreflang="fa">یک عنوان' in listed
    assert 'lang="fr" hreflang="fr">Un titre' in listed


def test_a_site_that_runs_from_right_to_left(small_site: Make) -> None:
    """What is English in it says so."""
    site = small_site(SETTINGS.format("he, en") + briefing("a", lang="en", title="A title"))
    site.build()
    assert '<html lang="he" dir="rtl">' in site.read("index.html")
    assert 'lang="en" dir="ltr" hreflang="en">A title' in site.read("briefings/index.html")
