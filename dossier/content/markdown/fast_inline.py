"""Inline Markdown, with the patterns that a text cannot contain left out.

The library tries every pattern on every text. Most texts are plain, and a pattern cannot match
without certain characters, so looking for those first gives the same elements in a fraction of the
time. The order of the walk, of the patterns and of what they stash is the library's own: citations
and gaps are numbered by it.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import (
    INLINE_PLACEHOLDER,
    INLINE_PLACEHOLDER_PREFIX,
    INLINE_PLACEHOLDER_RE,
    AtomicString,
)

_NEEDS: dict[str, tuple[str, ...]] = {
    "backtick": ("`",),
    "site-link": ("[[",),
    "citation": ("[@",),
    "escape": ("\\",),
    "footnote": ("[^",),
    "reference": ("[",),
    "link": ("](",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "html": ("<",),
    "entity": ("&",),
    "em_strong": ("*", "_"),
}
"""What a text has one of where the pattern matches. A pattern that is not here is always tried."""
_BEGINNINGS = {"backtick": r"[`\\]", "citation": r" ?\[@", "link": r"\["}
"""What a match begins with, where that is not what it needs. The patterns themselves scan a text
far more slowly than this is found in it."""
_OF_REFERENCES = {"reference", "image_reference", "short_reference", "short_image_ref"}
"""What can only match where the text defines references: `[x]: https://…`."""
_find_placeholders = INLINE_PLACEHOLDER_RE.finditer
_find_signs = re.compile(r"[`\\\[<&*_\n]").findall
"""Each of the needs has one of these characters."""


class _Pattern(NamedTuple):
    number: int
    needs: tuple[str, ...]
    find: Callable[[str, int], re.Match[str] | None]
    search: Callable[[str, int], re.Match[str] | None]
    handle: Callable[[re.Match[str], str], tuple[Any, int | None, int | None]]
    of_references: bool


def register_inline(md: Markdown) -> None:
    """Put our processor in the place of the library's; to be called when all patterns are there.

    A pattern of a kind that we do not know leaves the library's in its place.
    """
    patterns = [p for p in md.inlinePatterns if isinstance(p, InlineProcessor)]
    if len(patterns) == len(md.inlinePatterns) and not any(p.ANCESTOR_EXCLUDES for p in patterns):
        md.treeprocessors.register(LeanInline(md, patterns), "inline", 20)


class LeanInline(Treeprocessor):
    """The library's inline processor, but for what cannot matter."""

    def __init__(self, md: Markdown, patterns: list[InlineProcessor]) -> None:
        super().__init__(md)
        self.stashed_nodes: dict[str, Element | str] = {}  # patterns look into it by this name
        registry = md.inlinePatterns
        names = {registry.get_index_for_name(name): name for name in _NEEDS if name in registry}
        self._references = md.references
        self._patterns = [
            _plan(number, pattern, names.get(number, "")) for number, pattern in enumerate(patterns)
        ]
        self._by_signs: dict[tuple[frozenset[str], bool], list[_Pattern]] = {}
        self._always = any(pattern.needs == ("",) for pattern in self._patterns)

    def run(self, root: Element) -> Element:
        """Turn the inline markup of a whole tree into elements."""
        self.stashed_nodes = {}
        queue = deque([root])
        while queue:
            parent = queue.popleft()
            found: list[tuple[Element, list[Element]]] = []
            for child in parent:  # grows while it is walked: what a tail yields is next
                text, tail = child.text, child.tail
                if text and (stashed := self._stash(text)) is not text:
                    child.text = None
                    nodes = self._unstash(stashed, child)
                    queue.extend(nodes)
                    found.append((child, nodes))
                if tail and (stashed := self._stash(tail)) is not tail:
                    self._place_tail(parent, child, stashed)
                if len(child):
                    queue.append(child)
            for child, nodes in found:
                child[0:0] = nodes
        return root

    def _place_tail(self, parent: Element, child: Element, tail: str) -> None:
        holder = Element("d")
        child.tail = None
        nodes = self._unstash(tail, holder, in_tail=True)
        if holder.tail:
            child.tail = holder.tail
        position = list(parent).index(child) + 1
        for node in reversed(nodes):
            parent.insert(position, node)

    def _stash(self, data: str, first: int = 0) -> str:
        """The text with placeholders for what the patterns make of it; itself if they do not."""
        signs = _find_signs(data)
        if not (signs or self._always) or isinstance(data, AtomicString):
            return data
        for pattern in self._with_signs(frozenset(signs), bool(self._references)):
            number, needs, *_ = pattern
            if number >= first and (needs[0] in data or needs[-1] in data):
                data = self._apply(pattern, data)
        return data

    def _with_signs(self, signs: frozenset[str], references: bool) -> list[_Pattern]:
        """The patterns that a text with these signs, and no others, may match."""
        found = self._by_signs.get((signs, references))
        if found is None:  # at most two entries for each set of our own signs
            found = self._by_signs[signs, references] = [
                pattern
                for pattern in self._patterns
                if any(signs.issuperset(_find_signs(need)) for need in pattern.needs)
                and (references or not pattern.of_references)
            ]
        return found

    def _apply(self, pattern: _Pattern, data: str) -> str:
        number, _, find, search, handle, _ = pattern
        start = 0
        while (found := find(data, start)) and (match := search(data, found.start())):
            node, begin, end = handle(match, data)
            if begin is None or end is None:
                start = match.end()
            elif node is None:
                start = end
            else:
                placeholder = self._store(node, number)
                data = f"{data[:begin]}{placeholder}{data[end:]}"
                start = begin + len(placeholder)
        return data

    def _store(self, node: Element | str, number: int) -> str:
        """The placeholder of what a pattern made, in which the later patterns are applied."""
        if not isinstance(node, str) and not isinstance(node.text, AtomicString):
            for child in (node, *node):
                if child.text:
                    child.text = self._stash(child.text, number + 1)
                if child.tail:
                    child.tail = self._stash(child.tail, number)
        key = f"{len(self.stashed_nodes):04d}"
        self.stashed_nodes[key] = node
        return INLINE_PLACEHOLDER % key

    def _unstash(self, data: str, parent: Element, in_tail: bool = False) -> list[Element]:
        """Give a text with placeholders to an element; what they stand for is returned."""
        nodes: list[Element] = []
        start = 0
        for match in _find_placeholders(data):
            node = self.stashed_nodes.get(match[1])
            if node is None:  # looks like a placeholder and is none
                continue
            begin, end = match.span()
            if start < begin:
                _append_text(data[start:begin], nodes, parent, in_tail)
            if isinstance(node, str):
                _append_text(node, nodes, parent, in_tail)
            else:
                self._finish_node(node)
                nodes.append(node)
            start = end
        if rest := data[start:]:
            rest = AtomicString(rest) if isinstance(data, AtomicString) else rest
            _append_text(rest, nodes, parent, in_tail)
        return nodes

    def _finish_node(self, node: Element) -> None:
        """Resolve the placeholders within a node that was stashed."""
        for child in (node, *node):
            tail, text = child.tail, child.text
            if tail and INLINE_PLACEHOLDER_PREFIX in tail:
                child.tail = None
                found = self._unstash(tail, child, in_tail=True)
                position = 0 if child is node else list(node).index(child) + 1
                for new in reversed(found):
                    node.insert(position, new)
            if text and INLINE_PLACEHOLDER_PREFIX in text:
                child.text = None
                for new in reversed(self._unstash(text, child)):
                    child.insert(0, new)


def _plan(number: int, pattern: InlineProcessor, name: str) -> _Pattern:
    needs = _NEEDS.get(name, ("",))
    beginning = _BEGINNINGS.get(name) or "|".join(map(re.escape, needs))
    return _Pattern(
        number,
        needs,
        re.compile(beginning).search,
        pattern.getCompiledRegExp().search,
        pattern.handleMatch,
        name in _OF_REFERENCES,
    )


def _append_text(text: str, nodes: list[Element], parent: Element, in_tail: bool) -> None:
    """Add text after the last of the nodes, or to the parent where there is none yet."""
    if nodes:
        nodes[-1].tail = nodes[-1].tail + text if nodes[-1].tail else text
    elif in_tail:
        parent.tail = parent.tail + text if parent.tail else text
    else:
        parent.text = parent.text + text if parent.text else text
