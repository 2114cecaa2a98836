"""Blocks and lines of Markdown, with the processors that a text cannot concern left out.

The library asks every block processor about every block. Each of them, though, begins with a
certain character at the beginning of a line, so that one look at a block's lines tells which of
them to ask; the same goes for what is run over all lines beforehand.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.extensions.fenced_code import FencedBlockPreprocessor, FencedCodeExtension
from markdown.preprocessors import NormalizeWhitespace

_INDENT = "    "
_PIPE = "|"  # anywhere in the block
_DIGIT = "1"  # any digit at the beginning of the block
_BEGINNINGS: dict[str, tuple[str, ...]] = {
    "empty": ("",),
    "indent": (_INDENT,),
    "defindent": (_INDENT,),
    "code": (_INDENT,),
    "table": (_PIPE,),
    "hashheader": ("#",),
    "setextheader": ("=", "-"),
    "hr": ("-", "_", "*"),
    "olist": (_DIGIT,),
    "ulist": ("*", "+", "-"),
    "deflist": (":",),
    "quote": (">",),
    "footnote": ("[",),
    "abbr": ("*",),
    "reference": ("[",),
}
"""What a line of the block begins with, after any spaces, where the processor takes the block.
A processor that is not here is always asked."""
_SPECIAL = frozenset(sign for signs in _BEGINNINGS.values() for sign in signs) - {_DIGIT, _PIPE}

_NOTHING: frozenset[str] = frozenset()


class LeanBlockParser(BlockParser):
    """The library's block parser, asking only the processors that may say yes."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._asked: dict[frozenset[str], list[BlockProcessor]] = {}

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802
        """Give each block to the first processor that takes it."""
        while blocks:
            signs = _beginnings(blocks[0])
            asked = self._asked.get(signs)
            if asked is None:  # at most one entry for each set of our own signs
                asked = self._asked[signs] = self._processors(signs)
            for processor in asked:
                if processor.test(parent, blocks[0]) and processor.run(parent, blocks) is not False:
                    break

    def _processors(self, signs: frozenset[str]) -> list[BlockProcessor]:
        registry = self.blockprocessors
        left_out = {
            registry.get_index_for_name(name)
            for name, needs in _BEGINNINGS.items()
            if name in registry and signs.isdisjoint(needs)
        }
        return [processor for n, processor in enumerate(registry) if n not in left_out]


def _beginnings(block: str) -> frozenset[str]:
    first = block.lstrip(" ")[:1]
    if first.isalpha() and "\n" not in block and _PIPE not in block and block[:4] != _INDENT:
        return _NOTHING  # one line of text, as most blocks are
    signs = {first}
    if "\n" in block:
        signs.update([line.lstrip(" ")[:1] for line in block.split("\n")])
    signs &= _SPECIAL
    if first.isdecimal():
        signs.add(_DIGIT)
    if _PIPE in block:
        signs.add(_PIPE)
    if block.startswith(_INDENT):
        signs.add(_INDENT)
    return frozenset(signs)


class LeanWhitespace(NormalizeWhitespace):
    """The library's, for texts whose line ends are newlines already."""

    def run(self, lines: list[str]) -> list[str]:
        """Expand tabs, empty lines of spaces, end with two empty lines."""
        source = "\n".join(lines)
        if "\x02" in source or "\x03" in source or "\r" in source or "\t" in source:
            return super().run(lines)
        if "\n " in source and (" \n" in source or source.endswith(" ")):
            return super().run(lines)
        return [*lines, "", ""]


class _LeanFences(FencedBlockPreprocessor):
    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        return super().run(lines) if "```" in text or "~~~" in text else lines


class LeanFencedCode(FencedCodeExtension):
    """Fenced code, looked for only where a text has a fence."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register our preprocessor in the place of the library's."""
        super().extendMarkdown(md)
        md.preprocessors.register(_LeanFences(md, self.getConfigs()), "fenced_code_block", 25)
