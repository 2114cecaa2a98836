"""Rows of sources on a briefing's own page, each with the places that cite it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from dossier.content.models import Briefing, Source
from dossier.language.typography import typeset
from dossier.site.entries import Entry
from dossier.views.builder import Parts
from dossier.views.evidence import origins, source_mark, source_numbers
from dossier.views.parts import Place, SourceMark, SourceRow


def source_rows(parts: Parts, entry: Entry[Briefing]) -> tuple[SourceRow, ...]:
    """Build the rows of a briefing's sources for its own page, in the order of their numbers."""
    numbers, places, lang = source_numbers(entry), _places(entry), entry.lang
    sources = sorted(parts.site.words(entry).sources, key=lambda source: numbers[source.id])
    repeating = _repeating(entry, sources)
    return tuple(
        [
            SourceRow(
                number=numbers[source.id],
                anchor=f"source:{source.id}",
                title=source.title,
                publisher=source.publisher or "",
                date=source.date or "",
                url=source.url or "",
                reliability=source.reliability or "",
                relays=source.relays or "",
                same_origin=repeating.get(source.id, ()),
                archived=source.archived or "",
                note=typeset(source.note, lang) if source.note else "",
                places=tuple(places[source.id]),
            )
            for source in sources
        ]
    )


def _repeating(
    entry: Entry[Briefing], sources: Sequence[Source]
) -> Mapping[str, tuple[SourceMark, ...]]:
    """Refer from each source to the others that repeat the same one, where there are any."""
    origin = origins(sources)
    if len(set(origin.values())) == len(sources):
        return {}
    repeated = defaultdict(list)
    for source in sources:
        repeated[origin[source.id]].append(source.id)
    return {
        id_: tuple([source_mark(entry, one, here=True) for one in repeated[of] if one != id_])
        for id_, of in origin.items()
    }


def _places(entry: Entry[Briefing]) -> Mapping[str, list[Place]]:
    """Find all places of a briefing that cite each source."""
    places: dict[str, list[Place]] = defaultdict(list)
    for source_id in entry.citations:
        number = len(places[source_id]) + 1
        anchor = f"cite:{source_id}:{number}"
        places[source_id].append(Place(kind="text", number=number, anchor=anchor))
    facts = entry.facts
    if not (facts.figures or facts.moves or facts.judgements):
        return places
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
