"""Typographic quotes, dashes and spaces, by language; and what counts as a word.

Works on plain text, one run at a time; the character before a run decides whether a quote opens.
A language without a profile is left as it is typed, and addresses are in any. English follows New
Hart's Rules; French the Imprimerie nationale: a narrow no-break space before `; ! ?`, a no-break
space before `:` and within « ».
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from dossier.language.profiles import Quotes, quotes_of
from dossier.language.wide_letters import is_wide

NARROW = "\u202f"
WIDE = "\u00a0"

_FRENCH_TRIGGERS = re.compile(r"[«»;:!?%€$]|\d \d")
_APOSTROPHE = re.compile(r"'(?<=[^\W_]')(?=[^\W_])")
_QUOTE = re.compile(r"""["']""")
_OPENERS = frozenset("([{/—–-«“‘„‚‹「『¿¡")
_ELISION = r"(?i:\d\d(?:s|er)?|tis|twas|til|till|em|n|cause|bout|round|cos|cuz|t)(?!\w)"
"""What an apostrophe begins: years, and words that lost their first letters ('t Hooft is Dutch)."""
_FEET = r"""'(?<=\d')(\d{1,2})"(?!\w)"""
_ADDRESS = r"""((?:https?://|www\.)(?:[^\s<>"]|"(?=\w))+|\w[\w.+'-]*@[\w-]+(?:\.[\w-]+)+)"""
_DASH = r"(?<!-)(-{2,3})(?!-)"
_WORD = re.compile(r"\w++(?:['’.,-]\w++)*+")
_WORD_BYTES = "".join(
    "a" if char.isalnum() or char == "_" else "-" if char in "'.,-" else " "
    for char in map(chr, range(256))
).encode()
"""For each Latin-1 character: `a` within words, `-` if it joins two letters, else a space."""
_FRENCH_SPACES = (
    r"[ \u00a0\u202f](?=[;!?])",
    r"[;!?](?<![\u202f;!?].)[;!?]*(?=$|[\s)\]»”])",
    r"[ \u00a0\u202f]:|:(?<=[\w»”)]:)(?=[\s»]|$)",
    r"«[ \u00a0\u202f]?",
    r"[ \u00a0\u202f]?»",
    r"[ \u00a0\u202f](?<=\d.)(?=[%€$]|\d{3}(?!\d))",
)
"""What is replaced where French has a space, or has none yet.

Each pattern begins with a sign that is found fast, and looks back or ahead from there. No text that
is put in refers to a group: a program of `re` would do that, and take longer than all else.
"""


def typeset(text: str, lang: str, before: str = "", opened: list[str] | None = None) -> str:
    """Set quotes, dashes and spaces as they are printed.

    A text in pieces is set piece by piece: `before` is the character that precedes one, `opened`
    the signs of quotations that are open there, which is brought up to date.
    """
    french = lang[:2] == "fr" and lang[2:3] in ("", "-")
    if not ("'" in text or '"' in text or "--" in text or "..." in text) and not (
        french and _FRENCH_TRIGGERS.search(text)
    ):
        return text
    quotes = quotes_of(lang)
    if quotes is None:
        return text
    opened = [] if opened is None else opened
    if "://" not in text and "www." not in text and "@" not in text:
        return _typeset(text, quotes, french, before, opened)
    pieces = re.split(_ADDRESS, text)
    for place in range(0, len(pieces), 2):
        previous = pieces[place - 1][-1] if place else before
        pieces[place] = _typeset(pieces[place], quotes, french, previous, opened)
    return "".join(pieces)


def quoted(text: str, lang: str) -> str:
    """Quote a text that is typeset already: its own outer quotation marks become the inner ones."""
    marks = quotes_of(lang) or Quotes("“", "”", "‘", "’")
    if marks.opening in text and marks.closing in text:
        text = text.replace(marks.opening, marks.inner_opening)
        text = text.replace(marks.closing, marks.inner_closing)
    return f"{marks.opening}{text}{marks.closing}"


def _typeset(text: str, quotes: Quotes, french: bool, before: str, opened: list[str]) -> str:
    if "--" in text:
        text = re.sub(_DASH, lambda match: "—" if len(match[1]) == 3 else "–", text)
    text = text.replace("...", "…")
    if '"' in text or "'" in text:
        # a quote before the text is already set; all that matters is that it is not a space
        before_it = "x" if before in ('"', "'") else before
        if '"' in text and "'" in text:
            text = re.sub(_FEET, "′\\1″", text)
        text = _APOSTROPHE.sub("’", text)
        if '"' in text or "'" in text:
            text = _set_quotes(text, quotes, before_it, opened)
    return _french_spaces(text, before) if french else text


def _set_quotes(text: str, quotes: Quotes, before: str, opened: list[str]) -> str:
    last = -2  # place of the sign that opened the last one

    def choose(match: re.Match[str]) -> str:
        nonlocal last
        sign, place = match[0], match.start()
        previous = text[place - 1] if place else before
        following = text[place + 1 : place + 2]
        opens = not following.isspace() and (
            not previous or previous.isspace() or previous in _OPENERS or last == place - 1
        )
        if sign == '"' and is_wide(previous or following):
            opens = sign not in opened  # there are no spaces around words
        if opens and (sign == '"' or not re.compile(_ELISION).match(text, place + 1)):
            opened.append(sign)
            last = place
            return quotes.opening if sign == '"' else quotes.inner_opening
        if sign == '"':
            closing = quotes.closing
        elif sign in opened and not following.isalnum():
            closing = quotes.inner_closing
        else:
            return "’"
        while opened and opened.pop() != sign:
            pass
        return closing

    return _QUOTE.sub(choose, text)


def _french_spaces(text: str, before: str) -> str:
    if before.isspace():
        before = ""
    text = before + text
    spaced, unspaced, colon, opening, closing, number = _french_patterns()
    if ";" in text or "!" in text or "?" in text:
        text = unspaced(lambda signs: NARROW + signs[0], spaced(NARROW, text))
    if ":" in text:
        text = colon(WIDE + ":", text)
    if "«" in text:
        text = opening("«" + WIDE, text)
    if "»" in text:
        text = closing(WIDE + "»", text)
    return number(NARROW, text)[len(before) :]


@cache
def _french_patterns() -> list[Callable[[Any, str], str]]:
    """Return what sets the spaces; compiled for the first French text only."""
    return [re.compile(pattern).sub for pattern in _FRENCH_SPACES]


def count_words(text: str) -> int:
    """Count words: `don't`, `3.5` and `on-site` are one each."""
    try:
        signs = text.replace("’", "'").encode("latin-1").translate(_WORD_BYTES)
    except UnicodeEncodeError:
        return len(_WORD.findall(text))
    signs += b" "  # a word ends before neither a letter nor one joining character
    return signs.count(b"a ") + signs.count(b"a- ") + signs.count(b"a--")
