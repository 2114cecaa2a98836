"""Bodies have the structure that CommonMark gives them, by the judgement of markdown-it-py."""

from __future__ import annotations

import os
import re

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.helpers.structure import judged, ours

EXAMPLES = int(os.environ.get("COMMONMARK_EXAMPLES", "100"))
"""Texts to generate; more of them before a change of the rules is trusted."""
INLINE = [
    *("a", "word", "two words", "é", "1", "3.5", "x_y_z", "A*b", "“so”", "a\u00a0b"),
    *("*", "**", "_", "__", "***", "`", "``", "\\", "\\*", "\\`", "\\[", "!", "&amp;", "&x;"),
    *("*a*", "**b c**", "_d_", "`e f`", "a~~g~~b", "***h***", "**i *j***", "*k **l** m*", "&lt;"),
    *("[n](/a)", "[o](<c d> 'T')", '[p](/q "R")', "![s](/t.png)", "[u]", "[u][]", "[v][u]"),
    *("[", "]", "](", "(", ")", "![", "<", ">", "<b-c:d>", "<d@e>", "#", "|", "-"),
    *("  \n", "\\\n", "\n", "\n", "\n   ", " ", " ", " ", " "),
]
ABBREVIATION = re.compile(r"\*\[[^\]]*\][ \t]?:")
LINES = st.lists(st.sampled_from(INLINE), min_size=1, max_size=8).map("".join)
LEAVES = st.one_of(
    LINES,
    LINES,
    LINES.map(lambda text: f"## {text}"),
    LINES.map(lambda text: f"{text}\n---"),
    LINES.map(lambda text: f"    {text}"),
    LINES.map(lambda text: f"```py x\n{text}\n```"),
    LINES.map(lambda text: f"~~~\n{text}"),
    st.tuples(LINES, LINES).map(lambda two: f"| {two[0]} | b |\n|---|:-:|\n| c | {two[1]} |"),
    st.sampled_from(["---", "* * *", "#", "## ", "[u]: /a 'T'", "```\na\n\nb\n```", "- ", "1."]),
)
GAPS = st.sampled_from(["\n", "\n\n", "\n\n", "\n\n\n", "\n \n"])
MARKERS = st.sampled_from(
    ["> ", ">", "- ", "* ", "+  ", "-   ", "1. ", "2. ", "10) ", " - ", "  > ", "-     ", "1.  "]
)
STRAY = st.sampled_from(["", "", "", "", " ", "  ", "    ", ">"])


@st.composite
def blocks(draw: st.DrawFn, depth: int) -> str:
    """Some blocks, among them containers of blocks as deep as is left."""
    parts = []
    for _ in range(draw(st.integers(1, 3))):
        inner = depth and draw(st.booleans())
        parts.append(draw(contained(depth - 1)) if inner else draw(LEAVES))
        parts.append(draw(GAPS))
    return "".join(parts[:-1])


@st.composite
def contained(draw: st.DrawFn, depth: int) -> str:
    """Blocks within a container, some lines of it not quite where they should be."""
    marker = draw(MARKERS)
    prefix = marker if ">" in marker else " " * len(marker)
    first, *rest = draw(blocks(depth)).split("\n")
    lines = [marker + first]
    for line in rest:
        stray = draw(STRAY) if line else ""
        lazy = draw(st.integers(0, 9)) == 0
        lines.append(stray + (line if lazy else prefix + line if line or ">" in prefix else line))
    return "\n".join(lines)


@given(blocks(3))
@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_generated_texts_have_the_structure_of_commonmark(text: str) -> None:
    """Whatever is nested in whatever, three containers deep, with marks of every kind."""
    assume("[[" not in text and not ABBREVIATION.search(text))
    assert ours(text) == judged(text)
