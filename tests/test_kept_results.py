"""Results kept between builds: asked for once, for as long as what they depend on is the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from dossier.kept_results import KeptResults


def questions(file: Path, key: str, *texts: str) -> list[str]:
    """What a function is really asked in a process that keeps its results."""
    asked: list[str] = []
    kept = KeptResults()
    kept.keep_in(file, key)

    def shout(text: str, sign: str = "!") -> str:
        asked.append(text + sign)
        return text.upper() + sign

    ask = kept.of(shout)
    for text in texts:
        assert ask(text) == f"{text.upper()}!"
        assert ask(text, sign="?") == f"{text.upper()}?"
    kept.save()
    return asked


def test_what_was_asked_is_known_to_the_next_build(tmp_path: Path) -> None:
    """Whatever else it asks; options count."""
    file = tmp_path / "kept"
    assert questions(file, "key", "a", "a") == ["a!", "a?"]
    assert questions(file, "key", "a", "b") == ["b!", "b?"]
    assert questions(file, "key", "b", "a") == []


def test_results_hold_for_one_key(tmp_path: Path) -> None:
    """That of the version, for example; the older ones are dropped."""
    file = tmp_path / "kept"
    questions(file, "old", "a")
    assert questions(file, "new", "a") == ["a!", "a?"]
    assert questions(file, "old", "a") == ["a!", "a?"]


@pytest.mark.parametrize("damaged", [b"", b"foreign", b"\x00" * 40])
def test_a_damaged_file_is_an_empty_one(tmp_path: Path, damaged: bytes) -> None:
    """It costs a question."""
    file = tmp_path / "kept"
    file.write_bytes(damaged)
    assert questions(file, "key", "a") == ["a!", "a?"]
    assert questions(file, "key", "a") == []


def test_nothing_is_read_for_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor written."""
    monkeypatch.setattr("dossier.kept_results.read_sealed", None)
    monkeypatch.setattr("dossier.kept_results.write_sealed", None)
    assert questions(tmp_path / "kept", "key") == []
