"""Inline Markdown by CommonMark's rules, and what briefings and GitHub add to them.

One pass over a text makes nodes (strings, elements, runs of marks); links are made where they end,
emphasis when all of a text or of a link's text is there. Every place is known as an offset.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any
from xml.etree.ElementTree import Element

from dossier.content.markdown.inline.emphasis import pair_runs
from dossier.content.markdown.inline.links import find_tail
from dossier.content.markdown.inline.signs import Additions, Bracket, Scan, alternative, fill
from dossier.content.markdown.marks import PIPE_MARK
from dossier.content.markdown.places import Places

_find_sign = re.compile(r"[\\`*_~\[\]<&!\n]").search
_find_sign_or_address = re.compile(
    r"[\\`*_~\[\]<&!\n:@w](?:(?<![:w])|(?<=:)(?=//)|(?<=w)(?=ww\.))"
).search
_Find = Callable[..., re.Match[str] | None]
_SITE_LINK = re.compile(rf"\[\[([^\[\]|{PIPE_MARK}\n]+?)(?:\\?[|{PIPE_MARK}]([^\[\]|\n]+))?\]\]")
_CITATION = re.compile(r"\[(@[\w-]+(?:\s*;\s*@[\w-]+)*)\]")
_FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\](?!\()")
_match_link = re.compile(
    r"\[([^\[\]!`*_~<&\\\n:@.]+)\]\(([^\x00-\x20\x7f()\\<&][^\x00-\x20\x7f()\\&]*+)\)"
).match
_LABEL = re.compile(r"\[((?:[^\\\[\]]|\\.){0,999})\]", re.DOTALL)


class InlineParser:
    """Reads the texts of one document, whose whole body is given."""

    def __init__(
        self,
        additions: Additions,
        references: Mapping[str, Mapping[str, Any]],
        raw_html: bool,
        body: str,
    ) -> None:
        self.additions = additions
        self.references = references
        self.raw_html = raw_html
        self.body = body

    def nodes(self, text: str, starts: Sequence[int] | None, cell: int = -1) -> list[Any]:
        """Read a text, whose lines stand at `starts` of the body, or in a cell of a line there."""
        if text.isalnum():  # as many a cell is
            return [text]
        text = text.rstrip(" \t")
        find = _find_sign_or_address if _may_have_address(text) else _find_sign
        first = find(text)
        if not first:
            return [text]
        return self._scan(text, Places(text, starts or (), self.body, cell)).nodes(find, first)

    def label(self, text: str, locate: Callable[[int], int]) -> list[Any]:
        """Read the label of a link. `locate` is where a place of it is in the body."""
        find = _find_sign_or_address if _may_have_address(text) else _find_sign
        return self._scan(text, locate).nodes(find, find(text))

    def _scan(self, text: str, locate: Callable[[int], int]) -> _Scan:
        return _Scan(self.additions, self.raw_html, text, locate, parser=self)


class _Scan(Scan, kw_only=True):
    """A text with all that its brackets may mean."""

    parser: InlineParser

    def nodes(self, find: _Find, match: re.Match[str] | None) -> list[Any]:
        """Everything in the text, runs paired; `match` is its first sign, `find` finds others."""
        text, found = self.text, self.found
        place = 0
        while match:
            start = match.start()
            if start > place:
                found.append(text[place:start])
            place = _HANDLERS[text[start]](self, start)
            match = find(text, place)
        if place < len(text):
            found.append(text[place:])
        nodes = self.paired(found)
        self.doubt()
        return nodes

    def doubt(self) -> None:
        """Warn of marks of strong text that are shown as they are."""
        for node in self.runs:
            if node.count and node.length > 1 and node.opens != node.closes:
                marks = node.char * min(node.count, 2)
                message = f"nothing {'closes' if node.opens else 'opens'} this {marks}"
                hint = "no space goes between it and the text that it marks"
                self.additions.warning(self.locate(node.start), message, hint)

    def paired(self, nodes: list[Any], in_link: bool = False) -> list[Any]:
        if len(nodes) < 2 or not self.runs:
            return nodes
        return pair_runs(nodes, partial(fill, in_link=in_link))

    # the signs that open and close what may be a link or an image

    def bang(self, start: int) -> int:
        if self.text[start + 1 : start + 2] == "[":
            return self.open_bracket(start, start + 2, image=True)
        self.found.append("!")
        return start + 1

    def bracket(self, start: int) -> int:
        text, additions = self.text, self.additions
        if simple := _match_link(text, start):
            return self.simple_link(simple)
        following = text[start + 1 : start + 2]
        if following == "[" and (match := _SITE_LINK.match(text, start)):
            if not self.refers(match[1]):
                return self.site_link(match)
        elif following == "@" and (match := _CITATION.match(text, start)):
            if not self.link_follows(match):
                self.cite(match)
                return match.end()
        elif following == "^" and (match := _FOOTNOTE.match(text, start)):
            note = additions.footnote(match[1], self.locate(start))
            if note is not None:
                self.add_link(note, start)
                return match.end()
        return self.open_bracket(start, start + 1, image=False)

    def open_bracket(self, start: int, end: int, image: bool) -> int:
        if self.brackets:
            self.brackets[-1].nested = True
        self.brackets.append(Bracket(len(self.found), end, image))
        self.found.append(self.text[start:end])
        return end

    def simple_link(self, match: re.Match[str]) -> int:
        """Add a link whose text has no signs; nothing else begins with what it begins with."""
        if self.brackets:
            self.brackets[-1].nested = True
        link = Element("a", href=match[2])
        link.text = match[1]
        self.additions.address(link, self.locate(match.start(2)))
        self.found.append(link)
        self.linked = len(self.brackets)
        return match.end()

    def site_link(self, match: re.Match[str]) -> int:
        label, place = match[2] or "", self.locate(match.start())
        link = self.additions.site_link(match[1].strip(), place, titled=not label)
        if label:
            shift = match.start(2) + len(label) - len(label.lstrip())
            nodes = self.parser.label(label.strip(), lambda place: self.locate(shift + place))
            fill(link, nodes)
        self.add_link(link, match.start())
        return match.end()

    def cite(self, match: re.Match[str]) -> None:
        if self.found and isinstance(self.found[-1], str) and self.found[-1].endswith(" "):
            self.found[-1] = self.found[-1][:-1]
        cited = self.additions.citation(match[1], lambda place: self.locate(match.start(1) + place))
        self.add_link(cited, match.start())

    def link_follows(self, match: re.Match[str]) -> bool:
        """Tell whether what looks like a citation is the text of a link."""
        end = match.end()
        if self.text[end : end + 1] == "(":
            return find_tail(self.text, end) is not None
        label = _LABEL.match(self.text, end)
        return bool(label and self.refers(label[1])) or self.refers(match[1])

    def refers(self, label: str) -> bool:
        return bool(self.parser.references) and self.reference(label) is not None

    def reference(self, label: str) -> Mapping[str, str] | None:
        """Look up what a label refers to, in a text that defines some."""
        from markdown_it.common.utils import normalizeReference  # few texts have references

        return self.parser.references.get(normalizeReference(label))

    def close_bracket(self, start: int) -> int:
        end = start + 1
        if not self.brackets:
            self.found.append("]")
            return end
        bracket = self.brackets.pop()
        target = self.target(bracket, start)
        if target is None or (len(self.brackets) < self.linked and not bracket.image):
            if target is not None and self.text[end : end + 1] == "(":
                message, hint = "a link within a link", "end the one before the other begins"
                self.additions.error(self.locate(target[3]), message, hint)
            self.linked = min(self.linked, len(self.brackets))
            self.found.append("]")
            return end
        address, title, end, place = target
        nodes = self.paired(self.found[bracket.index + 1 :], in_link=True)
        del self.found[bracket.index :]
        self.linked = min(self.linked, len(self.brackets))
        if bracket.image:
            element = Element("img", src=address, alt=alternative(nodes))
            self.found.append(element)
        else:
            element = Element("a", href=address)
            fill(element, nodes, in_link=True)
            self.found.append(element)
            self.linked = len(self.brackets)
        if title:
            element.set("title", title)
        self.additions.address(element, self.locate(place))
        return end

    def target(self, bracket: Bracket, start: int) -> tuple[str, str, int, int] | None:
        """Find where a bracket that ends here leads: address, title, end, place of the address."""
        if self.text[start + 1 : start + 2] == "(" and (tail := find_tail(self.text, start + 1)):
            return tail
        if not self.parser.references:
            return None
        match = _LABEL.match(self.text, start + 1)
        end = match.end() if match else start + 1
        if match and match[1].strip():
            label = match[1]
        elif bracket.nested or start - bracket.start > 999:
            return None
        else:
            label = self.text[bracket.start : start]
        found = self.reference(label) if label.strip() else None
        return (found["href"], found["title"], end, bracket.start) if found else None


_HANDLERS: dict[str, Callable[[_Scan, int], int]] = {
    "\\": _Scan.backslash,
    "\n": _Scan.newline,
    "`": _Scan.code,
    "*": _Scan.run,
    "_": _Scan.run,
    "~": _Scan.run,
    "&": _Scan.entity,
    "<": _Scan.less_than,
    "!": _Scan.bang,
    ":": _Scan.bare,
    "@": _Scan.bare,
    "w": _Scan.bare,
    "[": _Scan.bracket,
    "]": _Scan.close_bracket,
}


def _may_have_address(text: str) -> bool:
    return "://" in text or "@" in text or "www." in text
