"""What in a body reads otherwise than it seems to, in its blocks: never an error, always said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dossier.content.markdown.blocks.ordinary import AnyToken
from dossier.content.markdown.places import Places

Doubt = tuple[int, str, str]
"""A place in the body, a message, a hint."""

_MERGE = re.compile(r"^(?:<{7} .*|={7}|>{7} .*)$", re.MULTILINE)
_NO_SPACE = re.compile(r"#{2,6}[^\s#]")
_PLACEHOLDER = re.compile(r"\b(?:TODO|FIXME|TBD|TKTK?)\b|\b[Ll]orem ipsum\b")
_UNFINISHED = ("TODO", "FIXME", "TBD", "TK", "orem ipsum")
_ROW = re.compile(r"\|.*\|[ \t]*$")


def doubts(tokens: Sequence[AnyToken], body: str, starts: Sequence[int]) -> Iterator[Doubt]:
    """List everything that an author should look at again; `starts` are those of the lines."""
    unfinished = any(map(body.__contains__, _UNFINISHED))
    code: list[tuple[int, int]] = []
    for token in tokens:
        if token.type == "inline":
            if unfinished and token.meta.get("starts"):
                yield from _placeholder(token, body)
            if "#" in token.content or token.content.startswith("|"):
                yield from _of_text(token)
        elif token.type in ("fence", "code_block") and token.map:
            first, end = token.map
            code.append((first, end))
            lines_within = token.content.count("\n") + (token.content[-1:] not in ("", "\n"))
            if token.type == "fence" and end - first < lines_within + 2:
                hint = f"end it with a line {token.markup}"
                yield _behind_indent(body, starts[first]), "this code never ends", hint
    if "<<<<<<< " in body and ">>>>>>> " in body:
        lines = {n for begin_end in code for n in range(*begin_end)}
        for match in _MERGE.finditer(body):
            if body.count("\n", 0, match.start()) not in lines:
                yield match.start(), "a mark of a merge conflict", "keep one side, delete the marks"


def _placeholder(token: AnyToken, body: str) -> Iterator[Doubt]:
    if match := _PLACEHOLDER.search(token.content):
        locate = Places(token.content, token.meta["starts"], body)
        message, hint = f"'{match[0]}' was left in the text", "write the text, or take it out"
        yield locate(match.start()), message, hint


def _of_text(token: AnyToken) -> Iterator[Doubt]:
    text, starts = token.content, token.meta.get("starts")
    if not starts:
        return
    if "mark" not in token.meta and "#" in text:
        for line, start in zip(text.split("\n"), starts, strict=False):
            if _NO_SPACE.match(line.lstrip()):
                yield start, "this is no heading", "put a space behind the #"
    if text.startswith("|") and "\n" in text and all(map(_ROW.match, text.split("\n")[:2])):
        yield starts[0], "this is no table", "put a line |---|---| below its first, as many cells"


def _behind_indent(body: str, start: int) -> int:
    while body[start : start + 1] in (" ", "\t", ">"):
        start += 1
    return start
