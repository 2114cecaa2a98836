"""Relations between briefings: in time, by subject, as translations, links and replacements.

By id, and only from facts: as long as no facts change, all of this stays the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache, cached_property
from typing import TypeVar

from dossier.content.models import Briefing
from dossier.site.entries import Entry, Supersession
from dossier.site.hierarchy import Hierarchy
from dossier.site.related import Related

Item = TypeVar("Item")


class Relations:
    """Relations between the published briefings; `briefings` are by id, newest first."""

    def __init__(
        self,
        briefings: Mapping[str, Entry[Briefing]],
        company_tree: Hierarchy,
        region_tree: Hierarchy,
        topic_tree: Hierarchy,
    ) -> None:
        self._briefings = briefings
        self.company_tree = company_tree
        self.region_tree = region_tree
        self.topic_tree = topic_tree

    @cached_property
    def originals(self) -> tuple[str, ...]:
        """The briefings that lists show, newest first, without translations."""
        published = self._briefings
        return tuple(id_ for id_, e in published.items() if e.facts.translation_of not in published)

    @cached_property
    def by_company(self) -> Mapping[str, list[str]]:
        """The listed briefings of each company and those it owns, newest first."""
        return self._grouped(self.company_tree, lambda briefing: briefing.companies)

    @cached_property
    def by_region(self) -> Mapping[str, list[str]]:
        """The listed briefings of each region and those it contains, newest first."""
        return self._grouped(self.region_tree, lambda briefing: briefing.regions)

    @cached_property
    def by_topic(self) -> Mapping[str, list[str]]:
        """The listed briefings of each topic and narrower ones, newest first."""
        return self._grouped(self.topic_tree, lambda briefing: briefing.topics)

    @cached_property
    def translations(self) -> Mapping[str, list[str]]:
        """The translations of each original, by language."""
        translated = [e for e in self._briefings.values() if e.facts.translation_of]
        ordered = sorted(translated, key=lambda e: e.lang)
        found: dict[str, list[str]] = defaultdict(list)
        for entry in ordered:
            found[entry.facts.translation_of or ""].append(entry.id)
        return found

    def original(self, id_: str) -> str:
        """Return the original of a translation, or the briefing itself."""
        of = self._briefings[id_].facts.translation_of
        return of if of is not None and of in self._briefings else id_

    def versions(self, id_: str) -> list[str]:
        """List all versions of a briefing, the original first."""
        original = self.original(id_)
        return [original, *self.translations.get(original, [])]

    @cached_property
    def replaced_by(self) -> Mapping[str, list[Supersession]]:
        """The replacements of each briefing."""
        return _by(self._supersessions, lambda s: s.old)

    @cached_property
    def replaces(self) -> Mapping[str, list[Supersession]]:
        """The briefings that each briefing replaced."""
        return _by(self._supersessions, lambda s: s.new)

    @cached_property
    def backlinks(self) -> Mapping[str, list[str]]:
        """The briefings whose text links to each briefing, newest first."""
        found: dict[str, list[str]] = defaultdict(list)
        for entry in self._briefings.values():
            linked = {t[1] for t in entry.targets.values() if t[0] == "briefing"}
            for id_ in sorted(linked - {entry.id}):
                found[id_].append(entry.id)
        return found

    @cached_property
    def neighbours(self) -> Mapping[str, tuple[str | None, str | None]]:
        """The previous and the next briefing in time of each listed one."""
        newest_first = self.originals
        before = [*newest_first[1:], None]
        after = [None, *newest_first[:-1]]
        return {
            id_: (earlier, later)
            for id_, earlier, later in zip(newest_first, before, after, strict=False)
        }

    @cached_property
    def related(self) -> Related:
        """The related briefings of each listed one."""
        return Related([self._briefings[id_] for id_ in self.originals])

    @cached_property
    def _supersessions(self) -> tuple[Supersession, ...]:
        """Sort replacements, newest first."""
        published = self._briefings
        found = [
            Supersession(old.id, item.briefing, item.regions)
            for old in published.values()
            for item in old.facts.superseded_by
            if item.briefing in published
        ]

        def instants(one: Supersession) -> tuple[int, int]:
            return published[one.new].instant, published[one.old].instant

        return tuple(sorted(found, key=instants, reverse=True))

    def _grouped(
        self, tree: Hierarchy, of: Callable[[Briefing], tuple[str, ...]]
    ) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        within = cache(tree.within)  # many briefings name the same
        for id_ in self.originals:
            for node in within(of(self._briefings[id_].facts)):
                found[node].append(id_)
        return found


def _by(items: Iterable[Item], key: Callable[[Item], str]) -> Mapping[str, list[Item]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        found[key(item)].append(item)
    return found
