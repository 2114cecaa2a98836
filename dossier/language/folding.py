"""Case and accent folding, for comparing and ordering names."""

from __future__ import annotations

import unicodedata
from functools import cache


@cache
def fold(text: str) -> str:
    """Remove case, accents and repeated white space from a text."""
    if text.isascii():  # nothing to decompose
        return " ".join(text.casefold().split())
    folded = unicodedata.normalize("NFKD", text).casefold()
    decomposed = unicodedata.normalize("NFKD", folded)
    plain = "".join([char for char in decomposed if not unicodedata.combining(char)])
    return " ".join(plain.split())


_BESIDE = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i"}
)


def sort_key(name: str) -> tuple[str, str]:
    """Order names as readers look them up: Apple, eBay, Élan, Zara."""
    folded = fold(name)
    return folded if folded.isascii() else folded.translate(_BESIDE), name
