"""What is done to a whole tree of Markdown elements, by a shorter way to the library's results.

Footnotes, headings, escapes, and the HTML at the end. Each looks for what it works on before it
works; headings get their anchors and tokens, but no table of contents that nobody reads.
"""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import HTML_EMPTY, Element

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.toc import (
    TocExtension,
    TocTreeprocessor,
    nest_toc_tokens,
    remove_fnrefs,
    render_inner_html,
    strip_tags,
    unescape,
    unique,
)
from markdown.serializers import RE_AMP, to_html_string
from markdown.treeprocessors import UnescapeTreeprocessor
from markdown.util import STX

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


class LeanFootnotes(FootnoteExtension):
    """The library's footnotes, looking for the mark of their place in plain text first."""

    def findFootnotesPlaceholder(  # noqa: N802 - the library's name
        self, root: Element
    ) -> tuple[Element, Element, bool] | None:
        """The element that has the mark, its parent, and whether the mark is in its text."""
        mark = self.getConfig("PLACE_MARKER")
        if any(mark in text for text in root.itertext()):
            return super().findFootnotesPlaceholder(root)
        return None


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
                tokens.append({"level": level, "id": unescape(anchor), "name": name})
            self.add_permalink(heading, anchor)
        self.md.toc_tokens = nest_toc_tokens(tokens)  # type: ignore[attr-defined]

    def _name(self, heading: Element) -> str:
        text = heading.text or ""
        if not len(heading) and not any(sign in text for sign in ("&", "<", ">", STX)):
            return " ".join(text.split())
        return strip_tags(render_inner_html(remove_fnrefs(heading), self.md))


class LeanHeadings(TocExtension):
    """Anchors, permalinks and tokens of headings."""

    TreeProcessorClass = _Headings


class LeanUnescape(UnescapeTreeprocessor):
    """The library's, for the few texts that have an escape."""

    def run(self, root: Element) -> None:
        """Put back what was written with a backslash."""
        for element in root.iter():
            text, tail = element.text, element.tail
            if text and STX in text and element.tag != "code":
                element.text = self.unescape(text)
            if tail and STX in tail:
                element.tail = self.unescape(tail)
            for name, value in element.attrib.items():
                if STX in value:
                    element.attrib[name] = self.unescape(value)


def to_html(root: Element) -> str:
    """The HTML of a tree as the library writes it. For elements that Markdown makes, no others."""
    pieces: list[str] = []
    try:
        _write(root, pieces.append)
    except RecursionError:
        return to_html_string(root)
    return "".join(pieces)


def _write(element: Element, write: Callable[[str], None]) -> None:
    tag, text, tail = element.tag, element.text, element.tail
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
        text = RE_AMP.sub("&amp;", text)  # not where it begins an entity
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text


def use_lean_tree(md: Markdown) -> None:
    """Put our escapes and our serializer in the place of the library's."""
    md.treeprocessors.register(LeanUnescape(md), "unescape", 0)
    md.serializer = to_html
