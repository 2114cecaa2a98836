"""A content file's text: the front matter between `---` lines, and the body after it."""

from __future__ import annotations

import msgspec
import yaml

from dossier.problems import ProblemError
from dossier.source_text import SourceText
from dossier.yaml_nodes import compose

FENCE = "---"


class SplitFile(msgspec.Struct, frozen=True):
    """The two parts of a file; `body_line` is the line of the file that the body begins on."""

    yaml_text: str
    body: str
    body_line: int


def split_file(source: SourceText) -> SplitFile:
    """Split a file at its two `---` lines. Raises `ProblemError` where one is missing."""
    lines = source.text.split("\n")
    if lines[0].rstrip() != FENCE:
        hint = "the first line must be ---, then the fields, then --- again"
        raise ProblemError(source.problem(1, 1, "the front matter is missing", hint))
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), None)
    if end is None:
        hint = "put a line with --- after the last field"
        raise ProblemError(source.problem(1, 1, "the front matter is not closed", hint))
    return SplitFile("\n".join(lines[1:end]), "\n".join(lines[end + 1 :]), end + 2)


def compose_front_matter(source: SourceText) -> tuple[yaml.MappingNode, SplitFile]:
    """The nodes of a file's front matter (one line below the file's first), and its parts.

    Raises `ProblemError` where the front matter is missing, empty or no YAML of ours.
    """
    split = split_file(source)
    node = compose(source, split.yaml_text, line_offset=1)
    if node is None:
        raise ProblemError(source.problem(1, 1, "the front matter is empty"))
    return node, split
