"""Typographic quotes, dashes and spaces, by language; and what counts as a word.

Works on plain text, one run at a time; the character before a run decides whether a quote opens.
English follows New Hart's Rules; French the Imprimerie nationale: a narrow no-break space before
`; ! ?`, a no-break space before `:` and within « ».
"""

from __future__ import annotations

import re

NARROW = "\u202f"
WIDE = "\u00a0"

_FRENCH_TRIGGERS = re.compile(r"""['"«»;:!?%€$]|--|\.\.\.|\d \d""")
_OPENING = re.compile(r"""(?:^|(?<=[\s(\[{/—–\u00a0\u202f«“‘]))(["'])(?=\S|\Z)""")
_DASH = re.compile(r"(?<!-)(-{2,3})(?!-)")
_WORD = re.compile(r"\w++(?:['’.,-]\w++)*+")
_WORD_BYTES = "".join(
    "a" if char.isalnum() or char == "_" else "-" if char in "'.,-" else " "
    for char in map(chr, range(256))
).encode()
"""For each Latin-1 character: `a` within words, `-` if it joins two letters, else a space."""
_FRENCH_SPACES = (
    (re.compile(r"[ \u00a0\u202f]?([;!?]+)(?=$|[\s)\]»”])"), NARROW + r"\1"),
    (re.compile(r"[ \u00a0\u202f]([;!?]+)"), NARROW + r"\1"),
    (re.compile(r"[ \u00a0\u202f]:"), WIDE + ":"),
    (re.compile(r"(?<=[\w»”)])[ \u00a0\u202f]?:(?=[\s»]|$)"), WIDE + ":"),
    (re.compile(r"«[ \u00a0\u202f]?"), "«" + WIDE),
    (re.compile(r"[ \u00a0\u202f]?»"), WIDE + "»"),
    (re.compile(r"(?<=\d)[ \u00a0\u202f](?=[%€$])"), NARROW),
    (re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))"), NARROW),
)


def typeset(text: str, lang: str, before: str = "") -> str:
    """Set quotes, dashes and spaces as they are printed; `before` is the preceding character."""
    french = lang[:2] == "fr" and lang[2:3] in ("", "-")
    if french:
        if not _FRENCH_TRIGGERS.search(text):
            return text
    elif not ("'" in text or '"' in text or "--" in text or "..." in text):
        return text
    text = _DASH.sub(lambda match: "—" if len(match[1]) == 3 else "–", text)
    text = text.replace("...", "…")
    # a quote before the text is already set; all that matters is that it is not a space
    before = "x" if before in ('"', "'") else before
    text = _quotes(before + text, french)[len(before) :]
    return _french_spaces(text) if french else text


def _quotes(text: str, french: bool) -> str:
    opening, closing = ("«" + WIDE, WIDE + "»") if french else ("“", "”")
    text = _OPENING.sub(lambda match: opening if match[1] == '"' else "‘", text)
    text = re.sub(r"‘(?=\d\ds\b|tis\b|twas\b)", "’", text)
    return text.replace('"', closing).replace("'", "’")


def _french_spaces(text: str) -> str:
    for pattern, replacement in _FRENCH_SPACES:
        text = pattern.sub(replacement, text)
    return text


def count_words(text: str) -> int:
    """Count words: `don't`, `3.5` and `on-site` are one each."""
    try:
        signs = text.replace("’", "'").encode("latin-1").translate(_WORD_BYTES)
    except UnicodeEncodeError:
        return len(_WORD.findall(text))
    signs = b" " + signs  # a word starts after neither a letter nor one joining character
    return signs.count(b" a") + signs.count(b" -a") + signs.count(b"--a")
