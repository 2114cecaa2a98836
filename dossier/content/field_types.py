"""What the models say of their fields: form, choices, description."""

from __future__ import annotations

import types
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from dossier.content.models import FrontMatter


class FieldType(msgspec.Struct, frozen=True):
    """What a field accepts, read from its annotation."""

    form: str
    """A name in `FORMS`, or `bool`, `number`, `choice`, `record`, `list`."""
    optional: bool = False
    choices: tuple[str, ...] = ()
    record: type[FrontMatter] | None = None
    item: FieldType | None = None
    description: str = ""
    words: bool = False
    """Whether it is words; see `content/words.py`."""


@cache
def field_types(cls: type[FrontMatter]) -> dict[str, FieldType]:
    """List the fields of a model by name, in their order."""
    hints = get_type_hints(cls, include_extras=True)
    defaults = {field.name: not field.required for field in msgspec.structs.fields(cls)}
    return {name: _field_type(hints[name], defaults[name]) for name in cls.__struct_fields__}


def _field_type(annotation: Any, optional: bool) -> FieldType:
    description, form, words = "", "", False
    while get_origin(annotation) in (Annotated, Union, types.UnionType):
        if get_origin(annotation) is Annotated:
            annotation, *metadata = get_args(annotation)
            for meta in metadata:
                description = meta.description or description
                form = (meta.extra or {}).get("form", form)
                words = words or (meta.extra or {}).get("words", False)
        else:
            annotation = next(arg for arg in get_args(annotation) if arg is not types.NoneType)
    if get_origin(annotation) is tuple:
        item = _field_type(get_args(annotation)[0], optional=False)
        return FieldType("list", optional, item=item, description=description, words=words)
    if get_origin(annotation) is Literal:
        return FieldType(
            "choice", optional, get_args(annotation), description=description, words=words
        )
    if isinstance(annotation, type) and issubclass(annotation, FrontMatter):
        return FieldType(
            "record", optional, record=annotation, description=description, words=words
        )
    simple = {bool: "bool", Decimal: "number", str: form}
    return FieldType(simple[annotation], optional, description=description, words=words)
