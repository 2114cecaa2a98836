"""A body from its blocks to HTML: each is written as soon as its text has been read.

Notes are numbered where the text refers to them, and written at its end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from xml.etree.ElementTree import Element

from dossier.content.documents import Heading
from dossier.content.markdown.blocks.ordinary import AnyToken
from dossier.content.markdown.blocks.read import read_blocks
from dossier.content.markdown.doubts import doubts
from dossier.content.markdown.findings import Findings
from dossier.content.markdown.footnotes import Notes
from dossier.content.markdown.inline.links import unescape
from dossier.content.markdown.inline.parser import InlineParser
from dossier.content.markdown.inline.signs import RAW
from dossier.content.markdown.marks import DONE_TASK, OPEN_TASK, PIPE_MARK, escape
from dossier.content.markdown.write import Writer, attributes
from dossier.language.messages import gettext

_LINK_PIPE = re.compile(r"(\[\[[^\[\]|\n]+)\|(?=[^\[\]|\n]+\]\])")
_HOLDS_TEXT = {"paragraph_open", "heading_open", "alert_title_open"}
_END_OF_TEXT = {"paragraph_close", "heading_close", "alert_title_close"}


def write_body(text: str, findings: Findings, *, raw_html: bool) -> tuple[str, list[Heading]]:
    """Convert a text to HTML with its gaps and marks, and its headings; all else is a finding."""
    if not text.strip():
        return "", []
    if "[[" in text:
        text = _LINK_PIPE.sub(rf"\1{PIPE_MARK}", text)
    tokens, env, starts = read_blocks(text, raw_html)
    references = env.get("references", {})
    _report(findings, env, starts)
    for doubt in doubts(tokens, text, starts):
        findings.warning(*doubt)
    findings.notes = notes = Notes(tokens)
    inline = InlineParser(findings, references, raw_html, text)
    writer = Writer(findings, env["abbreviations"])
    document = _DocumentWriter(inline, findings, writer, starts)
    document.write(notes.body)
    document.write_notes(notes)
    for label, line in notes.unused():
        findings.error(starts[line], f"nothing refers to the footnote {label}", "delete it")
    if any(one.tag == "img" for one in findings.places):
        from dossier.content.tables.in_text import report_tables  # few texts need it

        report_tables(findings)
    return writer.finish(), writer.headings.found


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


class _DocumentWriter:
    """Writes blocks. What is text of a list's item itself waits until it is all there."""

    def __init__(
        self, inline: InlineParser, findings: Findings, writer: Writer, starts: Sequence[int]
    ) -> None:
        self.inline, self.findings, self.writer = inline, findings, writer
        self.starts = starts
        self.waiting: list[Any] = []

    def write(self, tokens: Sequence[AnyToken]) -> None:
        """Write what tokens stand for."""
        holder = ""
        for token in tokens:
            kind = token.type
            if kind == "inline":
                self.text(token, token.tag or holder)
            elif kind == "table":
                self.table(token.meta["sides"], token.meta["rows"])
            elif token.hidden:
                holder = ""
            elif kind in _HOLDS_TEXT:
                holder = token.tag if kind != "alert_title_open" else kind
            elif token.nesting > 0:
                self.open(token)
                holder = ""
            elif token.nesting == 0:
                self.leaf(token)
            elif kind not in _END_OF_TEXT:
                self.flush()
                self.writer.write(f"</{token.tag}>")
        self.flush()

    def flush(self) -> None:
        """Write the text that waits."""
        if self.waiting:
            self.writer.inline(self.waiting)
            self.waiting = []

    def text(self, token: AnyToken, holder: str) -> None:
        """Write a text within what holds it; nothing does within an item of a tight list."""
        if not holder:
            self.waiting += self.inline.nodes(token.content, token.meta.get("starts"))
            return
        self.flush()
        if holder == "alert_title_open":
            title = _alert_title(self.findings.lang, token.content)
            self.writer.block("p", ' class="alert-title"', [title])
            return
        mark = token.meta.get("mark")  # where a heading begins
        if mark is not None:
            self.findings.heading(int(holder[1]), mark)
        nodes = self.inline.nodes(token.content, token.meta.get("starts"))
        if mark is not None:
            self.writer.heading(holder, nodes)
        elif "![" in token.content and holder == "p" and (gap := self.table_gap(nodes)):
            self.writer.write(gap)
        else:
            self.writer.block(holder, "", nodes)

    def table_gap(self, nodes: Sequence[Any]) -> str:
        """Build the gap of the table that a paragraph with an image may be; empty if it is none."""
        from dossier.content.tables.in_text import table_gap  # few texts need it

        return table_gap(nodes, self.findings)

    def open(self, token: AnyToken) -> None:
        self.flush()
        given = {name: str(value) for name, value in token.attrs.items()} if token.attrs else {}
        if token.type == "alert_open":
            given["class"] = f"alert alert-{token.info.lower()}"
        elif token.type == "list_item_open" and "checked" in token.meta:
            self.waiting.append((DONE_TASK if token.meta["checked"] else OPEN_TASK) + " ")
        self.writer.open(token.tag, attributes(given))

    def leaf(self, token: AnyToken) -> None:
        if token.type == "html_block":
            self.waiting.append(raw := Element(RAW))
            raw.text = token.content
            return
        self.flush()
        if token.type not in ("fence", "code_block"):
            self.writer.open(token.tag)
            return
        language = unescape(token.info).split()
        kind = attributes({"class": f"language-{language[0]}"}) if language else ""
        self.writer.open("pre")
        self.writer.write(f"<code{kind}>{escape(token.content)}</code></pre>")
        if token.map:
            first, end = (self.starts[line] for line in token.map)
            self.findings.note_code(first, end)

    def table(
        self, sides: Sequence[str], rows: Sequence[tuple[Sequence[int], Sequence[str]]]
    ) -> None:
        """Write a table, whose first row names the columns."""
        self.flush()
        writer = self.writer
        writer.begin_table()
        kinds = [f' class="{side}"' if side else "" for side in sides]
        for number, (starts, cells) in enumerate(rows):
            tag = "td" if number else "th"
            writer.write("<tr>")
            for column, kind in enumerate(kinds):
                nodes = (
                    self.inline.nodes(cells[column], starts, column) if column < len(cells) else []
                )
                writer.block(tag, kind, nodes)
            writer.write("</tr>")
            if number == 0:
                writer.write("</thead><tbody>" if len(rows) > 1 else "</thead>")
        writer.write("</tbody></table></div>" if len(rows) > 1 else "</table></div>")

    def write_notes(self, notes: Notes) -> None:
        """Write the list of notes, each with links back to where it is referred to."""
        if not notes.order:
            return
        writer = self.writer
        writer.write('<div class="footnote"><hr><ol>')
        ends: list[int] = []
        for label in notes.order:  # grows, since a note may be the first to use another
            writer.open("li", attributes({"id": f"fn:{label}"}))
            others, text = _without_last_paragraph(notes.tokens(label))
            self.write(others)
            if text:
                nodes = self.inline.nodes(text.content, text.meta.get("starts"))
                writer.open("p")
                writer.inline([*nodes, "\u00a0"])
            else:
                writer.write("<p>")
            ends.append(writer.gap())
            writer.write("</p></li>")
        for number, (end, label) in enumerate(zip(ends, notes.order, strict=True), 1):
            writer.fill(end, notes.links_back(label, number, self.findings.lang))
        writer.write("</ol></div>")


def _without_last_paragraph(
    tokens: Sequence[AnyToken],
) -> tuple[Sequence[AnyToken], AnyToken | None]:
    """Take the text of the paragraph off that ends tokens; None where none does."""
    last = tokens[-1] if tokens else None
    if last and last.type == "paragraph_close" and not last.hidden:
        return tokens[:-3], tokens[-2]
    if last and last.type == "inline" and last.tag == "p":
        return tokens[:-1], last
    return tokens, None
