"""The last look at the tree of a body, while its HTML is written.

Links that would break or endanger a published page are refused, typography and abbreviations are
set, tables made fit for a phone, words counted, and headings get their anchors.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import HTML_EMPTY, Element

from markdown.util import AtomicString

from dossier.content.markdown.findings import Findings
from dossier.content.markdown.headings import Headings
from dossier.content.markdown.links import leads_to_file
from dossier.content.markdown.marks import SLOT_ADDRESS
from dossier.content.markdown.signs import RAW
from dossier.content.value_types import parse_url
from dossier.language.messages import gettext
from dossier.language.typography import count_words, typeset
from dossier.problems import FormError

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_INLINE = {"a", "abbr", "code", "del", "em", "img", "strong", "sup", RAW}
_DOCUMENT = re.compile(r"[^:?#]+\.md")
_SPECIAL = {"a", "img", "sup", "table"}


class Writer:
    """Writes one tree; `headings` are those that it has."""

    def __init__(self, findings: Findings, abbreviations: Mapping[str, str]) -> None:
        self.findings, self.lang = findings, findings.lang
        self.headings = Headings(findings)
        self._abbreviations = _Abbreviations(abbreviations) if abbreviations else None
        self._pieces: list[str] = []
        self._write = self._pieces.append
        self._counted: list[str] = []
        self._opened: list[str] = []  # quotations that are open in a paragraph
        self._tables = 0

    def html(self, root: Element) -> str:
        """Write a whole tree; its words are counted in the findings."""
        self._element(root, "", counted=True)
        self.findings.words += count_words("\n".join(self._counted))
        return "".join(self._pieces)

    def _element(self, element: Element, before: str, counted: bool) -> str:
        """Write an element; return the character that what follows it comes after."""
        tag, text, start = element.tag, element.text, len(self._pieces)
        if tag == RAW:
            self._write(text or "")
            return before
        inline = tag in _INLINE
        if not inline:
            before, self._opened = "", []
        if tag in _SPECIAL:
            counted = self._look_at(element) and counted
        self._write(f"<{tag}{_attributes(element)}>" if element.attrib else f"<{tag}>")
        if text:
            if tag == "code":
                self._write(escape(text))
                before = text[-1]
            else:
                before = self._text(text, before, counted)
        for child in element:
            before = self._element(child, before, counted)
            if tail := child.tail:
                before = self._text(tail, before, counted)
        if tag in _HEADINGS:
            inner = "".join(self._pieces[start + 1 :])
            attributes, link = self.headings.add(int(tag[1]), inner)
            self._pieces[start] = f"<{tag}{attributes}>"
            self._write(link)
        if tag not in HTML_EMPTY:
            self._write(f"</{tag}>" if tag != "table" else "</table></div>")
        return before if inline else ""

    def _text(self, text: str, before: str, counted: bool) -> str:
        """Write a text; return its last character."""
        if isinstance(text, AtomicString):
            self.findings.words += counted
            self._write(escape(text))
            return text[-1]
        if counted:
            self._counted.append(text)
        text = typeset(text, self.lang, before, self._opened)
        self._write(self._abbreviations.mark(text) if self._abbreviations else escape(text))
        return text[-1:]

    def _look_at(self, element: Element) -> bool:
        """Finish an element before it is written; tell whether its words count."""
        tag = element.tag
        place = self.findings.places.get(element)
        if tag == "a":
            if place is not None:
                self._check_address(element, place)
            return element.get("class") != "footnote-backref"
        if tag == "img" and place is not None:
            from dossier.content.images.in_text import take_image  # few texts need it

            take_image(element, place, self.findings)
        elif tag == "table":
            self._tables += 1
            label = escape(gettext(self.lang, "Table %(number)s") % {"number": self._tables})
            self._write(f'<div aria-label="{label}" class="table" role="region" tabindex="0">')
        return tag != "sup"

    def _check_address(self, element: Element, place: int) -> None:
        findings = self.findings
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


def _attributes(element: Element) -> str:
    pairs = sorted(element.items())
    return "".join([f' {name}="{escape_attribute(value)}"' for name, value in pairs])


def escape_attribute(text: str) -> str:
    """Escape a text that stands between double quotes."""
    return escape(text).replace('"', "&quot;")


def escape(text: str) -> str:
    """Escape a text that stands between tags."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text
