"""Word breaks where a text has no spaces: after an elision (l’enquête), in Chinese and Japanese.

Pagefind takes what stands between spaces for a word. The break is a sign without width and a
space; scripts of the search page remove both from excerpts, and break queries the same way.
"""

from __future__ import annotations

import re

BREAK = "\u2060 "

_LETTER = r"[^\W\d_]"
_ELISION = (
    rf"(?i)(?<!{_LETTER})((?:{_LETTER}|(?:jus|lors|puis|quoi)?qu|(?:a|da|de|ne|su|que)ll|un|quest"
    rf"|sant)['’])(?={_LETTER})"
)
_WIDE = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WIDE_LETTER = rf"(?<=[^\W{_WIDE}])(?=[{_WIDE}])|([{_WIDE}])(?=\w)"


def with_breaks(text: str) -> str:
    """Break a text into words, each letter of Chinese and Japanese by itself."""
    # compiled here: a build that indexes nothing is spared the wide letters
    return re.sub(_WIDE_LETTER, rf"\1{BREAK}", re.sub(_ELISION, rf"\1{BREAK}", text))
