"""A file is front matter between two lines of `---`, and a body."""

from __future__ import annotations

import pytest

from dossier.content.front_matter import compose_front_matter, split_file
from dossier.content.source_text import SourceText
from dossier.problems import ProblemError
from tests.helpers.smallsite import places


def test_a_file_is_split_at_its_fences() -> None:
    """The body begins on the line after the closing fence, and keeps a `---` of its own."""
    split = split_file(SourceText("a.md", "---\ntitle: x\n---  \n\nBody\n\n---\n\nmore"))
    assert split.yaml_text == "title: x"
    assert split.body == "\nBody\n\n---\n\nmore"


def test_a_file_may_end_with_its_front_matter() -> None:
    """A body may be empty."""
    assert split_file(SourceText("a.md", "---\na: 1\n---")).body == ""


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "1:1: the front matter is missing | the first line must be ---"),
        ("# Title\n", "1:1: the front matter is missing | the first line must be ---"),
        ("\n---\na: 1\n---\n", "1:1: the front matter is missing | the first line must be ---"),
        ("---\na: 1\n", "1:1: the front matter is not closed | put a line with --- after the last"),
        ("---", "1:1: the front matter is not closed | put a line with --- after the last"),
        ("---\na: 1\n ---\n", "1:1: the front matter is not closed | put a line with --- after"),
        ("---\n---\nbody", "1:1: the front matter is empty"),
        ("---\n- a\n---\n", "2:1: expected `field: value` lines here"),
    ],
    ids=["empty", "none", "late", "unclosed", "one-fence", "indented", "nothing", "list"],
)
def test_front_matter_that_is_not_there_is_a_problem(text: str, problem: str) -> None:
    """Missing, unclosed and empty front matter are told apart."""
    with pytest.raises(ProblemError) as caught:
        compose_front_matter(SourceText("a.md", text))
    [found] = places(caught.value.problems)
    assert found.startswith(problem)
