"""What is said of YAML that cannot be read: the mistake as its author made it, and the way out."""

from __future__ import annotations

import pytest

from dossier.content.source_text import SourceText
from dossier.content.yaml.nodes import compose
from dossier.problems import ProblemError


def said(text: str) -> str:
    """Compose a text that cannot be read; return place, message and hint."""
    with pytest.raises(ProblemError) as caught:
        compose(SourceText("a.md", text), text)
    (problem,) = caught.value.problems
    return f"{problem.line}:{problem.column}: {problem.message} | {problem.hint}"


@pytest.mark.parametrize("odd", ["\u00a0", "\u202f", "\u2003", "\u200b", "\u3000"])
@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("title: T\nauthors:{}[A. Writer]\nlang: en\n", "2:9"),
        ("sources:\n{}{}- {{id: s, title: S}}\n", "2:1"),
        ("sources:\n  -{}id: s\n    title: S\n", "2:4"),
    ],
)
def test_what_only_looks_like_a_space_is_named(text: str, place: str, odd: str) -> None:
    """After a field's name, before it, or after the sign of an item: copies bring it along."""
    found = said(text.format(odd, odd))
    assert found.startswith(f"{place}: this is no space but a ")
    assert f"U+{ord(odd):04X}" in found
    assert "type a space" in found


def test_such_a_space_within_a_text_stays() -> None:
    """French texts are full of them."""
    text = "title: Prix\u00a0! 12\u202f%\n"
    node = compose(SourceText("a.md", text), text)
    assert node is not None
    assert node.value[0][1].value == "Prix\u00a0! 12\u202f%"


@pytest.mark.parametrize(
    "text",
    [
        "sources:\n  - id: s\n   title: S\n",
        "sources:\n  - id: s\n     title: S\n    date: 2022\n",
        "moves:\n  - company: a\n    stage: b\n   regions: [c]\n",
        "  title: T\n date: 2022\n",
    ],
)
def test_lines_that_do_not_align_are_called_so(text: str) -> None:
    """Quotes, which most other errors need, would not help."""
    found = said(text)
    assert "align" in found or "same column" in found
    assert "quotes" not in found


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("summary: Ports grow: trade falls.", 'summary: "Ports grow: trade falls."'),
        ('title: The "new: old" way', "title: 'The \"new: old\" way'"),
        ("  note: It's new: here", 'note: "It\'s new: here"'),
        ("summary: " + "long: " * 30, "put the whole text in quotes"),
    ],
)
def test_a_colon_in_a_text_is_shown_in_the_author_s_own_line(line: str, shown: str) -> None:
    """As it would be right; too long a line is not repeated."""
    assert said(f"{line}\n").endswith(shown)
