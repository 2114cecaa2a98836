"""Emphasis by CommonMark's rules: which runs of `*`, `_` and `~~` open and close what.

Nodes of a text are strings, elements and runs; pairing runs turns what lies between into elements.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from xml.etree.ElementTree import Element

_match_run = re.compile(r"\*+|_+|~+").match
_match_words = re.compile(r"(\*\*?|__?|~~)([^\W_]++(?:[ ,'’-]+[^\W_]++)*+)\1(?![*_~])").match
_TAGS = {("~", 2): "del", ("*", 2): "strong", ("_", 2): "strong", ("*", 1): "em", ("_", 1): "em"}


class Run:
    """Some of the same marks side by side, as many as are left when others have been paired."""

    __slots__ = ("char", "closes", "count", "index", "length", "opens", "start")

    def __init__(self, char: str, length: int, opens: bool, closes: bool, start: int) -> None:
        self.char, self.opens, self.closes, self.start = char, opens, closes, start
        self.count = self.length = length
        self.index = 0


def scan_words(text: str, start: int) -> tuple[Element, int] | None:
    """Read words between two runs that can be paired with nothing but each other, and their end."""
    match = _match_words(text, start)
    if not match or (start and _kind(text[start - 1]) == "a"):
        return None
    end = match.end()
    if end < len(text) and _kind(text[end]) == "a":
        return None
    element = Element(_TAGS[text[start], len(match[1])])
    element.text = match[2]
    return element, end


def scan_run(text: str, start: int) -> tuple[Run | str, int]:
    """Read a run: return it (as text where it can neither open nor close), and its end."""
    match = _match_run(text, start)
    assert match is not None
    end, char, length = match.end(), text[start], match.end() - start
    if char == "~" and length != 2:
        return match[0], end
    before = _kind(text[start - 1]) if start else " "
    after = _kind(text[end]) if end < len(text) else " "
    left = after != " " and (after != "." or before != "a")
    right = before != " " and (before != "." or after != "a")
    if char == "_":
        opens = left and (not right or before == ".")
        closes = right and (not left or after == ".")
    else:
        opens, closes = left, right
    return (Run(char, length, opens, closes, start) if opens or closes else match[0]), end


@lru_cache(1 << 10)
def _kind(char: str) -> str:
    """Classify a character beside a run: a space, punctuation (`.`), or a letter (`a`)."""
    if char.isalnum():
        return "a"
    if char.isspace():
        return " "
    return "." if unicodedata.category(char)[0] in "PS" else "a"


def pair_runs(
    nodes: list[str | Element | Run], fill: Callable[[Element, list[str | Element | Run]], None]
) -> list[str | Element | Run]:
    """Put elements in place of what runs enclose. `fill` puts nodes into an element."""
    found: list[str | Element | Run] = []
    openers: list[Run] = []
    lowest: dict[tuple[str, bool, int], int] = {}  # no opener for such a run lies lower
    for node in nodes:
        if not isinstance(node, Run):
            found.append(node)
            continue
        while node.closes and node.count:
            place = _opener(openers, node, lowest)
            if place < 0:
                break
            opener = openers[place]
            size = 2 if opener.count > 1 and node.count > 1 else 1
            element = Element(_TAGS[node.char, size])
            fill(element, found[opener.index + 1 :])
            opener.count -= size
            node.count -= size
            del found[opener.index + (opener.count > 0) :]
            found.append(element)
            del openers[place + (opener.count > 0) :]
            for key, low in lowest.items():
                lowest[key] = min(low, len(openers))
        if node.count:
            node.index = len(found)
            found.append(node)
            if node.opens:
                openers.append(node)
    return found


def _opener(openers: list[Run], closer: Run, lowest: dict[tuple[str, bool, int], int]) -> int:
    """Find the place of the nearest run that a run closes, or -1."""
    key = (closer.char, closer.opens, closer.length % 3)
    for place in range(len(openers) - 1, lowest.get(key, 0) - 1, -1):
        opener = openers[place]
        if opener.char == closer.char and not (
            (opener.closes or closer.opens)
            and closer.length % 3
            and not (opener.length + closer.length) % 3
        ):
            return place
    lowest[key] = len(openers)
    return -1
