"""Rows of moves, sources and changes, for a briefing's page and others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from dossier.content.models import Briefing, Source
from dossier.content.moments import find_instant
from dossier.language.folding import fold
from dossier.language.typography import typeset
from dossier.site.entries import Entry
from dossier.views.builder import Parts
from dossier.views.parts import ChangeRow, MoveRow, SourceMark


def move_row(parts: Parts, entry: Entry[Briefing], number: int, lang: str = "") -> MoveRow:
    """Build the row of a briefing's n-th move, for its own page or one in another language."""
    move = parts.site.words(entry).moves[number - 1]
    return MoveRow(
        anchor=f"move:{number}",
        company=parts.company_link(move.company),
        product=move.product,
        regions=tuple(parts.region_link(id_, lang or entry.lang) for id_ in move.regions),
        stage=move.stage,
        date=move.date,
        basis=move.basis,
        sources=tuple(source_mark(entry, id_, here=True) for id_ in move.sources),
        disputed=typeset(move.disputed or "", entry.lang),
        note=typeset(move.note or "", entry.lang),
    )


def move_rows(parts: Parts, entry: Entry[Briefing]) -> tuple[MoveRow, ...]:
    """Build the rows of a briefing's moves for its own page, oldest first."""
    if not entry.facts.moves:
        return ()
    rows = [move_row(parts, entry, n + 1) for n in range(len(entry.facts.moves))]
    return tuple(sorted(rows, key=lambda row: row.date))


def source_mark(entry: Entry[Briefing], source_id: str, here: bool) -> SourceMark:
    """Build a reference to a source: by number on its briefing's page, else by publisher."""
    anchor = f"source:{source_id}"
    if here:
        return SourceMark(label=str(source_numbers(entry)[source_id]), anchor=anchor)
    source = next(source for source in entry.facts.sources if source.id == source_id)
    return SourceMark(label=source.publisher or source.title, anchor=anchor, path=entry.path)


@lru_cache(1)
def source_numbers(entry: Entry[Briefing]) -> Mapping[str, int]:
    """Number the sources: those cited in the text first, in order, then the others."""
    order = dict.fromkeys([*entry.citations, *[s.id for s in entry.facts.sources]])
    return {source_id: number for number, source_id in enumerate(order, 1)}


def origins(sources: Sequence[Source]) -> Mapping[str, str]:
    """Find the origin of each source, shared by those that repeat the same one.

    A source may repeat another of the briefing, named by its publisher or its id.
    """
    relayed = {fold(source.relays) for source in sources if source.relays}
    if not relayed:
        return {source.id: source.id for source in sources}
    named = {
        fold(name): source
        for source in reversed(sources)
        for name in (source.publisher, source.id)
        if name
    }

    def origin(source: Source, path: tuple[str, ...]) -> str:
        if not source.relays:
            publisher = fold(source.publisher or "")
            return publisher if publisher in relayed else source.id
        name, path = fold(source.relays), (*path, source.id)
        found = named.get(name)
        if found is None:
            return name
        return min(path[path.index(found.id) :]) if found.id in path else origin(found, path)

    return {source.id: origin(source, ()) for source in sources}


def change_anchors(entry: Entry[Briefing]) -> list[str]:
    """Build the anchor of each change on the briefing's page from its date, which never changes."""
    seen: Counter[str] = Counter()
    anchors = []
    for change in entry.facts.changes:
        date = change.date[: len("2022-07-07T09:30")]
        seen[date] += 1
        anchors.append(f"change:{date}" + (f":{seen[date]}" if seen[date] > 1 else ""))
    return anchors


def change_rows(parts: Parts, entry: Entry[Briefing]) -> tuple[ChangeRow, ...]:
    """Build the changes of a briefing, newest first."""
    changes, settings = parts.site.words(entry).changes, parts.settings
    if not changes:
        return ()
    rows = [
        ChangeRow(
            anchor=anchor,
            date=settings.local_moment(change.date),
            kind=change.kind,
            note=typeset(change.note, entry.lang),
        )
        for anchor, change in zip(change_anchors(entry), changes, strict=True)
    ]

    def instant(row: ChangeRow) -> int:
        return find_instant(row.date, settings.timezone)

    return tuple(sorted(rows, key=instant, reverse=True))
