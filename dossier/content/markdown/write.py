"""The last look at the texts of a body, while its HTML is written.

Links that would break or endanger a published page are refused, typography and abbreviations are
set, tables made fit for a phone, words counted, and headings get their anchors.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from dossier.content.markdown.findings import Findings
from dossier.content.markdown.headings import Headings
from dossier.content.markdown.inline.emphasis import Run
from dossier.content.markdown.inline.links import leads_to_file
from dossier.content.markdown.inline.signs import RAW, BareAddress
from dossier.content.markdown.marks import SLOT_ADDRESS, Unset, escape, escape_attribute
from dossier.content.value_types import parse_url
from dossier.language.messages import gettext
from dossier.language.typography import count_words, typeset
from dossier.problems import FormError

_DOCUMENT = re.compile(r"[^:?#]+\.md")
_SPECIAL = {"a", "img", "sup"}


class Writer:
    """Writes one body; `headings` are those that it has."""

    def __init__(self, findings: Findings, abbreviations: Mapping[str, str]) -> None:
        self.findings, self.lang = findings, findings.lang
        self.headings = Headings(findings)
        self._abbreviations = _Abbreviations(abbreviations) if abbreviations else None
        self._pieces: list[str] = []
        self.write = self._pieces.append
        """Adds HTML as it is."""
        self._counted: list[str] = []
        self._opened: list[str] = []  # quotations that are open in a block
        self._named: list[str] = []  # what a heading says
        self._tables = 0

    def finish(self) -> str:
        """Return all that was written; its words are counted in the findings."""
        self.findings.words += count_words("\n".join(self._counted))
        return "".join(self._pieces).strip()

    def open(self, tag: str, given: str = "") -> None:
        """Begin a block, in which no quotation is open."""
        self._opened = []
        self.write(f"<{tag}{given}>")

    def block(self, tag: str, given: str, nodes: Sequence[Any]) -> None:
        """Write a block that has nothing but a text."""
        if len(nodes) == 1 and isinstance(nodes[0], str):  # as most have
            self._opened = []
            self._counted.append(nodes[0])
            self.write(f"<{tag}{given}>{self._set(nodes[0], '')}</{tag}>")
            return
        self.open(tag, given)
        self.inline(nodes)
        self.write(f"</{tag}>")

    def heading(self, tag: str, nodes: Sequence[Any]) -> None:
        """Write a heading, whose anchor follows from its text."""
        opening = self.gap()
        self._opened, self._named = [], []
        self.inline(nodes)
        given, link = self.headings.add(int(tag[1]), "".join(self._named))
        self.fill(opening, f"<{tag}{given}>")
        self.write(f"{link}</{tag}>")

    def begin_table(self) -> None:
        """Begin a table within a region that can be scrolled."""
        self._tables += 1
        label = escape_attribute(gettext(self.lang, "Table %(number)s") % {"number": self._tables})
        self.write(f'<div aria-label="{label}" class="table" role="region" tabindex="0">')
        self.write("<table><thead>")

    def gap(self) -> int:
        """Leave a gap for what is known later; return its number."""
        self.write("")
        return len(self._pieces) - 1

    def fill(self, gap: int, written: str) -> None:
        """Fill a gap."""
        self._pieces[gap] = written

    def inline(self, nodes: Sequence[Any]) -> None:
        """Write the nodes of a text, in which marks are left that belong to no other."""
        before = text = ""
        for node in nodes:
            if isinstance(node, str):
                text += node
            elif isinstance(node, Run):
                text += node.char * node.count
            else:
                if text:
                    before = self._text(text, before, counted=True)
                    text = ""
                element = node.link if isinstance(node, BareAddress) else node
                before = self._element(element, before, counted=True)
        if text:
            self._text(text, before, counted=True)

    def _element(self, element: Element, before: str, counted: bool) -> str:
        """Write an element; return the character that what follows it comes after."""
        tag, text = element.tag, element.text
        if tag == RAW:
            self.write(text or "")
            return before
        if tag == "br":
            self._opened = []
            self.write("<br>")
            return ""
        named = len(self._named)
        if tag in _SPECIAL:
            counted = self._look_at(element, tag) and counted
        self.write(f"<{tag}{attributes(element.attrib)}>" if element.attrib else f"<{tag}>")
        if text:
            if tag == "code":
                self._named.append(text)
                self.write(escape(text))
                before = text[-1]
            else:
                before = self._text(text, before, counted)
        for child in element:
            before = self._element(child, before, counted)
            if tail := child.tail:
                before = self._text(tail, before, counted)
        if tag == "sup" and "id" in element.attrib:  # a number of a note, which names nothing
            del self._named[named:]
        if tag != "img":
            self.write(f"</{tag}>")
        return before

    def _text(self, text: str, before: str, counted: bool) -> str:
        """Write a text; return its last character."""
        if isinstance(text, Unset):
            self.findings.words += counted
            self._named.append(text)
            self.write(escape(text))
            return text[-1]
        if counted:
            self._counted.append(text)
        self.write(self._set(text, before))
        return self._named[-1][-1:]

    def _set(self, text: str, before: str) -> str:
        """Typeset a text that comes after a character, and escape it."""
        if text.isalnum() and not self._abbreviations:  # as many a cell is
            self._named.append(text)
            return text
        text = typeset(text, self.lang, before, self._opened)
        self._named.append(text)
        return self._abbreviations.mark(text) if self._abbreviations else escape(text)

    def _look_at(self, element: Element, tag: str) -> bool:
        """Finish a link or an image before it is written; tell whether its words count."""
        place = self.findings.places.get(element)
        if place is not None:
            if tag == "a":
                self._check_address(element, place)
            elif tag == "img":
                self._take_image(element, place)
        return tag != "sup"

    def _take_image(self, image: Element, place: int) -> None:
        from dossier.content.images.in_text import take_image  # few texts need it
        from dossier.content.tables.in_text import is_table

        if not is_table(image):  # which is reported at the end
            take_image(image, place, self.findings)

    def _check_address(self, element: Element, place: int) -> None:
        findings = self.findings
        address = element.get("href", "")
        if address.startswith(SLOT_ADDRESS):
            return
        message = hint = ""
        if address.startswith("#"):
            findings.fragments.append((address, place))
        elif not address.startswith(("https://", "http://")) and (
            leads_to_file(address) or _DOCUMENT.fullmatch(address)
        ):
            element.set("href", f"{SLOT_ADDRESS}{findings.slot(address, place)}")
        else:
            message, hint = _outside_problem(address)
        if message:
            findings.error(place, message, hint)


class _Abbreviations:
    """What a text abbreviates, by the letters that stand for it."""

    def __init__(self, meanings: Mapping[str, str]) -> None:
        self.meanings = meanings
        longest_first = sorted(meanings, key=len, reverse=True)
        self.find = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b").finditer

    def mark(self, text: str) -> str:
        """Write a text, with what each abbreviation in it means."""
        pieces, end = [], 0
        for match in self.find(text):
            if meaning := self.meanings[match[0]]:
                before, end = text[end : match.start()], match.end()
                pieces += [escape(before), f'<abbr title="{escape_attribute(meaning)}">']
                pieces += [escape(match[0]), "</abbr>"]
        return "".join([*pieces, escape(text[end:])])


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


def attributes(given: Mapping[str, str]) -> str:
    """Write attributes in the order of their names."""
    written = ""
    for name in sorted(given) if len(given) > 1 else given:
        written += f' {name}="{escape_attribute(given[name])}"'
    return written
