"""Author bar: what a preview shows on a page: problems, the source file, changed pages."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import msgspec

from dossier.build.blueprint import Blueprint
from dossier.language.formatting import format_date
from dossier.preview.responses import find_file, page_marks
from dossier.preview.session import Session
from dossier.problems import Problem
from dossier.site.urls import NOT_FOUND
from dossier.theme.files import Theme
from dossier.views.outputs import PageOutput

_AROUND = 2
"""Lines shown before and after the one with a problem."""

_WAITING: Mapping[str, str] = {
    "update": "New date of update:",
    "correction": "Correction:",
    "withdrawal": "Withdrawal:",
    "outcome": "Outcome of a judgement:",
}
"""What waits in a briefing, by the kinds of the schedule."""


class Line(msgspec.Struct, frozen=True):
    """A line of a file. `caret` is the column of a problem in it, from 1, or 0."""

    number: int
    text: str
    caret: int = 0


class ShownProblem(msgspec.Struct, frozen=True):
    """A problem as it is shown: `place` is `path:line:column`, `href` opens an editor."""

    severity: str
    message: str
    hint: str
    place: str
    href: str
    here: bool
    lines: tuple[Line, ...]


class SourceFile(msgspec.Struct, frozen=True):
    """The source file of a page, with its number of lines."""

    path: str
    lines: int
    href: str


class Changed(msgspec.Struct, frozen=True):
    """A page that a save changes."""

    title: str
    href: str


class Saved(msgspec.Struct, frozen=True):
    """The pages that the last save changes; unless `whole`, there may be more."""

    files: tuple[str, ...]
    count: int
    whole: bool
    pages: tuple[Changed, ...]


class PageStatus(msgspec.Struct, frozen=True):
    """Everything that a page in a browser needs to know.

    `made` and `frame` are the current marks of the page. `notice` says why it is not published yet;
    `held` has, by address, the notes beside links to such pages.
    """

    made: str
    frame: str
    problems: tuple[ShownProblem, ...]
    source: SourceFile | None
    notice: str
    held: Mapping[str, str]
    saved: Saved | None


def author_state(session: Session, path: str, editor: str) -> PageStatus:
    """Build the state of the page at a percent-encoded path; `editor` is a URL pattern."""
    blueprint = session.blueprint
    if blueprint is None:
        made, frame = page_marks(session, "")
        shown = _show_all(session.problems, "", editor)
        return PageStatus(made, frame, shown, None, "", {}, None)
    file = find_file(blueprint, path) or NOT_FOUND
    output, problems = blueprint.outputs[file], session.problems
    made, frame = "", ""
    if isinstance(output, PageOutput):
        rendered = session.page(file)
        made, frame = page_marks(session, rendered.text)
        problems = tuple(sorted({*problems, *rendered.problems}))
    name = _source_name(session, output.source, output.template)
    held = _held_back(blueprint)
    return PageStatus(
        made=made,
        frame=frame,
        problems=_show_all(problems, name, editor),
        source=_source(name, editor),
        notice=held.get(output.source, ("", "", ""))[1],
        held={address: mark for address, _, mark in held.values() if mark},
        saved=_saved(session),
    )


def editor_link(pattern: str, path: Path, line: int = 1, column: int = 1) -> str:
    """Build the URL that opens a file in an editor, from `{path}`, `{line}` and `{column}`."""
    name = quote(path.resolve().as_posix())
    name = name if name.startswith("/") else f"/{name}"
    for field, value in (
        ("/{path}", name),
        ("{path}", name),
        ("{line}", line),
        ("{column}", column),
    ):
        pattern = pattern.replace(field, str(value))
    return pattern


def _source_name(session: Session, source: str, template: str) -> str:
    options = session.options
    path = options.content / source if source else Theme(options.templates).path(template)
    return path.as_posix()


def _source(name: str, editor: str) -> SourceFile | None:
    path = Path(name)
    if not path.is_file():
        return None
    data = path.read_bytes()
    lines = data.count(b"\n") + (not data.endswith(b"\n") and data != b"")
    return SourceFile(name, lines, editor_link(editor, path))


def _show_all(problems: tuple[Problem, ...], source: str, editor: str) -> tuple[ShownProblem, ...]:
    """List problems with the lines around them: errors first, and the page's own before others."""

    def order(problem: Problem) -> tuple[bool, bool, Problem]:
        return problem.severity != "error", problem.path != source, problem

    return tuple(_shown(problem, source, editor) for problem in sorted(problems, key=order))


def _shown(problem: Problem, source: str, editor: str) -> ShownProblem:
    place = posixpath.normpath(problem.path)
    if problem.line:
        place += f":{problem.line}:{problem.column}"
    path = Path(problem.path)
    href = editor_link(editor, path, problem.line or 1, problem.column or 1)
    return ShownProblem(
        severity=problem.severity,
        message=problem.message,
        hint=problem.hint,
        place=place,
        href=href if path.is_file() else "",
        here=problem.path == source,
        lines=_lines_around(problem),
    )


def _lines_around(problem: Problem) -> tuple[Line, ...]:
    """Read the lines of a file around a problem."""
    try:
        lines = Path(problem.path).read_text("utf-8", "replace").splitlines()
    except OSError:
        return ()
    if not 0 < problem.line <= len(lines):
        return ()
    first = max(1, problem.line - _AROUND)
    shown = lines[first - 1 : problem.line + _AROUND]
    return tuple(
        Line(number, text, problem.column if number == problem.line else 0)
        for number, text in enumerate(shown, first)
    )


def _held_back(blueprint: Blueprint) -> dict[str, tuple[str, str, str]]:
    """Explain, by source, what a build leaves out of a briefing: its address, the reason, a label.

    The label is for links to it, and empty where only a part of it waits.
    """
    site, found = blueprint.builders.site, {}
    waiting: dict[str, list[str]] = defaultdict(list)
    for due in site.waiting:
        if due.what != "briefing":
            waiting[due.source].append(f"{_WAITING[due.what]} published on {_when(due.moment)}")
    for entry in site.briefings.values():
        reasons, label = waiting[entry.source], ""
        draft, later = entry.facts.status == "draft", entry.instant > site.settings.now
        if draft or later:
            when = _when(entry.moment) if later else ""
            label = "draft" if draft else f"from {when}"
            but = f", but not before {when}" if later else ""
            draft_text = f"Draft: published once its status changes{but}"
            reasons.insert(0, draft_text if draft else f"Scheduled: published on {when}")
        if reasons:
            address = site.settings.base_path + quote(entry.path)
            found[entry.source] = address, ". ".join(reasons), label
    return found


def _when(moment: str) -> str:
    day = format_date(moment, "en-GB")
    return f"{day} at {moment[11:16]}" if len(moment) > 10 else day


def _saved(session: Session) -> Saved | None:
    save, blueprint = session.save, session.blueprint
    if save is None or blueprint is None:
        return None
    base = blueprint.settings.base_path
    pages = tuple(Changed(page.title, base + quote(page.path)) for page in save.pages)
    return Saved(save.files, save.count, save.whole, pages)
