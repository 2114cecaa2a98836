"""What briefings add to Markdown: `[[links]]` into the site and `[@citations]` of sources.

A Python-Markdown extension. It also refuses links that would break or endanger a published page,
sets typography, makes tables fit for a phone, and counts words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import STX, AtomicString

from dossier.documents import Slot
from dossier.forms import FormError, parse_url
from dossier.i18n import gettext
from dossier.typography import typeset

SLOT_SCHEME = "dossier:"
TITLE_MARK = "\x1d"
PIPE_MARK = "\x1f"  # stands for | within [[ ]], which would otherwise end a table's cell

_LINK = rf"(?<!\\)\[\[([^\[\]|{PIPE_MARK}\n]+)(?:[|{PIPE_MARK}]([^\[\]|\n]+))?\]\]"
_CITATION = r"(?<!\\)\[(@[\w-]+(?:\s*;\s*@[\w-]+)*)\]"
_LINK_PIPE = re.compile(r"(\[\[[^\[\]|\n]+)\\?\|(?=[^\[\]|\n]+\]\])")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")
_WORD = re.compile(r"\w+(?:['’.,-]\w+)*")
_VERBATIM = {"code", "pre", "kbd", "samp", "script", "style"}


class Findings:
    """What one conversion found beside the HTML; made anew for each document."""

    def __init__(self, lang: str, sources: Sequence[str] | None) -> None:
        self.lang = lang
        self.sources = sources
        self.slots: list[Slot] = []
        self.citations: list[str] = []
        self.fragments: list[str] = []
        self.problems: list[tuple[str, str, str]] = []
        """What to look for in the text, the message, the hint."""
        self.words = 0

    def slot(self, target: str, fill: Literal["href", "src", "title"] = "href") -> int:
        """The number of a new slot."""
        self.slots.append(Slot(fill, target))
        return len(self.slots) - 1

    def number(self, source: str) -> int:
        """The number under which a source is cited: by first citation."""
        return list(dict.fromkeys(self.citations)).index(source) + 1


class BriefingExtension(Extension):
    """Registers the syntax; `findings` is set before each conversion."""

    findings: Findings

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Register every processor at its place among the library's own."""
        md.registerExtension(self)
        md.preprocessors.register(_LinkPipes(md), "link-pipes", 15)
        # below backtick (190), above escape (180), footnote (175) and link (160)
        md.inlinePatterns.register(_SiteLink(_LINK, self), "site-link", 185)
        md.inlinePatterns.register(_Citation(_CITATION, self), "citation", 184)
        # after inline (20) and the footnotes' own (15), before toc (5)
        md.treeprocessors.register(_Finish(self, md), "finish", 12)


class _LinkPipes(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return [_LINK_PIPE.sub(rf"\1{PIPE_MARK}", line) if "[[" in line else line for line in lines]


class _SiteLink(InlineProcessor):
    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, pattern: str, extension: BriefingExtension) -> None:
        super().__init__(pattern)
        self.extension = extension

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[Element, int, int]:
        findings = self.extension.findings
        target = m[1].strip()
        link = Element("a", href=f"{SLOT_SCHEME}{findings.slot(target)}")
        if m[2]:
            link.text = m[2].strip()
        else:
            number = findings.slot(target, "title")
            link.text = AtomicString(f"{TITLE_MARK}{number}{TITLE_MARK}")
        return link, m.start(0), m.end(0)


class _Citation(InlineProcessor):
    def __init__(self, pattern: str, extension: BriefingExtension) -> None:
        super().__init__(pattern)
        self.extension = extension

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[Element, int, int]:
        findings = self.extension.findings
        group = Element("sup", {"class": "cite"})
        for name in (part.strip().lstrip("@") for part in m[1].split(";")):
            if findings.sources is not None and name not in findings.sources:
                findings.problems.append((f"@{name}", f"unknown source '{name}'", "?source"))
                continue
            findings.citations.append(name)
            place = findings.citations.count(name)
            link = SubElement(group, "a", href=f"#source:{name}", id=f"cite:{name}:{place}")
            link.text = AtomicString(f"[{findings.number(name)}]")
        return group, m.start(0), m.end(0)


class _Finish(Treeprocessor):
    """One walk over the finished tree: links checked, text typeset, tables wrapped."""

    def __init__(self, extension: BriefingExtension, md: Markdown) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, root: Element) -> None:
        self._walk(root, before="")
        for parent in list(root.iter()):
            for index, child in enumerate(parent):
                if child.tag == "table":
                    parent[index] = self._table_region(child)

    def _walk(self, element: Element, before: str) -> str:
        """Finish an element and return its last character."""
        findings = self.extension.findings
        tag = element.tag
        if tag in ("a", "img"):
            self._check_address(element, "href" if tag == "a" else "src")
        elif tag == "h1":
            text = "".join(element.itertext()).strip()
            findings.problems.append(
                (text, "a heading of the first level: the title is the only one", "begin with ##")
            )
        elif tag in ("th", "td"):
            style = element.attrib.pop("style", "")
            if "right" in style or "center" in style:
                element.set("class", "right" if "right" in style else "center")
        verbatim = tag in _VERBATIM
        if element.text:
            if not verbatim:
                element.text = self._text(element.text, before, counted=tag != "sup")
            before = element.text[-1:]
        for child in element:
            before = self._walk(child, before)
            if child.tail:
                child.tail = self._text(child.tail, before)
                before = child.tail[-1:]
        return " " if tag in ("br", "p", "li", "td", "th", "div") else before

    def _text(self, text: str, before: str, counted: bool = True) -> str:
        findings = self.extension.findings
        if counted:
            findings.words += len(_WORD.findall(text))
        if "[^" in text:
            findings.problems += [
                (name, f"the footnote {name} is not defined", f"add a line  {name}: the text")
                for name in _FOOTNOTE.findall(text)
            ]
        if isinstance(text, AtomicString) or STX in before:
            return text
        return typeset(text, findings.lang, before)

    def _check_address(self, element: Element, attribute: Literal["href", "src"]) -> None:
        findings = self.extension.findings
        address = element.get(attribute, "")
        if element.get("class", "").startswith("footnote-") or address.startswith("#cite:"):
            return
        scheme = urlsplit(address).scheme if ":" in address else ""
        message = hint = ""
        if address.startswith(SLOT_SCHEME) and attribute == "href":
            number = address.removeprefix(SLOT_SCHEME)
            message = "" if number.isdigit() and int(number) < len(findings.slots) else "?"
        elif address.startswith("#"):
            findings.fragments.append(address)
        elif address.startswith("/") and not address.startswith("//"):
            element.set(attribute, f"{SLOT_SCHEME}{findings.slot(address, attribute)}")
        elif attribute == "src":
            message = f"'{address}' is not a file of this site"
            hint = "put the image into content/files/ and write /files/name.png"
        elif scheme in ("http", "https"):
            try:
                parse_url(address)
            except FormError as error:
                message, hint = str(error), error.hint
        elif scheme not in ("mailto", "tel") or not address.partition(":")[2]:
            path = address.partition("#")[0]
            if not scheme and path.endswith(".md"):
                element.set(attribute, f"{SLOT_SCHEME}{findings.slot(path)}")
            else:
                message = f"'{address}' is not an address that a page can link to"
                hint = "write [[id]] for a page of this site, or a whole address with https://"
        if attribute == "src" and not message and not element.get("alt"):
            message, hint = f"the image '{address}' has no text", "describe it: ![what it shows](…)"
        if message:
            findings.problems.append((address, message, hint))

    def _table_region(self, table: Element) -> Element:
        label = gettext(self.extension.findings.lang, "Table")
        region = Element(
            "div", {"class": "table", "role": "region", "aria-label": label, "tabindex": "0"}
        )
        region.tail, table.tail = table.tail, ""
        region.append(table)
        return region
