"""Word breaks: where words begin that no space is before."""

from __future__ import annotations

import pytest

from dossier.search.word_breaks import BREAK, with_breaks


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("l’enquête", "l’|enquête"),
        ("L'enquête", "L'|enquête"),
        ("jusqu’à lorsqu'il", "jusqu’|à lorsqu'|il"),
        ("dell’arte, un'altra", "dell’|arte, un'|altra"),
        ("aujourd’hui", "aujourd’hui"),
        ("the company’s, don’t", "the company’s, don’t"),
        ("‘a’ and 'b'", "‘a’ and 'b'"),
        ("直播电商", "直|播|电|商"),
        ("TikTok直播，2022年。", "TikTok|直|播，2022|年。"),
        ("東京タワー", "東|京|タ|ワ|ー"),
        ("plain words", "plain words"),
    ],
)
def test_words_are_broken(text: str, broken: str) -> None:
    """After an elision, and around each letter of Chinese and Japanese; nowhere else."""
    assert with_breaks(text) == broken.replace("|", BREAK)
