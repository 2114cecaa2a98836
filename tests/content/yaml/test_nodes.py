"""YAML by our own schema: what it reads as text, what it refuses and where."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dossier.content.source_text import SourceText
from dossier.content.yaml import nodes
from dossier.content.yaml.nodes import MAX_CHARACTERS, MAX_DEPTH, compose, find_node
from dossier.problems import Problem, ProblemError
from tests.helpers.smallsite import places

PLAIN = [
    "NO",
    "no",
    "on",
    "y",
    "1:30",
    "010",
    "0x1F",
    "1e3",
    ".5",
    "1_000",
    ".inf",
    "=",
    "2022-02-30",
]


def composed(text: str, line_offset: int = 0) -> yaml.MappingNode:
    node = compose(SourceText("a.yaml", text), text, line_offset)
    assert node is not None
    return node


def refused(text: str) -> list[str]:
    with pytest.raises(ProblemError) as caught:
        compose(SourceText("a.yaml", text), text)
    return places(caught.value.problems)


@pytest.fixture(params=["libyaml", "python"])
def each_loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML with and without its C library."""
    if request.param == "python":
        loader = type("Loader", (yaml.SafeLoader,), {"yaml_implicit_resolvers": {}})
        monkeypatch.setattr(nodes, "_Loader", loader)


@pytest.mark.usefixtures("each_loader")
@pytest.mark.parametrize("text", PLAIN)
def test_a_plain_scalar_is_text_as_written(text: str) -> None:
    """No scalar is a boolean, a number, a time or a date here."""
    assert find_node(composed(f"x: [{text}]\n"), ("x", 0)).value == text


@given(
    st.text("abcNOyes0123456789.:_-+", min_size=1).filter(lambda t: t[0].isalnum() and t[-1] != ":")
)
def test_whatever_needs_no_quotes_comes_back_as_written(text: str) -> None:
    """A plain scalar of letters, digits and the signs of numbers and times is never changed."""
    assert find_node(composed(f"x: {text}\n"), ("x",)).value == text


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n"])
def test_an_empty_text_has_no_mapping(text: str) -> None:
    """Nothing written is None, not an error."""
    assert compose(SourceText("a.yaml", text), text) is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: &x 1\n", "1:4: YAML anchors are not supported | quote a text that begins with '&'"),
        (
            "a: *bold move\n",
            "1:4: YAML aliases are not supported | quote a text that begins with '*'",
        ),
        ("a: !x y\n", "1:4: YAML tags are not supported | quote a text that begins with '!'"),
        ("a: !!python/name:os.system x\n", "1:4: YAML tags are not supported"),
        ("? !!map [b]\n: 1\n", "1:3: YAML tags are not supported"),
        ("a: 1\n--- \nb: 2\n", "2:1: a second YAML document begins here"),
        (
            "a: 1\nb: 2\na: 3\n",
            "3:1: 'a' is given twice | it is already on line 1: keep one of the two",
        ),
        ("a: [{b: 1, b: 2}]\n", "1:12: 'b' is given twice"),
        ("a: 1\n'a': 2\n", "2:1: 'a' is given twice"),
        ("? [a]\n: b\n", "1:3: a field name must be text"),
        ("- a\n", "1:1: expected `field: value` lines here"),
        (
            "title:x\n",
            "1:1: expected `field: value` lines here | every field has a colon and a space",
        ),
    ],
    ids=lambda value: value.split("\n")[0] if "\n" in value else "",
)
def test_what_authors_never_need_is_refused_with_its_place(text: str, problem: str) -> None:
    """Anchors, aliases, tags, documents and duplicate keys are errors where they stand."""
    found = refused(text)
    assert found[0].startswith(problem)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "t: Retail: what\n",
            "1:10: a second ': ' on this line cannot be read | put the text in quotes",
        ),
        ("t: one\n  d: two\n", "2:4: a field cannot begin here | begin it in the same column"),
        ("t: a\n\td: b\n", "2:1: a tab cannot indent YAML | use spaces"),
        (
            "t: @x\n",
            "1:4: the YAML cannot be read: found character that cannot start any token | put",
        ),
        (
            't: "abc\nd: x\n',
            "1:4: the YAML cannot be read: found unexpected end of stream | a quote",
        ),
        (
            "t: 'It's'\n",
            "1:8: the YAML cannot be read: did not find expected key | put the whole text",
        ),
        (
            "t: x\nno colon here\n",
            "3:1: the YAML cannot be read: could not find expected ':' | every line",
        ),
        (
            "t: [a, b\nd: c\n",
            "2:2: the YAML cannot be read: did not find expected ',' or ']' | a list",
        ),
        ('t: "a\\qb"\n', "1:6: the YAML cannot be read: found unknown escape character | within"),
    ],
    ids=[
        "colon",
        "indent",
        "tab",
        "sign",
        "open-quote",
        "apostrophe",
        "no-colon",
        "list",
        "escape",
    ],
)
@pytest.mark.skipif(not yaml.__with_libyaml__, reason="the words are those of libyaml")
def test_a_syntax_error_has_its_place_and_a_way_out(text: str, problem: str) -> None:
    """What YAML itself cannot read is explained in an author's words."""
    [found] = refused(text)
    assert found.startswith(problem)


@pytest.mark.parametrize("code", [0x00, 0x07, 0x7F, 0x85, 0x2028, 0x2029, 0xFEFF, 0xFFFE])
def test_an_invisible_character_is_refused_where_it_stands(code: int) -> None:
    """Control characters, and line ends that only YAML knows, would spoil every position after."""
    assert refused(f"é: 1\nb: x{chr(code)}y\n") == [
        f"2:5: the character U+{code:04X} is not allowed here | delete it: it is invisible"
    ]


def test_a_text_beyond_the_limit_is_refused() -> None:
    """The size of YAML is capped."""
    [found] = refused("a: " + "x" * MAX_CHARACTERS)
    assert found == "1:1: the YAML has 262,147 characters; the limit is 262,144"


@pytest.mark.usefixtures("each_loader")
@pytest.mark.parametrize(
    "text",
    [
        "- " * 100_000,
        "? " * 50_000,
        "[" * 100_000,
        "{a: " * 50_000,
        "a:\n" * 0 + "".join(f"{' ' * i}a:\n" for i in range(400)),
    ],
    ids=["sequences", "keys", "brackets", "braces", "indents"],
)
def test_absurd_nesting_is_a_problem_and_never_a_crash(text: str) -> None:
    """However deep the nesting, there is one problem at the place where it is too much."""
    [found] = refused(text)
    assert f": lists and mappings are nested more than {MAX_DEPTH} deep" in found


def test_line_offset_moves_every_position() -> None:
    """Positions are those of the file, not of the YAML within it."""
    source = SourceText("a.md", "---\n\na: 1\na: 2\n---\n")
    with pytest.raises(ProblemError) as caught:
        compose(source, "\na: 1\na: 2", line_offset=1)
    [problem] = caught.value.problems
    assert (problem.line, problem.column, problem.source) == (4, 1, "a: 2")
    assert problem.hint.startswith("it is already on line 3")


def test_find_node_stops_at_the_nearest_node_above() -> None:
    """A path that leads nowhere leads to what should have it."""
    node = composed("a:\n  - b: x\n")
    assert find_node(node, ("a", 0, "b")).value == "x"
    assert find_node(node, ("a", 0, "nope")) is find_node(node, ("a", 0))
    assert find_node(node, ("a", 7)) is find_node(node, ("a",))
    assert find_node(node, ("a", 0, "b", "c")).value == "x"


@given(st.text("ab: -[]{}'\"#&*!%|>?@`,\n\té\u2028", max_size=60))
def test_every_problem_lies_inside_the_text(text: str) -> None:
    """Whatever is written, there is a mapping, nothing, or problems with places in the file."""
    source = SourceText("a.yaml", text)
    try:
        compose(source, text)
    except ProblemError as error:
        for problem in error.problems:
            assert_inside(problem, text)


SIGNS = """& * ! &a *a !!str !x R&D live! *x* a " ' "x" [ ] { } , - ? : # | > % --- ..."""
TOKENS = [
    *SIGNS.split(),
    *(" ", "\n", "b: ", ": ", "- ", "\n---\n", "\n  ", "\n- ", "[" * 11, "{a: ", "- " * 6),
    "http://x.y/?a=1&b=2",
]


@given(st.lists(st.sampled_from(TOKENS), max_size=9).map("".join))
def test_what_is_refused_is_found_however_it_is_looked_for(text: str) -> None:
    """Composing at once where that is safe gives what a search of the whole text gives."""

    def outcome() -> object:
        try:
            return yaml.serialize(composed(text))
        except (AssertionError, ProblemError) as error:
            return getattr(error, "problems", None)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nodes, "_may_have_extras", lambda _: True)
        searched = outcome()
    assert outcome() == searched


def assert_inside(problem: Problem, text: str) -> None:
    lines = text.split("\n")
    assert 1 <= problem.line <= len(lines)
    assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1


@given(st.text("ab\n", max_size=40), st.data())
def test_an_offset_and_its_line_and_column_agree(text: str, data: st.DataObject) -> None:
    """`problem_at` counts lines and columns from 1 and shows the line."""
    offset = data.draw(st.integers(0, len(text)))
    problem = SourceText("a", text).problem_at(offset, "m")
    lines = text.split("\n")
    assert sum(len(line) + 1 for line in lines[: problem.line - 1]) + problem.column - 1 == offset
    assert problem.source == lines[problem.line - 1]
