"""Front matter that is read at one look: the same as read by YAML and decoded field by field."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.content.decode import Decoder
from dossier.content.front_matter import split_file
from dossier.content.models import FRONT_MATTER, Briefing, FrontMatter
from dossier.content.reading.content_files import KIND_FOLDERS
from dossier.content.settings import SiteFile
from dossier.content.source_text import SourceText
from dossier.content.yaml.decode_ordinary import decode_ordinary
from dossier.content.yaml.nodes import compose
from dossier.content.yaml.ordinary import MAX_CHARACTERS
from dossier.problems import Problem, ProblemError

CONTENT = Path(__file__).parents[3] / "content"
FIRST = ["title: T", "date: 2022-07-07", "summary: S"]
LINES = [
    *(
        "title: T",
        "companies:",
        "  - a",
        "- b",
        "sources:",
        "  - id: s1",
        "    title: S",
        "- id: x",
    ),
    *("  title: y", "  - {id: s2, title: U}", "  - {id: s2, id: s3}", "  - {id: s4, title: null}"),
    *("superseded_by: [x]", "superseded_by:", "  - x", "  - briefing: y", "    regions: [FR]"),
    *("    regions:", "    - DE", "      - IT", "topics: [a, b]", "topics: [a,b]", "topics: []"),
    *(
        "topics: [ a ]",
        'topics: ["a, b", c]',
        "topics: [a b, l'a]",
        "topics: [null]",
        "topics: [~]",
    ),
    *("topics: a", "regions: [a: b]", "regions: [a?b]", "regions: [-a]", "authors: ['a', b]"),
    *('lang: "fr"', "lang: 'fr'", "lang: null", "lang: ~", "lang:", 'lang: ""', "lang: xx-yy-zz"),
    *("status: current", "status: lost", "image: /files/a.jpg", "image: {file: /files/b.jpg}"),
    *("image:", "  file: /files/c.jpg", "   text: d", "  text: e", "withdrawn:", "unknown: x"),
    *(
        "updated: 2022-08-01 # then",
        "updated: 2022-08-01#then",
        "updated: not a day",
        "# a comment",
    ),
    *(
        "",
        " ",
        "---",
        "...",
        "...: a",
        "-",
        "- - a",
        "-a: b",
        "a",
        "a: b: c",
        "a:b",
        "summary: a:b",
    ),
    *("summary: a: b", "summary: a:", "summary: a ", "summary: |", "  text", "summary: 'it''s'"),
    *('summary: "a \\n b"', 'summary: "a\tb"', "summary: &a b", "summary: *a", "summary: !a b"),
    *("summary: \u00a0a", "summary: a\u00a0", "summary: é", 'summary: "a', 'b"', "summary: @a"),
    *(
        "summary:  a",
        "summary: - a",
        "summary: -a",
        "summary: 100%",
        "summary: %a",
        "summary: a [b]",
    ),
    *("summary: <<", "<<: a", "? a", "summary: https://a.example/#b", "summary: a \u2028 b"),
    *(
        "judgements:",
        "  - text: J",
        "    likelihood: likely",
        "    confidence: high",
        "    by: 2023",
    ),
    *("    outcome: true", "    outcome: yes", "figures:", "  - label: L", "    value: 1.5"),
    *("    value: 1,5", "    unit: u", "    as_of: 2022", "    source: s1", "    unsourced: false"),
]


SETTINGS = ["title: T", "base_url: https://example.org/"]
LINES_OF_SETTINGS = [
    *("languages: [en, fr]", "languages:", "  - en-GB", "accent: 1a5fb4", "accent: '#1a5fb4'"),
    *("accent: #1a5fb4", "logo: /files/l.svg", "menu: []", "menu:", "- market", "  - regions"),
    *("  - title: About", "    path: /about/", "  - label: More", "    items:", "      - record"),
    *("      - {label: X, url: https://x.example/}", "  - {page: about}", "publisher: P"),
    *("publisher: {name: P, url: https://p.example/}", "contact: a@b.example", "contact: about"),
    *("licence: CC-BY-4.0", "licence: https://l.example/", "social:", "  - https://s.example/@a"),
    *("robots: {index: false}", "robots:", "  index: true", "search: true", "pdf: no", "feeds: 1"),
    *("html: sanitised", "html: raw", "timezone: Europe/Paris", "timezone: Mars", "footer: a, b"),
    *("# a comment", "  # another", "", "   ", "tagline: a # comment", "tagline: a#b", "\t# c"),
]


def decode_by_fields(
    text: str, cls: type[FrontMatter] = Briefing
) -> tuple[FrontMatter | None, list[Problem]]:
    source = SourceText("a.md", text)
    node = compose(source, text)
    assert node is not None
    decoder = Decoder(source)
    return decoder.record(node, cls), decoder.problems


def check(text: str, cls: type[FrontMatter] = Briefing) -> bool:
    """Compare the two ways, where there are two."""
    found = decode_ordinary(text, cls) if SourceText("a.md", text).is_clean else None
    if found is not None:
        assert decode_by_fields(text, cls) == (found, [])
    return found is not None


@given(st.lists(st.sampled_from(LINES), max_size=8), st.randoms(use_true_random=False))
def test_what_is_ordinary_is_what_yaml_makes_of_it(lines: list[str], order: random.Random) -> None:
    """Whatever stands around it; there is no problem in what is read at one look."""
    lines = [*FIRST, *lines]
    if order.random() < 0.3:
        order.shuffle(lines)
    check("\n".join(lines))


@given(st.lists(st.sampled_from(LINES_OF_SETTINGS), max_size=8), st.sampled_from(["", "\n"]))
def test_settings_are_what_yaml_makes_of_them(lines: list[str], end: str) -> None:
    """With comments and empty lines between them."""
    check("\n".join([*SETTINGS, *lines]) + end, SiteFile)


def test_lines_that_say_nothing_are_ordinary() -> None:
    """Comments of their own, and empty lines: a new site has some in its settings."""
    lines = [
        *SETTINGS,
        "",
        "# Said by [us]:",
        "menu:",
        "  # First",
        "  - market",
        " ",
        "search: true",
    ]
    assert check("\n".join(lines) + "\n\n", SiteFile)


@given(
    st.lists(st.text("abé0.-,:#'\"[]{}&*!|>%@`?~ \t\\\u00a0", max_size=6), min_size=1, max_size=3)
)
def test_any_value_is_what_yaml_makes_of_it(values: list[str]) -> None:
    """Each beside a field, in a list below one, and between brackets."""
    listed = "\n".join(f"- {value}" for value in values)
    fields = "\n".join((*FIRST[:2], f"summary: {values[0]}"))
    for more in (f"topics:\n{listed}", f"topics: [{', '.join(values)}]"):
        check("\n".join((*FIRST, more)))
        check(f"{fields}\n{more}")
    check("\n".join((*FIRST, "sources:", f"  - {{id: s1, title: {values[0]}}}")))


def test_each_kind_of_line_is_read_at_one_look() -> None:
    """Fields, lists and mappings below them and in brackets, texts in quotes."""
    lines = [
        *FIRST,
        *("topics: [a, b c]", "regions: []", 'companies: ["a, b"]', "authors:", "- A", "- 'B: C'"),
        *("sources:", "  - id: s1", '    title: "It\'s 1: 2"', "    url: https://a.example/#b"),
        *("  - {id: s2, title: U, date: 2022-07}", "superseded_by:", "  - x", "  - briefing: y"),
        *("    regions:", "      - FR", "status: superseded", "image:", "  file: /files/a.jpg"),
    ]
    assert check("\n".join(lines))


@pytest.mark.parametrize(
    "line",
    [
        "title: twice",
        "topics: [null]",
        "lang: null",
        "lang:",
        "topics:\n- a\n  b",
        "image:\n  file: /files/a.jpg\n   text: b",
        "sources:\n- {id: a, id: b, title: c}",
    ],
)
def test_what_yaml_refuses_or_reads_otherwise_is_left_to_it(line: str) -> None:
    """It is YAML that says what is wrong, and where."""
    assert decode_ordinary("\n".join((*FIRST, line)), Briefing) is None


def test_a_text_that_is_too_long_is_left_to_yaml() -> None:
    """Which says so."""
    assert (
        decode_ordinary("\n".join((*FIRST, f"authors: [{'a' * MAX_CHARACTERS}]")), Briefing) is None
    )


def test_our_own_content_is_ordinary() -> None:
    """Or reading it would take three times as long."""
    for path in sorted(CONTENT.glob("*/*.md")):
        text = split_file(SourceText(path.name, path.read_text())).yaml_text
        assert decode_ordinary(text, FRONT_MATTER[KIND_FOLDERS[path.parent.name]]), path


def test_a_problem_in_ordinary_text_raises_nothing_here() -> None:
    """A value that its field does not accept is left to who can say where it stands."""
    text = "\n".join((*FIRST, "updated: never"))
    assert decode_ordinary(text, Briefing) is None
    assert decode_by_fields(text)[1]


def test_what_yaml_refuses_is_refused() -> None:
    """A text that is read at one look is never one that YAML refuses."""
    for line in LINES:
        try:
            decode_by_fields(line or "a: b")
        except (AssertionError, ProblemError):
            assert not check(line)
