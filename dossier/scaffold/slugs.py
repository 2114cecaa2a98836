"""Ids from titles: lower-case ASCII words with hyphens, short enough for an address."""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii

LONGEST = 60
"""The most characters of an id from a title; a chosen one may be longer."""

_HAN = re.compile("[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_APOSTROPHES = str.maketrans("’ʼ＇", "'''")
_CONTRACTION = re.compile(r"'(?=\w{1,2}\b)")
_ABBREVIATION = re.compile(r"(?<=\b[A-Za-z])\.(?=[A-Za-z]\b)")
_BETWEEN_WORDS = re.compile(r"[^a-z0-9]+")


def slugify(title: str) -> str:
    """Derive an id from a title; empty where its script cannot be transliterated reliably.

    `é` becomes e, `ß` ss, `ø` o, and other alphabets are transliterated letter by letter. How a
    Chinese character is read depends on the language, so a title with one results in nothing.
    """
    text = unicodedata.normalize("NFC", title).translate(_APOSTROPHES)
    if _HAN.search(text):
        return ""
    text = _ABBREVIATION.sub("", _CONTRACTION.sub("", text))
    slug = _BETWEEN_WORDS.sub("-", anyascii(text).lower()).strip("-")
    if len(slug) <= LONGEST:
        return slug
    whole_words = slug[: LONGEST + 1].rpartition("-")[0]
    return whole_words or slug[:LONGEST]
