"""Images in texts."""

from __future__ import annotations

import pytest

from dossier.content.documents import Picture, Slot
from dossier.content.images.in_text import split_credit
from tests.helpers.smallsite import parse_file, render_body

HEAD = "---\ntitle: T\ndate: 2025-01-01\nsummary: S.\n---\n"


def images(text: str) -> list[Slot]:
    """The images of a text."""
    parsed, problems = parse_file(HEAD + text)
    assert parsed is not None, problems
    return [slot for slot in parsed.body.slots if slot.image]


@pytest.mark.parametrize(
    ("text", "picture"),
    [
        ("![A plant](/files/a.jpg)", Picture("A plant")),
        (
            '![A plant](/files/a.jpg "It opened. Photo: A. Name / Agency, CC BY 4.0")',
            Picture("A plant", "It opened.", "Photo: A. Name / Agency, CC BY 4.0"),
        ),
        ('![A](/files/a.jpg "It\'s \\"new\\"")', Picture("A", "It’s “new”")),
        ('> ![A][a]\n\n[a]: /files/a.jpg "© B"', Picture("A", "", "© B")),
        ("The sign ![*On*](/files/a.jpg) is lit.", Picture("On")),
    ],
)
def test_an_image_has_a_text_a_caption_and_a_credit(text: str, picture: Picture) -> None:
    """Its title is the caption, with the credit apart."""
    assert [(slot.target, slot.image) for slot in images(text)] == [("/files/a.jpg", picture)]


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("", ("", "")),
        ("A caption.", ("A caption.", "")),
        ("A caption. Photo: B", ("A caption.", "Photo: B")),
        ("A caption – © B 2024", ("A caption", "© B 2024")),
        ("Une légende. Photo : B", ("Une légende.", "Photo : B")),
        ("Une légende. Crédit\u202f: B", ("Une légende.", "Crédit\u202f: B")),
        ("Eine Zeile (Foto: B).", ("Eine Zeile", "Foto: B")),
        ("工場。写真：B", ("工場。", "写真：B")),
        ("Source: INE", ("", "Source: INE")),
        ("Sales. Credit: A. Source: B", ("Sales.", "Credit: A. Source: B")),
        ("An open source: what it means", ("An open source: what it means", "")),
        ("Telephoto: a lens", ("Telephoto: a lens", "")),
    ],
)
def test_a_credit_begins_with_a_word_for_it(title: str, parts: tuple[str, str]) -> None:
    """In the languages of briefings, with a space before the colon or without."""
    assert split_credit(title) == parts


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("![](/files/a.png)", "1:5: the image '/files/a.png' has no text"),
        ("![A](https://a.b/c.png)", "1:6: 'https://a.b/c.png' is not a file of this site"),
    ],
)
def test_an_image_that_cannot_be_shown_is_an_error(text: str, problem: str) -> None:
    """At the place of its address."""
    assert [found.partition(" | ")[0] for found in render_body(text)[1]] == [problem]
