"""The footer of `site.yaml` as HTML, and the other settings that link into the site."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dossier.content.brand.models import MenuLine, MenuLink
from dossier.content.documents import Body, DocumentProblem, FieldPath
from dossier.content.settings import SETTINGS_FILE, Settings
from dossier.content.source_text import SourceText
from dossier.problems import Severity

LINKS = ("contact", "sourcing", "corrections", "newsletter")
FILES = ("favicon",)
_ANCHORED = re.compile(r"^ {0,3}#|\[\^| id=", re.MULTILINE)


def parse_footer(settings: Settings) -> tuple[Body, list[DocumentProblem]]:
    """Parse the footer, and find the problems in it."""
    text = settings.footer
    if not text.strip():
        return Body(), []
    from dossier.content.markdown.parse import parse_body  # which an edit of words does not need

    source = SourceText(SETTINGS_FILE, text)
    body, found = parse_body(source, text, lang=settings.language, policy=settings.html)
    problems = [
        _problem(source.offset(one.line, one.column), one.message, one.hint, one.severity)
        for one in found
    ]
    if any(' id="' in part for part in body.parts):
        message = "a footer is on every page, so it has no headings, footnotes or anchors"
        first = _ANCHORED.search(text)
        hint = "write paragraphs and lists"
        problems.append(_problem(first.start() if first else 0, message, hint))
    for slot in body.slots:
        if slot.table:
            message = "a footer is on every page, so it has no tables of files"
            hint = "link to the file: [text](/files/name.csv)"
            problems.append(_problem(slot.place, message, hint))
    return body, problems


def footer_links(footer: Body) -> Iterator[tuple[FieldPath, str]]:
    """List the targets of the links in a footer, each with its place in the text."""
    for slot in footer.slots:
        yield ("footer", slot.place), slot.target


def inner_links(settings: Settings) -> Iterator[tuple[FieldPath, str]]:
    """List the pages and files of the site that settings lead to, but for those in the footer."""
    for name in (*LINKS, *FILES):
        if is_inner(link := getattr(settings, name)):
            yield (name,), link
    if settings.logo:
        yield ("logo", "file"), settings.logo.file
    yield from _menu_links(settings.menu or (), ("menu",))


def is_inner(link: str | None) -> bool:
    """Tell whether a link leads into the site."""
    return bool(link) and "://" not in str(link) and not str(link).startswith("mailto:")


def _menu_links(lines: Sequence[MenuLink], path: FieldPath) -> Iterator[tuple[FieldPath, str]]:
    for i, line in enumerate(lines):
        if line.link and is_inner(line.link):
            yield (*path, i, "link"), line.link
        if isinstance(line, MenuLine):
            yield from _menu_links(line.menu, (*path, i, "menu"))


def _problem(place: int, message: str, hint: str, severity: Severity = "error") -> DocumentProblem:
    return DocumentProblem(SETTINGS_FILE, ("footer", place), message, hint, severity)
