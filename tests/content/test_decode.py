"""Nodes to records: fields checked one by one, every problem where it stands."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.content.decode import Decoder
from dossier.content.field_types import field_types
from dossier.content.models import FRONT_MATTER, Briefing, Figure, FrontMatter, Judgement
from dossier.content.source_text import SourceText
from dossier.content.value_types import FORMS
from dossier.content.yaml.nodes import compose
from tests.helpers.smallsite import places

FIRST = "title: T\ndate: 2022-07-07\nsummary: S\n"


def decode(text: str, cls: type[FrontMatter] = Briefing) -> tuple[Any, list[str]]:
    source = SourceText("a.yaml", text)
    node = compose(source, text)
    assert node is not None
    decoder = Decoder(source)
    return decoder.record(node, cls), places(decoder.problems)


@pytest.mark.parametrize("text", ["NO", "1:30", "010", "1e3", "2022-07-05", "true", "on", "0.10"])
def test_a_text_field_keeps_what_looks_like_something_else(text: str) -> None:
    """Norway, a time and a number with a leading zero are text where the field asks for text."""
    record, problems = decode(f"title: {text}\ndate: 2022-07-07\nsummary: S\n")
    assert (record.title, problems) == (text, [])


@given(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9.:+_/-]{0,20}[A-Za-z0-9]", fullmatch=True))
def test_a_plain_scalar_comes_back_as_written(text: str) -> None:
    """A text field holds exactly the characters that the author wrote, `null` alone excepted."""
    record, problems = decode(f"title: {text}\ndate: 2022-07-07\nsummary: S\n")
    if text == "null":
        assert problems[0].startswith("1:8: a value is missing here")
    else:
        assert record.title == text


def test_a_region_called_no_is_norway() -> None:
    """`[NO, FR]` names Norway and France."""
    assert decode(FIRST + "regions: [NO, FR]\n")[0].regions == ("NO", "FR")


@pytest.mark.parametrize("written", ["", " ~", " null", " # later"])
def test_an_optional_field_may_be_left_empty(written: str) -> None:
    """A field that is there without a value is a field that is left out."""
    record, problems = decode(f"{FIRST}lang:{written}\nsources:{written}\n")
    assert (record.lang, record.sources, problems) == (None, (), [])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("title:\ndate: 2022\n", "1:7: a value is missing here | The headline"),
        (FIRST + "authors: [A, ~]\n", "4:14: a value is missing here"),
        ("date: 2022-07-07\nsummary: S\n", "1:1: the field 'title' is missing | The headline"),
        (FIRST + "regoins: [FR]\n", "4:1: unknown field 'regoins' | did you mean 'regions'?"),
        (FIRST + "xyzzy: 1\n", "4:1: unknown field 'xyzzy' | valid fields: title, date, summary,"),
        (
            FIRST + "companies: tiktok\n",
            "4:12: expected a list here | write it in brackets: [tiktok]",
        ),
        (FIRST + "lang: [en]\n", "4:7: expected one value here, not a list | Its language"),
        (FIRST + "lang: {a: b}\n", "4:7: expected one value here, not a mapping | Its language"),
        (
            FIRST + "sources: [prweek]\n",
            "4:11: expected `field: value` lines here | valid fields: id,",
        ),
        (
            FIRST + "sources:\n  - {id: a, titel: T}\n",
            "5:13: unknown field 'titel' | did you mean 'title'?",
        ),
        (
            FIRST + "sources:\n  - id: a\n",
            "5:5: the field 'title' is missing | The title as published",
        ),
        (
            FIRST + "status: curent\n",
            "4:9: 'curent' is not a valid value | did you mean 'current'?",
        ),
        (
            FIRST + "status: ''\n",
            "4:9: '' is not a valid value | one of: draft, current,",
        ),
        (
            "title: T\ndate: 2026-02-30\nsummary: S\n",
            "2:7: '2026-02-30' is not a date: February 2026 has 28 days",
        ),
        (
            "title: T\ndate: 2022-07\nsummary: S\n",
            "2:7: '2022-07' is not a day | write year, month and day",
        ),
        (
            'title: "a\\0b"\ndate: 2022-07-07\nsummary: S\n',
            "1:8: the character U+0000 is not allowed here",
        ),
    ],
    ids=[
        "empty",
        "empty-item",
        "missing",
        "unknown-near",
        "unknown-far",
        "no-list",
        "list",
        "mapping",
        "no-record",
        "nested-unknown",
        "nested-missing",
        "choice-near",
        "choice-far",
        "impossible-day",
        "month-for-day",
        "control",
    ],
)
def test_a_wrong_field_is_a_problem_where_it_stands(text: str, problem: str) -> None:
    """Each mistake has its line, its column and a way out, and no record is made."""
    record, problems = decode(text)
    assert record is None
    assert problems[0].startswith(problem)


def test_all_problems_come_at_once() -> None:
    """One mistake does not hide the next."""
    _, problems = decode("titel: T\ndate: soon\nlang: EN\nsummary: S\n")
    assert [p.partition(" | ")[0] for p in problems] == [
        "1:1: unknown field 'titel'",
        "2:7: 'soon' is not a date",
        "3:7: 'EN' is not a language",
        "1:1: the field 'title' is missing",
    ]


@pytest.mark.parametrize("text", ["2022", "2022-07", "2022-07-05"])
def test_a_partial_date_is_as_precise_as_it_is_written(text: str) -> None:
    """Dates need no quotes, and keep their precision."""
    record, _ = decode(f"label: L\nvalue: 1\nunit: u\nas_of: {text}\nsource: s\n", Figure)
    assert record.as_of == text


@pytest.mark.parametrize("text", ["1500000", "-7.5", "+3", "0.10"])
def test_a_number_is_exact(text: str) -> None:
    """A number keeps its decimals as written."""
    record, _ = decode(f"label: L\nvalue: {text}\nunit: u\nas_of: 2022\nsource: s\n", Figure)
    assert record.value == Decimal(text)
    assert str(record.value) == text.removeprefix("+")


@pytest.mark.parametrize("text", ["1,5", "1e3", "0x10", "1_000", ".5", "5.", "NaN", "1 000", "١٢"])
def test_what_only_looks_like_a_number_is_refused(text: str) -> None:
    """A number has digits and at most a decimal point."""
    _, problems = decode(f"label: L\nvalue: {text}\nunit: u\nas_of: 2022\nsource: s\n", Figure)
    assert problems == [
        f"2:8: '{text}' is not a number | write digits, with a point for decimals: 1500000 or 7.5"
    ]


@pytest.mark.parametrize(("text", "value"), [("true", True), ("false", False), ("yes", None)])
def test_only_true_and_false_are_true_and_false(text: str, value: bool | None) -> None:
    """`yes` is text, not a truth value."""
    judgement = "text: T\nlikelihood: likely\nconfidence: low\nby: 2024\n"
    record, problems = decode(f"{judgement}outcome: {text}\n", Judgement)
    if value is None:
        assert problems == ["5:10: 'yes' is neither true nor false | write true or false"]
    else:
        assert record.outcome is value


def test_a_required_list_may_not_be_empty() -> None:
    """A move without regions or sources says nothing."""
    _, problems = decode(
        FIRST + "moves:\n  - {company: a, product: b, regions: [], stage: pilot, date: 2022, "
        "basis: official, sources: []}\n"
    )
    assert [p.partition(" | ")[0] for p in problems] == [
        "5:39: the list is empty",
        "5:95: the list is empty",
    ]


def test_a_bare_id_stands_for_a_whole_supersession() -> None:
    """`superseded_by: [a]` is short for a mapping with a briefing."""
    record, _ = decode(FIRST + "superseded_by: [a, {briefing: b, regions: [FR]}]\n")
    assert [(s.briefing, s.regions) for s in record.superseded_by] == [("a", ()), ("b", ("FR",))]


def test_every_field_of_every_model_has_a_form_and_a_description() -> None:
    """A field that is accepted is one that can be checked and explained."""
    seen: set[type[FrontMatter]] = set()
    todo: list[type[FrontMatter]] = list(FRONT_MATTER.values())
    while todo:
        cls = todo.pop()
        seen.add(cls)
        for name, field in field_types(cls).items():
            assert field.description, name
            item = field.item or field
            assert item.form in {*FORMS, "bool", "number", "choice", "record"}, name
            if item.record is not None and item.record not in seen:
                todo.append(item.record)
    assert len(seen) == 13


@pytest.mark.parametrize(
    ("field", "hint"),
    [
        ("tags: [a]", "the field is called `topics` here"),
        ("Categories: [a]", "the field is called `topics` here"),
        ("description: x", "the field is called `summary` here"),
        ("publish-date: 2022", "the field is called `date` here"),
        ("draft: true", "write  status: draft"),
        ("published: false", "write  status: draft"),
        ("layout: post", "the folder that a file is in decides its page"),
        ("slug: x", "the name of the file is the address"),
        ("lastmod: 2022-01-01", "list what was changed under `changes`"),
        ("Title: x", "did you mean 'title'?"),
    ],
)
def test_a_field_of_another_generator_has_its_name_here(field: str, hint: str) -> None:
    """Authors bring habits along; each is told what to write."""
    _, problems = decode(f"{FIRST}{field}\n")
    assert hint in problems[0]


@pytest.mark.parametrize(
    ("figure", "hint"),
    [
        (
            "{label: L, value: 3,5, unit: t, as_of: 2023}",
            "write decimals with a point, such as 3.5",
        ),
        ("{label: Ports, past and present, value: 3}", "put a text that has one in quotes"),
    ],
)
def test_a_comma_within_braces_is_explained(figure: str, hint: str) -> None:
    """What follows it reads as a field of its own."""
    _, problems = decode(f"{FIRST}figures:\n  - {figure}\n")
    assert hint in problems[0]


@pytest.mark.parametrize(
    ("field", "cut"),
    [
        ("title: Verkor is #1", True),
        ("title: Verkor # one", True),
        ("title: 'Verkor is #1'", False),
        ("title: Verkor#1", False),
        ("title: T\nauthors: [Ann #2\n  ]", True),
        ("title: T\nstatus: draft # for now", False),
    ],
)
def test_a_text_that_a_comment_cuts_is_a_warning(field: str, cut: bool) -> None:
    """In every field of text; a comment after a choice or a date is what it seems to be."""
    record, problems = decode(f"{field}\ndate: 2022-07-07\nsummary: S\n")
    assert bool(problems) == cut
    assert all("` #` begins a comment" in problem for problem in problems)
    assert record is not None
