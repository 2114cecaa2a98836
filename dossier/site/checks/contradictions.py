"""Contradictions between documents: circles, ids and versions that there are twice, other names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from dossier.content.documents import Document, DocumentProblem, FieldPath
from dossier.content.models import Briefing, Company, Kind, Region, Topic
from dossier.content.settings import Settings
from dossier.language.folding import fold
from dossier.problems import suggest
from dossier.site.entries import Entry
from dossier.site.hierarchy import find_cycles

MOST_LEVELS = 50
"""So deep a hierarchy may be."""
_NAMED = (Company, Region, Topic)


def duplicate_ids(documents: Sequence[Document]) -> Iterator[DocumentProblem]:
    """Find ids that two files of a kind have."""
    first: dict[tuple[Kind, str], str] = {}
    for document in documents:
        path = first.setdefault((document.kind, document.id), document.path)
        if path != document.path:
            message = f"the {document.kind} '{document.id}' is in '{path}' already"
            yield DocumentProblem(document.path, (), message, "rename one of the two files")


def unlisted_languages(
    entries: Iterable[Entry[Any]], settings: Settings
) -> Iterator[DocumentProblem]:
    """Find documents in languages that the site does not list."""
    for entry in entries:
        if entry.lang not in settings.languages:
            known = ", ".join(settings.languages)
            hint = suggest(entry.lang, settings.languages) or f"site.yaml lists {known}"
            message = f"'{entry.lang}' is not a language of this site"
            yield DocumentProblem(entry.source, ("lang",), message, hint)


def circular_hierarchies(entries: Sequence[Entry[Any]]) -> Iterator[DocumentProblem]:
    """Find circular hierarchies, through parents or members."""
    by_id = {entry.id: entry for entry in entries}
    edges: dict[str, list[str]] = {entry.id: [] for entry in entries}
    for entry in entries:
        if entry.facts.parent in by_id:
            edges[entry.facts.parent].append(entry.id)
        edges[entry.id] += [id_ for id_ in getattr(entry.facts, "members", ()) if id_ in by_id]
    for cycle in find_cycles(edges):
        above, below = by_id[cycle[0]], by_id[cycle[1]]
        is_member = below.id in getattr(above.facts, "members", ())
        place, source = ("members", above.source) if is_member else ("parent", below.source)
        message = f"circular hierarchy: {_chain(cycle, by_id)}"
        yield DocumentProblem(source, (place,), message, f"remove one `{place}` to break the cycle")


def deep_hierarchies(entries: Sequence[Entry[Any]]) -> Iterator[DocumentProblem]:
    """Find the first document below so many others that no page could show it."""
    parents = {entry.id: entry.facts.parent for entry in entries}
    for entry in entries:
        depth, above = 0, entry.id
        while depth <= MOST_LEVELS and parents.get(above) in parents:
            depth, above = depth + 1, parents[above]
        if depth > MOST_LEVELS:
            message = f"it is more than {MOST_LEVELS} levels below others"
            yield DocumentProblem(entry.source, ("parent",), message, "name one further up")
            return


def shared_names(documents: Sequence[Document]) -> Iterator[DocumentProblem]:
    """Find names, aliases and codes that two documents of a kind have."""
    first: dict[tuple[Kind, str], Document] = {}
    for document in documents:
        for place, name in _named(document):
            other = first.setdefault((document.kind, fold(name)), document)
            if other is not document:
                message = f"'{name}' is a name in '{other.path}' too"
                hint = "name each differently: readers and references cannot tell them apart"
                yield DocumentProblem(document.path, place, message, hint, "warning")


def _named(document: Document) -> Iterator[tuple[FieldPath, str]]:
    record = document.front_matter
    if isinstance(record, _NAMED):
        yield ("name",), record.name
        for i, alias in enumerate(record.aliases):
            if fold(alias) != fold(record.name):
                yield ("aliases", i), alias
    if isinstance(record, Region) and record.code:
        yield ("code",), record.code


def circular_replacements(briefings: Mapping[str, Entry[Briefing]]) -> Iterator[DocumentProblem]:
    """Find circular replacements; translations count as their originals."""
    translated = {id_: entry.facts.translation_of or "" for id_, entry in briefings.items()}
    original = {id_: of for id_, of in translated.items() if of in briefings}
    edges: dict[str, list[str]] = {id_: [] for id_ in briefings}
    for id_, entry in briefings.items():
        replaced_by = (item.briefing for item in entry.facts.superseded_by)
        edges[original.get(id_, id_)] += [original.get(new, new) for new in replaced_by]
    for cycle in find_cycles(edges):
        message = f"briefings replace each other in a cycle: {_chain(cycle, briefings)}"
        hint = "remove `superseded_by` from the newest"
        yield DocumentProblem(briefings[cycle[0]].source, ("superseded_by",), message, hint)


def _chain(cycle: Sequence[str], by_id: Mapping[str, Entry[Any]]) -> str:
    return " → ".join(by_id[id_].source for id_ in cycle)


def translation_problems(briefings: Mapping[str, Entry[Briefing]]) -> Iterator[DocumentProblem]:
    """Find translations of translations, and two in one language."""
    first: dict[tuple[str, str], str] = {}
    for entry in briefings.values():
        original = briefings.get(entry.facts.translation_of or "")
        if original is None:
            continue
        place: FieldPath = ("translation_of",)
        if original.facts.translation_of is not None:
            message = f"'{original.source}' is itself a translation"
            yield DocumentProblem(entry.source, place, message, "name the original")
            continue
        for version in (original, entry):
            seen = first.setdefault((original.id, version.lang), version.source)
            if seen != version.source:
                message = f"'{seen}' is already the version in '{version.lang}'"
                hint = "keep one of the two files, or correct the `lang` of one"
                yield DocumentProblem(entry.source, place, message, hint)


def product_problems(
    briefings: Mapping[str, Entry[Briefing]], companies: Mapping[str, Entry[Company]]
) -> Iterator[DocumentProblem]:
    """Use a company's own spelling of its products, so that one is never taken for two."""
    for entry in briefings.values():
        for i, move in enumerate(entry.facts.moves):
            company = companies.get(move.company)
            known = company.facts.products if company else ()
            if known and move.product not in known:
                message = f"'{move.product}' is not a product of '{move.company}'"
                near = next((name for name in known if fold(name) == fold(move.product)), "")
                hint = f"write '{near}'" if near else suggest(move.product, known)
                hint = hint or f"its file lists: {', '.join(known)}"
                yield DocumentProblem(entry.source, ("moves", i, "product"), message, hint)
