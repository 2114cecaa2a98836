"""Ordinary blocks, each read at one look: most of what people write.

Such a block stands at the margin, with a blank line after it, and no rule of CommonMark or of what
we add to it could read it otherwise. Whatever is not certain here is left to those rules.
"""

from __future__ import annotations

import re
from typing import Literal

from markdown_it.common.utils import mdTrim
from markdown_it.token import Token

_TEXT = r"(?:[^\s\d#>`~*+_=<\[|:-]|\*{1,2}(?=\w)|`(?!`)|\d++(?![.)])|\[(?=[^\[\]\n]+\]\())[^\n\r]*+"
"""A line that begins neither a block nor a part of one: a mark of emphasis, code or a link may."""
_NUMBER = "[0-9]{1,9}"
_END = r"(?:\n(?:[ \t]*+\n)++(?![ \t:~])|[ \t\n]*+\Z)"
_ITEM = rf"[-*+](?:[ \t\n]|\Z)|{_NUMBER}[.)]"
_END_OF_LIST = rf"(?:\n(?:[ \t]*+\n)++(?![ \t:~]|{_ITEM})|[ \t\n]*+\Z)"
_match_block = re.compile(
    rf"(?P<paragraph>{_TEXT}(?:\n{_TEXT})*+){_END}"
    r"|(?P<hashes>#{1,6})[ \t]++(?P<heading>[^\s#][^\n\r#]*+)(?=\n|\Z)"
    rf"|(?P<bullets>(?P<sign>[-*+]) {_TEXT}(?:\n(?P=sign) {_TEXT})*+){_END_OF_LIST}"
    rf"|(?P<numbers>(?P<first>{_NUMBER})(?P<point>[.)]) {_TEXT}(?:\n{_NUMBER}(?P=point) {_TEXT})*+)"
    rf"{_END_OF_LIST}"
    rf"|> (?P<quote>{_TEXT}){_END}"
    rf"|\[\^(?P<label>[^\]\s]++)\]:[ ]++(?P<note>{_TEXT})(?:{_END}|(?=\n\[\^[^\]\s]++\]:))"
).match


class BlockToken(Token):
    """A token of a block that is made in half the time, as there are hundreds in a text."""

    __slots__ = ()

    def __init__(self, type: str, tag: str, nesting: Literal[-1, 0, 1], level: int = 0) -> None:
        self.type, self.tag, self.nesting, self.level = type, tag, nesting, level
        self.attrs, self.meta = {}, {}
        self.map = self.children = None
        self.content = self.markup = self.info = ""
        self.block, self.hidden = True, False


def read_ordinary(text: str, place: int, line: int, tokens: list[Token]) -> int:
    """Read the block that begins at a place, the start of a line, if it is an ordinary one.

    Adds its tokens, and returns where it ends; 0 where it is left to the rules.
    """
    match = _match_block(text, place)
    if match is None:
        return 0
    kind = match.lastgroup or ""
    start, end = match.span(kind)
    content = mdTrim(text[start:end])
    if kind == "paragraph":
        _add_text(tokens, "p", content, _line_starts(content, start))
    elif kind == "heading":
        token = _add_text(tokens, f"h{len(match['hashes'])}", content, [start])
        token.meta["mark"] = place
    elif kind == "bullets":
        _add_list(tokens, "ul", content, start)
    elif kind == "numbers":
        first = int(match["first"])
        _add_list(tokens, "ol", content, start).attrs = {} if first == 1 else {"start": first}
    elif kind == "quote":
        tokens.append(BlockToken("blockquote_open", "blockquote", 1))
        _add_text(tokens, "p", content, [start])
        tokens.append(BlockToken("blockquote_close", "blockquote", -1))
    else:
        tokens.append(note := BlockToken("footnote_reference_open", "", 1))
        note.meta["label"], note.map = match["label"], [line, line + 1]
        _add_text(tokens, "p", content, [start])
        tokens.append(BlockToken("footnote_reference_close", "", -1))
    return match.end()


def _add_list(tokens: list[Token], tag: str, content: str, start: int) -> Token:
    """Add the tokens of a list whose items have a line each; return the first of them."""
    tokens.append(opening := BlockToken("list_open", tag, 1))
    for item in content.split("\n"):
        _, _, text = item.partition(" ")
        _add_text(tokens, "li", mdTrim(text), [start + len(item) - len(text)])
        start += len(item) + 1
    tokens.append(BlockToken("list_close", tag, -1))
    return opening


def _add_text(tokens: list[Token], tag: str, content: str, starts: list[int]) -> Token:
    token = BlockToken("inline", tag, 0)
    token.content, token.meta["starts"] = content, starts
    tokens.append(token)
    return token


def _line_starts(content: str, start: int) -> list[int]:
    """Find where the lines of a text begin that stands at a place."""
    starts = [start]
    while (end := content.find("\n", starts[-1] - start)) >= 0:
        starts.append(start + end + 1)
    return starts
