"""Ordinary blocks, each read at one look: most of what people write.

Such a block stands at the margin, with a blank line after it, and no rule of CommonMark or of what
we add to it could read it otherwise. Whatever is not certain here is left to those rules.
"""

from __future__ import annotations

import re
from typing import Literal

from markdown_it.common.utils import mdTrim
from markdown_it.token import Token

from dossier.content.markdown.places import line_starts

_TEXT = r"(?:[^\s\d#>`~*+_=<\[|:-]|\*{1,2}(?=\w)|`(?!`)|\d++(?![.)])|\[(?=[^\[\]\n]+\]\())[^\n\r]*+"
"""A line that begins neither a block nor a part of one: a mark of emphasis, code or a link may."""
_MARK = r"(?:[-*+]|[0-9]{1,9}[.)])"
_NOTE = r"\[\^[^\]\s]++\]:"
_END = r"(?:\n(?:[ \t]*+\n)++(?![ \t:~])|[ \t\n]*+\Z)"
_match_block = re.compile(
    rf"(?P<paragraph>(?:\n?{_TEXT})++){_END}"
    r"|(?P<hashes>#{1,6})[ \t]++(?P<heading>[^\s#][^\n\r#]*+)(?=\n|\Z)"
    rf"|(?P<list>(?:\n?{_MARK} {_TEXT})++){_END}(?!{_MARK}(?:[ \t\n]|\Z))"
    rf"|(?:> |(?P<label>{_NOTE})[ ]++)(?P<text>{_TEXT})(?:{_END}|(?(label)(?=\n{_NOTE})|(?!)))"
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
        _add_text(tokens, "p", content, [start + place for place in line_starts(content)])
    elif kind == "heading":
        token = _add_text(tokens, f"h{len(match['hashes'])}", content, [start])
        token.meta["mark"] = place
    elif kind == "list":
        if not _add_list(tokens, content, start):
            return 0
    else:
        _add_within(tokens, match["label"], line, content, start)
    return match.end()


def _add_list(tokens: list[Token], content: str, start: int) -> bool:
    """Add the tokens of a list whose items have a line each; none if their marks are unlike."""
    items = [item.partition(" ") for item in content.split("\n")]
    if len({mark[-1] for mark, _, _ in items}) > 1:
        return False
    number = items[0][0][:-1]
    tokens.append(opening := BlockToken("list_open", "ol" if number else "ul", 1))
    if number and int(number) != 1:
        opening.attrs["start"] = int(number)
    for mark, _, text in items:
        _add_text(tokens, "li", mdTrim(text), [start + len(mark) + 1])
        start += len(mark) + len(text) + 2
    tokens.append(BlockToken("list_close", opening.tag, -1))
    return True


def _add_within(
    tokens: list[Token], label: str | None, line: int, content: str, start: int
) -> None:
    """Add the tokens of a paragraph within a note, if it has a label, or within a quotation."""
    if label:
        opening = BlockToken("footnote_reference_open", "", 1)
        opening.meta["label"], opening.map = label[2:-2], [line, line + 1]
        closing = BlockToken("footnote_reference_close", "", -1)
    else:
        opening = BlockToken("blockquote_open", "blockquote", 1)
        closing = BlockToken("blockquote_close", "blockquote", -1)
    tokens.append(opening)
    _add_text(tokens, "p", content, [start])
    tokens.append(closing)


def _add_text(tokens: list[Token], tag: str, content: str, starts: list[int]) -> Token:
    token = BlockToken("inline", tag, 0)
    token.content, token.meta["starts"] = content, starts
    tokens.append(token)
    return token
