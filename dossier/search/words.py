"""Words of texts, in a file for each first letter: they answer before Pagefind's program is loaded.

Pagefind knows more, such as other forms of a word, but takes seconds on a slow phone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

import msgspec

from dossier.language.folding import fold
from dossier.search.views import SearchRecord
from dossier.search.word_breaks import with_breaks

MOST_BRIEFINGS = 300
"""The most briefings of a language whose words are listed: with more, the files load slowly."""

_WITHIN = re.compile(r"(?<=[^\W\d_])['’](?=[^\W\d_])")
_WORD = re.compile(r"[^\W_]{2,}")


def word_files(records: Sequence[SearchRecord]) -> dict[str, bytes]:
    """Make a file for each first letter: its words, with the places of records that have them."""
    if len(records) > MOST_BRIEFINGS:
        return {}
    found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for place, record in enumerate(records):
        for word in sorted(_words(record)):
            found[word[0]][word].append(place)
    return {
        f"words/{ord(letter):x}.json": msgspec.json.encode(words, order="sorted")
        for letter, words in found.items()
    }


def _words(record: SearchRecord) -> set[str]:
    whole = with_breaks(" ".join((*record.fields.values(), record.text)))
    return set(_WORD.findall(fold(_WITHIN.sub("", whole))))
