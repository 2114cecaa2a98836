"""A document's blocks as the tree that the Markdown library works on, their texts read in it.

Stands in the place of the library's block parser and inline patterns. Notes are numbered where the
text refers to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Self, cast
from xml.etree.ElementTree import Element, ElementTree, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser as LibraryParser
from markdown.util import AtomicString, Registry
from markdown_it.token import Token

from dossier.content.documents import Heading
from dossier.content.markdown.blocks import BlockParser, Places, line_starts
from dossier.content.markdown.doubts import doubts
from dossier.content.markdown.findings import Findings
from dossier.content.markdown.footnotes import Notes
from dossier.content.markdown.inline import InlineParser
from dossier.content.markdown.links import unescape
from dossier.content.markdown.marks import DONE_TASK, OPEN_TASK, PIPE_MARK
from dossier.content.markdown.signs import RAW
from dossier.content.markdown.write import Writer
from dossier.content.settings import HtmlPolicy
from dossier.language.messages import gettext

_LINK_PIPE = re.compile(r"(\[\[[^\[\]|\n]+)\|(?=[^\[\]|\n]+\]\])")


class Engine(Markdown):
    """Reads one body after another, by a parser and a writer of our own; not thread-safe."""

    parser: DocumentParser

    def __init__(self, policy: HtmlPolicy) -> None:
        self.raw_html = policy == "sanitised"
        super().__init__(output_format="html")
        self.serializer = self._write

    def build_parser(self) -> Self:
        """Begin with no processor at all."""
        self.preprocessors, self.postprocessors = Registry(), Registry()
        self.treeprocessors, self.inlinePatterns = Registry(), Registry()
        self.parser = DocumentParser(self, self.raw_html)
        return self

    def read(self, text: str, findings: Findings) -> tuple[str, list[Heading]]:
        """Convert a text to HTML with its gaps and marks; all else goes to the findings."""
        self.parser.findings = findings
        self.headings: list[Heading] = []
        return self.convert(text), self.headings

    def _write(self, root: Element) -> str:
        writer = Writer(self.parser.findings, self.parser.abbreviations)
        written = writer.html(root)
        self.headings = writer.headings.found
        return written


class DocumentParser(LibraryParser):
    """The library's parser, as far as the library itself asks for it. `findings` are set before."""

    findings: Findings
    abbreviations: dict[str, str]

    def __init__(self, md: Markdown, raw_html: bool) -> None:
        super().__init__(md)
        self.raw_html = raw_html
        self.rules = BlockParser(raw_html)

    def parseDocument(self, lines: Iterable[str]) -> ElementTree:  # noqa: N802
        """Build the tree of a whole text."""
        body = "\n".join(lines)
        if "[[" in body:
            body = _LINK_PIPE.sub(rf"\1{PIPE_MARK}", body)
        tokens, env = self.rules.blocks(body)
        self.abbreviations = env["abbreviations"]
        findings, references = self.findings, env.get("references", {})
        starts = line_starts(body)
        _report(findings, env, starts)
        for doubt in doubts(tokens, body, starts):
            findings.warning(*doubt)
        findings.notes = notes = Notes(tokens)
        inline = InlineParser(findings, references, self.raw_html)
        builder = _TreeBuilder(inline, findings, body, starts)
        self.root = Element(self.md.doc_tag)
        builder.build(notes.body, self.root)
        notes.build(self.root, findings.lang, builder.build)
        if any(one.tag == "img" for one in findings.places):
            from dossier.content.tables.in_text import place_tables  # few texts need it

            place_tables(self.root, findings)
        for label, line in notes.unused():
            findings.error(starts[line], f"nothing refers to the footnote {label}", "delete it")
        return ElementTree(self.root)


def _report(findings: Findings, env: dict[str, Any], starts: Sequence[int]) -> None:
    """Report what only the blocks know to be wrong."""
    for place in env["too_deep"]:
        findings.error(place, "what follows is nested too deeply", "take some levels out")
    references = env.get("references", {})
    for label in [label for label in references if label.startswith("^")]:
        place = starts[references.pop(label)["map"][0]]
        message = f"the name of the footnote [{label.lower()}] has a space"
        findings.error(place, message, "put a hyphen in its place")


def _alert_title(lang: str, kind: str) -> str:
    return {
        "Note": gettext(lang, "Note"),
        "Tip": gettext(lang, "Tip"),
        "Important": gettext(lang, "Important"),
        "Warning": gettext(lang, "Warning"),
        "Caution": gettext(lang, "Caution"),
    }[kind]


class _TreeBuilder:
    def __init__(
        self, inline: InlineParser, findings: Findings, body: str, starts: Sequence[int]
    ) -> None:
        self.inline, self.findings = inline, findings
        self.body, self.starts = body, [*starts, len(body)]

    def build(self, tokens: Sequence[Token], parent: Element) -> None:
        """Add what tokens stand for to an element."""
        path = [parent]
        for token in tokens:
            if token.type == "inline":
                self.text(token, path[-1])
            elif token.type == "cell":
                cell = SubElement(path[-1], token.tag, cast("dict[str, str]", token.attrs))
                self.inline.parse(token.content, cell, Places(token, self.body))
            elif token.hidden:
                continue
            elif token.nesting > 0:
                path.append(self.open(token, path[-1]))
            elif token.nesting < 0:
                path.pop()
            else:
                self.leaf(token, path[-1])

    def text(self, token: Token, parent: Element) -> None:
        if token.tag:  # a paragraph of its own
            parent = SubElement(parent, token.tag)
        elif parent.get("class") == "alert-title":
            parent.text = _alert_title(self.findings.lang, token.content)
            return
        if "mark" in token.meta:
            self.findings.heading(int(parent.tag[1]), token.meta["mark"])
        self.inline.parse(token.content, parent, Places(token, self.body))

    def open(self, token: Token, parent: Element) -> Element:
        element = SubElement(parent, token.tag)
        for name, value in token.attrs.items():
            element.set(name, str(value))
        if token.type == "alert_open":
            element.set("class", f"alert alert-{token.info.lower()}")
        elif token.type == "alert_title_open":
            element.set("class", "alert-title")
        elif token.type == "list_item_open" and "checked" in token.meta:
            element.text = (DONE_TASK if token.meta["checked"] else OPEN_TASK) + " "
        return element

    def leaf(self, token: Token, parent: Element) -> None:
        if token.type == "html_block":
            SubElement(parent, RAW).text = AtomicString(token.content)
        elif token.type in ("fence", "code_block"):
            code = SubElement(SubElement(parent, "pre"), "code")
            if language := unescape(token.info).split():
                code.set("class", f"language-{language[0]}")
            code.text = AtomicString(token.content)
            if token.map:
                first, end = (self.starts[line] for line in token.map)
                self.findings.note_code(first, end)
        else:
            SubElement(parent, token.tag)
