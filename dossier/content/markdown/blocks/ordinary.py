"""Ordinary blocks, each read at one look: most of what people write.

Such a block stands at the margin, with a blank line after it, and no rule of CommonMark or of what
we add to it could read it otherwise. Whatever is not certain here is left to those rules.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec

if TYPE_CHECKING:
    from markdown_it.token import Token

from dossier.content.markdown.places import line_starts
from dossier.content.tables.blocks import SPACES, read_rows

_TEXT = r"(?:[^\s\d#>`~*+_=<\[|:-]|\*{1,2}(?=\w)|`(?!`)|\d++(?![.)])|\[(?=[^\[\]\n]+\]\()).*+"
"""A line that begins neither a block nor a part of one: a mark of emphasis, code or a link may."""
_MARK = r"(?:[-*+]|[0-9]{1,9}[.)])"
_NOTE = r"\[\^[^\]\s]++\]:"
_ROW = r"\|.*+(?<=\|)"
_END = r"(?:\n(?:[ \t]*+\n)++(?![ \t:~])|[ \t\n]*+\Z)"
_match_block = re.compile(
    rf"(?P<paragraph>(?:\n?{_TEXT})++){_END}"
    r"|(?P<hashes>#{1,6})[ \t]++(?P<heading>[^\s#][^\n#]*+)(?=\n|\Z)"
    rf"|(?P<list>(?:\n?{_MARK} {_TEXT})++){_END}(?!{_MARK}(?:[ \t\n]|\Z))"
    rf"|(?:> |(?P<label>{_NOTE})[ ]++)(?P<text>{_TEXT})(?:{_END}|(?(label)(?=\n{_NOTE})|(?!)))"
    rf"|(?P<table>{_ROW}\n\|[ :|-]*+(?:\n{_ROW})*+){_END}"
    r"|```(?P<code>[^`\n]*+\n(?:(?! {0,3}```).*+\n)*+)```[ \t]*+(?=\n|\Z)"
).match


class BlockToken(msgspec.Struct):
    """What is used of a token of an ordinary block, made faster than another."""

    type: str
    tag: str
    nesting: int
    content: str = ""
    meta: dict[str, Any] = {}
    attrs: dict[str, int] = {}
    map: list[int] | None = None
    info: str = ""
    markup: str = ""
    hidden: bool = False


AnyToken: TypeAlias = "BlockToken | Token"


def _text(tag: str, content: str, starts: Sequence[int]) -> BlockToken:
    return BlockToken("inline", tag, 0, content, {"starts": starts})


def read_ordinary(text: str, place: int, lines: Sequence[int], tokens: list[AnyToken]) -> int:
    """Read the block that begins at a place, the start of a line, if it is an ordinary one.

    Adds its tokens, and returns where it ends; 0 where it is left to the rules. `lines` are where
    the lines of the text begin.
    """
    match = _match_block(text, place)
    if match is None:
        return 0
    kind = match.lastgroup or ""
    start, end = match.span(kind)
    content = text[start:end].strip(SPACES)
    if kind == "paragraph":
        starts = [start + n for n in line_starts(content)] if "\n" in content else [start]
        tokens.append(_text("p", content, starts))
    elif kind == "heading":
        tokens.append(token := _text(f"h{len(match['hashes'])}", content, [start]))
        token.meta["mark"] = place
    elif kind == "list":
        if not _add_list(tokens, content, start):
            return 0
    elif kind == "table":
        rows = read_rows(content.split("\n"), [start + place for place in line_starts(content)])
        if rows is None:
            return 0
        tokens.append(BlockToken("table", "table", 0, meta=rows))
    elif kind == "code":
        _add_code(tokens, text[start:end], bisect_left(lines, place))
    else:
        _add_within(tokens, match["label"], bisect_left(lines, place), content, start)
    return match.end()


def _add_list(tokens: list[AnyToken], content: str, start: int) -> bool:
    """Add the tokens of a list whose items have a line each; none if their marks are unlike."""
    items = [item.partition(" ") for item in content.split("\n")]
    if len({mark[-1] for mark, _, _ in items}) > 1:
        return False
    number = items[0][0][:-1]
    tokens.append(opening := BlockToken("list_open", "ol" if number else "ul", 1))
    if number and int(number) != 1:
        opening.attrs["start"] = int(number)
    for mark, _, text in items:
        tokens.append(_text("li", text.strip(SPACES), [start + len(mark) + 1]))
        start += len(mark) + len(text) + 2
    tokens.append(BlockToken("list_close", opening.tag, -1))
    return True


def _add_within(
    tokens: list[AnyToken], label: str | None, line: int, content: str, start: int
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
    tokens.append(_text("p", content, [start]))
    tokens.append(closing)


def _add_code(tokens: list[AnyToken], text: str, line: int) -> None:
    language, _, content = text.partition("\n")
    place = [line, line + text.count("\n") + 1]
    tokens.append(BlockToken("fence", "code", 0, content, map=place, info=language, markup="```"))
