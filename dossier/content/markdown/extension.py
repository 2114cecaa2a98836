"""The last look at the tree of a body, as extensions of the Markdown library.

They refuse links that would break or endanger a published page, set typography, make tables fit
for a phone, count words, and give headings their anchors.
"""

from __future__ import annotations

import html
import re
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.toc import (
    TocExtension,
    TocTreeprocessor,
    nest_toc_tokens,
    remove_fnrefs,
    render_inner_html,
    strip_tags,
    unique,
)
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from dossier.content.markdown.findings import Findings
from dossier.content.markdown.links import leads_to_file
from dossier.content.markdown.marks import SLOT_ADDRESS
from dossier.content.markdown.signs import RAW
from dossier.content.value_types import parse_url
from dossier.language.folding import fold
from dossier.language.labels import signposts
from dossier.language.messages import gettext
from dossier.language.typography import count_words, typeset
from dossier.problems import FormError

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_INLINE = {"a", "abbr", "code", "del", "em", "img", "strong", "sup", RAW}
_AS_IT_IS = {"code", "pre", RAW}
_DOCUMENT = re.compile(r"[^:?#]+\.md")


class BriefingExtension(Extension):
    """Registers the last look at the tree; `findings` is set before each conversion."""

    findings: Findings

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Register our processor before those of abbreviations (7) and headings (5)."""
        md.registerExtension(self)
        md.treeprocessors.register(_Finish(self, md), "finish", 12)


class _Finish(Treeprocessor):
    """One walk over the finished tree: links checked, text typeset, tables wrapped."""

    def __init__(self, extension: BriefingExtension, md: Markdown) -> None:
        super().__init__(md)
        self.extension = extension
        self._lang = ""
        self._counted: list[str] = []
        self._opened: list[str] = []  # quotations that are open in a paragraph

    def run(self, root: Element) -> None:
        self._counted, self._lang = [], self.extension.findings.lang
        if any(one.tag == "img" for one in self.extension.findings.places):
            from dossier.content.tables.in_text import place_tables  # few texts need it

            place_tables(root, self.extension.findings)
        self._walk(root, before="", counted=True)
        self.extension.findings.words += count_words("\n".join(self._counted))
        if next(root.iter("table"), None) is not None:
            self._wrap_tables(root)

    def _wrap_tables(self, root: Element) -> None:
        parents = {child: parent for parent in root.iter() for child in parent}
        for number, table in enumerate(list(root.iter("table")), 1):
            parent = parents[table]
            parent[list(parent).index(table)] = self._table_region(table, number)

    def _walk(self, element: Element, before: str, counted: bool) -> str:
        """Finish an element and return the character that what follows it comes after."""
        tag, text = element.tag, element.text
        if tag in ("a", "img"):
            self._finish(element)
        inline = tag in _INLINE
        if not inline:
            before, self._opened = "", []
        if tag == "sup" or (tag == "a" and element.get("class") == "footnote-backref"):
            counted = False
        if text:
            if tag not in _AS_IT_IS:
                element.text = text = self._text(text, before, counted)
            if tag != RAW:  # a quote after a tag is decided by what precedes the tag
                before = text[-1:]
        for child in element:
            before = self._walk(child, before, counted)
            if tail := child.tail:
                child.tail = tail = self._text(tail, before, counted)
                before = tail[-1:]
        return before if inline else ""

    def _finish(self, element: Element) -> None:
        if (place := self.extension.findings.places.get(element)) is None:
            return
        if element.tag == "a":
            self._check_address(element, place)
        else:
            from dossier.content.images.in_text import take_image  # few texts need it

            take_image(element, place, self.extension.findings)

    def _text(self, text: str, before: str, counted: bool) -> str:
        if isinstance(text, AtomicString):
            self.extension.findings.words += counted
            return text
        if counted:
            self._counted.append(text)
        return typeset(text, self._lang, before, self._opened)

    def _check_address(self, element: Element, place: int) -> None:
        findings = self.extension.findings
        address = element.get("href", "")
        if address.startswith(SLOT_ADDRESS):
            return
        message = hint = ""
        if address.startswith("#"):
            findings.fragments.append((address, place))
        elif leads_to_file(address) or _DOCUMENT.fullmatch(address):
            element.set("href", f"{SLOT_ADDRESS}{findings.slot(address, place)}")
        else:
            message, hint = _outside_problem(address)
        if message:
            findings.error(place, message, hint)

    def _table_region(self, table: Element, number: int) -> Element:
        lang = self.extension.findings.lang
        label = gettext(lang, "Table %(number)s") % {"number": number}
        region = Element(
            "div", {"class": "table", "role": "region", "aria-label": label, "tabindex": "0"}
        )
        region.tail, table.tail = table.tail, ""
        region.append(table)
        return region


def _outside_problem(address: str) -> tuple[str, str]:
    """Find what is wrong with an outside address, and a way out; both empty if it is sound."""
    scheme, _, rest = address.partition(":")
    if scheme.lower() in ("mailto", "tel") and rest:
        return "", ""
    if scheme.lower() in ("http", "https"):
        try:
            parse_url(address)
        except FormError as error:
            return str(error), error.hint
        return "", ""
    return (
        f"'{address}' is not an address that a page can link to",
        "write [[id]] for a page of this site, or a whole address with https://",
    )


class _HeadingAnchors(TocTreeprocessor):
    def run(self, doc: Element) -> None:
        elements = list(doc.iter())
        headings = [element for element in elements if element.tag in _HEADINGS]
        used_ids = {name for element in elements if (name := element.get("id")) is not None}
        counters: dict[str, int] = {}
        tokens: list[Any] = []
        for heading in headings:
            name = self._name(heading)
            anchor = unique(self.slugify(html.unescape(name), self.sep), used_ids, counters)
            heading.attrib["id"] = anchor
            if fold(name) in signposts(self.md.ours.findings.lang):  # type: ignore[attr-defined]
                heading.attrib["class"] = "signpost"
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


class Headings(TocExtension):
    """Anchors, permalinks and tokens of headings."""

    TreeProcessorClass = _HeadingAnchors
