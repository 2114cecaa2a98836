"""Related briefings: by shared companies, topics and regions, with more weight for rare ones."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

from dossier.content.models import Briefing
from dossier.site.entries import Entry

MOST = 4
_NEIGHBOURS = 12  # per term and side: limits the work for companies with thousands of briefings


class Related:
    """The related briefings of each of some briefings, which are sorted by time."""

    def __init__(self, entries: Sequence[Entry[Briefing]]) -> None:
        self._entries = entries
        self._position = {entry.id: position for position, entry in enumerate(entries)}
        self._companies: dict[str, list[int]] = defaultdict(list)
        self._topics: dict[str, list[int]] = defaultdict(list)
        self._regions: dict[str, list[int]] = defaultdict(list)
        for position, entry in enumerate(entries):
            facts = entry.facts
            for id_ in facts.companies:
                self._companies[id_].append(position)
            for id_ in facts.topics:
                self._topics[id_].append(position)
            for id_ in facts.regions:
                self._regions[id_].append(position)

    def of(self, id_: str) -> list[str]:
        """Find up to four others, closest in subject first."""
        own = self._position[id_]
        score: dict[int, float] = {}
        so_far = score.get
        for found in self._with_the_same(self._entries[own].facts):
            weight = math.log(1 + len(self._entries) / len(found))
            at = bisect_left(found, own)
            for other in found[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS + 1]:
                score[other] = so_far(other, 0.0) + weight
        score.pop(own, None)
        least = min(sorted(score.values())[-MOST:], default=0.0)
        ranked = sorted(
            [(-found, abs(other - own), other) for other, found in score.items() if found >= least]
        )
        return [self._entries[other].id for _, _, other in ranked[:MOST]]

    def _with_the_same(self, facts: Briefing) -> Iterator[list[int]]:
        """Yield the briefings about each company, topic and region of one, itself included."""
        yield from (self._companies[id_] for id_ in facts.companies)
        yield from (self._topics[id_] for id_ in facts.topics)
        yield from (self._regions[id_] for id_ in facts.regions)
