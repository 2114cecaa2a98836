"""References by id, code, name or alias, ignoring case and accents."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property
from typing import Any
from urllib.parse import unquote

import msgspec

from dossier.content.documents import Document, FieldPath
from dossier.content.field_types import FieldType, field_types
from dossier.content.models import (
    AnyFrontMatter,
    Briefing,
    Company,
    FrontMatter,
    Kind,
    Region,
    Topic,
)
from dossier.language.folding import fold
from dossier.problems import suggest
from dossier.site.urls import encode_path

REFERENCE_FORMS = frozenset({"company", "region", "topic", "briefing"})

Lookup = Callable[[str, str, FieldPath], str]
"""Resolves a kind, a text and its field path to an id, or to the text where it is unknown."""

Ids = Mapping[str, frozenset[str]]
"""The ids of some kinds."""

_NONE: Ids = {}


class Names:
    """All names of the documents of some kinds, with the documents that have them."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = tuple(documents)
        self.ids = frozenset([one.id for one in self._documents])
        self._former_ids = {
            id_: one.id for one in self._documents for id_ in former_ids(one.front_matter)
        }

    def find(self, text: str) -> list[str]:
        """Find the ids that a text may mean: none, one, or several if it is ambiguous.

        An exact id is never ambiguous, so there is always a way to refer to a document.
        """
        return self.ranked(text)[1]

    def ranked(self, text: str) -> tuple[int, list[str]]:
        """Find the ids that a text may mean, and how good it is as a name: 0 is an exact id.

        An id comes before a former one, both before names, and former names come last.
        """
        if text in self.ids:
            return 0, [text]
        if text in self._former_ids:
            return 1, [self._former_ids[text]]
        folded = fold(text)
        if folded in self._by_name:
            return 2, self._by_name[folded]
        return 3, self._by_former_name.get(folded, [])

    def suggestion(self, text: str) -> str:
        """Suggest the closest id or name, as a hint."""
        spellings = (
            name
            for document in self._documents
            for name in (*document_names(document), *former_names(document.front_matter))
        )
        return suggest(text, self.ids) or suggest(text, spellings)

    @cached_property
    def _by_name(self) -> Mapping[str, list[str]]:
        """The ids by folded name, which a site whose links are ids or paths never needs."""
        return _by_fold((one.id, document_names(one)) for one in self._documents)

    @cached_property
    def _by_former_name(self) -> Mapping[str, list[str]]:
        return _by_fold((one.id, former_names(one.front_matter)) for one in self._documents)


def _by_fold(named: Iterable[tuple[str, Iterable[str]]]) -> Mapping[str, list[str]]:
    """List ids by what their names have in common in any spelling."""
    found: dict[str, list[str]] = {}
    for id_, names in named:
        for name in names:
            ids = found.setdefault(fold(name), [])
            if id_ not in ids:
                ids.append(id_)
    return found


class FileNames:
    """The files of content/files/, found however a link writes their names."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths = {_spelling(path): path for path in paths}

    def address(self, written: str) -> str | None:
        """Return the address of a file, encoded, with what follows its name; None for no file."""
        for sign in ("", "#", "?"):
            name, found, rest = written.partition(sign) if sign else (written, "", "")
            if path := self._paths.get(_spelling(name)):
                return encode_path(path) + found + rest
        return None


def _spelling(path: str) -> str:
    """Spell a path in one way: without percent signs, its letters composed (NFC)."""
    return unicodedata.normalize("NFC", unquote(path))


def best_match(names: Mapping[Kind, Names], text: str) -> tuple[int, list[tuple[Kind, str]]]:
    """Find what a text may mean, of any kind: only the best that it is a name of, with its rank."""
    ranked = {kind: one.ranked(text) for kind, one in names.items()}
    best = min((rank for rank, ids in ranked.values() if ids), default=0)
    return best, [
        (kind, id_) for kind, (rank, ids) in ranked.items() if rank == best for id_ in ids
    ]


def document_names(document: Document) -> Iterator[str]:
    """List a document's names: its id and, except for briefings, its name, code and aliases."""
    yield document.id
    yield from front_matter_names(document.front_matter)


def front_matter_names(front_matter: AnyFrontMatter) -> Iterator[str]:
    """List the names of a company, region or topic without its id; none for other kinds."""
    if isinstance(front_matter, Company | Region | Topic):
        yield front_matter.name
        yield from front_matter.aliases
    if isinstance(front_matter, Region) and front_matter.code:
        yield front_matter.code


def former_ids(front_matter: AnyFrontMatter) -> tuple[str, ...]:
    """Return the ids that a document had before, oldest first."""
    return () if isinstance(front_matter, Briefing) else front_matter.former_ids


def former_names(front_matter: AnyFrontMatter) -> Iterator[str]:
    """List what else a company, region or topic was called: its former ids, folded, and names."""
    yield from former_ids(front_matter)
    if isinstance(front_matter, Company | Region | Topic):
        yield from front_matter.former_names


def resolve_references(
    front_matter: Any, lookup: Lookup, path: FieldPath = (), known: Ids = _NONE
) -> Any:
    """Replace every reference by what `lookup` says; the same front matter if none was.

    Nobody is asked about lists that name nothing but `known` ids, each once.
    """
    changes: dict[str, Any] = {}
    cls: type[FrontMatter] = type(front_matter)
    for name, field in _reference_fields(cls):
        value = getattr(front_matter, name)
        if value is None or value == ():
            continue
        ids = known.get(field.item.form) if field.item else None
        if ids and ids.issuperset(value) and len(set(value)) == len(value):
            continue
        resolved = _resolve_value(value, field, lookup, (*path, name))
        if resolved != value:
            changes[name] = resolved
    return msgspec.structs.replace(front_matter, **changes) if changes else front_matter


def _resolve_value(value: Any, field: FieldType, lookup: Lookup, path: FieldPath) -> Any:
    if field.form in REFERENCE_FORMS:
        return lookup(field.form, value, path)
    if field.record is not None:
        return resolve_references(value, lookup, path)
    item = field.item
    assert item is not None
    if item.form in REFERENCE_FORMS:
        return tuple(dict.fromkeys(lookup(item.form, v, (*path, i)) for i, v in enumerate(value)))
    return tuple(_resolve_value(v, item, lookup, (*path, i)) for i, v in enumerate(value))


@cache
def _reference_fields(cls: type[FrontMatter]) -> tuple[tuple[str, FieldType], ...]:
    return tuple((name, f) for name, f in field_types(cls).items() if _has_references(f))


def _has_references(field: FieldType) -> bool:
    if field.item is not None:
        return _has_references(field.item)
    return field.form in REFERENCE_FORMS or (
        field.record is not None and bool(_reference_fields(field.record))
    )
