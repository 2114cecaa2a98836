"""What relations between briefings follow from: read once from the facts and links of all.

A build after an edit of words takes it from what was kept, and reads no other briefing for it.
"""

# annotations are values here, not texts: decoders would evaluate texts again and again
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from dossier.content.models import Briefing
from dossier.site.entries import Entry, Supersession

_FALLEN = ("superseded", "withdrawn")


class RelationIndex(msgspec.Struct, frozen=True, array_like=True):
    """Relations by id; `languages` are those in which briefings are written.

    `fallen` were superseded or withdrawn. `originals` are the briefings without translations,
    newest first; `companies`, `topics` and `regions` have the places of those that name one: 32-bit
    integers in the machine's byte order.
    """

    languages: frozenset[str]
    fallen: tuple[str, ...]
    originals: tuple[str, ...]
    translations: Mapping[str, tuple[str, ...]]
    supersessions: tuple[Supersession, ...]
    backlinks: Mapping[str, tuple[str, ...]]
    companies: Mapping[str, bytes]
    topics: Mapping[str, bytes]
    regions: Mapping[str, bytes]


def index_relations(briefings: Mapping[str, Entry[Briefing]]) -> RelationIndex:
    """Read what relations follow from; `briefings` are by id, newest first."""
    originals = [e for e in briefings.values() if e.facts.translation_of not in briefings]
    return RelationIndex(
        languages=frozenset(entry.lang for entry in briefings.values()),
        fallen=tuple(e.id for e in briefings.values() if e.facts.status in _FALLEN),
        originals=tuple(entry.id for entry in originals),
        translations=_translations(briefings.values()),
        supersessions=_supersessions(briefings),
        backlinks=_backlinks(briefings.values()),
        companies=_places(entry.facts.companies for entry in originals),
        topics=_places(entry.facts.topics for entry in originals),
        regions=_places(entry.facts.regions for entry in originals),
    )


def _translations(briefings: Iterable[Entry[Briefing]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    translated = [entry for entry in briefings if entry.facts.translation_of]
    for entry in sorted(translated, key=lambda entry: entry.lang):
        found[entry.facts.translation_of or ""].append(entry.id)
    return {original: tuple(ids) for original, ids in found.items()}


def _supersessions(briefings: Mapping[str, Entry[Briefing]]) -> tuple[Supersession, ...]:
    """Sort replacements, newest first."""
    found = [
        Supersession(old.id, item.briefing, item.regions)
        for old in briefings.values()
        for item in old.facts.superseded_by
        if item.briefing in briefings
    ]

    def instants(one: Supersession) -> tuple[int, int]:
        return briefings[one.new].instant, briefings[one.old].instant

    return tuple(sorted(found, key=instants, reverse=True))


def _backlinks(briefings: Iterable[Entry[Briefing]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for entry in briefings:
        linked = {t[1] for t in entry.targets.values() if t[0] == "briefing"}
        for id_ in sorted(linked - {entry.id}):
            found[id_].append(entry.id)
    return {id_: tuple(ids) for id_, ids in found.items()}


def _places(named: Iterable[tuple[str, ...]]) -> Mapping[str, bytes]:
    found: dict[str, list[int]] = defaultdict(list)
    for place, ids in enumerate(named):
        for id_ in ids:
            found[id_].append(place)
    return {id_: array("I", places).tobytes() for id_, places in found.items()}
