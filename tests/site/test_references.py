"""Finding what an author meant by a name."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.content.documents import Document
from dossier.content.models import Briefing
from dossier.language.folding import fold
from dossier.site.references import Names, resolve_references
from tests.helpers.smallsite import parse


def region(id_: str, fields: str) -> Document:
    document, problems = parse(f"---\n{fields}---\n", f"regions/{id_}.md")
    assert document is not None, problems
    return document


BRIEFING = Briefing(title="T", date="2022-07-07", summary="S")
NAMES = Names(
    [
        region("france", "name: France\ncode: FR\naliases: [Hexagone]\n"),
        region("cote-divoire", "name: Côte d'Ivoire\ncode: CI\naliases: [Ivory Coast]\n"),
        region("georgia", "name: Georgia\ncode: GE\n"),
        region("us-georgia", "name: Georgia (US)\naliases: [Georgia]\n"),
    ]
)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("france", ["france"]),
        ("FRANCE", ["france"]),
        ("FR", ["france"]),
        ("fr", ["france"]),
        ("hexagone", ["france"]),
        ("cote  d'ivoire", ["cote-divoire"]),
        ("CÔTE D'IVOIRE", ["cote-divoire"]),
        ("ivory coast", ["cote-divoire"]),
        ("Georgia", ["georgia", "us-georgia"]),
        ("georgia", ["georgia"]),
        ("GE", ["georgia"]),
        ("Spain", []),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_name_is_an_id_a_code_a_name_or_an_alias(text: str, ids: list[str]) -> None:
    """Case, accents and white space are folded; an id written exactly is never ambiguous."""
    assert NAMES.find(text) == ids


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("frence", "did you mean 'france'?"),
        ("ivory cost", "did you mean 'Ivory Coast'?"),
        ("q", ""),
    ],
)
def test_the_nearest_name_is_suggested(text: str, hint: str) -> None:
    """What is not known is compared with the ids, then with every name as it is spelled."""
    assert NAMES.suggestion(text) == hint


@given(st.text())
def test_folding_is_idempotent(text: str) -> None:
    """A folded name folds to itself."""
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(max_codepoint=0x24F)))
def test_folding_ignores_case(text: str) -> None:
    """Upper and lower case of a Latin text fold alike, where Unicode pairs them."""
    assert fold(text.casefold()) == fold(text)


def test_every_reference_of_a_record_is_looked_up_with_its_place() -> None:
    """Lists, nested records and single values are all resolved, and doubles fall away."""
    document, _ = parse(
        "---\ntitle: T\ndate: 2022-07-07\nsummary: S\ncompanies: [A, a, B]\nregions: [R]\n"
        "status: superseded\nsuperseded_by: [{briefing: X, regions: [R]}]\n"
        "sources: [{id: s, title: T}]\n"
        "moves:\n  - {company: A, product: P, regions: [R, r], stage: pilot, date: 2022,"
        " basis: official, sources: [s]}\n---\nText.\n"
    )
    assert document is not None
    seen = []

    def lookup(kind: str, text: str, place: tuple[str | int, ...]) -> str:
        seen.append((kind, text, place))
        return text.lower()

    record = resolve_references(document.front_matter, lookup)
    assert record.companies == ("a", "b")
    assert record.moves[0].regions == ("r",)
    assert record.superseded_by[0].briefing == "x"
    assert record.sources == document.front_matter.sources  # type: ignore[union-attr]
    assert ("company", "B", ("companies", 2)) in seen
    assert ("region", "r", ("moves", 0, "regions", 1)) in seen
    assert ("briefing", "X", ("superseded_by", 0, "briefing")) in seen


@given(st.lists(st.sampled_from("abcdXY")), st.frozensets(st.sampled_from("abcd")))
def test_known_ids_need_no_look(companies: list[str], known: frozenset[str]) -> None:
    """What is written comes to the same, whether or not somebody is asked about each id."""
    record = msgspec.structs.replace(BRIEFING, companies=tuple(companies))

    def lookup(_kind: str, text: str, _place: object) -> str:
        return text.lower()

    known_ids = {"company": known}
    assert resolve_references(record, lookup, known=known_ids) == resolve_references(record, lookup)


def test_a_record_that_names_nothing_stays_the_same_object() -> None:
    """No reference, no copy."""
    document, _ = parse("---\ntitle: T\ndate: 2022-07-07\nsummary: S\n---\nText.\n")
    assert document is not None
    assert resolve_references(document.front_matter, lambda *_: "x") is document.front_matter
