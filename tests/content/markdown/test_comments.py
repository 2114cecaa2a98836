"""Comments in a body: shown to nobody, and said where they are not what they seem to be."""

from __future__ import annotations

import pytest

from dossier.content.markdown.parse import parse_body
from dossier.content.source_text import SourceText


def warnings(body: str) -> list[tuple[int, int, str]]:
    """The warnings about a body: line, column, message."""
    _, problems = parse_body(SourceText("a.md", body), body, lang="en", sources=[])
    return [(one.line, one.column, one.message) for one in problems]


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("Text.\n\n<!-- open\n\nmore\n", (3, 1)),
        ("Text <!-- open\nmore\n", (1, 6)),
        ("- x\n\n  <!-- open\n\n- z\n", (3, 3)),
        ("> **bold** <!-- open\n", (1, 12)),
    ],
)
def test_a_comment_that_never_ends_is_a_warning(body: str, place: tuple[int, int]) -> None:
    """Readers would see it, and its author believes that they do not."""
    assert warnings(body) == [(*place, "this comment never ends, so readers see it")]


@pytest.mark.parametrize(
    "body", ["Text <!-- fine --> more\n", "`<!--` is code\n", "```\n<!-- x\n```\n", "\\<!-- x\n"]
)
def test_what_ends_or_is_code_is_no_warning(body: str) -> None:
    """Neither comments that end, nor signs that are meant as such."""
    assert warnings(body) == []
