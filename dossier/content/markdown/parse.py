"""Markdown bodies to HTML. Knows one file only: what it links to is the site's business.

The engine is Python-Markdown with tables, footnotes, definition lists, abbreviations and fenced
code. Raw HTML is shown as text, or sanitised by nh3 where the site allows it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

import nh3
from markdown.extensions.toc import slugify

from dossier.content.documents import Body, Heading
from dossier.content.markdown.engine import EngineMaker, lean_markdown
from dossier.content.markdown.extension import (
    CITATION_MARK,
    PIPE_MARK,
    SLOT_ADDRESS,
    SLOT_SCHEME,
    TITLE_MARK,
    BriefingExtension,
    Findings,
)
from dossier.content.markdown.portable import CODE
from dossier.content.settings import HtmlPolicy
from dossier.content.source_text import SourceText
from dossier.problems import Problem, suggest
from dossier.workers import interruptible

MAX_CHARACTERS = 256 * 1024
_SLOT = re.compile(rf' (?:href|src)="{SLOT_ADDRESS}(\d+)"|{TITLE_MARK}(\d+){TITLE_MARK}')
_REFERENCE = re.compile(r"&#(?:x([0-9a-f]+)|([0-9]+))", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


class Engine:
    """A Python-Markdown instance with our extension, for one language; not thread-safe."""

    def __init__(self, lang: str, policy: HtmlPolicy, make: EngineMaker = lean_markdown) -> None:
        self.extension = BriefingExtension()
        self.markdown = make(lang, policy, self.extension, self._slug)

    def convert(self, text: str, findings: Findings) -> str:
        self.markdown.reset()
        self.extension.findings = findings
        return self.markdown.convert(text)

    @property
    def headings(self) -> list[Heading]:
        tokens: list[dict[str, Any]] = getattr(self.markdown, "toc_tokens", [])
        return list(_flatten(tokens, self.extension.findings))

    def _slug(self, name: str, separator: str) -> str:
        return slugify(self.extension.findings.heading_text(name), separator)


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
    if bad := _forbidden_character(text):
        message = f"the character U+{bad[1]:04X} is not allowed here"
        return Body(), [source.problem_at(start + bad[0], message, "delete it: it is invisible")]
    engine, findings = _engine(lang, policy), Findings(lang, sources)
    try:
        rendered = engine.convert(text, findings)
    except (RuntimeError, ValueError, IndexError, AttributeError) as error:
        _engine.cache_clear()
        message = f"the Markdown cannot be read ({type(error).__name__})"
        return Body(), [source.problem_at(start, message, "simplify what is nested most deeply")]
    except BaseException:  # cut off from outside, in the midst of a text
        _engine.cache_clear()
        raise
    headings = engine.headings
    problems = [
        _body_problem(source, start, needle, message, hint, sources or ())
        for needle, message, hint in dict.fromkeys(
            [*findings.problems, *_dead_fragments(findings, headings)]
        )
    ]
    return _build_body(rendered, text, findings, headings, policy), problems


def _build_body(
    rendered: str, text: str, findings: Findings, headings: list[Heading], policy: HtmlPolicy
) -> Body:
    rendered = rendered.replace(PIPE_MARK, "|").replace(CITATION_MARK, "")
    if policy == "sanitised":
        rendered = interruptible(_sanitise, rendered)
    pieces = _SLOT.split(rendered) if findings.slots else [rendered]
    numbers = [int(a or b) for a, b in zip(pieces[1::3], pieces[2::3], strict=True)]
    return Body(
        parts=tuple(pieces[::3]),
        slots=tuple(findings.slots[number] for number in numbers),
        headings=tuple(headings),
        citations=tuple(findings.citations),
        words=findings.words,
        text=text,
    )


def find_in_body(source: SourceText, start: int, needle: str) -> int:
    """The offset of a text in the body, or the body's beginning where it is not found as such.

    It is looked for outside of code and as a whole word first: `@pr` is not found in `@prweek`.
    """
    body = _without_code(source.text[start:])
    words = r"\s*".join(map(re.escape, needle.replace("[[", "[[ ").replace("]()", "] ()").split()))
    before = r"(?<![\w\\/#@.-])" if needle[:1] not in ("[", "]") else r"(?<!\\)"
    for pattern in (rf"{before}{words}(?![\w/-]|\.\w)", words, words.removeprefix(r"\#\s*")):
        if found := re.search(pattern, body):
            return start + found.start()
    return start


@lru_cache(maxsize=1)
def _without_code(text: str) -> str:
    """The text with spaces in place of code, so that offsets stay."""
    return CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def _forbidden_character(text: str) -> tuple[int, int] | None:
    """Where a character stands that HTML forbids, as such or as `&#1;`, and its code point."""
    if bad := _CONTROL.search(text):
        return bad.start(), ord(bad[0])
    for match in _REFERENCE.finditer(text):
        code = int(match[1][-7:], 16) if match[1] else int(match[2][-7:])
        if code > 0x10FFFF or 0xD800 <= code < 0xE000 or _CONTROL.match(chr(code)):
            return match.start(), code
    return None


def _body_problem(
    source: SourceText, start: int, needle: str, message: str, hint: str, sources: Sequence[str]
) -> Problem:
    if hint == "?source":
        known = ", ".join(sources) or "none: a briefing lists them in `sources`"
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
def _engine(lang: str, policy: HtmlPolicy) -> Engine:
    return Engine(lang, policy)


def _flatten(tokens: list[dict[str, Any]], findings: Findings) -> list[Heading]:
    headings = []
    for token in tokens:
        text = findings.heading_text(html.unescape(token["name"]))
        headings.append(Heading(token["level"], token["id"], text))
        headings += _flatten(token["children"], findings)
    return headings


def _sanitise(rendered: str) -> str:
    """What nh3's list of harmless elements allows, our own markup included; nothing else."""
    attributes = {tag: set(names) for tag, names in nh3.ALLOWED_ATTRIBUTES.items()}
    attributes["*"] = {"class", "id", "title", "lang", "role", "aria-label", "tabindex"}
    return nh3.clean(
        rendered,
        attributes=attributes,
        attribute_filter=_only_safe_addresses,
        url_schemes={"http", "https", "mailto", "tel", SLOT_SCHEME.rstrip(":")},
        link_rel=None,
    )


def _only_safe_addresses(_tag: str, attribute: str, value: str) -> str | None:
    """No page loads from another host, and no link depends on where the site is published."""
    if value.startswith(SLOT_ADDRESS):
        return value
    whole = value.startswith(("https://", "http://", "mailto:", "tel:", "#"))
    return value if attribute not in ("href", "src") or (attribute == "href" and whole) else None
