"""Front matter between `---` lines, and the body after it."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:  # loaded only for a file that is not ordinary
    import yaml

from dossier.content.source_text import SourceText, decode_text
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


def read_title(path: Path) -> str:
    """Read the title of a content file; its name where it has none."""
    from dossier.content.yaml.nodes import find_text

    with suppress(OSError, ProblemError):
        node, _ = compose_front_matter(decode_text(path.read_bytes(), path.as_posix()))
        if title := find_text(node, "title"):
            return " ".join(title.split())
    return path.stem


def compose_front_matter(source: SourceText) -> tuple[yaml.MappingNode, SplitFile]:
    """Compose the nodes of a file's front matter, which begins on its second line; split the file.

    Raises `ProblemError` where the front matter is missing, empty or not valid YAML here.
    """
    from dossier.content.yaml.nodes import compose

    split = split_file(source)
    node = compose(source, split.yaml_text, line_offset=1)
    if node is None:
        raise ProblemError(source.problem(1, 1, "the front matter is empty"))
    return node, split
