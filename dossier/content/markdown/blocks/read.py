"""Reading of the blocks of a text: each at one look, if it is an ordinary one, or by the rules."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # loaded only for a text with a block that is not ordinary
    from dossier.content.markdown.blocks.parser import BlockParser, BlockState

from dossier.content.markdown.blocks.ordinary import AnyToken, read_ordinary
from dossier.content.markdown.places import line_bounds


def read_blocks(text: str, raw_html: bool) -> tuple[list[AnyToken], dict[str, Any], list[int]]:
    """Read a text: its tokens, what it defines, and where its lines begin, the end included."""
    env: dict[str, Any] = {"abbreviations": {}, "too_deep": []}
    tokens: list[Any] = []
    starts = line_bounds(text)
    state: BlockState | None = None
    place = 0
    while place < len(text):
        if text[place] == "\n":
            place += 1
        elif end := read_ordinary(text, place, starts, tokens):
            place = end
        else:
            state = state or _load_rules(raw_html).begin(text, env, tokens)
            place = starts[state.read_block(bisect_left(starts, place))]
    return tokens, env, starts


@cache
def _load_rules(raw_html: bool) -> BlockParser:
    from dossier.content.markdown.blocks.parser import BlockParser

    return BlockParser(raw_html)
