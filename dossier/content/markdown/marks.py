"""Marks within a body while it is read: control characters, which no author may write."""

from __future__ import annotations

TITLE_MARK = "\x0e"  # on both sides of the number of a slot for a title; before one in an address
PIPE_MARK = "\x0f"  # stands for | within [[ ]], which would otherwise end a table's cell
CITATION_MARK = "\x11"  # on both sides of a citation's number, which is no part of a heading
SLOT_SCHEME = "dossier:"
SLOT_ADDRESS = f"{SLOT_SCHEME}{TITLE_MARK}"  # no author can write it, and nh3 lets it through
OPEN_TASK, DONE_TASK = "\x1c", "\x1d"  # boxes of a task list

_TYPESET = "\"'-.:;!?%$"  # signs that typography would change
_KEPT = "\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b"  # the same signs, to be left as they are
_TO_KEPT = str.maketrans(_TYPESET, _KEPT)
_TO_PLAIN = str.maketrans(_KEPT + PIPE_MARK, _TYPESET + "|", CITATION_MARK)
_MARKS = (*_KEPT, PIPE_MARK, CITATION_MARK)


def literal(sign: str) -> str:
    """Convert an escaped sign to the form that typography leaves alone."""
    return sign.translate(_TO_KEPT)


def without_marks(text: str) -> str:
    """Text or HTML with the signs themselves in place of what stands for them."""
    return text.translate(_TO_PLAIN) if any(map(text.__contains__, _MARKS)) else text


class Unset(str):
    """A text that typography leaves as it is, and that counts as one word."""

    __slots__ = ()


def escape_attribute(text: str) -> str:
    """Escape a text that stands between double quotes."""
    return escape(text).replace('"', "&quot;")


def escape(text: str) -> str:
    """Escape a text that stands between tags."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text
