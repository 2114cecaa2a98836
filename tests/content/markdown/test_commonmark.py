"""Bodies have the structure that CommonMark gives them, by the judgement of markdown-it-py.

The specification's own examples are not part of this project, for their licence is another one.
Where `COMMONMARK_SPEC` names its `spec.txt` (`npm pack commonmark-spec@0.31.2` has it), they are
read as well; `commonmark_differences.txt` lists by number those that we read otherwise, and why.
"""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from dossier.content.markdown.parse import parse_body
from dossier.content.source_text import SourceText
from tests.helpers.structure import judged, ours, structure

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


@pytest.mark.skipif("COMMONMARK_SPEC" not in os.environ, reason="needs the specification")
def test_the_examples_of_the_specification() -> None:
    """All outside of raw HTML, but for those that are listed with a reason."""
    spec = Path(os.environ["COMMONMARK_SPEC"]).read_text("utf-8").replace("→", "\t")
    listed = Path(__file__).with_name("commonmark_differences.txt").read_text("utf-8")
    section, number, differing = "", 0, []
    for match in re.finditer(
        r"^#{1,6} (.*)$|^`{32} example\n([\s\S]*?)^\.\n([\s\S]*?)^`{32}$", spec, re.MULTILINE
    ):
        section, number = match[1] or section, number + (match[1] is None)
        if match[1] or section in ("HTML blocks", "Raw HTML"):
            continue
        if ours(match[2], "sanitised") != structure(match[3]):
            differing.append(number)
    assert differing == [int(n) for n in re.findall(r"^\d+", listed, re.MULTILINE)]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Here:\n- a\n- b", "<p>Here:</p><ul><li>a</li><li>b</li></ul>"),
        (
            "Here:\n| k |\n|---|\n| 1 |",
            "<p>Here:</p><table><thead><tr><th>k</th></tr></thead>"
            "<tbody><tr><td>1</td></tr></tbody></table>",
        ),
        (
            "- a\n  - b\n\n    c\n- d",
            "<ul><li>a<ul><li><p>b</p><p>c</p></li></ul></li><li>d</li></ul>",
        ),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("1) a", "<ol><li>a</li></ol>"),
        ("* a\n\n1. b", "<ul><li>a</li></ul><ol><li>b</li></ol>"),
        (
            "1. a\n\n   ```sh x\n   b\n   c\n   ```",
            "<ol><li><p>a</p><pre><code>b\nc\n</code></pre></li></ol>",
        ),
        ("> ```\n> a\n> ```", "<blockquote><pre><code>a\n</code></pre></blockquote>"),
        ("## C++\n\n## To F#\n\n## Shut ##", "<h2>C++</h2><h2>To F#</h2><h2>Shut</h2>"),
        ("a\nb\n---", "<h2>a b</h2>"),
        (
            "| k |\n|---|\n| `a\\|b` |",
            "<table><thead><tr><th>k</th></tr></thead><tbody><tr><td>"
            "<code>a|b</code></td></tr></tbody></table>",
        ),
        ("a\\\nb  \nc", "<p>a<br>b<br>c</p>"),
        ('\\/ \\@ \\&amp; \\"q\\"', '<p>/ @ &amp;amp; "q"</p>'),
        (
            "[a](</b c> 'T') [d] [e]\n\n[d]: /f\n[e]: /g",
            '<p><a title="T">a</a> <a>d</a> <a>e</a></p>',
        ),
        ("[k](https://a.b/M_(o)) x", "<p><a>k</a> x</p>"),
        ("[@m](https://a.b) \\[@x]", "<p><a>@m</a> [@x]</p>"),
        (
            "see https://a.b/c--d?e=1. (www.f.org) g@h.org",
            "<p>see <a>https://a.b/c--d?e=1</a>. (<a>www.f.org</a>) <a>g@h.org</a></p>",
        ),
        ("[https://a.b/c--d](/e)", "<p><a>https://a.b/c--d</a></p>"),
        ("~~a~~", "<p><del>a</del></p>"),
        ("- [x] a", "<ul><li><input> a</li></ul>"),
        ("> [!TIP]\n> a", "<p>Tip</p><p>a</p>"),
        ("会議は\n開かれた。a\nb", "<p>会議は開かれた。a b</p>"),
        ("a <!-- b\nc --> d\n\n<!-- e\n\nf -->\ng", "<p>a d</p><p>g</p>"),
    ],
)
def test_what_authors_write_is_what_readers_see(text: str, html: str) -> None:
    """Blocks and signs as on GitHub, whether raw HTML is let through or not."""
    assert ours(text) == ours(text, "sanitised") == structure(html)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 50_000,
        "[a](" * 12_500,
        "![" * 25_000,
        "[a]" * 16_000 + "\n\n[a]: /b",
        ">" * 10_000,
        "\n".join("  " * n + "- a" for n in range(700)),
        "a" * 250_000,
        "*a " * 60_000,
        "**a" * 60_000,
        "*a_" * 60_000,
        "`" * 250_000,
        "".join("`" * n + "a" for n in range(600)),
        "<!-- " * 40_000,
        "<a " * 60_000,
        "<?" * 60_000,
        "&" * 250_000,
        "https://" * 25_000,
        "https://a.b/" + ")" * 200_000,
        "a@" * 100_000,
        "a" + " " * 200_000 + "b",
        "| a " * 40_000 + "\n" + "|---" * 40_000,
        "x[^1]" * 40_000 + "\n\n[^1]: y",
        "\n".join(f"[^{n}]: a[^{n + 1}]" for n in range(8_000)),
    ],
    ids=range(23),
)
def test_hostile_texts_take_no_longer_than_others(text: str) -> None:
    """As large as a body may be, whatever it repeats."""
    start = time.process_time()
    parse_body(SourceText("a.md", text), text, lang="en", sources=None)
    assert time.process_time() - start < 15  # about one where nothing else runs
