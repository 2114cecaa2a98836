"""Tables in texts."""

from __future__ import annotations

import pytest

from dossier.content.documents import Shown, Slot
from tests.helpers.smallsite import parse_file, render_body

HEAD = "---\ntitle: T\ndate: 2025-01-01\nsummary: S.\ncompanies: []\nregions: []\ntopics: []\n---\n"


def tables(text: str) -> list[Slot]:
    """The tables of a text."""
    parsed, problems = parse_file(HEAD + text)
    assert parsed is not None, problems
    return [slot for slot in parsed.body.slots if slot.table]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("![Sales](/files/a.csv)", Shown("Sales")),
        ('![Sales](/files/a.csv "Source: INE")', Shown("Sales", "Source: INE")),
        ("![Sales](/files/a.csv){chart=line}", Shown("Sales", "", "line")),
        ('![Sales](/files/a.csv "INE") { chart="bar" }', Shown("Sales", "INE", "bar")),
        ('![It\'s "here"](/files/a.csv)', Shown("It’s “here”")),
        ("![Sales][s]{chart=bar}\n\n[s]: /files/a.csv", Shown("Sales", "", "bar")),
        ("> - ![Sales](/files/a.csv)\n>\n>   More.", Shown("Sales")),
        ("![Sales](/files/a.csv)\n\n*[0]: nothing", Shown("Sales")),
    ],
)
def test_an_image_of_a_csv_file_is_a_table(text: str, shown: Shown) -> None:
    """Its text is the caption, its title the source, braces behind it say how it is drawn."""
    assert [(slot.target, slot.table) for slot in tables(text)] == [("/files/a.csv", shown)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("See ![Sales](/files/a.csv) here.", "the table '/files/a.csv' stands within a text"),
        ("![Sales](/files/a.csv) ![B](/files/a.csv)", "the table '/files/a.csv' stands within"),
        ("![](/files/a.csv)", "the table '/files/a.csv' has no caption"),
        ("![Sales](https://example.org/a.csv)", "'https://example.org/a.csv' is not a file of"),
        ("![Sales](/files/a.csv){chart=pie}", "'pie' is not a chart"),
        ("![Sales](/files/a.csv){.wide}", "{.wide} behind a table says nothing"),
    ],
)
def test_a_table_that_cannot_be_shown_is_an_error(text: str, message: str) -> None:
    """The place of the image, and what is wrong with it."""
    parsed, problems = parse_file(HEAD + text)
    assert parsed is None
    assert [problem.line for problem in problems][:1] == [9]
    assert problems[0].message.startswith(message)


def test_braces_elsewhere_are_text() -> None:
    """Only behind a table do braces mean something."""
    assert "Set {chart=line}." in render_body("Set {chart=line}.")[0]
    html = render_body("![It](/files/a.png){chart=line}\n\n[T](/files/a.csv){chart=bar}")[0]
    assert "{chart=line}" in html
    assert "{chart=bar}" in html
