"""Rows of sources on a briefing's own page, each with the places that cite it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from dossier.content.models import Briefing
from dossier.language.typography import typeset
from dossier.site.entries import Entry
from dossier.views.builder import Parts
from dossier.views.evidence import in_citation_order, origins, source_mark, source_numbers
from dossier.views.parts import Place, SourceRow


def source_rows(parts: Parts, entry: Entry[Briefing]) -> tuple[SourceRow, ...]:
    """Build the rows of a briefing's sources for its own page, in the order of their numbers."""
    return tuple(_source_rows(parts, entry))


def _source_rows(parts: Parts, entry: Entry[Briefing]) -> Iterator[SourceRow]:
    numbers, lang = source_numbers(entry), entry.lang
    places, origin = _places(entry), origins(entry.facts.sources)
    marks = defaultdict(list)
    for source in in_citation_order(entry):
        marks[origin[source.id]].append(source_mark(entry, source.id, here=True))
    words = {one.id: one for one in parts.site.words(entry).sources}
    for source in in_citation_order(entry):
        yield SourceRow(
            number=numbers[source.id],
            anchor=f"source:{source.id}",
            title=source.title,
            publisher=source.publisher or "",
            date=source.date or "",
            url=source.url or "",
            reliability=source.reliability or "",
            relays=source.relays or "",
            same_origin=tuple(
                mark for mark in marks[origin[source.id]] if mark.anchor != f"source:{source.id}"
            ),
            archived=source.archived or "",
            note=typeset(words[source.id].note or "", lang),
            places=tuple(places[source.id]),
        )


def _places(entry: Entry[Briefing]) -> Mapping[str, list[Place]]:
    """Find all places of a briefing that cite each source."""
    places: dict[str, list[Place]] = defaultdict(list)
    for source_id in entry.citations:
        number = len(places[source_id]) + 1
        anchor = f"cite:{source_id}:{number}"
        places[source_id].append(Place(kind="text", number=number, anchor=anchor))
    facts = entry.facts
    rows = [
        *(("figure", n, (figure.source,)) for n, figure in enumerate(facts.figures, 1)),
        *(("move", n, move.sources) for n, move in enumerate(facts.moves, 1)),
        *(("judgement", n, judged.sources) for n, judged in enumerate(facts.judgements, 1)),
    ]
    for kind, number, sources in rows:
        for source_id in dict.fromkeys(sources):
            place = Place(kind=kind, number=number, anchor=f"{kind}:{number}")
            places[source_id].append(place)
    return places
