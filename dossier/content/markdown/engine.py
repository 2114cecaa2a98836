"""The Python-Markdown instance that reads bodies: its extensions, and our parser within it."""

from __future__ import annotations

import html
import string
import unicodedata
from collections.abc import Callable
from typing import Any, Self
from xml.etree.ElementTree import HTML_EMPTY, Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrExtension
from markdown.util import Registry

from dossier.content.documents import Heading
from dossier.content.markdown.extension import BriefingExtension, Headings
from dossier.content.markdown.findings import Findings
from dossier.content.markdown.signs import RAW
from dossier.content.markdown.tree import DocumentParser
from dossier.content.settings import HtmlPolicy
from dossier.language.messages import gettext


class Engine(Markdown):
    """Reads one body after another, all of one language; not thread-safe."""

    parser: DocumentParser

    def __init__(self, lang: str, policy: HtmlPolicy) -> None:
        self.raw_html = policy == "sanitised"
        self.ours = BriefingExtension()
        super().__init__(output_format="html")
        self.registerExtensions(self._extensions(lang), {})
        self.serializer = to_html

    def build_parser(self) -> Self:
        """Begin with no processor but those that extensions register."""
        self.preprocessors, self.postprocessors = Registry(), Registry()
        self.treeprocessors, self.inlinePatterns = Registry(), Registry()
        self.parser = DocumentParser(self, self.raw_html)
        return self

    def _extensions(self, lang: str) -> list[Extension]:
        abbreviations = AbbrExtension()
        self.parser.abbreviations = abbreviations.abbrs  # type: ignore[attr-defined]
        headings = Headings(
            marker="",
            permalink="#",
            permalink_class="anchor",
            permalink_title=gettext(lang, "Link to this section"),
            toc_depth="2-6",
            slugify=self._slug,
        )
        return [abbreviations, headings, self.ours]

    def read(self, text: str, findings: Findings) -> str:
        """Convert a text to HTML with its gaps and marks; all else goes to the findings."""
        self.reset()
        self.parser.findings = self.ours.findings = findings
        return self.convert(text)

    def headings(self) -> list[Heading]:
        """List the headings of the text that was read last."""
        tokens: list[dict[str, Any]] = getattr(self, "toc_tokens", [])
        return list(_flatten(tokens, self.ours.findings))

    def _slug(self, name: str, separator: str) -> str:
        return anchor(self.ours.findings.heading_text(name), separator)


_ANCHOR_SIGNS = {
    code: " " if char == "-" or char.isspace() else None
    for code, char in enumerate(map(chr, range(128)))
    if not (char.isalnum() or char == "_")
}
"""What becomes of the signs of ASCII in an anchor."""


def anchor(text: str, separator: str = "-") -> str:
    """Build the anchor of a heading: its letters in lower case, those of Latin without accents."""
    if text.isascii():
        return separator.join(text.lower().translate(_ANCHOR_SIGNS).split())
    kept: list[str] = []
    for char in unicodedata.normalize("NFKD", text.lower()):
        kind = unicodedata.category(char)[0]
        if kind == "M" and kept and kept[-1] in string.ascii_lowercase:
            continue
        if kind in "LMN" or char in "_- " or char.isspace():
            kept.append(" " if char.isspace() else char)
    words = unicodedata.normalize("NFC", "".join(kept)).replace("-", " ").split()
    return separator.join(words)


def _flatten(tokens: list[dict[str, Any]], findings: Findings) -> list[Heading]:
    headings = []
    for token in tokens:
        text = findings.heading_text(html.unescape(token["name"]))
        headings.append(Heading(token["level"], token["id"], text))
        headings += _flatten(token["children"], findings)
    return headings


def to_html(root: Element) -> str:
    """Write the HTML of a tree. Text is escaped; what is raw was let through by the policy."""
    pieces: list[str] = []
    _write(root, pieces.append)
    return "".join(pieces)


def _write(element: Element, write: Callable[[str], None]) -> None:
    tag, text, tail = element.tag, element.text or "", element.tail
    tail = _escape(tail) if tail else ""
    if tag == RAW:
        write(text + tail)
        return
    opening = tag
    if attributes := element.attrib:
        for name, value in sorted(attributes.items()):
            opening += f' {name}="{_escape(value).replace(chr(34), "&quot;")}"'
    closing = "" if tag in HTML_EMPTY else f"</{tag}>"
    if len(element):
        write(f"<{opening}>{_escape(text)}")
        for child in element:
            _write(child, write)
        write(f"{closing}{tail}")
    else:
        write(f"<{opening}>{_escape(text)}{closing}{tail}")


def _escape(text: str) -> str:
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text
