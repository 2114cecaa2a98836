"""Words of texts by first letter: which there are, and whose they are."""

from __future__ import annotations

import json

import pytest

from dossier.search import words
from dossier.search.views import SearchRecord
from dossier.search.words import word_files


def record(text: str, title: str = "") -> SearchRecord:
    """A briefing."""
    return SearchRecord(path="x/", fields={"title": title} if title else {}, text=text)


def test_each_word_names_the_briefings_that_have_it() -> None:
    """In text or title, without case and accents, behind an article; by first letter."""
    found = word_files([record("L’Enquête, l'été."), record("Une enquete", "Eté"), record("Rien")])
    assert json.loads(found["words/65.json"]) == {"enquete": [0, 1], "ete": [0, 1]}
    assert sorted(found) == ["words/65.json", "words/72.json", "words/75.json"]


def test_an_apostrophe_within_a_word_is_left_out() -> None:
    """As it is in queries."""
    found = word_files([record("Macy’s aujourd’hui")])
    assert json.loads(found["words/6d.json"]) == {"macys": [0]}
    assert json.loads(found["words/61.json"]) == {"aujourdhui": [0]}


def test_a_large_site_has_no_such_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """They would take longer than the index."""
    monkeypatch.setattr(words, "MOST_BRIEFINGS", 1)
    assert word_files([record("one")]) != {}
    assert word_files([record("one"), record("two")]) == {}
