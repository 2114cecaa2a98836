"""Names compared without case, accents and runs of white space."""

from __future__ import annotations

import unicodedata
from functools import cache


@cache
def fold(text: str) -> str:
    """A text without case, accents and runs of white space, for comparing names."""
    if text.isascii():  # nothing to decompose
        return " ".join(text.casefold().split())
    folded = unicodedata.normalize("NFKD", text).casefold()
    decomposed = unicodedata.normalize("NFKD", folded)
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(plain.split())
