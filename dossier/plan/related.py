"""Which briefings are worth reading next: shared companies, topics and regions, rare ones most."""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

from dossier.models import Briefing
from dossier.site import Entry, Site

MOST = 4
_NEIGHBOURS = 12  # per term and side: bounds the work where one company has thousands of briefings


def related_briefings(site: Site) -> Mapping[str, list[Entry[Briefing]]]:
    """By the id of each listed briefing: up to four others, the nearest in subject first."""
    by_term: dict[str, list[int]] = defaultdict(list)
    terms_of = [_terms(entry.record) for entry in site.originals]
    for position, terms in enumerate(terms_of):
        for term in terms:
            by_term[term].append(position)
    weight = {t: math.log(1 + len(terms_of) / len(found)) for t, found in by_term.items()}
    place = {
        (term, position): index
        for term, found in by_term.items()
        for index, position in enumerate(found)
    }
    return {
        entry.id: [
            site.originals[other]
            for other in _nearest(position, terms_of[position], by_term, weight, place)
        ]
        for position, entry in enumerate(site.originals)
    }


def _terms(briefing: Briefing) -> tuple[str, ...]:
    return (
        *(f"company {id_}" for id_ in briefing.companies),
        *(f"topic {id_}" for id_ in briefing.topics),
        *(f"region {id_}" for id_ in briefing.regions),
    )


def _nearest(
    position: int,
    terms: Sequence[str],
    by_term: Mapping[str, Sequence[int]],
    weight: Mapping[str, float],
    place: Mapping[tuple[str, int], int],
) -> list[int]:
    score: dict[int, float] = defaultdict(float)
    for term in terms:
        at = place[term, position]
        for other in by_term[term][max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS + 1]:
            score[other] += weight[term]
    score.pop(position, None)
    ranked = [(-found, abs(other - position), other) for other, found in score.items()]
    return [other for _, _, other in heapq.nsmallest(MOST, ranked)]
