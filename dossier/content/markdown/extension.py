"""What briefings add to Markdown: `[[links]]` into the site and `[@citations]` of sources.

A Python-Markdown extension. It also refuses links that would break or endanger a published page,
sets typography, makes tables fit for a phone, and counts words.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, ETX, STX, AtomicString

from dossier.content.documents import Slot
from dossier.content.value_types import FormError, parse_url
from dossier.language.messages import gettext
from dossier.language.typography import count_words, typeset

# Marks are control characters that no body may contain, and that \s does not match.
TITLE_MARK = "\x0e"  # on both sides of the number of a slot for a title
PIPE_MARK = "\x0f"  # stands for | within [[ ]], which would otherwise end a table's cell
CITATION_MARK = "\x11"  # on both sides of a citation's number, which is no part of a heading
SLOT_SCHEME = "dossier:"
SLOT_ADDRESS = f"{SLOT_SCHEME}\x10"  # an address that no author can write, and nh3 lets through
MAX_BRACKETS = 1000  # in one paragraph: Python-Markdown takes quadratic time over them

_LINK = rf"(?<!\\)\[\[([^\[\]|{PIPE_MARK}\n]+)(?:[|{PIPE_MARK}]([^\[\]|\n]+))?\]\]"
_CITATION = r" ?(?<!\\)\[(@[\w-]+(?:\s*;\s*@[\w-]+)*)\]"
_LINK_PIPE = re.compile(r"(\[\[[^\[\]|\n]+?)\\?\|(?=[^\[\]|\n]+\]\])")
_CITATION_NUMBER = re.compile(f"{CITATION_MARK}.*?{CITATION_MARK}")
_TITLE_NUMBER = re.compile(f"{TITLE_MARK}([0-9]+){TITLE_MARK}")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")
_PLACEHOLDER = re.compile(rf"{STX}[^{ETX}]*{ETX}")
_ESCAPED = re.compile(rf"{STX}(\d+){ETX}")
_SECOND_TITLE = "a heading of the first level: the title is the only one"
_INLINE = {"a", "code", "em", "img", "strong", "sup"}
_CHECKED = {"a", "h1", "img", "td", "th"}


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
        self._cited: Counter[str] = Counter()
        self._numbers: dict[str, int] = {}

    def slot(self, target: str, fill: Literal["href", "src", "title"] = "href") -> int:
        """The number of a new slot."""
        self.slots.append(Slot(fill, target))
        return len(self.slots) - 1

    def cite(self, source: str) -> tuple[int, int]:
        """The number of a source (by first citation), and how often it is cited by now."""
        self.citations.append(source)
        self._cited[source] += 1
        return self._numbers.setdefault(source, len(self._numbers) + 1), self._cited[source]

    def heading_text(self, name: str) -> str:
        """A heading as plain text: without citations, links by what they name."""
        name = _CITATION_NUMBER.sub("", name)
        name = _TITLE_NUMBER.sub(lambda m: self.slots[int(m[1])].target, name)
        return " ".join(name.replace(PIPE_MARK, "|").split())


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
        md.treeprocessors.register(_BracketLimit(self), "bracket-limit", 30)
        # after inline (20) and the footnotes' own (15), before toc (5)
        md.treeprocessors.register(_Finish(self, md), "finish", 12)


class _LinkPipes(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return [_LINK_PIPE.sub(rf"\1{PIPE_MARK}", line) if "[[" in line else line for line in lines]


class _BracketLimit(Treeprocessor):
    """Takes out what the library would need minutes for."""

    def __init__(self, extension: BriefingExtension) -> None:
        super().__init__()
        self.extension = extension

    def run(self, root: Element) -> None:
        for element in root.iter():
            text = element.text
            if not text or len(text) <= MAX_BRACKETS or isinstance(text, AtomicString):
                continue
            if text.count("[") > MAX_BRACKETS:
                message = f"more than {MAX_BRACKETS} opening brackets in one paragraph"
                self.extension.findings.problems.append((text[:40], message, "break it up"))
                element.text = ""


class _SiteLink(InlineProcessor):
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
        link = Element("a", href=f"{SLOT_ADDRESS}{findings.slot(target)}")
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
            number, place = findings.cite(name)
            link = SubElement(group, "a", href=f"#source:{name}", id=f"cite:{name}:{place}")
            link.text = AtomicString(f"{CITATION_MARK}[{number}]{CITATION_MARK}")
        return group, m.start(0), m.end(0)


class _Finish(Treeprocessor):
    """One walk over the finished tree: links checked, text typeset, tables wrapped."""

    def __init__(self, extension: BriefingExtension, md: Markdown) -> None:
        super().__init__(md)
        self.extension = extension
        self._counted: list[str] = []

    def run(self, root: Element) -> None:
        self._check_footnotes(root)
        self._counted = []
        self._walk(root, before="", counted=True)
        self.extension.findings.words += count_words("\n".join(self._counted))
        if next(root.iter("table"), None) is not None:
            self._wrap_tables(root)

    def _wrap_tables(self, root: Element) -> None:
        tables = 0
        for parent in [element for element in root.iter() if element.find("table") is not None]:
            for index, child in enumerate(parent):
                if child.tag == "table":
                    tables += 1
                    parent[index] = self._table_region(child, tables)

    def _walk(self, element: Element, before: str, counted: bool) -> str:
        """Finish an element and return the character that what follows it comes after."""
        tag, text = element.tag, element.text
        if tag in _CHECKED:
            self._finish(element)
        inline = tag in _INLINE
        before = before if inline else ""
        counted = counted and tag != "sup"
        if text:
            if tag not in ("code", "pre"):
                element.text = text = self._text(text, before, counted)
            before = text[-1:]
        for child in element:
            before = self._walk(child, before, counted)
            if tail := child.tail:
                child.tail = tail = self._text(tail, before, counted)
                before = tail[-1:]
        return before if inline else ""

    def _finish(self, element: Element) -> None:
        if element.tag in ("a", "img"):
            self._check_address(element, "href" if element.tag == "a" else "src")
        elif element.tag == "h1":
            message, name = _SECOND_TITLE, f"# {(element.text or '').strip()}"
            self.extension.findings.problems.append((name, message, "begin with ##"))
        elif element.tag in ("th", "td"):
            style = element.attrib.pop("style", "")
            if "right" in style or "center" in style:
                element.set("class", "right" if "right" in style else "center")

    def _text(self, text: str, before: str, counted: bool) -> str:
        findings = self.extension.findings
        atomic = isinstance(text, AtomicString)
        if counted and atomic:
            findings.words += 1
        elif counted:
            self._counted.append(_PLACEHOLDER.sub("", text) if STX in text else text)
        if "[^" in text:
            findings.problems += [
                (name, f"the footnote {name} is not defined", f"add a line  {name}: the text")
                for name in _FOOTNOTE.findall(text)
            ]
        return text if atomic else typeset(text, findings.lang, before)

    def _check_footnotes(self, root: Element) -> None:
        """Every footnote has a place that refers to it, and a name that can be an anchor."""
        backlinks = [a for a in root.iter("a") if a.get("class") == "footnote-backref"]
        places = {element.get("id") for element in root.iter("sup")} if backlinks else set()
        problems = self.extension.findings.problems
        for link in backlinks:
            place = link.get("href", "")[1:]
            if not place.startswith("fnref:"):
                continue
            name = f"[^{place.removeprefix('fnref:')}]"
            if place not in places:
                problems.append((name, f"nothing refers to the footnote {name}", "delete it"))
            elif re.search(r"\s", place):
                hint = "put a hyphen in its place"
                problems.append((name, f"the name of the footnote {name} has a space", hint))

    def _check_address(self, element: Element, attribute: Literal["href", "src"]) -> None:
        if element.get("class", "").startswith("footnote-"):
            return
        findings = self.extension.findings
        address = _address(element.get(attribute, ""))
        if address.startswith("#cite:"):
            return
        message = hint = ""
        if attribute == "src" and not element.get("alt"):
            message, hint = f"the image '{address}' has no text", "describe it: ![what it shows](…)"
        elif attribute == "href" and len(element) and element.find(".//a") is not None:
            message, hint = "a link within a link", "end the one before the other begins"
        elif address.startswith(SLOT_ADDRESS) and attribute == "href":
            return
        elif address.startswith("#"):
            findings.fragments.append(address)
        elif address.startswith("/") and not address.startswith("//"):
            element.set(attribute, f"{SLOT_ADDRESS}{findings.slot(address, attribute)}")
        elif attribute == "src":
            message = f"'{address}' is not a file of this site"
            hint = "put the image into content/files/ and write /files/name.png"
        elif address.endswith(".md") and re.fullmatch(r"[^:?#]+\.md", address):
            element.set(attribute, f"{SLOT_ADDRESS}{findings.slot(address)}")
        else:
            message, hint = _outside_problem(address)
        if message:
            findings.problems.append((address or "]()", message, hint))

    def _table_region(self, table: Element, number: int) -> Element:
        lang = self.extension.findings.lang
        label = gettext(lang, "Table %(number)s") % {"number": number}
        region = Element(
            "div", {"class": "table", "role": "region", "aria-label": label, "tabindex": "0"}
        )
        region.tail, table.tail = table.tail, ""
        region.append(table)
        return region


def _address(written: str) -> str:
    """An address as browsers will read it: the library's marks and character references decoded."""
    if STX in written:
        written = _ESCAPED.sub(lambda match: chr(int(match[1])), written)
        written = written.replace(AMP_SUBSTITUTE, "&")
    return html.unescape(written)


def _outside_problem(address: str) -> tuple[str, str]:
    """What is wrong with an address outside the site, and a way out; empty where nothing is."""
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
