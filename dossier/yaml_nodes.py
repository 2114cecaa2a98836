"""YAML by our own schema: a tree of nodes in which every plain scalar is text.

`NO` stays Norway and `1:30` stays text, because no scalar is given a type here; `decode.py` gives
it the type that its field asks for. What YAML allows and authors never need (anchors, aliases,
tags, duplicate keys, several documents) is refused, each with its place.
"""

from __future__ import annotations

from typing import Any

import yaml

from dossier.problems import Problem, ProblemError, Severity

try:
    from yaml import CSafeLoader as _BaseLoader
except ImportError:  # PyYAML built without libyaml: the same tree, seven times slower
    from yaml import SafeLoader as _BaseLoader  # type: ignore[assignment]

MAX_CHARACTERS = 256 * 1024
MAX_DEPTH = 20


class _Loader(_BaseLoader):
    """No implicit types: every plain scalar resolves to text."""

    yaml_implicit_resolvers: Any = {}  # noqa: RUF012 - PyYAML's own declaration


class SourceText:
    """The text of one file, for problems that point into it."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text

    def line(self, number: int) -> str:
        """Line `number` of the file, counted from 1, or an empty string beyond its end."""
        lines = self.text.split("\n", number)
        return lines[number - 1].rstrip("\r") if 0 < number <= len(lines) else ""

    def problem(
        self,
        line: int,
        column: int,
        message: str,
        hint: str = "",
        severity: Severity = "error",
    ) -> Problem:
        """A problem at a line and column of this file, with the line as its excerpt."""
        return Problem(self.path, line, column, message, hint, self.line(line), severity)

    def problem_at(self, offset: int, message: str, hint: str = "") -> Problem:
        """A problem at a character offset of this file."""
        line = self.text.count("\n", 0, offset) + 1
        column = offset - (self.text.rfind("\n", 0, offset) + 1) + 1
        return self.problem(line, column, message, hint)


def compose(source: SourceText, yaml_text: str, line_offset: int = 0) -> yaml.MappingNode | None:
    """The mapping that a YAML text holds, or None where the text is empty.

    `line_offset` is the number of lines of the file before the YAML text.
    Raises `ProblemError` with everything that our schema refuses.
    """
    if len(yaml_text) > MAX_CHARACTERS:
        raise ProblemError(
            source.problem(
                line_offset + 1,
                1,
                f"the YAML has {len(yaml_text):,} characters; the limit is {MAX_CHARACTERS:,}",
            )
        )
    try:
        _refuse_extras(source, yaml_text, line_offset)
        node = yaml.compose(yaml_text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        raise ProblemError(_syntax_problem(source, error, line_offset)) from None
    except yaml.reader.ReaderError as error:
        raise ProblemError(_character_problem(source, yaml_text, error, line_offset)) from None
    if node is None:
        return None
    if not isinstance(node, yaml.MappingNode):
        raise ProblemError(
            problem_at(source, node, line_offset, "expected `field: value` lines here")
        )
    problems = list(_duplicate_keys(source, node, line_offset))
    if problems:
        raise ProblemError(*problems)
    return node


def problem_at(
    source: SourceText,
    node: yaml.Node | yaml.Event,
    line_offset: int,
    message: str,
    hint: str = "",
) -> Problem:
    """A problem at the beginning of a node."""
    mark = node.start_mark
    assert mark is not None
    return source.problem(mark.line + line_offset + 1, mark.column + 1, message, hint)


def find_node(node: yaml.Node, path: tuple[str | int, ...]) -> yaml.Node:
    """The node at a field path such as `("sources", 0, "url")`, or the nearest one above it.

    Where the path ends in a key that is not there, the node that should have it is returned.
    """
    for step in path:
        if isinstance(node, yaml.MappingNode):
            found = next((value for key, value in node.value if key.value == step), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            found = node.value[step] if step < len(node.value) else None
        else:
            found = None
        if found is None:
            break
        node = found
    return node


def _refuse_extras(source: SourceText, text: str, line_offset: int) -> None:
    """Raise for anchors, aliases, tags, several documents and absurd nesting."""
    if not any(sign in text for sign in ("&", "*", "!", "\n---", "\n...", "%")) and (
        text.count("[") + text.count("{") < MAX_DEPTH
    ):
        return
    problems: list[Problem] = []
    depth = documents = 0
    for event in yaml.parse(text, Loader=_Loader):
        message = hint = ""
        if isinstance(event, yaml.AliasEvent):
            message, hint = "YAML aliases are not used here", "quote a text that begins with '*'"
        elif isinstance(event, yaml.NodeEvent) and event.anchor:
            message, hint = "YAML anchors are not used here", "quote a text that begins with '&'"
        elif isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag:
            message, hint = "YAML tags are not used here", "quote a text that begins with '!'"
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            message = "a second YAML document begins here" if documents > 1 else ""
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                message = f"lists and mappings are nested more than {MAX_DEPTH} deep"
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if message:
            problems.append(problem_at(source, event, line_offset, message, hint))
            if depth > MAX_DEPTH:
                break
    if problems:
        raise ProblemError(*problems)


def _duplicate_keys(source: SourceText, node: yaml.Node, line_offset: int) -> list[Problem]:
    """A problem for each key that a mapping has twice, or that is no text."""
    problems = []
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            problems += _duplicate_keys(source, item, line_offset)
    elif isinstance(node, yaml.MappingNode):
        first: dict[str, int] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                problems.append(problem_at(source, key, line_offset, "a field name must be text"))
                continue
            if key.value in first:
                line = first[key.value] + line_offset + 1
                problems.append(
                    problem_at(
                        source,
                        key,
                        line_offset,
                        f"'{key.value}' is here twice",
                        f"it is on line {line} already: keep one of the two",
                    )
                )
            first.setdefault(key.value, key.start_mark.line)
            problems += _duplicate_keys(source, value, line_offset)
    return problems


def _syntax_problem(source: SourceText, error: yaml.MarkedYAMLError, line_offset: int) -> Problem:
    mark = error.problem_mark or error.context_mark
    reason = (error.problem or error.context or "the YAML cannot be read").strip()
    line, column = (mark.line + line_offset + 1, mark.column + 1) if mark else (line_offset + 1, 1)
    message, hint = f"the YAML cannot be read: {reason}", ""
    if "mapping values are not allowed" in reason:
        message = "a second ': ' on this line cannot be read"
        hint = 'put the text in quotes: title: "Retail: what changed"'
    elif source.line(line)[column - 1 : column] == "\t":
        message, hint = "a tab cannot indent YAML", "use spaces"
    elif "could not find expected ':'" in reason:
        hint = "every line needs the form `field: value`"
    elif "did not find expected ',' or ']'" in reason or "flow sequence" in (error.context or ""):
        hint = "a list opened with [ needs commas between its items and a closing ]"
    elif "found unexpected end of stream" in reason:
        hint = "a quote that was opened is not closed"
    return source.problem(line, column, message, hint)


def _character_problem(
    source: SourceText, text: str, error: yaml.reader.ReaderError, line_offset: int
) -> Problem:
    # libyaml counts the position in bytes, the Python reader in characters: look for it ourselves
    bad = next((i for i, c in enumerate(text) if c != "\n" and not _is_yaml_printable(c)), 0)
    line = text.count("\n", 0, bad) + line_offset + 1
    column = bad - (text.rfind("\n", 0, bad) + 1) + 1
    message = f"the character U+{ord(text[bad]):04X} is not allowed here" if text else str(error)
    return source.problem(line, column, message, "delete it: it is invisible")


def _is_yaml_printable(character: str) -> bool:
    """Whether YAML 1.1 allows the character (section 5.1, c-printable)."""
    code = ord(character)
    return (
        code in (0x09, 0x0A, 0x0D, 0x85)
        or 0x20 <= code <= 0x7E
        or 0xA0 <= code <= 0xD7FF
        or (0xE000 <= code <= 0xFFFD and code != 0xFEFF)
        or 0x10000 <= code <= 0x10FFFF
    )
