"""Headings and HTML of a tree of Markdown elements, by a shorter way to the library's results.

Headings get their anchors and tokens, but no table of contents that nobody reads.
"""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import HTML_EMPTY, Element

from markdown.extensions.toc import (
    TocExtension,
    TocTreeprocessor,
    nest_toc_tokens,
    remove_fnrefs,
    render_inner_html,
    strip_tags,
    unique,
)

from dossier.content.markdown.signs import RAW

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


class _Headings(TocTreeprocessor):
    def run(self, doc: Element) -> None:
        headings = [element for element in doc.iter() if element.tag in _HEADINGS]
        used_ids = {element.attrib["id"] for element in doc.iter() if "id" in element.attrib}
        counters: dict[str, int] = {}
        tokens: list[Any] = []
        for heading in headings:
            name = self._name(heading)
            anchor = unique(self.slugify(html.unescape(name), self.sep), used_ids, counters)
            heading.attrib["id"] = anchor
            level = int(heading.tag[1])
            if self.toc_top <= level <= self.toc_bottom:
                tokens.append({"level": level, "id": anchor, "name": name})
            self.add_permalink(heading, anchor)
        self.md.toc_tokens = nest_toc_tokens(tokens)  # type: ignore[attr-defined]

    def _name(self, heading: Element) -> str:
        text = heading.text or ""
        if not len(heading) and not any(sign in text for sign in ("&", "<", ">")):
            return " ".join(text.split())
        return strip_tags(render_inner_html(remove_fnrefs(heading), self.md))


class LeanHeadings(TocExtension):
    """Anchors, permalinks and tokens of headings."""

    TreeProcessorClass = _Headings


def to_html(root: Element) -> str:
    """The HTML of a tree as the library writes it. For elements that Markdown makes, no others."""
    pieces: list[str] = []
    _write(root, pieces.append)
    return "".join(pieces)


def _write(element: Element, write: Callable[[str], None]) -> None:
    tag, text, tail = element.tag, element.text, element.tail
    if tag == RAW:
        write((text or "") + _escape(tail or ""))
        return
    if attributes := element.attrib:
        write(f"<{tag}")
        for name, value in sorted(attributes.items()):
            write(f' {name}="{_escape(value).replace(chr(34), "&quot;")}"')
        write(">")
    else:
        write(f"<{tag}>")
    if text:
        write(_escape(text))
    for child in element:
        _write(child, write)
    if tag not in HTML_EMPTY:
        write(f"</{tag}>")
    if tail:
        write(_escape(tail))


def _escape(text: str) -> str:
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text
