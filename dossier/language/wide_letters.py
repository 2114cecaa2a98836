"""Wide letters and signs: those of Chinese and Japanese, which put no spaces between words."""

from __future__ import annotations

_RANGES = (
    ("\u2e80", "\u303e"),  # radicals and punctuation
    ("\u3041", "\u312f"),  # kana, bopomofo
    ("\u3190", "\u4dbf"),  # other kana and signs, ideographs
    ("\u4e00", "\u9fff"),
    ("\ua000", "\ua4cf"),  # Yi
    ("\uf900", "\ufaff"),
    ("\ufe30", "\ufe6f"),  # forms of punctuation
    ("\uff00", "\uff60"),
    ("\uffe0", "\uffe6"),
    ("\U00020000", "\U0003fffd"),  # more ideographs
)


def is_wide(char: str) -> bool:
    """Tell whether a character is a wide one; none is not. Hangul is not: Korean has spaces."""
    return char >= "\u2e80" and any(first <= char <= last for first, last in _RANGES)
