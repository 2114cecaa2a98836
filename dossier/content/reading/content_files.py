"""Files of `content/`: which folder has which kind, and what is not read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from dossier.content.models import Kind
from dossier.content.settings import SETTINGS_FILE
from dossier.problems import Problem

KIND_FOLDERS: dict[str, Kind] = {
    "briefings": "briefing",
    "companies": "company",
    "regions": "region",
    "topics": "topic",
    "pages": "page",
}
FILES_FOLDER = "files"


class ContentFile(msgspec.Struct, frozen=True):
    """A Markdown file to parse; `path` is relative to the content folder, with slashes."""

    path: str
    kind: Kind


def is_document(path: str) -> bool:
    """Tell whether a file of the content folder is a Markdown file to parse."""
    return path.endswith(".md") and "/" in path and path.partition("/")[0] in KIND_FOLDERS


def sort_files(
    folder: Path, paths: Iterable[str]
) -> tuple[list[ContentFile], list[str], list[Problem]]:
    """Sort paths into Markdown files, files to copy, and warnings about the rest.

    `paths` are relative to the content folder; the results are sorted.
    """
    files, static, problems = [], [], []
    for path in sorted(paths):
        top = path.partition("/")[0]
        if is_document(path):
            files.append(ContentFile(path, KIND_FOLDERS[top]))
        elif top == FILES_FOLDER and "/" in path:
            static.append(path)
        elif path != SETTINGS_FILE:
            name = (folder / path).as_posix()
            known = ", ".join(f"{name}/*.md" for name in KIND_FOLDERS)
            hint = f"Dossier reads {SETTINGS_FILE}, {known}, {FILES_FOLDER}/*"
            problems.append(Problem(name, 0, 0, "this file is ignored", hint, "", "warning"))
    return files, static, problems
