"""What reads otherwise than it seems to is a warning where it stands; what is meant is none."""

from __future__ import annotations

import pytest

from dossier.content.markdown.parse import parse_body
from dossier.content.source_text import SourceText

OPEN, SHUT = "nothing closes this", "nothing opens this"
CONFLICT = "<<<<<<< HEAD\n\nours\n\n=======\n\ntheirs\n\n>>>>>>> main\n"


def warnings(body: str) -> list[str]:
    """The warnings about a body, as `line:column: message`."""
    _, problems = parse_body(SourceText("a.md", body), body, lang="en", sources=[])
    assert all(one.severity == "warning" and one.hint for one in problems)
    return [f"{one.line}:{one.column}: {one.message}" for one in problems]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("a **b c", [f"1:3: {OPEN} **"]),
        ("a b** c", [f"1:4: {SHUT} **"]),
        ("**Note:**text", [f"1:1: {OPEN} **"]),
        ("**「中」**文字", [f"1:1: {OPEN} **"]),
        ("a\n__b c", [f"2:1: {OPEN} __"]),
        ("a ~~b c", [f"1:3: {OPEN} ~~"]),
        ("*a **b c*", [f"1:4: {OPEN} *"]),
        ("***a** b", [f"1:1: {OPEN} *"]),
        ("[a **b](https://x.org) c", [f"1:4: {OPEN} **"]),
        ("- x\n- **a", [f"2:3: {OPEN} **"]),
        ("> **a", [f"1:3: {OPEN} **"]),
        ("| a | **b |\n|---|---|", [f"1:7: {OPEN} **"]),
        ("## A **b", [f"1:6: {OPEN} **"]),
        ("run `make all", [f"1:5: {OPEN} `"]),
        ("x\n\n```\ncode", ["3:1: this code never ends"]),
        ("- x\n\n  ~~~\n  code\n", ["3:3: this code never ends"]),
        ("a\n\n##b", ["3:1: this is no heading"]),
        ("| a | b |\n| 1 | 2 |", ["1:1: this is no table"]),
        ("Sales are TBD.", ["1:11: 'TBD' was left in the text"]),
        ("Lorem ipsum dolor", ["1:1: 'Lorem ipsum' was left in the text"]),
        (CONFLICT, ["1:1: a mark of a merge conflict"]),
    ],
)
def test_what_reads_otherwise_than_it_seems_to_is_a_warning(body: str, expected: list[str]) -> None:
    """With its line and column, and with a way out."""
    assert warnings(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "2 * 3 and 2 ** 3",
        "f**k, C* and D*",
        "\\**a \\`b",
        "`**a`",
        "```\n**a\n<<<<<<< HEAD\n```",
        "the 5` mark, Hawai`i",
        "a # b, #1 and C#",
        "| one |",
    ],
)
def test_what_is_meant_as_it_stands_is_no_warning(body: str) -> None:
    """Sums, escapes, code, signs within words."""
    assert warnings(body) == []
