"""Decoding of front matter without a mistake, as most is: without places, and faster.

Where anything is wrong or unclear, nothing is decoded: `decode.py` will say what it is, and where.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache, partial
from typing import Any, TypeVar

from dossier.content.field_types import FieldType, field_types
from dossier.content.models import FrontMatter
from dossier.content.value_types import FORMS, NUMBER
from dossier.content.yaml.ordinary import MAX_CHARACTERS, UnclearError, read_ordinary
from dossier.problems import FormError

FrontMatterType = TypeVar("FrontMatterType", bound=FrontMatter)

_Readers = Mapping[type, Callable[[Any], Any]]
"""What reads a value, by how it is written: as a text, a list or a mapping."""


def decode_ordinary(text: str, cls: type[FrontMatterType]) -> FrontMatterType | None:
    """Decode a text in which nothing is wrong or unclear; None if there is anything."""
    if len(text) > MAX_CHARACTERS:
        return None
    try:
        return _record(cls, read_ordinary(text))
    except (UnclearError, FormError, KeyError, TypeError):  # an unknown field, or one is missing
        return None


def _record(cls: type[FrontMatterType], written: Mapping[str, Any]) -> FrontMatterType:
    fields = _fields(cls)
    return cls(**{name: fields[name][type(value)](value) for name, value in written.items()})


@cache
def _fields(cls: type[FrontMatterType]) -> dict[str, _Readers]:
    return {name: _readers(field) for name, field in field_types(cls).items()}


def _readers(field: FieldType) -> _Readers:
    if field.form == "list":
        assert field.item is not None
        return {list: partial(_list, _readers(field.item), field.optional)}
    if (cls := field.record) is not None:
        readers: dict[type, Callable[[Any], Any]] = {dict: partial(_record, cls)}
        if short := getattr(cls, "shorthand", None):
            readers[str] = lambda text: _record(cls, {short: text})
        return readers
    if field.form == "bool":
        return {str: {"true": True, "false": False}.__getitem__}
    if field.form == "number":
        return {str: _number}
    if field.form == "choice":
        return {str: {choice: choice for choice in field.choices}.__getitem__}
    return {str: FORMS[field.form]}


def _list(readers: _Readers, may_be_empty: bool, written: list[Any]) -> tuple[Any, ...]:
    if not written and not may_be_empty:
        raise UnclearError
    return tuple([readers[type(value)](value) for value in written])


def _number(text: str) -> Decimal:
    if not NUMBER.fullmatch(text):
        raise UnclearError
    return Decimal(text)
