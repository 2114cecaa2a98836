"""The signs of inline Markdown that stand for themselves: escapes, breaks, code, references.

What they make are nodes: strings, elements, runs of marks, and addresses without any mark.
"""

from __future__ import annotations

import html
import re
import sys
from bisect import bisect_right
from collections.abc import Callable
from typing import Any, Protocol
from xml.etree.ElementTree import Element

import msgspec

from dossier.content.markdown.inline.emphasis import Run, scan_run, scan_words
from dossier.content.markdown.inline.links import find_address, find_bare
from dossier.content.markdown.marks import Unset, literal, without_marks
from dossier.language.wide_letters import is_wide

RAW = "raw-html"
"""The tag of an element whose text is written as it stands."""
_ENTITY = re.compile(r"&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});")
_COMMENT = re.compile(r"<!--(?:-?>|.*?-->)", re.DOTALL)
_SIMPLE_CODE = re.compile("`([^`]+)`(?!`)")
_TICKS = re.compile("``*")


def _match_tag(text: str, start: int) -> re.Match[str] | None:
    from markdown_it.common.html_re import HTML_TAG_RE  # few texts have HTML

    return HTML_TAG_RE.match(text, start)


class Additions(Protocol):
    """What a document makes of the marks that CommonMark does not know."""

    def site_link(self, target: str, place: int, titled: bool) -> Element:
        """Build the element of `[[target]]`, with its title as its text where that is wanted."""

    def citation(self, names: str, locate: Callable[[int], int]) -> Element:
        """Build the element of `[@a; @b]`; `locate` converts places in it to those of the body."""

    def footnote(self, label: str, place: int) -> Element | None:
        """Build the element of `[^label]`; None where the label is not defined."""

    def address(self, element: Element, place: int) -> None:
        """Record where a link's or an image's address is."""

    def note_code(self, start: int, end: int) -> None:
        """Record where code stands."""

    def error(self, place: int, message: str, hint: str) -> None:
        """Report what an author must correct."""

    def warning(self, place: int, message: str, hint: str) -> None:
        """Report what reads differently from how it looks."""


class BareAddress:
    """An address as text, which is a link unless it is within one."""

    __slots__ = ("link", "text")

    def __init__(self, text: str, link: Element) -> None:
        self.text, self.link = text, link


class Bracket:
    """One that is open; text unless a link or an image ends where it is closed."""

    __slots__ = ("image", "index", "nested", "start")

    def __init__(self, index: int, start: int, image: bool) -> None:
        self.index = index  # of its node
        self.start = start  # of the text after it
        self.image = image
        self.nested = False  # another one opens within


class Scan(msgspec.Struct):
    """One text while it is read: each method takes a sign's place and returns where to go on."""

    additions: Additions
    raw_html: bool
    text: str
    locate: Callable[[int], int]
    found: list[Any] = []
    brackets: list[Bracket] = []
    linked: int = 0  # so many of the brackets enclose a link, and can be none
    runs: list[Run] = []
    ticks: dict[int, list[int]] | None = None
    no_comment_after: int = sys.maxsize

    def backslash(self, start: int) -> int:
        following = self.text[start + 1 : start + 2]
        if following == "\n":
            return self.line_break(start + 1, hard=True)
        if following and following in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~":
            self.found.append(literal(following))
            return start + 2
        self.found.append("\\")
        return start + 1

    def newline(self, start: int) -> int:
        text, found = self.text, self.found
        if "!" <= text[start - 1] <= "~" and "!" <= text[start + 1 : start + 2] <= "~":
            found.append("\n")
            return start + 1
        hard = False
        if found and isinstance(found[-1], str) and found[-1].endswith((" ", "\t")):
            last = found[-1].rstrip(" \t")
            hard = found[-1].endswith("  ")
            found[-1] = last
        return self.line_break(start, hard)

    def line_break(self, start: int, hard: bool) -> int:
        text, end = self.text, start + 1
        while text[end : end + 1] in (" ", "\t"):
            end += 1
        if hard:
            self.found.append(Element("br"))
        following = text[end : end + 8].lstrip("*_~`([")[:1]
        previous = text[max(0, start - 8) : start].rstrip().rstrip("*_~`)]")[-1:]
        if hard or not (is_wide(following) and is_wide(previous)):
            self.found.append("\n")
        return end

    def code(self, start: int) -> int:
        if simple := _SIMPLE_CODE.match(self.text, start):
            return self.add_code(simple[1], start, simple.end())
        match = _TICKS.match(self.text, start)
        assert match is not None
        if self.ticks is None:
            self.ticks = {}
            for run in _TICKS.finditer(self.text):
                self.ticks.setdefault(len(run[0]), []).append(run.start())
        end, length = match.end(), len(match[0])
        places = self.ticks.get(length, [])
        after = bisect_right(places, end - 1)
        if after == len(places):
            if _begins_code(self.text, start, end):
                message, hint = f"nothing closes this {match[0]}", "end the code with as many again"
                self.additions.warning(self.locate(start), message, hint)
            self.found.append(match[0])
            return end
        return self.add_code(self.text[end : places[after]], start, places[after] + length)

    def add_code(self, content: str, start: int, end: int) -> int:
        content = content.replace("\n", " ")
        if content[0] == content[-1] == " " and content.strip(" "):
            content = content[1:-1]
        element = Element("code")
        element.text = Unset(content)
        self.found.append(element)
        self.additions.note_code(self.locate(start), self.locate(end - 1) + 1)
        return end

    def run(self, start: int) -> int:
        node, end = scan_words(self.text, start) or scan_run(self.text, start)
        if isinstance(node, Run):
            self.runs.append(node)
        self.found.append(node)
        return end

    def entity(self, start: int) -> int:
        if match := _ENTITY.match(self.text, start):
            decoded = html.unescape(match[0])
            if decoded != match[0]:
                self.found.append(literal(decoded))
                return match.end()
        self.found.append("&")
        return start + 1

    def less_than(self, start: int) -> int:
        text = self.text
        if found := find_address(text, start):
            shown, address, end = found
            link = Element("a", href=address)
            link.text = Unset(shown)
            self.add_link(link, start + 1)
            return end
        if text.startswith("<!--", start):
            if start < self.no_comment_after and (match := _COMMENT.match(text, start)):
                return match.end()
            self.no_comment_after = min(self.no_comment_after, start)
            self.additions.warning(
                self.locate(start), "this comment never ends, so readers see it", "end it with -->"
            )
        elif self.raw_html and (match := _match_tag(text, start)):
            element = Element(RAW)
            element.text = Unset(match[0])
            self.found.append(element)
            return match.end()
        self.found.append("<")
        return start + 1

    def bare(self, sign: int) -> int:
        """Read an address around a `:`, a `@` or a `w`."""
        found = find_bare(self.text, sign)
        if found is None or not self.take_back(sign - found[0]):
            self.found.append(self.text[sign])
            return sign + 1
        start, shown, address = found
        link = Element("a", href=address)
        link.text = Unset(shown)
        self.found.append(BareAddress(shown, link))
        self.additions.address(link, self.locate(start))
        return start + len(shown)

    def take_back(self, count: int) -> bool:
        """Take the last characters off what was found, where they are no more than text."""
        pieces, found = [], self.found
        while count > 0 and found and isinstance(found[-1], str):
            pieces.append(found.pop())
            count -= len(pieces[-1])
        if count > 0:
            found.extend(reversed(pieces))
            return False
        if count:
            found.append(pieces[-1][:-count])
        return True

    def add_link(self, element: Element, start: int) -> None:
        """Add what is or has a link: no bracket around it can become another one."""
        self.found.append(element)
        if element.tag == "a" and element.get("href", "")[:1] not in ("#", ""):
            self.additions.address(element, self.locate(start))
        self.linked = len(self.brackets)


def _begins_code(text: str, start: int, end: int) -> bool:
    """Tell whether backticks without an end look like the beginning of code."""
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    return (not before or before in " \n(") and not after.isspace() and after != ""


def fill(parent: Element, nodes: list[Any], in_link: bool = False) -> None:
    """Add nodes at the end of an element."""
    if len(nodes) == 1 and isinstance(nodes[0], str) and not (len(parent) or parent.text):
        parent.text = nodes[0]
        return
    last = parent[-1] if len(parent) else None
    texts: list[str] = []
    for node in [*nodes, None]:
        if isinstance(node, BareAddress):
            node = literal(node.text) if in_link else node.link
        if isinstance(node, str):
            texts.append(node)
        elif isinstance(node, Run):
            texts.append(node.char * node.count)
        else:
            if texts:
                text = "".join(texts)
                if last is None:
                    parent.text = (parent.text or "") + text
                else:
                    last.tail = (last.tail or "") + text
                texts = []
            if node is not None:
                parent.append(node)
                last = node


def alternative(nodes: list[Any]) -> str:
    """Build the text that stands for an image."""
    holder = Element("img")
    fill(holder, nodes, in_link=True)
    for image in holder.iter("img"):
        if image is not holder:
            image.text = image.get("alt")
    return without_marks("".join(holder.itertext()))
