"""Quotes, dashes and spaces as a printer would set them, by language."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.language.typography import count_words, quoted, typeset

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


OTHERS = [
    ("de", "\"Er sagte 'nein'\", so der Bericht", "„Er sagte ‚nein‘“, so der Bericht"),
    ("de", "Wie geht's?", "Wie geht’s?"),
    ("de-AT", '"Ja"', "„Ja“"),
    ("de-CH", "\"Ja, 'gut'\"", "«Ja, ‹gut›»"),
    ("fr", "\"Un 'mot' d'hier\"", "«\u00a0Un “mot” d’hier\u00a0»"),
    ("it", '"Sì", dice l\'autore', "«Sì», dice l’autore"),
    ("es", '¿"Sí"?', "¿«Sí»?"),
    ("pt-BR", '"Sim"', "“Sim”"),
    ("pt-PT", '"Sim"', "«Sim»"),
    ("nl", "\"'t Hooft\" in '98", "“’t Hooft” in ’98"),
    ("pl", '"Tak"', "„Tak”"),
    ("cs", "\"Ano, 'ano'\"", "„Ano, ‚ano‘“"),
    ("sv", '"Ja"', "”Ja”"),
    ("nb", '"Ja"', "«Ja»"),
    ("ru", '"Да, "да""', "«Да, «да»»"),
    ("uk", "п'ять", "п’ять"),
    ("ja", '彼は"はい"と言った', "彼は「はい」と言った"),
    ("zh", '他说"你好"。', "他说“你好”。"),
    ("zh-Hant-HK", '他說"你好"。', "他說「你好」。"),
    ("he", 'הוא אמר "כן"', 'הוא אמר "כן"'),
    ("xx", "\"a\" -- 'b'...", "\"a\" -- 'b'..."),
]


@pytest.mark.parametrize(("lang", "text", "expected"), OTHERS)
def test_each_language_has_its_own_quotation_marks(lang: str, text: str, expected: str) -> None:
    """Those of its region where it has some; a language without any is left as it is typed."""
    assert typeset(text, lang) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\"He said 'so'\"", "“He said ‘so’”"),
        ("'\"So\" it was'", "‘“So” it was’"),
        ("rock 'n' roll", "rock ’n’ roll"),
        ("'Twas in '24, '99 and the '80s", "’Twas in ’24, ’99 and the ’80s"),
        ("give 'em hell 'til dawn", "give ’em hell ’til dawn"),
        ("5'10\" tall", "5′10″ tall"),
        ('see https://a.example/x--y"z and "this"', 'see https://a.example/x--y"z and “this”'),
        ("o'brien--x@mail.example isn't", "o'brien--x@mail.example isn’t"),
    ],
)
def test_the_context_decides_and_not_the_neighbour(text: str, expected: str) -> None:
    """Quotations within others, words that lost their first letters, feet and addresses."""
    assert typeset(text, "en") == expected


@pytest.mark.parametrize(
    ("text", "expected"), [(" !", "\u202f!"), ("!", "\u202f!"), (": x", "\u00a0: x")]
)
def test_french_signs_stand_off_what_is_marked_up_before_them(text: str, expected: str) -> None:
    """Behind bold text, a link or code, as behind a word."""
    assert typeset(text, "fr", "n") == expected


@pytest.mark.parametrize(
    ("lang", "title", "expected"),
    [
        ("en", "The “best” year", "“The ‘best’ year”"),
        ("en", "It’s here", "“It’s here”"),
        ("fr", "Le «\u00a0mot\u00a0»", "«\u00a0Le “mot”\u00a0»"),
        ("de", "Das „Wort“", "„Das ‚Wort‘“"),
        ("fr", "The “best” year", "«\u00a0The “best” year\u00a0»"),
    ],
)
def test_a_title_with_quotes_is_quoted_by_changing_them(
    lang: str, title: str, expected: str
) -> None:
    """A quotation within a quotation has the inner marks."""
    assert quoted(title, lang) == expected


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
