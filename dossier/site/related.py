"""Related briefings: by shared companies, topics and regions, with more weight for rare ones."""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

from dossier.content.models import Briefing
from dossier.site.entries import Entry

MOST = 4
_NEIGHBOURS = 12  # per term and side: limits the work for companies with thousands of briefings


class Related:
    """The related briefings of each of some briefings, which are sorted by time."""

    def __init__(self, entries: Sequence[Entry[Briefing]]) -> None:
        self._ids = [entry.id for entry in entries]
        self._position = {id_: position for position, id_ in enumerate(self._ids)}
        self._by_term: dict[str, list[int]] = defaultdict(list)
        self._terms: list[list[tuple[str, int]]] = []
        for position, entry in enumerate(entries):
            terms = _terms(entry.facts)
            self._terms.append([(term, len(self._by_term[term])) for term in terms])
            for term in terms:
                self._by_term[term].append(position)
        self._weight = {
            term: math.log(1 + len(entries) / len(found)) for term, found in self._by_term.items()
        }

    def of(self, id_: str) -> list[str]:
        """Find up to four others, closest in subject first."""
        own = self._position[id_]
        score: dict[int, float] = {}
        for weight, window in self._windows(own):
            for other in window:
                score[other] = score.get(other, 0.0) + weight
        score.pop(own, None)
        ranked = [(-found, abs(other - own), other) for other, found in score.items()]
        return [self._ids[other] for _, _, other in heapq.nsmallest(MOST, ranked)]

    def _windows(self, position: int) -> Iterator[tuple[float, Sequence[int]]]:
        """Yield the weight of each term, and the briefings with it that are close in time."""
        for term, at in self._terms[position]:
            window = self._by_term[term][max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS + 1]
            yield self._weight[term], window


def _terms(briefing: Briefing) -> tuple[str, ...]:
    return (
        *(f"company {id_}" for id_ in briefing.companies),
        *(f"topic {id_}" for id_ in briefing.topics),
        *(f"region {id_}" for id_ in briefing.regions),
    )
