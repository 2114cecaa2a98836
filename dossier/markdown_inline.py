"""Inline Markdown, with the patterns that a text cannot contain left out.

The library tries every pattern on every text. Most texts are plain, and a pattern cannot match
without certain characters, so looking for those first gives the same elements in a fraction of the
time. The order of the walk, of the patterns and of what they stash is the library's own: citations
and gaps are numbered by it.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator
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
_OF_REFERENCES = {"reference", "image_reference", "short_reference", "short_image_ref"}
"""What can only match where the text defines references: `[x]: https://…`."""
_ANY_NEED = re.compile(r"[`\\\[<&*_\n]")
"""Each of the needs has one of these characters."""


class _Pattern(NamedTuple):
    matches: Callable[[str, int], Iterator[re.Match[str]]]
    handle: Callable[[re.Match[str], str], tuple[Any, int | None, int | None]]
    need: str
    other_need: str
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
        self._all_known = len(names) == len(registry)
        self._patterns = [
            _plan(pattern, names.get(index, "")) for index, pattern in enumerate(patterns)
        ]

    def run(self, root: Element) -> Element:
        """Turn the inline markup of a whole tree into elements."""
        self.stashed_nodes = {}
        queue = deque([root])
        while queue:
            parent = queue.popleft()
            found: list[tuple[Element, list[Element]]] = []
            for child in parent:  # grows while it is walked: what a tail yields is next
                text = child.text
                if text and not isinstance(text, AtomicString):
                    text = self._stash(text)
                    if INLINE_PLACEHOLDER_PREFIX in text:
                        child.text = None
                        nodes = self._unstash(text, child)
                        queue.extend(nodes)
                        found.append((child, nodes))
                if child.tail:
                    tail = self._stash(child.tail)
                    if INLINE_PLACEHOLDER_PREFIX in tail:
                        self._place_tail(parent, child, tail)
                if len(child):
                    queue.append(child)
            for child, nodes in found:
                for index, node in enumerate(nodes):
                    child.insert(index, node)
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
        """The text with placeholders for what the patterns make of it."""
        if isinstance(data, AtomicString) or (self._all_known and not _ANY_NEED.search(data)):
            return data
        for number in range(first, len(self._patterns)):
            pattern = self._patterns[number]
            if (pattern.need in data or pattern.other_need in data) and (
                not pattern.of_references or self._references
            ):
                data = self._apply(pattern, number, data)
        return data

    def _apply(self, pattern: _Pattern, number: int, data: str) -> str:
        start = 0
        while True:
            for match in pattern.matches(data, start):
                node, begin, end = pattern.handle(match, data)
                if begin is not None and end is not None:
                    break
            else:
                return data
            if node is None:
                start = end
                continue
            if not isinstance(node, str) and not isinstance(node.text, AtomicString):
                for child in [node, *node]:
                    if child.text:
                        child.text = self._stash(child.text, number + 1)
                    if child.tail:
                        child.tail = self._stash(child.tail, number)
            key = f"{len(self.stashed_nodes):04d}"
            self.stashed_nodes[key] = node
            placeholder = INLINE_PLACEHOLDER % key
            data = f"{data[:begin]}{placeholder}{data[end:]}"
            start = begin + len(placeholder)

    def _unstash(self, data: str, parent: Element, in_tail: bool = False) -> list[Element]:
        """Give a text with placeholders to an element; what they stand for is returned."""
        nodes: list[Element] = []
        start = 0
        while (index := data.find(INLINE_PLACEHOLDER_PREFIX, start)) != -1:
            match = INLINE_PLACEHOLDER_RE.search(data, index)
            node = self.stashed_nodes.get(match[1]) if match else None
            if match is None or node is None:  # looks like a placeholder and is none
                end = index + len(INLINE_PLACEHOLDER_PREFIX)
                _append_text(data[start:end], nodes, parent, in_tail)
                start = end
                continue
            _append_text(data[start:index], nodes, parent, in_tail)
            if isinstance(node, str):
                _append_text(node, nodes, parent, in_tail)
            else:
                self._finish_node(node)
                nodes.append(node)
            start = match.end()
        rest = data[start:]
        _append_text(
            AtomicString(rest) if isinstance(data, AtomicString) else rest, nodes, parent, in_tail
        )
        return nodes

    def _finish_node(self, node: Element) -> None:
        """Resolve the placeholders within a node that was stashed."""
        for child in [node, *node]:
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


def _plan(pattern: InlineProcessor, name: str) -> _Pattern:
    needs = _NEEDS.get(name, ("",))
    return _Pattern(
        pattern.getCompiledRegExp().finditer,
        pattern.handleMatch,
        needs[0],
        needs[-1],
        name in _OF_REFERENCES,
    )


def _append_text(text: str, nodes: list[Element], parent: Element, in_tail: bool) -> None:
    """Add text after the last of the nodes, or to the parent where there is none yet."""
    if not text:
        return
    if nodes:
        nodes[-1].tail = nodes[-1].tail + text if nodes[-1].tail else text
    elif in_tail:
        parent.tail = parent.tail + text if parent.tail else text
    else:
        parent.text = parent.text + text if parent.text else text
