"""YAML with a schema of our own: a tree of nodes in which every plain scalar is text.

`NO` stays Norway and `1:30` stays text, because scalars get no type here; `decode.py` gives each
the type of its field. YAML features that authors never need (anchors, aliases, tags, duplicate
keys, several documents) are refused, each with its position.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from dossier.content.source_text import SourceText
from dossier.content.yaml.messages import MAX_DEPTH, TOO_DEEP, syntax_problem
from dossier.content.yaml.ordinary import MAX_CHARACTERS
from dossier.problems import Problem, ProblemError

try:
    from yaml import CSafeLoader as _BaseLoader
except ImportError:  # PyYAML built without libyaml: the same tree, seven times slower
    from yaml import SafeLoader as _BaseLoader  # type: ignore[assignment]

# YAML 1.1 (section 5.1) without U+0085, U+2028, U+2029, which end a line in YAML, not in editors
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)
_EXTRA = re.compile(r"""[&*!](?<![^\s\[\]{},:?"'-][&*!])(?:(?<=!)|\S)""")
"""A character that may begin an anchor, an alias or a tag, where a YAML token can begin."""
_MANY_BRACKETS = 200
"""Up to this number, a text is composed first and its depth checked afterwards."""
_DEEP_INDENT = re.compile(rf"\n[ \t?:-]{{{MAX_DEPTH // 2}}}")


class _Loader(_BaseLoader):
    """A loader without types: every scalar is text, so none has to be resolved."""

    def resolve(self, _kind: Any, _value: Any, _implicit: Any) -> str:
        return self.DEFAULT_SCALAR_TAG

    def descend_resolver(self, _node: Any, _index: Any) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


def compose(source: SourceText, yaml_text: str, line_offset: int = 0) -> yaml.MappingNode | None:
    """Compose the mapping in a YAML text; None where the text is empty.

    `line_offset` is the number of lines of the file before the YAML text.
    Raises `ProblemError` with everything that the schema refuses.
    """
    if len(yaml_text) > MAX_CHARACTERS:
        raise ProblemError(
            source.problem(
                line_offset + 1,
                1,
                f"the YAML has {len(yaml_text):,} characters; the limit is {MAX_CHARACTERS:,}",
            )
        )
    if not source.is_clean and (bad := _UNPRINTABLE.search(yaml_text)):
        line = yaml_text.count("\n", 0, bad.start())
        column = bad.start() - yaml_text.rfind("\n", 0, bad.start())
        message = f"the character U+{ord(bad[0]):04X} is not allowed here"
        hint = "delete it: it is invisible"
        raise ProblemError(source.problem(line + line_offset + 1, column, message, hint))
    try:
        node = _compose(source, yaml_text, line_offset)
    except yaml.MarkedYAMLError as error:
        raise ProblemError(syntax_problem(source, error, yaml_text, line_offset)) from None
    if node is None:
        return None
    if not isinstance(node, yaml.MappingNode):
        raise ProblemError(
            problem_at(
                source,
                node,
                line_offset,
                "expected `field: value` lines here",
                "every field has a colon and a space after its name",
            )
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
    """Build a problem at the beginning of a node."""
    mark = node.start_mark
    assert mark is not None
    return source.problem(mark.line + line_offset + 1, mark.column + 1, message, hint)


def find_node(node: yaml.Node, path: tuple[str | int, ...]) -> yaml.Node:
    """Find the node at a field path such as `("sources", 0, "url")`, or its nearest parent.

    Where the last key is missing, the node that should have it is returned.
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


def find_text(node: yaml.Node, key: str) -> str:
    """Find the text of a key; empty where it has none."""
    found = find_node(node, (key,))
    return found.value if isinstance(found, yaml.ScalarNode) else ""


def problem_in(
    source: SourceText, node: yaml.Node, path: tuple[str | int, ...], message: str, hint: str = ""
) -> Problem:
    """Build a problem at a field path, which may end with an offset in the field's text."""
    field = find_node(node, path[:-1])
    if path and isinstance(field, yaml.ScalarNode) and isinstance(path[-1], int):
        return source.problem_at(_find_offset(source, field, path[-1]), message, hint)
    return problem_at(source, find_node(node, path), 0, message, hint)


def _find_offset(source: SourceText, node: yaml.ScalarNode, place: int) -> int:
    """Find the offset in a file of a place in the text of a scalar; its beginning where unclear.

    YAML indents, folds and escapes what it holds, so the word at the place is looked for.
    """
    mark = node.start_mark
    assert mark is not None
    start = source.offset(mark.line + 1, mark.column + 1)
    word = re.split(r"\s", node.value[place:], maxsplit=1)[0]
    found = start - 1
    for _ in range(node.value.count(word, 0, place) + 1 if word else 0):
        found = source.text.find(word, found + 1)
        if found < 0:
            break
    return max(found, start)


def _compose(source: SourceText, text: str, line_offset: int) -> yaml.Node | None:
    """Compose a text, and look for refused features only where there may be some."""
    if not _may_have_extras(text):
        try:
            node = yaml.compose(text, Loader=_Loader)
        except yaml.MarkedYAMLError:
            pass  # a refused feature, if there is one, explains the error better
        else:
            brackets = text.count("[") + text.count("{")
            if node is None or brackets < MAX_DEPTH or not _is_deeper(node, MAX_DEPTH):
                return node
    _refuse_extras(source, text, line_offset)
    return yaml.compose(text, Loader=_Loader)


def _may_have_extras(text: str) -> bool:
    """Tell whether a text may contain refused features; may be wrong in saying yes."""
    return (
        (("&" in text or "*" in text or "!" in text) and _EXTRA.search(text) is not None)
        or "\n---" in text
        or "\n..." in text
        or text.count("[") + text.count("{") > _MANY_BRACKETS
        or _DEEP_INDENT.search(f"\n{text}") is not None
    )


def _is_deeper(node: yaml.Node, depth: int) -> bool:
    """Tell whether lists and mappings are nested in a node more than `depth` deep."""
    if isinstance(node, yaml.ScalarNode):
        return False
    if depth == 0:
        return True
    if isinstance(node, yaml.MappingNode):
        return any(_is_deeper(child, depth - 1) for pair in node.value for child in pair)
    return any(_is_deeper(child, depth - 1) for child in node.value)


def _refuse_extras(source: SourceText, text: str, line_offset: int) -> None:
    """Raise for anchors, aliases, tags, several documents and absurd nesting.

    Reads events, which PyYAML makes without recursion: composing deep nodes would crash Python.
    """
    problems: list[Problem] = []
    depth = documents = 0
    try:
        for event in yaml.parse(text, Loader=_Loader):
            message, hint = _refusal(event)
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                message = "a second YAML document begins here" if documents > 1 else ""
            elif isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    message = TOO_DEEP
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if message:
                problems.append(problem_at(source, event, line_offset, message, hint))
            if depth > MAX_DEPTH:
                break
    except yaml.MarkedYAMLError:
        if not problems:  # a refused feature explains the syntax error after it: `*bold* text`
            raise
    if problems:
        raise ProblemError(*problems)


def _refusal(event: yaml.Event) -> tuple[str, str]:
    """Explain why an event is refused, with a hint; empty where it is not."""
    if isinstance(event, yaml.AliasEvent):
        return "YAML aliases are not supported", "quote a text that begins with '*'"
    if isinstance(event, yaml.NodeEvent) and event.anchor:
        return "YAML anchors are not supported", "quote a text that begins with '&'"
    if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag:
        return "YAML tags are not supported", "quote a text that begins with '!'"
    return "", ""


def _duplicate_keys(source: SourceText, node: yaml.Node, line_offset: int) -> list[Problem]:
    """Find keys that a mapping has twice, or that are not text."""
    problems = []
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            if not isinstance(item, yaml.ScalarNode):
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
                        f"'{key.value}' is given twice",
                        f"it is already on line {line}: keep one of the two",
                    )
                )
            else:
                first[key.value] = key.start_mark.line
            if not isinstance(value, yaml.ScalarNode):
                problems += _duplicate_keys(source, value, line_offset)
    return problems
