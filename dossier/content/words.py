"""Facts and words: the parts of a document that others depend on, and those that they only show.

A field is a fact unless the models declare it as words. Words are removed from a document's facts,
so that they can be read in only one place, which records the read.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NoReturn, TypeVar

import msgspec

from dossier.content.field_types import FieldType, field_types
from dossier.content.models import FrontMatter

FrontMatterType = TypeVar("FrontMatterType", bound=FrontMatter)


class UnrecordedReadError(RuntimeError):
    """Raised where words or a text are read without recording it: a page could become stale."""


class _Unread:
    """Placeholder for removed words; using it raises `UnrecordedReadError`."""

    def __repr__(self) -> str:
        return "UNREAD"

    def __reduce__(self) -> str:
        return "UNREAD"

    def _refuse(self, *_: object) -> NoReturn:
        raise UnrecordedReadError("facts have no words: read them with Site.words()")

    __bool__ = __len__ = __iter__ = __str__ = __format__ = __contains__ = _refuse
    __eq__ = __hash__ = __add__ = __radd__ = __getattr__ = __getitem__ = _refuse


UNREAD = _Unread()


def without_words(front_matter: FrontMatterType, guarded: bool = True) -> FrontMatterType:
    """Replace every field of words: by what raises where it is used, or by nothing."""
    removed, records = _parted(type(front_matter), guarded)
    changes: dict[str, Any] = {}
    for name in records:
        if value := getattr(front_matter, name):
            changes[name] = (
                tuple([without_words(item, guarded) for item in value])
                if isinstance(value, tuple)
                else without_words(value, guarded)
            )
    if not (removed or changes):
        return front_matter
    return msgspec.structs.replace(front_matter, **removed, **changes)


@cache
def _parted(cls: type[FrontMatter], guarded: bool) -> tuple[Mapping[str, object], tuple[str, ...]]:
    """Return what stands in place of the words of a model, and which fields contain some."""
    fields = _word_fields(cls)
    return (
        dict.fromkeys((name for name, field in fields if field.words), UNREAD if guarded else ""),
        tuple(name for name, field in fields if not field.words),
    )


@cache
def _word_fields(cls: type[FrontMatter]) -> tuple[tuple[str, FieldType], ...]:
    """List the fields that are words or contain some."""
    return tuple((name, field) for name, field in field_types(cls).items() if _has_words(field))


def _has_words(field: FieldType) -> bool:
    if field.words:
        return True
    nested = field.item.record if field.item else field.record
    return nested is not None and bool(_word_fields(nested))


def with_words(facts: FrontMatterType, front_matter: FrontMatterType) -> FrontMatterType:
    """Put the words of front matter with the same facts back into facts."""
    changes: dict[str, Any] = {}
    for name, field in _word_fields(type(facts)):
        value, written = getattr(facts, name), getattr(front_matter, name)
        if field.words:
            changes[name] = written
        elif isinstance(value, tuple):
            changes[name] = tuple(map(with_words, value, written))
        elif value is not None:
            changes[name] = with_words(value, written)
    return msgspec.structs.replace(facts, **changes) if changes else facts
