"""Our faster parts of the Markdown library yield what the library's own parts yield.

Both engines have the same extensions, ours included; one is made of the library's parts alone.
"""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.content.markdown.engine import lean_markdown, stock_markdown
from dossier.content.markdown.extension import Findings
from dossier.content.markdown.fast_inline import LeanInline
from dossier.content.markdown.parse import Engine
from dossier.content.settings import HtmlPolicy
from tests.helpers.smallsite import ROOT

POLICIES: tuple[HtmlPolicy, ...] = ("escaped", "sanitised")
CONTENT = sorted((ROOT / "content").rglob("*.md"))


def pieces(table: str) -> list[str]:
    """The pieces between the bars of a table, in which ⏎ is a line end and ⇥ a tab."""
    written = table.strip("\n").replace("\n", "¦").split("¦")
    return [piece.replace("⏎", "\n").replace("⇥", "\t") for piece in written]


SPANS = pieces(
    r"""
*em*¦**strong**¦***both***¦_em_¦__strong__¦a_b_c¦*a **b** c*¦**a *b***¦**bold** and *em*,¦(*x*)
"*x*"¦*a*b¦_(x)_¦*a_b*¦* a *¦***a** b*¦**a¦`code`¦``a ` b``¦`*x*`¦\*no\*¦\\`a`¦\[[x]]¦a\⏎b
1 * 2 * 3¦_*a*_¦[[tiktok]]¦[[a b|the *b*]]¦[@s1]¦[@s1; @s2]¦ [@no]¦[[a]][[b]]¦[ [[a]] ](x)
[x](https://a.b)¦[x](https://a.b "t")¦[x](<https://a.b c>)¦[*x* y](/files/a(1).csv)
[x]( https://a.b/c_d_e )¦[x][ref]¦[ref]¦[ref][]¦[Other]¦[a [b] c](d)¦[x]()¦![alt](/files/a.png)
![a *b*](c.png 't')¦![x][ref]¦![ref]¦![![¦[x](a'b)¦[x](a¦<https://a.b/c*d*>¦<me@a.org>¦<b>x</b>
<br>¦a < b > c & d¦&amp; &copy; &#65; &x¦two  ⏎lines¦[^1]¦[^1] [^1]¦[^none]¦[^two words]
HTML and CSS¦it's "q" --¦<!-- c -->¦<a href='*x*'>¦#no¦A. 5¦- no¦e.g. ... 3.5¦é—“x”¦[x](#one)
"""
)
BLOCKS = pieces(
    r"""
## One¦### One ##¦# First *x*¦Set *it*⏎---¦Set⏎===¦## `<i>` [[a]] [@s1][^1]
## &lt;b&gt; & <i>x</i> \*¦##¦## A &ltd
#no heading¦a⏎## b⏎c¦- # in a list¦> ## quoted¦- a⏎- b¦- a⏎⏎- b
* a⏎    * b⏎        * c¦1. a⏎2. b⏎- c¦3) a¦+ a⏎  b¦- a⏎⏎    para⏎⏎        code¦1. a⏎⏎    > q
- a⏎> q¦text⏎- a⏎- b¦٣. digits¦> a⏎> b⏎> > c¦> a⏎lazy¦>⏎> a¦   > a¦    > code¦> - a⏎> - b
> a⏎⏎> b¦    code *x*⏎    <b>¦    a⏎⏎    b¦```⏎*x*⏎```¦~~~ python⏎a < b⏎~~~¦```⏎open
``` { .x #y }⏎a⏎```¦- a⏎⏎```⏎b⏎```¦  ```⏎  a⏎  ```¦a⏎```⏎b⏎```⏎c¦`````
| a | b |⏎|---|--:|⏎| *c* | `d|e` |¦a | b⏎- | -⏎c | d⏎¦- ¦   ¦|a|⏎|-|⏎|b|¦a | b⏎c | d
| [[a|b]] | c \| d |⏎|:-:|---|⏎| [@s1] |¦| a |⏎|:-|⏎¦> | a |⏎> |---|⏎> | b |¦|¦Term⏎: Meaning
A⏎B⏎:   C⏎⏎    more⏎: D¦Term⏎⏎: Far¦: none¦a: b⏎c: d¦-:⏎: x¦[^1]: note *x*¦[^1]:⏎    a⏎⏎    b
[^1]: a⏎[^2]: b⏎c¦[^two words]: x¦   [^3]: d [^1]¦[ref]: https://a.b 'T'
[ref]:⏎  https://a.b⏎  (T)¦[other]: <https://c.d>¦ [x] : no¦*[HTML]: Hyper¦*[CSS]:⏎Sheets
*[CSS]: ''¦*[no]¦x⏎*[HTML]: y⏎z¦///Footnotes Go Here///¦---¦* * *¦___ ⏎¦a⏎***⏎b¦ - - -¦--¦==
- - a¦⇥a⇥b¦a⏎ ⏎b¦<div>⏎*x*⏎</div>¦<div markdown>a</div>¦<!--⏎x⏎-->¦<p>a</p> b¦</div>¦<?php ?>
"""
)
MARKS = [
    *"*_`[]()!<>#|:-+=~^@\\&;.\"' \n1aé",
    *("\n\n", "    ", "  \n", "[[", "]]", "](", "[^1]", "[@s1]"),
]
INDENTS = ["", "> ", "    ", "- ", "1. ", "* > ", "  "]


def join(parts: list[str], separators: list[str]) -> str:
    """Each of the parts with what follows it."""
    return "".join(a + b for a, b in zip(parts, separators, strict=True))


TEXTS = st.lists(
    st.one_of(
        st.sampled_from(SPANS),
        st.lists(st.sampled_from(SPANS), min_size=2, max_size=5).map(" ".join),
        st.lists(st.sampled_from(SPANS), min_size=2, max_size=4).map("".join),
        st.sampled_from(BLOCKS),
        st.lists(st.sampled_from(MARKS), max_size=12).map("".join),
    ),
    max_size=8,
).flatmap(
    lambda parts: st.lists(
        st.tuples(st.sampled_from(["\n\n", "\n\n", "\n", " "]), st.sampled_from(INDENTS)).map(
            "".join
        ),
        min_size=len(parts),
        max_size=len(parts),
    ).map(lambda separators: join(parts, separators))
)


@cache
def engines(lang: str, policy: HtmlPolicy) -> tuple[Engine, Engine]:
    """Ours and the library's."""
    return Engine(lang, policy, lean_markdown), Engine(lang, policy, stock_markdown)


def outcome(engine: Engine, text: str, lang: str) -> Any:
    """All that a conversion yields, or the error that it ends with."""
    findings = Findings(lang, ["s1", "s2"])
    try:
        html = engine.convert(text, findings)
    except (RuntimeError, ValueError, IndexError, AttributeError) as error:
        engines.cache_clear()  # as `parse_body` does: the next text has a new engine
        return type(error), findings.problems
    seen = (findings.slots, findings.citations, findings.fragments, findings.problems)
    return html, engine.headings, seen, findings.words, sorted(engine.markdown.references)


def assert_same(text: str, lang: str = "en") -> None:
    """Both engines read a text alike, whether raw HTML is text or not."""
    for policy in POLICIES:
        ours, library = engines(lang, policy)
        assert outcome(ours, text, lang) == outcome(library, text, lang)


def generated_text(seed: int) -> str:
    """A text of many constructs, the same for the same seed."""
    chance = random.Random(seed)
    parts = []
    for _ in range(chance.randint(3, 25)):
        if chance.random() < 0.5:
            piece = " ".join(chance.choices([*SPANS, "plain words", "of a text,"], k=9))
        else:
            piece = chance.choice(BLOCKS)
        if chance.random() < 0.2:
            piece = "\n".join(chance.choice(["> ", "    ", ""]) + x for x in piece.split("\n"))
        parts.append(piece)
    return "\n\n".join(parts)


@pytest.mark.parametrize("path", CONTENT, ids=lambda path: path.stem)
def test_the_project_reads_alike(path: Path) -> None:
    """What the project publishes."""
    text = path.read_text("utf-8").split("\n---\n", 1)[1]
    assert_same(text, "fr" if "lang: fr" in path.read_text("utf-8") else "en")


@pytest.mark.parametrize("piece", [*SPANS, *BLOCKS])
def test_each_construct_reads_alike(piece: str) -> None:
    """Alone, in the midst of text, within a list, a quote, a heading, a table and a footnote."""
    inner = piece.replace("\n", "\n    ")
    for text in (
        piece,
        f"before {piece} after",
        f"before\n{piece}\nafter",
        f"{piece}\n\n{piece}\n\n[ref]: https://a.b\n\n[^1]: x\n\n*[HTML]: y",
        f"- {inner}\n- b\n\n    {inner}",
        "> " + piece.replace("\n", "\n> "),
        f"## {piece}",
        f"| {piece} | b |\n|---|---|\n| a | {piece} |",
        f"a[^1] [x][ref]\n\n[^1]: {inner}\n\n[ref]: /files/a.csv",
        f"*{piece}* **{piece}** [{piece}](https://a.b) _{piece}_",
    ):
        assert_same(text)


@pytest.mark.parametrize("seed", range(100))
def test_generated_texts_read_alike(seed: int) -> None:
    """A hundred long texts, each with many constructs side by side."""
    assert_same(generated_text(seed), "fr" if seed % 4 == 0 else "en")


@given(TEXTS)
def test_any_text_reads_alike(text: str) -> None:
    """Whatever is nested in whatever, well-formed or not."""
    assert_same(text)


@given(st.lists(st.sampled_from(MARKS), max_size=30).map("".join))
def test_any_marks_read_alike(text: str) -> None:
    """Marks without sense: unbalanced, doubled, crossed."""
    assert_same(text)


def test_a_text_leaves_nothing_behind_for_the_next() -> None:
    """What one text defines, counts or leaves open, the next does not see."""
    ours, library = engines("en", "escaped")
    for text in map(generated_text, range(20)):
        outcome(ours, text, "en")
    again = "[^1] [ref] HTML **open\n\n## One"
    assert outcome(ours, again, "en") == outcome(library, again, "en")


def test_our_inline_processor_is_in_place() -> None:
    """With every pattern that we register it stands in for the library's, which it compares to."""
    for policy in POLICIES:
        ours, library = engines("en", policy)
        assert isinstance(ours.markdown.treeprocessors["inline"], LeanInline)
        assert not isinstance(library.markdown.treeprocessors["inline"], LeanInline)
