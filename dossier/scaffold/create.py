"""Creation of content files without problems.

Everything is checked before anything is written, and nothing is ever overwritten.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from dossier.content.documents import Document
from dossier.content.ids import id_problem
from dossier.content.models import AnyFrontMatter
from dossier.content.reading.content_files import KIND_FOLDERS, ContentFile
from dossier.content.reading.document_parser import parse_document
from dossier.problems import Problem, ProblemError
from dossier.scaffold.inventory import Existing
from dossier.scaffold.placeholders import find_examples
from dossier.scaffold.request import Proposal, Request
from dossier.scaffold.slugs import slugify
from dossier.scaffold.template import render_skeleton
from dossier.scaffold.territories import territory_name

_TEXT = "The text.\n"
"""What a new file is checked with: its author writes the text before the next build."""
_FOLDERS = {kind: folder for folder, kind in KIND_FOLDERS.items()}


class NewFile(msgspec.Struct, frozen=True):
    """A file that was written, and notes for its author."""

    path: Path
    notes: tuple[str, ...]
    parent: Path | None = None
    """The file of its parent, where that was written as well."""


class RefusedError(ProblemError):
    """Raised where a request cannot be fulfilled; nothing was written."""


def create_file(request: Request, agrees: Callable[[str], bool] | None = None) -> NewFile:
    """Write a new content file that is valid once it has a text.

    `agrees` is asked whether to write a missing region as well, by its name. Without it the note
    says how.

    Raises `RefusedError` with what is wrong with the request, and `ProblemError` where the site's
    settings cannot be read. Errors in other content files do not matter.
    """
    existing = Existing(request.content, request.cache)
    proposal = Proposal(request, existing)
    _refuse(proposal.problems)
    missing = proposal.missing_parent
    if missing and (
        request.with_parent
        or (agrees and agrees(territory_name(missing, existing.settings.language)))
    ):
        asked = Request(kind="region", title=missing, content=request.content, cache=request.cache)
        parent = create_file(asked)
        made = create_file(msgspec.structs.replace(request, parent=parent.path.stem))
        return NewFile(made.path, (*parent.notes, *made.notes), parent.path)
    id_ = _choose_id(request, proposal.record)
    path = f"{_FOLDERS[request.kind]}/{id_}.md"
    target = request.content / path
    text = render_skeleton(request.kind, proposal.record, find_examples(proposal.record, existing))
    document = _parse(ContentFile(path, request.kind), text, target, existing)
    message, hint = existing.clash(document)
    if message:
        raise RefusedError(Problem(target.as_posix(), 0, 0, message, hint))
    _refuse(existing.problems_with(document))
    _write(target, text)
    return NewFile(target, tuple(proposal.notes))


def _choose_id(request: Request, record: AnyFrontMatter) -> str:
    """Choose the requested id, or one from the title."""
    title = getattr(record, "title", "") or getattr(record, "name", "")
    id_ = slugify(title) if request.id is None else request.id
    if not id_:
        hint = "choose one with --id, in letters a-z and digits: --id amazon-live"
        raise RefusedError(Problem("title", 0, 0, f"'{title}' does not suggest an id", hint))
    if reason := id_problem(id_):
        place, hint = (
            ("title", "choose another with --id") if request.id is None else ("--id", reason[1])
        )
        raise RefusedError(Problem(place, 0, 0, reason[0], hint))
    return id_


def _parse(file: ContentFile, text: str, target: Path, existing: Existing) -> Document:
    """Parse the new file as a build will."""
    parsed, problems = parse_document(
        file, (text + _TEXT).encode(), target.as_posix(), existing.settings.parsing
    )
    _refuse(problems)
    assert parsed is not None
    return parsed.document


def _write(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        problem = Problem(target.as_posix(), 0, 0, "the file exists", "choose another with --id")
        raise RefusedError(problem) from None


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise RefusedError(*problems)
