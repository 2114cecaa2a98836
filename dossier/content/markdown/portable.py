"""A body's Markdown for other programs: what only this site understands becomes common Markdown.

`[[links]]` and links to pages of the site get whole addresses, `[@citations]` become footnotes.
Code stays as it is written; comments, which readers never see, are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator

from dossier.content.markdown.blocks import BlockParser, Places, line_starts
from dossier.content.markdown.links import find_destination, unescape

Follow = Callable[[str], tuple[str, str] | None]
"""What a target leads to, by what was written: an address (empty: nowhere) and a title."""

_MAY_STAND_APART = re.compile(
    r"`|~~~|<!--|^(?: {4}|[ >]*\t)|^[ >*+\-\d.)]*[>*+\-.)] {5}", re.MULTILINE
)
_SIGN = re.compile(r"\\[\\`<]|`+|<!--")
_TICKS = re.compile("`+")
# each begins with the same letters wherever it matches, which is found fast
_LINK = re.compile(r"\[\[(?<!\\\[\[)([^\[\]|\n]+?)(?:\\?\|([^\[\]|\n]+))?\]\]")
_CITATION = re.compile(r"\[@(?<!\\\[@)([\w-]+(?:\s*;\s*@[\w-]+)*)\](?!\()")
_BEFORE_ADDRESS = re.compile(r"\](?:\(|:)[ \t]*\n?[ \t]*")
_NOTES = "\x11"  # where notes begin: a control character, which no body may contain
_SIGNS = re.compile(r"[\\`*\[\]<]")
_PLAIN = re.compile(r"[^\s()<>]+")


def portable_markdown(text: str, follow: Follow, note: Callable[[str], str]) -> str:
    """Rewrite a body. `note` names the footnote of a source; unknown targets stay."""

    def link(match: re.Match[str]) -> str:
        found = follow(match[1].strip())
        if found is None:
            return match[0]
        address, title = found
        label = match[2].strip() if match[2] else escape(title)
        return f"[{label}]({address})" if address else label

    def cite(match: re.Match[str]) -> str:
        names = (name.strip().lstrip("@") for name in match[1].split(";"))
        return _NOTES + "".join(f"[^{note(name)}]" for name in names)

    def translate(part: str) -> str:
        part = _LINK.sub(link, _CITATION.sub(cite, part))
        part = _with_addresses(part, follow)
        return part.replace(f" {_NOTES}", "").replace(_NOTES, "")

    if not _MAY_STAND_APART.search(text):
        return translate(text)
    pieces, end = [], 0
    for start, stop, kept in _parts_apart(text):
        pieces += [translate(text[end:start]), text[start:stop] if kept else ""]
        end = stop
    return "".join([*pieces, translate(text[end:])])


def escape(text: str) -> str:
    """Plain text as Markdown that shows it."""
    return _SIGNS.sub(r"\\\g<0>", text)


def _with_addresses(text: str, follow: Follow) -> str:
    """Complete the addresses of links, of images and of definitions."""
    pieces, end = [], 0
    for match in _BEFORE_ADDRESS.finditer(text):
        found = find_destination(text, match.end())
        if match.start() < end or not found or not found[0]:
            continue
        leads_to = follow(unescape(found[0]))
        if leads_to and leads_to[0]:
            address = leads_to[0] if _PLAIN.fullmatch(leads_to[0]) else f"<{leads_to[0]}>"
            pieces += [text[end : match.end()], address]
            end = found[1]
    return "".join([*pieces, text[end:]])


def _parts_apart(text: str) -> Iterator[tuple[int, int, bool]]:
    """List what is not to be translated: start, end, and whether it is kept, as code is."""
    end = 0
    for start, stop in sorted(_code(text)):
        for comment in _comments(text, end, start):
            yield *comment, False
            end = comment[1]
        if start >= end:
            yield start, stop, True
            end = stop
    for comment in _comments(text, end, len(text)):
        yield *comment, False


def _comments(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """List the comments that begin between two places."""
    while (start := text.find("<!--", start, end)) >= 0:
        close = _comment_end(text, start)
        if not close:
            return
        if text[start - 1 : start] != "\\":
            yield start, close
        start = close


def _comment_end(text: str, start: int) -> int:
    """Find the end of a comment; 0 if it never ends."""
    if text.startswith((">", "->"), start + 4):
        return text.index(">", start) + 1
    close = text.find("-->", start + 4)
    return close + 3 if close >= 0 else 0


def _code(text: str) -> Iterator[tuple[int, int]]:
    """List where code stands: blocks of it by their lines, and pieces within a line."""
    tokens, _ = BlockParser(raw_html=False).blocks(text)
    starts = [*line_starts(text), len(text)]
    for token in tokens:
        if token.type in ("fence", "code_block") and token.map:
            yield starts[token.map[0]], starts[min(token.map[1], len(starts) - 1)]
        elif token.type == "inline" and "`" in token.content:
            place = Places(token, text)
            for start, end in _code_spans(token.content):
                yield place(start), place(end - 1) + 1


def _code_spans(text: str) -> Iterator[tuple[int, int]]:
    """List the code within a text: from some backticks to as many again."""
    closing: dict[int, list[int]] = {}
    for run in _TICKS.finditer(text):
        closing.setdefault(len(run[0]), []).append(run.start())
    at, last = 0, text.rfind(">")
    while sign := _SIGN.search(text, at):
        at = sign.end()
        if sign[0] == "<!--":
            at = (sign.start() < last and _comment_end(text, sign.start())) or at
        elif sign[0][0] == "`":
            runs = closing.get(len(sign[0]), [])
            following = bisect_left(runs, at)
            if following < len(runs):
                at = runs[following] + len(sign[0])
                yield sign.start(), at
