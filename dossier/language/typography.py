"""Typographic quotes, dashes and spaces, by language; and what counts as a word.

Works on plain text, one run at a time; the character before a run decides whether a quote opens.
A language without a profile is left as it is typed, and addresses are in any. English follows New
Hart's Rules; French the Imprimerie nationale: a narrow no-break space before `; ! ?`, a no-break
space before `:` and within « ».
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from dossier.language.profiles import Quotes, quotes_of
from dossier.language.wide_letters import is_wide

NARROW = "\u202f"
WIDE = "\u00a0"

_FRENCH_TRIGGERS = re.compile(r"""['"«»;:!?%€$]|--|\.\.\.|\d \d""")
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
_FRENCH_SPACES: tuple[tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...], ...] = (
    (
        (r"[ \u00a0\u202f](?=[;!?])", NARROW),
        (r"[;!?](?<![\u202f;!?].)[;!?]*(?=$|[\s)\]»”])", lambda signs: NARROW + signs[0]),
    ),
    (
        (r"[ \u00a0\u202f]:", WIDE + ":"),
        (r":(?<=[\w»”)]:)(?=[\s»]|$)", WIDE + ":"),
    ),
    (
        (r"«[ \u00a0\u202f]?", "«" + WIDE),
        (r"[ \u00a0\u202f]?»", WIDE + "»"),
    ),
    ((r"[ \u00a0\u202f](?<=\d.)(?=[%€$]|\d{3}(?!\d))", NARROW),),
)
"""What is replaced, by what: before `; ! ?`, before `:`, within « », after a digit (of any script).

Each pattern begins with a sign that is found fast, and looks back or ahead from there; none refers
to a group, for which `re` would run a program of its own.
"""


def typeset(text: str, lang: str, before: str = "", opened: list[str] | None = None) -> str:
    """Set quotes, dashes and spaces as they are printed.

    A text in pieces is set piece by piece: `before` is the character that precedes one, `opened`
    the signs of quotations that are open there, which is brought up to date.
    """
    french = lang == "fr" or lang.startswith("fr-")
    if french:
        if not _FRENCH_TRIGGERS.search(text):
            return text
    elif not ("'" in text or '"' in text or "--" in text or "..." in text):
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
    high, colon, quotes, number = _french_spaces_set()
    if ";" in text or "!" in text or "?" in text:
        text = high(text)
    if ":" in text:
        text = colon(text)
    if "«" in text or "»" in text:
        text = quotes(text)
    return number(text)[len(before) :]


@cache
def _french_spaces_set() -> list[Callable[[str], str]]:
    """Return what sets the spaces; compiled for the first French text only."""

    def compiled(rules: Iterable[tuple[str, Any]]) -> Callable[[str], str]:
        substitutes = [(re.compile(found).sub, new) for found, new in rules]

        def apply(text: str) -> str:
            for substitute, new in substitutes:
                text = substitute(new, text)
            return text

        return apply

    return [compiled(rules) for rules in _FRENCH_SPACES]


def count_words(text: str) -> int:
    """Count words: `don't`, `3.5` and `on-site` are one each."""
    try:
        signs = text.replace("’", "'").encode("latin-1").translate(_WORD_BYTES)
    except UnicodeEncodeError:
        return len(_WORD.findall(text))
    signs = b" " + signs  # a word starts after neither a letter nor one joining character
    return signs.count(b" a") + signs.count(b" -a") + signs.count(b"--a")
