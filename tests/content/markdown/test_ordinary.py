"""What is read at one look reads as the rules of CommonMark, asked one after another, read it."""

from __future__ import annotations

import re
import subprocess
import sys
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.common.utils import MD_TRIM_CHARS
from markdown_it.rules_block import StateBlock

from dossier.content.markdown.blocks import read as reading
from dossier.content.markdown.inline import parser as inline
from dossier.content.markdown.inline import signs
from dossier.content.markdown.parse import parse_body
from dossier.content.markdown.places import line_bounds
from dossier.content.source_text import SourceText
from dossier.content.tables.blocks import SPACES
from tests.content.markdown.test_commonmark import blocks

LINES = st.lists(
    st.sampled_from(
        [
            *(
                "",
                "",
                "",
                " ",
                "Words, and more.",
                "2024 was",
                "2024. It was",
                "3.5 is",
                "é",
                "日本",
            ),
            *("- a", "- **b** c", "-", "- [l](/x) m", "- [x] done", "* c", "+ d", "1. e", "2. f"),
            *("2) g", "0. zero", "10. ten", "> q", "> [!NOTE]", "> > r", "> - s", "  - t", "    u"),
            *("# H", "## I #", "####### no", "#no", "##\tJ", "---", "===", "***", "```", "`k` l"),
            *(
                "[^1]: note",
                "[^n]: a `b`",
                "    more",
                "text[^1] and[^n]",
                "[x]: /y",
                "*[FT]: Times",
            ),
            *(
                ": definition",
                "~ definition",
                "| a | b |",
                "|---|---|",
                "| a | b |\n|---|:-:|\n|c|d|\n| \u00a0e | f | g |",
                "| a |\n| - |\n| `b\\|c` |\n|\n| d",
                "|a|b\n|-|-|",
                "``` py\n| code |\n\n ~~~\n```",
                "```\n```  ",
                "```\n   ````\n    ```\n```\ta",
                "<!-- c -->",
                "<b>",
                "*em* m",
            ),
            *(
                "**bold**",
                "_em_",
                "~~del~~",
                "two  ",
                "back\\",
                "no-break\u00a0",
                "![i](/j.png)",
                "TODO",
            ),
        ]
    ),
    max_size=12,
).map("\n".join)
RUNS = st.lists(
    st.sampled_from(
        [
            *(
                "*",
                "**",
                "_",
                "__",
                "~~",
                "~",
                "a",
                "two words",
                "é",
                "e\u0301",
                "\u0301",
                "日",
                "。",
            ),
            *(
                " ",
                " ",
                "-",
                ",",
                "'",
                "’",
                ".",
                "(",
                "[",
                "](/x)",
                "`",
                "`c`",
                "``",
                "\\*",
                "@",
                "\n",
            ),
        ]
    ),
    max_size=14,
).map("".join)


def read(text: str) -> object:
    """All that is known of a body, and its problems."""
    return parse_body(SourceText("x.md", text), text, lang="en", sources=None)


@given(st.one_of(LINES, blocks(2)))
def test_an_ordinary_block_is_what_the_rules_make_of_it(text: str) -> None:
    """Whatever stands around it: HTML, places, notes, headings, words, problems."""
    at_one_look = read(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "read_ordinary", lambda *_: 0)
        assert at_one_look == read(text)


@pytest.mark.parametrize(
    ("module", "name", "never"),
    [
        (signs, "scan_words", lambda *_: None),
        (signs, "_SIMPLE_CODE", re.compile("(?!)")),
        (inline, "_match_link", lambda *_: None),
    ],
    ids=["words between marks", "code", "a link"],
)
@given(text=RUNS)
def test_a_simple_sign_is_what_the_long_way_makes_of_it(
    module: ModuleType, name: str, never: object, text: str
) -> None:
    """Beside any other mark, letter and sign; within brackets, another link or an image."""
    at_one_look = read(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, name, never)
        assert at_one_look == read(text)


def test_most_of_what_people_write_is_ordinary() -> None:
    """Paragraphs of one line and of several, headings, short lists, quotations, tables, code."""
    text = (
        "One.\n\nTwo\nlines.\n\n## Three\n- four\n- five\n\n> 6\n\n1. seven\n\n[^8]: n\n[^9]: m\n\n"
    )
    text += "| Ten | 11 |\n|---|---:|\n| 12 | |\n\n``` py\nprint(13)\n\n```\nFourteen."
    tokens: list[object] = []
    place = 0
    while place < len(text):
        end = reading.read_ordinary(text, place, [0], tokens)  # type: ignore[arg-type]
        assert end > place, text[place:]
        place = end + (text[end : end + 1] == "\n")


@given(st.text("ab \t\n", max_size=12))
def test_lines_begin_where_the_rules_see_them_begin(text: str) -> None:
    """Spaces at the end of a text are no line of their own."""
    state = StateBlock(text, MarkdownIt(), {}, [])
    assert line_bounds(text) == state.bMarks


def test_the_ends_of_texts_are_those_of_the_rules() -> None:
    """Both take the same spaces off."""
    assert SPACES == MD_TRIM_CHARS


def test_the_rules_are_loaded_only_for_a_text_that_needs_them() -> None:
    """They take as long to load as two hundred texts to read, and most edits need none."""
    code = (
        "import sys\n"
        "from dossier.content.markdown.parse import parse_body\n"
        "from dossier.content.source_text import SourceText\n"
        "for text in ('# One\\n\\n**Two** [[a]] [^1].\\n\\n[^1]: Three', '- a\\n  - b'):\n"
        "    parse_body(SourceText('a.md', text), text, lang='en', sources=None)\n"
        "    print('markdown_it' in sys.modules)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "True"]
