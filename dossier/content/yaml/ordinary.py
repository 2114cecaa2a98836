"""YAML as most people write it, read without places: texts, lists and mappings as values.

Each line has a field, an item, or the first field of an item: with a value beside it, or with lists
and mappings below it, further to the right. Whatever is not certain here is left to YAML.
"""

from __future__ import annotations

import re
from typing import Any

MAX_CHARACTERS = 256 * 1024

_KEY = "[A-Za-z_]++"
_ITEM = r'(?:(?!null\b)[^\W_][^\n,?:#\[\]{}]*+(?<! )|"[^"\n]++")'
_LIST = rf"\[(?:{_ITEM}(?:, {_ITEM})*+)?+\]"
_PAIR = rf"{_KEY}: (?:{_ITEM}|{_LIST})"
_find_lines = re.compile(
    rf"^( *+)(- ++)?+(?:({_KEY}):(?: ++|$))?+"
    r"""(?:([^\s?:,\[\]{}#&*!|>'"%@`~-].*+)|"([^"]++)"|'([^']++)'"""
    rf"|({_LIST})|\{{({_PAIR}(?:, {_PAIR})*+)\}}|)$",
    re.MULTILINE,
).findall
_find_items = re.compile(_ITEM).findall
_find_pairs = re.compile(rf"({_KEY}): ({_ITEM}|{_LIST})").findall


_SAYS_NOTHING = re.compile(r"^ *(?:#.*)?\n", re.MULTILINE)
"""A line without a field or an item; no ordinary text has lines within it."""


class UnclearError(Exception):
    """Raised where YAML, or its rules, are needed to tell what a text says."""


def read_ordinary(text: str) -> dict[str, Any]:
    """Read a text in which every line is ordinary. Raises `UnclearError` where one is not."""
    if "#" in text or "\n\n" in text or text.endswith("\n"):
        text = _SAYS_NOTHING.sub("", f"{text}\n").removesuffix("\n")
    root: dict[str, Any] = {}
    levels: list[tuple[int, Any]] = [(0, root)]
    below = ""  # a key whose value begins in the next line
    for indent, dash, key, plain, double, single, items, pairs in _split(text):
        column, is_item = len(indent), dash != ""
        if below:
            _begin(levels, below, column, is_item)
            below = ""
        at, holder = levels[-1]
        if at != column or isinstance(holder, list) != is_item:
            holder = _find_level(levels, column, is_item)
        if is_item and key:
            item: dict[str, Any] = {}
            holder.append(item)
            holder = item
            levels.append((column + len(dash), item))
        value: Any = plain or double or single
        if not value:
            value = _read_within(items) if items else _read_pairs(pairs) if pairs else None
        if key:
            if key in holder:
                raise UnclearError
            if value is None:
                below = key
            else:
                holder[key] = value
        elif is_item and value is not None:
            holder.append(value)
        else:
            raise UnclearError
    if below:
        raise UnclearError
    return root


def _split(text: str) -> list[tuple[str, ...]]:
    """Split a text into the parts of its lines."""
    lines: list[tuple[str, ...]] = _find_lines(text)
    if len(lines) != text.count("\n") + 1 or "\t" in text or "\\" in text or " #" in text:
        raise UnclearError
    plain = "\n".join(["", *[line[3] for line in lines], ""])
    if ": " in plain or ":\n" in plain or " \n" in plain or "\nnull\n" in plain:
        raise UnclearError
    return lines


def _begin(levels: list[tuple[int, Any]], key: str, column: int, is_list: bool) -> None:
    """Begin the value of a key in the line below it; a list need not be further to the right."""
    above, holder = levels[-1]
    if column < above + (not is_list):
        raise UnclearError
    value: Any = [] if is_list else {}
    holder[key] = value
    levels.append((column, value))


def _find_level(levels: list[tuple[int, Any]], column: int, is_item: bool) -> Any:
    """Find what a line goes on with, and end what is further to the right."""
    at, holder = levels[-1]
    while at > column or (at == column and isinstance(holder, list) > is_item):
        levels.pop()
        at, holder = levels[-1]
    if at != column or isinstance(holder, list) != is_item:
        raise UnclearError
    return holder


def _read_pairs(text: str) -> dict[str, Any]:
    found = _find_pairs(text)
    pairs = {key: _read_within(value) for key, value in found}
    if len(pairs) != len(found):
        raise UnclearError
    return pairs


def _read_within(text: str) -> Any:
    """Read a value between brackets."""
    if text[0] == "[":
        return [_read_within(item) for item in _find_items(text)]
    return text[1:-1] if text[0] == '"' else text
