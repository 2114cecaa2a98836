"""Places of problems that are found when all documents are known: their files are read again."""

from __future__ import annotations

from pathlib import Path

import msgspec

from dossier.content.documents import DocumentProblem
from dossier.content.front_matter import compose_front_matter
from dossier.content.settings import SETTINGS_FILE
from dossier.content.source_text import decode_text
from dossier.content.yaml.nodes import compose, find_node, problem_at, problem_in
from dossier.problems import Problem


def locate_problem(problem: DocumentProblem, folder: Path) -> Problem:
    """Read a problem's file again to find the line."""
    return msgspec.structs.replace(_locate(problem, folder), severity=problem.severity)


def _locate(problem: DocumentProblem, folder: Path) -> Problem:
    name = (folder / problem.path).as_posix()
    if problem.path == SETTINGS_FILE:
        source = decode_text((folder / problem.path).read_bytes(), name)
        settings = compose(source, source.text)
        assert settings is not None
        return problem_in(source, settings, tuple(problem.place), problem.message, problem.hint)
    if not problem.path.endswith(".md"):
        return Problem(name, 0, 0, problem.message, problem.hint)
    source = decode_text((folder / problem.path).read_bytes(), name)
    node, split = compose_front_matter(source)
    if isinstance(problem.place, str):
        from dossier.content.markdown.parse import parse_body  # few problems need it

        body, _ = parse_body(source, split.body, lang="en", sources=None)
        slots = [slot for slot in body.slots if slot.target == problem.place]
        slots.sort(key=lambda slot: not (slot.table or slot.image))
        places = (slot.place for slot in slots)
        offset = len(source.text) - len(split.body) + next(places, 0)
        return source.problem_at(offset, problem.message, problem.hint)
    return problem_at(source, find_node(node, problem.place), 1, problem.message, problem.hint)
