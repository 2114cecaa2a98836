"""Markdown bodies to HTML. Knows one file only: what it links to is the site's business.

Blocks are CommonMark's, by markdown-it-py. Raw HTML is shown as text, or sanitised by nh3 where the
site allows it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from dossier.content.documents import Body, Heading
from dossier.content.markdown.document import write_body
from dossier.content.markdown.findings import Finding, Findings
from dossier.content.markdown.marks import (
    DONE_TASK,
    OPEN_TASK,
    SLOT_ADDRESS,
    SLOT_SCHEME,
    TITLE_MARK,
    without_marks,
)
from dossier.content.settings import HtmlPolicy
from dossier.content.source_text import SourceText
from dossier.language.messages import gettext
from dossier.problems import Problem, suggest
from dossier.time_limit import interruptible

MAX_CHARACTERS = 256 * 1024
_SLOT = re.compile(rf'{TITLE_MARK}(\d+)({TITLE_MARK}|")')
_REFERENCE = re.compile(r"&#(?:x([0-9a-f]+)|([0-9]+))", re.IGNORECASE)
_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]"


def parse_body(
    source: SourceText,
    text: str,
    *,
    lang: str,
    policy: HtmlPolicy = "escaped",
    sources: Sequence[str] | None = (),
) -> tuple[Body, list[Problem]]:
    """Read the body of a text, and its problems. `text` is the end of the file's text.

    `sources` are the ids that it may cite; None where they are unknown.
    """
    start = len(source.text) - len(text)
    if len(text) > MAX_CHARACTERS:
        message = f"the body has {len(text):,} characters; the limit is {MAX_CHARACTERS:,}"
        return Body(), [source.problem_at(start, message)]
    if bad := _forbidden_character(source, text):
        message = f"the character U+{bad[1]:04X} is not allowed here"
        return Body(), [source.problem_at(start + bad[0], message, "delete it: it is invisible")]
    findings = Findings(lang, sources)
    try:
        rendered, headings = write_body(text, findings, raw_html=policy == "sanitised")
    except (RuntimeError, ValueError, IndexError, AttributeError) as error:
        message = f"the Markdown cannot be read ({type(error).__name__})"
        return Body(), [source.problem_at(start, message, "simplify what is nested most deeply")]
    first: dict[tuple[str, str], Finding] = {}  # a mistake that is made twice is said once
    for found in sorted([*findings.problems, *_dead_fragments(findings, headings)]):
        first.setdefault((found.message, found.hint), found)
    problems = [
        source.problem_at(start + found.place, found.message, found.hint, found.severity)
        for found in first.values()
    ]
    return _build_body(rendered, text, findings, headings, policy), problems


def _build_body(
    rendered: str, text: str, findings: Findings, headings: list[Heading], policy: HtmlPolicy
) -> Body:
    rendered = without_marks(rendered)
    if policy == "sanitised":
        rendered = interruptible(_sanitise, rendered)
    if "<table>" in rendered:
        from dossier.content.tables.paper import fit_paper  # few texts need it

        rendered = fit_paper(rendered)
    if OPEN_TASK in rendered or DONE_TASK in rendered:
        rendered = _with_boxes(rendered, findings.lang)
    pieces = _SLOT.split(rendered) if findings.slots else [rendered]
    parts = pieces[::3]
    for place, end in enumerate(pieces[2::3]):
        if end == '"':
            parts[place] = parts[place].rpartition(" ")[0]  # the attribute is the site's to write
    return Body(
        parts=tuple(parts),
        slots=tuple(findings.slots[int(number)] for number in pieces[1::3]),
        headings=tuple(headings),
        citations=tuple(findings.citations),
        words=findings.words,
        text=text,
        code=tuple(sorted(findings.code)),
    )


def _with_boxes(rendered: str, lang: str) -> str:
    """Draw a box for each task."""
    box = '<input type="checkbox" disabled{} aria-label="{}">'
    rendered = rendered.replace(OPEN_TASK, box.format("", html.escape(gettext(lang, "To do"))))
    done = box.format(" checked", html.escape(gettext(lang, "Done")))
    return rendered.replace(DONE_TASK, done)


def _forbidden_character(source: SourceText, text: str) -> tuple[int, int] | None:
    """Find a character that HTML forbids, as such or as `&#1;`: its place and its code point."""
    if not source.is_clean and (bad := re.search(_CONTROL, text)):
        return bad.start(), ord(bad[0])
    for match in _REFERENCE.finditer(text) if "&#" in text else ():
        code = int(match[1][-7:], 16) if match[1] else int(match[2][-7:])
        if code > 0x10FFFF or 0xD800 <= code < 0xE000 or re.match(_CONTROL, chr(code)):
            return match.start(), code
    return None


def _dead_fragments(findings: Findings, headings: list[Heading]) -> Iterator[Finding]:
    known = {heading.id for heading in headings}
    for fragment, place in findings.fragments:
        name = unquote(fragment[1:])
        if name not in known and ":" not in name:
            message = f"no heading of this text has the anchor '{fragment}'"
            yield Finding(place, message, suggest(name, known) or _anchors(known), "error")


def _anchors(known: set[str]) -> str:
    """List the anchors that there are, the first few of many."""
    shown = ", ".join(f"#{name}" for name in sorted(known)[:8])
    return f"the anchors of this text: {shown}" if shown else "it has no headings"


def _sanitise(rendered: str) -> str:
    """Keep what nh3's list of harmless elements allows, our own markup included; nothing else."""
    import nh3  # few sites need it

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
