"""The forms of text in front matter: what each takes, makes of it, and refuses."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.content.value_types import FORMS
from dossier.problems import FormError

ACCEPTED = [
    ("text", "  two\n words ", "two words"),
    ("text", "e\u0301te\u0301", "été"),
    ("text", "<b> & {{ 7*7 }}", "<b> & {{ 7*7 }}"),
    ("day", "2024-02-29", "2024-02-29"),
    ("partial date", "2022", "2022"),
    ("partial date", "2022-07", "2022-07"),
    ("partial date", "2022-07-05", "2022-07-05"),
    ("moment", "2022-07-05", "2022-07-05"),
    ("moment", "2022-07-05 09:30 +02:00", "2022-07-05T09:30:00+02:00"),
    ("moment", "2022-07-05t09:30:15z", "2022-07-05T09:30:15+00:00"),
    ("url", "https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
    ("url", "HTTP://example.org:8080/é", "HTTP://example.org:8080/é"),
    ("language", "en", "en"),
    ("language", "pt-BR", "pt-BR"),
    ("language", "zh-Hant-TW", "zh-Hant-TW"),
    ("language", "es-419", "es-419"),
    ("slug", "A_b-2", "A_b-2"),
    ("site path", "/old/address/", "/old/address/"),
    ("site path", "/old", "/old/"),
    ("site path", "/old.html", "/old.html"),
    ("site path", "/e\u0301te\u0301/", "/été/"),
    (
        "site path",
        "/notes/Paper_(draft)/F++/x,y/it's-here!",
        "/notes/Paper_(draft)/F++/x,y/it's-here!/",
    ),
    (
        "site path",
        "/k:v/@us/~me/a=b&c;d*$/.well-known/v1./",
        "/k:v/@us/~me/a=b&c;d*$/.well-known/v1./",
    ),
    ("site path", "/two%20words/%d0%b4a/%7Eme/", "/two%20words/дa/~me/"),
    ("site path", "/100%25/%5Bx%5D/", "/100%25/%5Bx%5D/"),
    ("site path", "/old.html/", "/old.html/"),
    ("former id", "twitter", "twitter"),
    ("region code", "FR", "FR"),
    ("region code", "150", "150"),
    ("wikidata id", "Q312", "Q312"),
    ("time zone", "Europe/Paris", "Europe/Paris"),
]

REFUSED = [
    ("text", " \n", "the text is empty", "leave the field out"),
    ("text", "a\x07b", "the character U+0007 is not allowed here", "delete it"),
    ("text", "a\ud800b", "the character U+D800 is not allowed here", "delete it"),
    ("day", "2022-07", "'2022-07' is not a day", "2022-07-05"),
    ("day", "2026-02-30", "'2026-02-30' is not a date: February 2026 has 28 days", "2022-07-05"),
    ("day", "5 July 2022", "'5 July 2022' is not a date", "2022-07-05"),
    ("day", "٢٠٢٢-٠٧-٠٥", "'٢٠٢٢-٠٧-٠٥' is not a date", "2022-07-05"),
    ("partial date", "2022-13", "'2022-13' is not a date: there is no month 13", ""),
    ("partial date", "2022-00", "'2022-00' is not a date: there is no month 0", ""),
    ("partial date", "0000", "'0000' is not a date: there is no year 0", ""),
    ("partial date", "2022-7", "'2022-7' is not a date", "2022, 2022-07, 2022-07-05"),
    ("partial date", "2023-02-29", "'2023-02-29' is not a date: February 2023 has 28 days", ""),
    ("partial date", "2022-07-05\n", "is not a date", ""),
    (
        "moment",
        "2022-07-05T09:30",
        "'2022-07-05T09:30' has a time but no zone",
        "2022-07-05T09:30Z",
    ),
    ("moment", "2022-07-05T25:00Z", "'2022-07-05T25:00Z' is not a moment: no such time", ""),
    ("moment", "2022-02-30T10:00Z", "'2022-02-30' is not a date: February 2022 has 28 days", ""),
    ("moment", "0001-01-01T00:00+14:00", "is not a moment: there is no time in 0001", "0001-01-01"),
    ("moment", "9999-12-31T23:00-12:00", "is not a moment: there is no time in 9999", "9999-12-31"),
    ("url", "example.org", "'example.org' is not a web address", "beginning with https://"),
    ("url", "javascript:alert(1)", "is not a web address", "https://"),
    ("url", "https://", "is not a web address", "https://"),
    ("url", "https://[::1", "is not a web address", "https://"),
    ("url", "https://a.b:99999/", "is not a web address", "https://"),
    ("url", "https://a.b/%zz", "is not a web address", "https://"),
    ("url", 'https://a.b/"><script>', "is not a web address", "https://"),
    ("language", "english", "'english' is not a language", "en, fr, pt-BR"),
    ("language", "EN", "'EN' is not a language", "BCP 47"),
    ("slug", "a b", "'a b' is not an id", "prweek"),
    ("slug", "é", "'é' is not an id", "prweek"),
    ("site path", "old/", "'old/' is not an address of this site", "/old/address/"),
    ("site path", "/", "'/' is not an address of this site", "/old/address/"),
    ("site path", "/a/../b/", "'/a/../b/' is not an address of this site", "/old/address/"),
    ("site path", "//evil.com/", "is not an address of this site", "/old/address/"),
    ("site path", "/a?b", "is not an address of this site", "leave out what follows ? or #"),
    (
        "site path",
        "/a/#b",
        "'/a/#b' is not an address of this site",
        "leave out what follows ? or #",
    ),
    ("site path", "/two words/", "is not an address of this site", "write %20 for ' '"),
    ("site path", "/[x]/", "is not an address of this site", "write %5B for '['"),
    ("site path", "/100%/", "is not an address of this site", "write %25 for a percent sign"),
    ("site path", "/a%2Fb/", "is not an address of this site", "/old/address/"),
    ("site path", "/a%5Cb/", "is not an address of this site", "/old/address/"),
    ("site path", "/%2e%2E/a/", "is not an address of this site", "/old/address/"),
    ("site path", "/a%00/", "is not an address of this site", "/old/address/"),
    ("site path", "/%E9/", "is not an address of this site", "encode letters in UTF-8"),
    ("site path", "/.dossier-manifest.json/", "is not an address of this site", "of the build"),
    ("site path", f"/{'é' * 128}/", "is not an address of this site", "longer than 255 bytes"),
    ("former id", "Twitter", "'Twitter' was never an id", "the name that its file had"),
    ("former id", "/companies/twitter/", "was never an id", "write twitter"),
    ("former id", "companies/twitter.md", "was never an id", "write twitter"),
    ("region code", "UK", "'UK' is not a region code", "the United Kingdom is GB"),
    ("region code", "EL", "'EL' is not a region code", "Greece is GR"),
    ("region code", "fr", "'fr' is not a region code", "ISO 3166-1"),
    ("region code", "ZZ", "'ZZ' is not a region code", "ISO 3166-1"),
    ("wikidata id", "Q0", "'Q0' is not a Wikidata item", "Q312"),
    ("wikidata id", "Q٣", "'Q٣' is not a Wikidata item", "Q312"),
    ("time zone", "Mars/Olympus", "'Mars/Olympus' is not a time zone", "Europe/Paris"),
    ("time zone", "../etc/passwd", "'../etc/passwd' is not a time zone", "Europe/Paris"),
]


@pytest.mark.parametrize(("form", "text", "value"), ACCEPTED, ids=lambda v: ascii(v))
def test_a_form_makes_its_canonical_text(form: str, text: str, value: str) -> None:
    """What an author may write has one canonical text."""
    assert FORMS[form](text) == value


@pytest.mark.parametrize(("form", "text", "value"), ACCEPTED, ids=lambda v: ascii(v))
def test_a_canonical_text_is_its_own_canonical_text(form: str, text: str, value: str) -> None:
    """Reading what was made changes nothing."""
    assert text
    assert FORMS[form](value) == value


@pytest.mark.parametrize(("form", "text", "message", "hint"), REFUSED, ids=lambda v: ascii(v)[:40])
def test_a_form_refuses_with_a_reason_and_a_way_out(
    form: str, text: str, message: str, hint: str
) -> None:
    """What does not fit is refused by name, with what would fit."""
    with pytest.raises(FormError) as caught:
        FORMS[form](text)
    assert message in str(caught.value)
    assert hint in caught.value.hint


@pytest.mark.parametrize("form", sorted(FORMS))
@given(text=st.text(st.characters(codec=None), max_size=40))
def test_no_text_makes_a_form_fail_in_any_other_way(form: str, text: str) -> None:
    """A form returns text or raises `FormError`, whatever it is given."""
    try:
        assert FORMS[form](text)
    except FormError as error:
        assert str(error)


@given(st.dates())
def test_every_day_of_the_calendar_is_a_day(day: datetime.date) -> None:
    """A day that exists is accepted as written, in each precision."""
    text = day.isoformat()
    assert FORMS["day"](text) == text
    assert FORMS["partial date"](text[:7]) == text[:7]
    assert FORMS["partial date"](text[:4]) == text[:4]
