"""Case and accent folding, for comparing names."""

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
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(plain.split())
