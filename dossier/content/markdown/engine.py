"""The Python-Markdown instance that reads bodies: its extensions, and our faster parts of it.

What is replaced is replaced through the library's registries, under the library's own names, and
must yield the library's own HTML: `tests/test_markdown_equivalence.py` compares the two.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension

from dossier.content.markdown.fast_blocks import LeanBlockParser, LeanFencedCode, LeanWhitespace
from dossier.content.markdown.fast_inline import register_inline
from dossier.content.markdown.fast_links import use_plain_spans
from dossier.content.markdown.fast_tree import LeanFootnotes, LeanHeadings, use_lean_tree
from dossier.content.settings import HtmlPolicy
from dossier.language.messages import gettext

Slugify = Callable[[str, str], str]
EngineMaker = Callable[[str, HtmlPolicy, Extension, Slugify], Markdown]


class _LeanMarkdown(Markdown):
    def build_parser(self) -> Self:
        super().build_parser()
        processors = self.parser.blockprocessors
        self.parser = LeanBlockParser(self)
        self.parser.blockprocessors = processors
        for processor in processors:
            processor.parser = self.parser
        self.preprocessors.register(LeanWhitespace(self), "normalize_whitespace", 30)
        return self


def lean_markdown(lang: str, policy: HtmlPolicy, ours: Extension, slugify: Slugify) -> Markdown:
    """The engine that bodies are read with."""
    fast = (LeanFencedCode, LeanFootnotes, LeanHeadings)
    md = _LeanMarkdown(output_format="html", extensions=_extensions(lang, ours, slugify, *fast))
    _restrict(md, policy)
    use_lean_tree(md)
    use_plain_spans(md)
    register_inline(md)
    return md


def stock_markdown(lang: str, policy: HtmlPolicy, ours: Extension, slugify: Slugify) -> Markdown:
    """The same engine of the library's own parts, to compare with."""
    md = Markdown(output_format="html", extensions=_extensions(lang, ours, slugify))
    _restrict(md, policy)
    return md


def _extensions(
    lang: str,
    ours: Extension,
    slugify: Slugify,
    fences: type[FencedCodeExtension] = FencedCodeExtension,
    footnotes: type[FootnoteExtension] = FootnoteExtension,
    headings: type[TocExtension] = TocExtension,
) -> list[Extension]:
    return [
        AbbrExtension(),
        DefListExtension(),
        fences(),
        footnotes(BACKLINK_TITLE=gettext(lang, "Back to note {} in the text")),
        TableExtension(),
        headings(
            marker="",
            permalink="#",
            permalink_class="anchor",
            permalink_title=gettext(lang, "Link to this section"),
            toc_depth="2-6",
            slugify=slugify,
        ),
        ours,
    ]


def _restrict(md: Markdown, policy: HtmlPolicy) -> None:
    md.treeprocessors.deregister("prettify")
    if policy == "escaped":
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
