"""Quotes, dashes and spaces as a printer would set them, by language."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.language.typography import count_words, typeset

ENGLISH = [
    ('"Quoted" text', "“Quoted” text"),
    ("it's the sellers' choice", "it’s the sellers’ choice"),
    ("'so' he said", "‘so’ he said"),
    ("the '90s and 'tis", "the ’90s and ’tis"),
    ("('x')", "(‘x’)"),
    ("2021--22", "2021–22"),
    ("a --- b", "a — b"),
    ("a ---- b", "a ---- b"),
    ("wait...", "wait…"),
    ("Quoi ? 5 € : non", "Quoi ? 5 € : non"),
    ('said "', "said “"),
]

FRENCH = [
    ("Quoi ?", "Quoi\u202f?"),
    ("Quoi?", "Quoi\u202f?"),
    ("Non ! Si ; bien", "Non\u202f! Si\u202f; bien"),
    ("Voici : rien", "Voici\u00a0: rien"),
    ("Voici: rien", "Voici\u00a0: rien"),
    ("Voici:", "Voici\u00a0:"),
    ("« oui »", "«\u00a0oui\u00a0»"),
    ("«oui»", "«\u00a0oui\u00a0»"),
    ('"oui" !', "«\u00a0oui\u00a0»\u202f!"),
    ("l'heure", "l’heure"),
    ("1 000 000 de vues", "1\u202f000\u202f000 de vues"),
    ("5 % et 5 € et 5 $", "5\u202f% et 5\u202f€ et 5\u202f$"),
    ("5 €", "5\u202f€"),
    ("12:30", "12:30"),
    ("https://a.b/c?d", "https://a.b/c?d"),
]


@pytest.mark.parametrize(("text", "expected"), ENGLISH, ids=[t for t, _ in ENGLISH])
def test_english_is_set_as_new_harts_rules_have_it(text: str, expected: str) -> None:
    """English has curly quotes, en and em dashes, and no space before its signs."""
    assert typeset(text, "en") == expected


@pytest.mark.parametrize(("text", "expected"), FRENCH, ids=[t for t, _ in FRENCH])
def test_french_is_set_as_the_imprimerie_nationale_has_it(text: str, expected: str) -> None:
    """French has guillemets and no-break spaces, narrow before `; ! ?` and wide before `:`."""
    assert typeset(text, "fr") == typeset(text, "fr-CA") == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [("", "‘s"), (" ", "‘s"), ("(", "‘s"), ("k", "’s"), ("\x0e", "’s"), ('"', "’s"), ("”", "’s")],
    ids=["start", "space", "bracket", "letter", "link", "code", "quote"],
)
def test_what_stands_before_decides_whether_a_quote_opens(before: str, expected: str) -> None:
    """A run of text may begin in the middle of a sentence."""
    assert typeset("'s", "en", before) == expected


@given(st.text(), st.sampled_from(["en", "fr", "de"]), st.sampled_from(["", " ", "a", '"', "'"]))
def test_letters_and_digits_never_change(text: str, lang: str, before: str) -> None:
    """Typography touches quotes, dashes, dots and spaces alone."""

    def kept(text: str) -> str:
        return "".join(char for char in text if char.isalnum())

    assert kept(typeset(text, lang, before)) == kept(text)


@given(st.text("ab 12'\"«».-:;!?%€()\u00a0\u202f", max_size=30), st.sampled_from(["en", "fr"]))
def test_what_is_set_already_stays_as_it_is(text: str, lang: str) -> None:
    """Setting a text twice is setting it once."""
    once = typeset(text, lang)
    assert typeset(once, lang) == once


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("don't, 3.5 and on-site", 4),
        ("l’Île-de-France où", 2),
        ("two--three 'four' -five. .six", 5),
        ("東京 Токио", 2),
        ("a_b ² ½", 3),
    ],
)
def test_a_word_may_have_signs_within(text: str, words: int) -> None:
    """An apostrophe, a full stop, a comma or a hyphen between two letters joins them."""
    assert count_words(text) == words


@given(st.text(alphabet="aé1_ '’.,-–\n§ж", max_size=30))
def test_words_are_counted_alike_in_every_script(text: str) -> None:
    """The quick way for Latin-1 counts what the pattern finds."""
    assert count_words(text) == len(re.findall(r"\w+(?:['’.,-]\w+)*", text))
