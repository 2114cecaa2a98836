"""The catalogues are in their own languages: no English is left in a translation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from tests.helpers.catalogue import catalogue_files, read_catalogue

_WORD = re.compile(r"[^\W\d_]+")
_PLACEHOLDER = re.compile(r"%\(\w+\)s")
ENGLISH = {"the", "of", "and", "is", "are", "was", "were", "with", "that", "which", "this", "they"}
"""Words that stand in most English sentences, and in none of another language here."""
RUN = 3
"""So many words in a row, as an English text has them, are no coincidence."""


def _texts(strings: str | tuple[str, ...]) -> tuple[str, ...]:
    return (strings,) if isinstance(strings, str) else strings


def _words(text: str) -> list[str]:
    return _WORD.findall(_PLACEHOLDER.sub(" ", text).casefold())


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _words(text)
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


def english_in(message: Message, runs: set[tuple[str, ...]]) -> set[str]:
    """Find what a translation has in common with English texts."""
    found: set[str] = set()
    for text in _texts(message.string):
        found |= ENGLISH & set(_words(text))
        found |= {" ".join(run) for run in runs & _runs(text)}
    return found


@pytest.mark.parametrize("path", catalogue_files(), ids=lambda path: path.parent.parent.name)
def test_no_english_is_left_in_a_translation(path: Path) -> None:
    """Neither its small words nor a run of words of any English text."""
    messages = [message for message in read_catalogue(path) if message.id]
    runs = set().union(*(_runs(text) for message in messages for text in _texts(message.id)))
    assert {m.id: found for m in messages if (found := english_in(m, runs))} == {}


def test_an_english_sentence_within_a_translation_is_found() -> None:
    """As one that was pasted behind the French one."""
    glued = Message("A briefing", "Une note.A table says how likely it was")
    assert english_in(glued, _runs("The table says how often")) == {"table says how", "was"}
