"""Relations between briefings: in time, by subject, as translations, links and replacements.

By id, and only from facts: as long as no facts change, all of this stays the same.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import count
from typing import TypeVar

from dossier.content.models import Briefing, Kind
from dossier.site.entries import Entry, Supersession
from dossier.site.hierarchy import Hierarchy
from dossier.site.relation_index import RelationIndex, index_relations

Item = TypeVar("Item")

MOST_RELATED = 4
_NEIGHBOURS = 12  # per term and side: limits the work for companies with thousands of briefings


class Relations:
    """Relations between the published briefings; `briefings` are by id, newest first.

    They follow from an index, which is worked out where it is not known.
    """

    def __init__(
        self,
        briefings: Mapping[str, Entry[Briefing]],
        company_tree: Hierarchy,
        region_tree: Hierarchy,
        topic_tree: Hierarchy,
        index: RelationIndex | None = None,
    ) -> None:
        self._briefings = briefings
        self.index = index or index_relations(briefings)
        self.originals = self.index.originals
        """The briefings that lists show, newest first, without translations."""
        self.translations = self.index.translations
        """The translations of each original, by language."""
        self.backlinks = self.index.backlinks
        """The briefings whose text links to each briefing, newest first."""
        self.company_tree = company_tree
        self.region_tree = region_tree
        self.topic_tree = topic_tree

    @cached_property
    def by_company(self) -> Mapping[str, list[str]]:
        """The listed briefings of each company and those it owns, newest first."""
        return self._grouped(self.company_tree, self.index.companies)

    @cached_property
    def by_region(self) -> Mapping[str, list[str]]:
        """The listed briefings of each region and those it contains, newest first."""
        return self._grouped(self.region_tree, self.index.regions)

    @cached_property
    def by_topic(self) -> Mapping[str, list[str]]:
        """The listed briefings of each topic and narrower ones, newest first."""
        return self._grouped(self.topic_tree, self.index.topics)

    def original(self, id_: str) -> str:
        """Return the original of a translation, or the briefing itself."""
        of = self._briefings[id_].facts.translation_of
        return of if of is not None and of in self._briefings else id_

    def versions(self, id_: str) -> list[str]:
        """List all versions of a briefing, the original first."""
        original = self.original(id_)
        return [original, *self.translations.get(original, ())]

    @cached_property
    def replaced_by(self) -> Mapping[str, list[Supersession]]:
        """The replacements of each briefing."""
        return _by(self.index.supersessions, lambda s: s.old)

    @cached_property
    def replaces(self) -> Mapping[str, list[Supersession]]:
        """The briefings that each briefing replaced."""
        return _by(self.index.supersessions, lambda s: s.new)

    @cached_property
    def neighbours(self) -> Mapping[str, tuple[str | None, str | None]]:
        """The previous and the next briefing in time of each listed one."""
        newest_first = self.originals
        earlier, later = (*newest_first[1:], None), (None, *newest_first[:-1])
        return dict(zip(newest_first, zip(earlier, later, strict=True), strict=True))

    @cached_property
    def related(self) -> Related:
        """The related briefings of each listed one."""
        return Related(self._briefings, self.index)

    def _grouped(self, tree: Hierarchy, places: Mapping[str, bytes]) -> Mapping[str, list[str]]:
        """List, by all that contains something, what is about it; `places` are by its id."""
        within: dict[str, list[bytes]] = defaultdict(list)
        for id_, packed in places.items():
            for node in tree.containers(id_):
                within[node].append(packed)
        found = {node: sorted({*array("I", b"".join(each))}) for node, each in within.items()}
        ids = self.originals
        in_order = sorted(found, key=lambda node: (found[node][0], node))
        return defaultdict(list, {node: [ids[n] for n in found[node]] for node in in_order})


class Related:
    """The related briefings of each original: those that share companies, topics and regions with
    it, with more weight for rare ones. `briefings` are by id."""

    def __init__(self, briefings: Mapping[str, Entry[Briefing]], index: RelationIndex) -> None:
        self._briefings = briefings
        self._ids = index.originals
        self._position = dict(zip(self._ids, count(), strict=False))
        self._named: Mapping[Kind, Mapping[str, bytes]] = {
            "company": index.companies,
            "topic": index.topics,
            "region": index.regions,
        }
        self._found: dict[tuple[Kind, str], tuple[list[int], float]] = {}

    def of(self, id_: str) -> list[str]:
        """Find up to four others, closest in subject first."""
        own = self._position[id_]
        score: dict[int, float] = {}
        for found, weight in self._with_the_same(self._briefings[id_].facts):
            at = bisect_left(found, own)
            for other in found[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS + 1]:
                score[other] = score[other] + weight if other in score else weight
        score.pop(own, None)
        least = min(sorted(score.values())[-MOST_RELATED:], default=0.0)
        ranked = sorted(
            [(-found, abs(other - own), other) for other, found in score.items() if found >= least]
        )
        return [self._ids[other] for _, _, other in ranked[:MOST_RELATED]]

    def _with_the_same(self, facts: Briefing) -> Iterator[tuple[list[int], float]]:
        """Yield the briefings about each company, topic and region of one, itself included, with
        the weight of what they share."""
        of_kind: tuple[tuple[Kind, Iterable[str]], ...] = (
            ("company", facts.companies),
            ("topic", facts.topics),
            ("region", facts.regions),
        )
        for kind, ids in of_kind:
            for id_ in ids:
                yield self._found.get((kind, id_)) or self._about(kind, id_)

    def _about(self, kind: Kind, id_: str) -> tuple[list[int], float]:
        found = array("I", self._named[kind][id_]).tolist()
        weighted = found, math.log(1 + len(self._ids) / len(found))
        self._found[kind, id_] = weighted
        return weighted


def _by(items: Iterable[Item], key: Callable[[Item], str]) -> Mapping[str, list[Item]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        found[key(item)].append(item)
    return found
