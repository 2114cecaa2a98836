"""Decoding of YAML nodes into typed models; every problem has its position.

Driven by the annotations of the models, so a new field needs no code here.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

import msgspec
import yaml

from dossier.content.field_types import FieldType, field_types
from dossier.content.models import FrontMatter
from dossier.content.source_text import SourceText
from dossier.content.value_types import FORMS, NUMBER
from dossier.content.yaml.foreign_fields import foreign_field_hint
from dossier.content.yaml.nodes import problem_at
from dossier.problems import FormError, Problem, Severity, suggest

FrontMatterType = TypeVar("FrontMatterType", bound=FrontMatter)

_COMMENT = re.compile(r"[^\S\n]*#")
_EMPTY = ("", "~", "null")
_MISSING = object()
_TEXTS = ("text", "markdown", "menu name")
_CUT = (
    "the text ends here: ` #` begins a comment",
    "put the whole text in quotes, or the comment on a line of its own",
)


class Decoder:
    """Decodes the nodes of one file; collects `problems` in the order of the file."""

    def __init__(self, source: SourceText, line_offset: int = 0) -> None:
        self.problems: list[Problem] = []
        self._source = source
        self._line_offset = line_offset
        self._start = source.text.find("\n") + 1 if line_offset else 0

    def record(self, node: yaml.Node, cls: type[FrontMatterType]) -> FrontMatterType | None:
        """Decode a mapping node into a model; None where it has problems."""
        shorthand = getattr(cls, "shorthand", None)
        if shorthand and isinstance(node, yaml.ScalarNode):
            value = self._value(node, field_types(cls)[shorthand])
            return None if value is _MISSING else cls(**{shorthand: value})
        if not isinstance(node, yaml.MappingNode):
            self._problem(node, "expected `field: value` lines here", _fields_hint(cls))
            return None
        before = len(self.problems)
        values = self._fields(node, cls)
        failed = any(problem.severity == "error" for problem in self.problems[before:])
        return None if failed else cls(**values)

    def _fields(self, node: yaml.MappingNode, cls: type[FrontMatter]) -> dict[str, Any]:
        known = field_types(cls)
        values: dict[str, Any] = {}
        for key, child in node.value:
            if key.value not in known:
                hint = self._way_out(key, child, cls)
                self._problem(key, f"unknown field '{key.value}'", hint)
                continue
            value = self._value(child, known[key.value])
            if value is not _MISSING:
                values[key.value] = value
        written = {key.value for key, _ in node.value}
        for name in _required(cls):
            if name not in written:
                self._problem(node, f"the field '{name}' is missing", known[name].description)
        return values

    def _value(self, node: yaml.Node, field: FieldType) -> Any:
        plain = isinstance(node, yaml.ScalarNode) and not node.style  # libyaml says "", PyYAML None
        if plain and node.value in _EMPTY:
            if field.form == "colour" and self._is_commented(node):
                hint = "write the colour without the `#`, which begins a comment"
                self._problem(node, "a value is missing here", hint)
            elif not field.optional:
                self._problem(node, "a value is missing here", field.description)
            return _MISSING
        if field.form == "list":
            return self._list(node, field)
        if field.record is not None:
            record = self.record(node, field.record)
            return _MISSING if record is None else record
        if not isinstance(node, yaml.ScalarNode):
            kind = "list" if isinstance(node, yaml.SequenceNode) else "mapping"
            self._problem(node, f"expected one value here, not a {kind}", _expectation(field))
            return _MISSING
        return self._scalar(node, field)

    def _list(self, node: yaml.Node, field: FieldType) -> Any:
        assert field.item is not None
        if not isinstance(node, yaml.SequenceNode):
            written = node.value if isinstance(node, yaml.ScalarNode) else "…"
            self._problem(node, "expected a list here", f"write it in brackets: [{written}]")
            return _MISSING
        if not node.value and not field.optional:
            self._problem(node, "the list is empty", field.description)
        values = [self._value(child, field.item) for child in node.value]
        return tuple(value for value in values if value is not _MISSING)

    def _scalar(self, node: yaml.ScalarNode, field: FieldType) -> Any:
        text = node.value
        if field.form == "bool":
            if text in ("true", "false"):
                return text == "true"
            self._problem(node, f"'{text}' is neither true nor false", "write true or false")
        elif field.form == "number":
            if NUMBER.fullmatch(text):
                return Decimal(text)
            hint = "write digits, with a point for decimals: 1500000 or 7.5"
            self._problem(node, f"'{text}' is not a number", hint)
        elif field.form == "choice":
            if text in field.choices:
                return text
            hint = suggest(text, field.choices) or _expectation(field)
            self._problem(node, f"'{text}' is not a valid value", hint)
        else:
            if field.form in _TEXTS and not node.style and self._is_commented(node):
                self._problem(node, *_CUT, severity="warning")
            try:
                return FORMS[field.form](text)
            except FormError as error:
                self._problem(node, str(error), error.hint)
        return _MISSING

    def _way_out(self, key: yaml.Node, value: yaml.Node, cls: type[FrontMatter]) -> str:
        """Say what to write in place of a field that is not known."""
        line = self._source.line(key.end_mark.line + 1 + self._line_offset)
        if not value.value and line[key.end_mark.column :].lstrip()[:1] in (",", "}"):
            if key.value[:1].isdigit():
                return "a comma begins a field here: write decimals with a point, such as 3.5"
            return "a comma begins a field here: put a text that has one in quotes"
        known = field_types(cls)
        hint = foreign_field_hint(key.value, known)
        return hint or suggest(key.value, known) or _fields_hint(cls)

    def _is_commented(self, node: yaml.Node) -> bool:
        """Tell whether a comment follows where a value would be."""
        return _COMMENT.match(self._source.text, self._start + node.end_mark.index) is not None

    def _problem(
        self, node: yaml.Node, message: str, hint: str = "", severity: Severity = "error"
    ) -> None:
        found = problem_at(self._source, node, self._line_offset, message, hint)
        self.problems.append(msgspec.structs.replace(found, severity=severity))


@cache
def _required(cls: type[FrontMatter]) -> tuple[str, ...]:
    return tuple(field.name for field in msgspec.structs.fields(cls) if field.required)


def _expectation(field: FieldType) -> str:
    if field.choices:
        return "one of: " + ", ".join(field.choices)
    return field.description


def _fields_hint(cls: type[FrontMatter]) -> str:
    return "valid fields: " + ", ".join(cls.__struct_fields__)
