"""Front matter between `---` lines, and the body after it."""

from __future__ import annotations

import re

import msgspec
import yaml

from dossier.content.source_text import SourceText
from dossier.content.yaml_nodes import compose
from dossier.problems import ProblemError

_OPENING = re.compile(r"---[^\S\n]*(?:\n|\Z)")
_CLOSING = re.compile(r"\n---[^\S\n]*(?:\n|\Z)")


class SplitFile(msgspec.Struct, frozen=True):
    """The two parts of a file: the YAML between the `---` lines, and everything after it."""

    yaml_text: str
    body: str


def split_file(source: SourceText) -> SplitFile:
    """Split a file at its two `---` lines. Raises `ProblemError` where one is missing."""
    text = source.text
    opening = _OPENING.match(text)
    if opening is None:
        hint = "the first line must be ---, then the fields, then --- again"
        raise ProblemError(source.problem(1, 1, "the front matter is missing", hint))
    closing = _CLOSING.search(text, opening.end() - 1)
    if closing is None:
        hint = "put a line with --- after the last field"
        raise ProblemError(source.problem(1, 1, "the front matter is not closed", hint))
    yaml_text = text[opening.end() : max(opening.end(), closing.start())]
    return SplitFile(yaml_text, text[closing.end() :])


def compose_front_matter(source: SourceText) -> tuple[yaml.MappingNode, SplitFile]:
    """Compose the nodes of a file's front matter, which begins on its second line; split the file.

    Raises `ProblemError` where the front matter is missing, empty or not valid YAML here.
    """
    split = split_file(source)
    node = compose(source, split.yaml_text, line_offset=1)
    if node is None:
        raise ProblemError(source.problem(1, 1, "the front matter is empty"))
    return node, split
