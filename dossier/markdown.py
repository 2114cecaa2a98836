"""Markdown bodies to HTML. Knows one file only: what it links to is the site's business.

The engine is Python-Markdown with tables, footnotes, definition lists, abbreviations and fenced
code. Raw HTML is shown as text, or sanitised by nh3 where the site allows it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from functools import cache
from typing import Any

import markdown as python_markdown
import nh3
from markdown.extensions.toc import TocExtension

from dossier.documents import Body, Heading
from dossier.i18n import gettext
from dossier.markdown_syntax import (
    PIPE_MARK,
    SLOT_SCHEME,
    TITLE_MARK,
    BriefingExtension,
    Findings,
)
from dossier.problems import Problem, suggest
from dossier.settings import HtmlPolicy
from dossier.yaml_nodes import SourceText

MAX_CHARACTERS = 1_000_000
_SLOT = re.compile(rf' (?:href|src)="{SLOT_SCHEME}(\d+)"|{TITLE_MARK}(\d+){TITLE_MARK}')
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


class _Engine:
    """A Python-Markdown instance with our extension, for one language; not thread-safe."""

    def __init__(self, lang: str, policy: HtmlPolicy) -> None:
        self.extension = BriefingExtension()
        permalink = TocExtension(
            marker="",
            permalink="#",
            permalink_class="anchor",
            permalink_title=gettext(lang, "Link to this section"),
            toc_depth="2-6",
        )
        self.markdown = python_markdown.Markdown(
            extensions=[
                "abbr",
                "def_list",
                "fenced_code",
                "footnotes",
                "tables",
                permalink,
                self.extension,
            ],
            extension_configs={
                "footnotes": {"BACKLINK_TITLE": gettext(lang, "Back to note {} in the text")}
            },
        )
        self.markdown.treeprocessors.deregister("prettify")
        if policy == "escaped":
            self.markdown.preprocessors.deregister("html_block")
            self.markdown.inlinePatterns.deregister("html")

    def convert(self, text: str, findings: Findings) -> str:
        self.markdown.reset()
        self.extension.findings = findings
        return self.markdown.convert(text)

    @property
    def headings(self) -> list[Heading]:
        tokens: list[dict[str, Any]] = getattr(self.markdown, "toc_tokens", [])
        return list(_flatten(tokens))


def parse_body(
    source: SourceText,
    text: str,
    *,
    lang: str,
    policy: HtmlPolicy = "escaped",
    sources: Sequence[str] | None = (),
) -> tuple[Body, list[Problem]]:
    """The body that a text makes, and its problems. `text` is the end of the file's text.

    `sources` are the ids that it may cite; None where they are unknown.
    """
    start = len(source.text) - len(text)
    if len(text) > MAX_CHARACTERS:
        message = f"the body has {len(text):,} characters; the limit is {MAX_CHARACTERS:,}"
        return Body(), [source.problem_at(start, message)]
    if bad := _CONTROL.search(text):
        message = f"the character U+{ord(bad[0]):04X} is not allowed here"
        return Body(), [
            source.problem_at(start + bad.start(), message, "delete it: it is invisible")
        ]
    engine, findings = _engine(lang, policy), Findings(lang, sources)
    try:
        rendered = engine.convert(text, findings)
    except (RecursionError, ValueError, IndexError, AttributeError) as error:
        _engine.cache_clear()
        message = f"the Markdown cannot be read ({type(error).__name__})"
        return Body(), [source.problem_at(start, message, "simplify what is nested most deeply")]
    headings = engine.headings
    problems = [
        _body_problem(source, start, needle, message, hint, sources or ())
        for needle, message, hint in [*findings.problems, *_dead_fragments(findings, headings)]
    ]
    return _build_body(rendered, findings, headings, policy), problems


def _build_body(
    rendered: str, findings: Findings, headings: list[Heading], policy: HtmlPolicy
) -> Body:
    rendered = rendered.replace(PIPE_MARK, "|")
    if policy == "sanitised":
        rendered = _sanitise(rendered)
    pieces = _SLOT.split(rendered)
    numbers = [int(a or b) for a, b in zip(pieces[1::3], pieces[2::3], strict=True)]
    return Body(
        parts=tuple(pieces[::3]),
        slots=tuple(findings.slots[number] for number in numbers),
        headings=tuple(headings),
        citations=tuple(findings.citations),
        words=findings.words,
    )


def find_in_body(source: SourceText, start: int, needle: str) -> int:
    """The offset of a text in the body, or the body's beginning where it is not found as such."""
    found = source.text.find(needle, start)
    return start if found < 0 else found


def _body_problem(
    source: SourceText, start: int, needle: str, message: str, hint: str, sources: Sequence[str]
) -> Problem:
    if hint == "?source":
        known = ", ".join(sources) or "none: add it to `sources` in the front matter"
        hint = suggest(needle[1:], sources) or f"the sources of this briefing are {known}"
    return source.problem_at(find_in_body(source, start, needle), message, hint)


def _dead_fragments(findings: Findings, headings: list[Heading]) -> list[tuple[str, str, str]]:
    known = {heading.id for heading in headings}
    return [
        (
            fragment,
            f"no heading of this text has the anchor '{fragment}'",
            suggest(fragment[1:], known),
        )
        for fragment in findings.fragments
        if fragment[1:] not in known and ":" not in fragment
    ]


@cache
def _engine(lang: str, policy: HtmlPolicy) -> _Engine:
    return _Engine(lang, policy)


def _flatten(tokens: list[dict[str, Any]]) -> list[Heading]:
    headings = []
    for token in tokens:
        headings.append(Heading(token["level"], token["id"], html.unescape(token["name"])))
        headings += _flatten(token["children"])
    return headings


def _sanitise(rendered: str) -> str:
    """What nh3's list of harmless elements allows, our own markup included; nothing else."""
    attributes = {tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()}
    attributes["*"] = {"class", "id", "title", "lang", "role", "aria-label", "tabindex"}
    return nh3.clean(
        rendered,
        attributes=attributes,
        attribute_filter=_only_own_files,
        url_schemes={"http", "https", "mailto", "tel", SLOT_SCHEME.rstrip(":")},
        link_rel=None,
    )


def _only_own_files(tag: str, attribute: str, value: str) -> str | None:
    """No page may load anything from another host, whatever its author wrote."""
    if attribute == "src" and not value.startswith(SLOT_SCHEME):
        return None
    return value if tag else None
