"""Facts and words: what of a document others may depend on, and what they only show.

A field is a fact unless the models declare it to be words. The words of a document are taken out of
its facts, so that they can be read in one place alone, where the reading is recorded.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NoReturn, TypeVar

import msgspec

from dossier.content.decode import FieldType, field_types
from dossier.content.models import FrontMatter

FrontMatterType = TypeVar("FrontMatterType", bound=FrontMatter)


class UnrecordedReadError(RuntimeError):
    """Words or a text were read where nothing records it: a page could go stale unseen."""


class _Unread:
    """Stands where words were taken out; every use of it raises `UnrecordedReadError`."""

    def __repr__(self) -> str:
        return "UNREAD"

    def __reduce__(self) -> str:
        return "UNREAD"

    def _refuse(self, *_: object) -> NoReturn:
        raise UnrecordedReadError("facts hold no words: read them with Site.words()")

    __bool__ = __len__ = __iter__ = __str__ = __format__ = __contains__ = _refuse
    __eq__ = __hash__ = __add__ = __radd__ = __getattr__ = __getitem__ = _refuse


UNREAD = _Unread()


def without_words(front_matter: FrontMatterType, blank: object = UNREAD) -> FrontMatterType:
    """The same front matter with `blank` in place of each field of words that is filled in."""
    changes: dict[str, Any] = {}
    for name, field in _word_fields(type(front_matter)):
        value = getattr(front_matter, name)
        if field.words:
            changes[name] = blank
        elif isinstance(value, tuple):
            changes[name] = tuple(without_words(item, blank) for item in value)
        elif value is not None:
            changes[name] = without_words(value, blank)
    return msgspec.structs.replace(front_matter, **changes) if changes else front_matter


@cache
def _word_fields(cls: type[FrontMatter]) -> tuple[tuple[str, FieldType], ...]:
    """The fields that are words, or hold some."""
    return tuple((name, field) for name, field in field_types(cls).items() if _has_words(field))


def _has_words(field: FieldType) -> bool:
    if field.words:
        return True
    nested = field.item.record if field.item else field.record
    return nested is not None and bool(_word_fields(nested))


def with_words(facts: FrontMatterType, front_matter: FrontMatterType) -> FrontMatterType:
    """Facts with the words of a front matter that has the same facts."""
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
