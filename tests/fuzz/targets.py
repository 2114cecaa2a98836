"""Targets of fuzzing: any bytes as a file of content, as settings, any text as a body.

A target raises where a promise is broken: anything but problems in their places is raised, or what
readers would get is not well-formed or not harmless.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from dossier.content.documents import Body, Document
from dossier.content.markdown.parse import parse_body
from dossier.content.reading.content_files import KIND_FOLDERS, ContentFile
from dossier.content.reading.document_parser import parse_document
from dossier.content.settings import FALLBACK, SETTINGS_FILE, HtmlPolicy
from dossier.content.settings_file import read_settings
from dossier.content.source_text import SourceText
from dossier.problems import Problem, ProblemError, render_problem

FOLDERS = sorted(KIND_FOLDERS)
POLICIES: tuple[HtmlPolicy, ...] = ("escaped", "sanitised")
LANGUAGES = ("en", "fr", "ja", "ar", "xx")
VOID = {"br", "hr", "img", "input", "source", "wbr", "area", "col", "embed", "link", "meta"}
_OBEYED = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_FILLED = {"href": ' href="x"', "src": ' src="x"', "title": "x", "table": "<p>x</p>"}
_UNSAFE = re.compile(r"\s*(?:javascript|data|vbscript):", re.IGNORECASE)


def read_file(data: bytes) -> None:
    """Read bytes as a file; the first one chooses the kind."""
    if not data:
        return
    folder = FOLDERS[data[0] % len(FOLDERS)]
    file = ContentFile(f"{folder}/a.md", KIND_FOLDERS[folder])
    parsed, problems = parse_document(file, data[1:], "a.md", FALLBACK.parsing)
    check_problems(problems, data[1:])
    assert (parsed is None) == bool(problems), "neither a document nor a problem, or both"
    if parsed:
        encoded = msgspec.msgpack.encode(parsed.document)
        assert msgspec.msgpack.decode(encoded, type=Document) == parsed.document
        check_body(parsed.body)


def read_body(data: bytes) -> None:
    """Read bytes as a body; the first two choose the policy of HTML and the language."""
    if len(data) < 2:
        return
    text = data[2:].decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    policy, lang = POLICIES[data[0] % 2], LANGUAGES[data[1] % len(LANGUAGES)]
    body, problems = parse_body(SourceText("a.md", text), text, lang=lang, policy=policy)
    check_problems(problems, text.encode())
    if not any(problem.severity == "error" for problem in problems):
        check_body(body)


def read_site(data: bytes) -> None:
    """Read bytes as `site.yaml`."""
    with TemporaryDirectory() as folder:
        Path(folder, SETTINGS_FILE).write_bytes(data)
        try:
            read_settings(Path(folder))
        except ProblemError as error:
            check_problems(error.problems, data)
            assert error.problems, "an error that says nothing"


def check_problems(problems: Iterable[Problem], data: bytes) -> None:
    """Assert that each problem is said in plain letters, in a place that there is."""
    lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
    for problem in problems:
        assert problem.message
        shown = render_problem(problem)
        assert not _OBEYED.search(shown), f"a terminal would obey this: {shown!r}"
        assert 0 <= problem.line <= lines + 1, f"line {problem.line} of {lines}"
        assert problem.column >= (problem.line > 0), f"column {problem.column}"


def check_body(body: Body) -> None:
    """Assert that the HTML of a body is well-formed, and harmless."""
    assert len(body.parts) == len(body.slots) + 1
    filled = [
        piece
        for part, slot in zip(body.parts, body.slots, strict=False)
        for piece in (part, _FILLED[slot.fill])
    ]
    checker = _Checker()
    checker.feed("".join([*filled, body.parts[-1]]))
    checker.close()
    assert not checker.opened, f"never closed: {checker.opened}"
    assert all(0 <= start < end <= len(body.text) for start, end in body.code)


class _Checker(HTMLParser):
    """Follows elements, which must be closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in ("script", "style", "iframe", "object"), tag
        for name, value in attrs:
            assert not name.startswith("on"), name
            assert name not in ("href", "src") or not _UNSAFE.match(value or ""), value
        if tag not in VOID:
            self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.opened, f"</{tag}> closes nothing"
            assert self.opened[-1] == tag, f"</{tag}> closes <{self.opened[-1]}>"
            self.opened.pop()


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "file": read_file,
    "body": read_body,
    "site": read_site,
}
