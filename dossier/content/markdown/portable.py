"""A body's Markdown for other programs: what only this site understands becomes common Markdown.

`[[links]]` and links to pages of the site get whole addresses, `[@citations]` become footnotes.
Code stays as it is written; comments, which readers never see, are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from dossier.content.markdown.inline.links import find_destination, unescape

Follow = Callable[[str], tuple[str, str] | None]
"""What a target leads to, by what was written: an address (empty: nowhere) and a title."""
Piece = tuple[int, int, str]
"""A piece of a text that is not translated: its start, its end, what stands there."""

# each begins with the same letters wherever it matches, which is found fast
_LINK = re.compile(r"\[\[(?<!\\\[\[)([^\[\]|\n]+?)(?:\\?\|([^\[\]|\n]+))?\]\]")
_CITATION = re.compile(r"\[@(?<!\\\[@)([\w-]+(?:\s*;\s*@[\w-]+)*)\](?!\()")
_BEFORE_ADDRESS = re.compile(r"\](?:\(|:)[ \t]*+\n?+[ \t]*+(?!https?://)")  # which is whole
_NOTES = "\x11"  # where notes begin: a control character, which no body may contain
_SIGNS = re.compile(r"[\\`*\[\]<]")
_PLAIN = re.compile(r"[^\s()<>]+")


def portable_markdown(
    text: str, pieces: Iterable[Piece], follow: Follow, note: Callable[[str], str]
) -> str:
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

    cited, linked = "@" in text and "[@" in text, "[[" in text  # one sign is found much faster

    def translate(part: str) -> str:
        if "]" not in part:
            return part
        if cited:
            part = _CITATION.sub(cite, part)
        if linked:
            part = _LINK.sub(link, part)
        part = _with_addresses(part, follow)
        return part.replace(f" {_NOTES}", "").replace(_NOTES, "") if _NOTES in part else part

    written, end = [], 0
    links = _LINK.finditer(text) if linked else iter(())
    for start, stop, piece in _with_comments(text, pieces, links):
        written += [translate(text[end:start]), piece]
        end = stop
    return "".join([*written, translate(text[end:])])


def escape(text: str) -> str:
    """Plain text as Markdown that shows it."""
    return _SIGNS.sub(_escaped, text)


def _escaped(sign: re.Match[str]) -> str:
    return f"\\{sign[0]}"  # a program of `re` for this takes longer to find than to run


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


def _with_comments(
    text: str, pieces: Iterable[Piece], links: Iterator[re.Match[str]]
) -> Iterator[Piece]:
    """List pieces and the comments between them, in whose place nothing stands.

    Pieces within `links`, which are kept as a whole, are left out.
    """
    end, commented = 0, "<" in text and "<!--" in text
    link = next(links, None)
    for piece in [*sorted(pieces), (len(text), len(text), "")]:
        while link and link.end() <= piece[0]:
            link = next(links, None)
        if link and link.start() < piece[0] and piece[1] < link.end():
            continue  # the label of a link, which is kept as a whole
        for start, close in _comments(text, end, piece[0]) if commented else ():
            yield start, close, ""
            end = close
        if piece[0] >= end:
            yield piece
            end = piece[1]


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
