"""The site: what is published as of a date, by id, and how it hangs together.

Pure queries over resolved documents. `resolve.py` builds it; `views.py` and below read it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Generic, TypeVar

import msgspec

from dossier.documents import Body, Slot
from dossier.hierarchy import Hierarchy
from dossier.models import Briefing, Company, Kind, Page, Record, Region, Topic
from dossier.settings import Settings

RecordType = TypeVar("RecordType", bound=Record)

Target = tuple[Kind, str] | str
"""What a link of a body leads to: a document, or a path within the site."""


class Entry(msgspec.Struct, Generic[RecordType], frozen=True, eq=False):
    """A document within the site: every reference of its record is an id."""

    kind: Kind
    id: str
    source: str
    """The file it came from, relative to the content folder."""
    lang: str
    moment: str
    """When it was published, on the clocks of the site's zone; empty for what has no date."""
    path: str
    """Its page, relative to the site's root."""
    record: RecordType
    body: Body
    targets: Mapping[str, Target]
    """What each target of the body's slots means."""


class Supersession(msgspec.Struct, frozen=True, eq=False):
    """One briefing in the place of another, for some regions or (if none are named) for all."""

    old: Entry[Briefing]
    new: Entry[Briefing]
    regions: tuple[str, ...]


class Site:
    """Everything that is published. Not changed once it is built."""

    def __init__(
        self,
        settings: Settings,
        *,
        briefings: Iterable[Entry[Briefing]],
        held: Iterable[Entry[Briefing]] = (),
        companies: Iterable[Entry[Company]] = (),
        regions: Iterable[Entry[Region]] = (),
        topics: Iterable[Entry[Topic]] = (),
        pages: Iterable[Entry[Page]] = (),
    ) -> None:
        self.settings = settings
        newest_first = sorted(briefings, key=lambda e: (e.moment, e.id), reverse=True)
        self.briefings = {entry.id: entry for entry in newest_first}
        self.held = {entry.id: entry for entry in held}
        self.companies = {entry.id: entry for entry in companies}
        self.regions = {entry.id: entry for entry in regions}
        self.topics = {entry.id: entry for entry in topics}
        self.pages = {entry.id: entry for entry in pages}

    @property
    def entries(self) -> Iterator[Entry[Any]]:
        """Everything published, of every kind."""
        for entries in (self.companies, self.regions, self.topics, self.pages, self.briefings):
            yield from entries.values()

    @cached_property
    def company_tree(self) -> Hierarchy:
        """Who owns whom."""
        return Hierarchy({id_: entry.record.parent for id_, entry in self.companies.items()})

    @cached_property
    def region_tree(self) -> Hierarchy:
        """What lies in what, groups across the tree included."""
        members = {id_: e.record.members for id_, e in self.regions.items() if e.record.members}
        return Hierarchy({id_: e.record.parent for id_, e in self.regions.items()}, members)

    @cached_property
    def topic_tree(self) -> Hierarchy:
        """Which topic is part of which."""
        return Hierarchy({id_: entry.record.parent for id_, entry in self.topics.items()})

    @cached_property
    def originals(self) -> tuple[Entry[Briefing], ...]:
        """The briefings that lists show, newest first: a translation stands behind its original."""
        published = self.briefings
        return tuple(e for e in published.values() if e.record.translation_of not in published)

    @cached_property
    def by_company(self) -> Mapping[str, list[Entry[Briefing]]]:
        """The listed briefings of each company and of those that it owns, newest first."""
        return self._grouped(self.company_tree, lambda briefing: briefing.companies)

    @cached_property
    def by_region(self) -> Mapping[str, list[Entry[Briefing]]]:
        """The listed briefings of each region and of those in it, newest first."""
        return self._grouped(self.region_tree, lambda briefing: briefing.regions)

    @cached_property
    def by_topic(self) -> Mapping[str, list[Entry[Briefing]]]:
        """The listed briefings of each topic and of those below it, newest first."""
        return self._grouped(self.topic_tree, lambda briefing: briefing.topics)

    @cached_property
    def supersessions(self) -> tuple[Supersession, ...]:
        """Which published briefing replaces which, newest replacement first."""
        found = [
            Supersession(old, self.briefings[item.briefing], item.regions)
            for old in self.briefings.values()
            for item in old.record.superseded_by
            if item.briefing in self.briefings
        ]
        return tuple(sorted(found, key=lambda s: (s.new.moment, s.old.moment), reverse=True))

    @cached_property
    def replaced_by(self) -> Mapping[str, list[Supersession]]:
        """By the id of an old briefing: what replaced it."""
        return _by(self.supersessions, lambda s: s.old.id)

    @cached_property
    def replaces(self) -> Mapping[str, list[Supersession]]:
        """By the id of a new briefing: what it replaced."""
        return _by(self.supersessions, lambda s: s.new.id)

    @cached_property
    def backlinks(self) -> Mapping[str, list[Entry[Briefing]]]:
        """By the id of a briefing: the briefings whose text links to it, newest first."""
        found: dict[str, list[Entry[Briefing]]] = defaultdict(list)
        for entry in self.briefings.values():
            linked = {t[1] for t in entry.targets.values() if t[0] == "briefing"}
            for id_ in sorted(linked - {entry.id}):
                found[id_].append(entry)
        return found

    def versions(self, entry: Entry[Briefing]) -> list[Entry[Briefing]]:
        """A briefing in every language that it is published in, the original first."""
        original = self.briefings.get(entry.record.translation_of or "", entry)
        return [original, *self._translations.get(original.id, [])]

    def version(self, entry: Entry[Briefing], lang: str) -> Entry[Briefing]:
        """A briefing in a language, or as it is where there is no such version."""
        if entry.lang == lang:
            return entry
        return next((v for v in self.versions(entry) if v.lang == lang), entry)

    def follow(self, entry: Entry[Record], slot: Slot) -> tuple[str, str] | None:
        """The path and the title that a body's slot leads to; None where that is held back."""
        target = entry.targets[slot.target]
        if isinstance(target, str):
            return target, slot.target
        kind, id_ = target
        if kind == "briefing":
            found = self.briefings.get(id_)
            if found is None:
                return None
            version = self.version(found, entry.lang)
            return version.path, version.record.title
        if kind == "page":
            return self.pages[id_].path, self.pages[id_].record.title
        if kind == "region":
            return self.regions[id_].path, self.region_name(id_, entry.lang)
        named = self.companies[id_] if kind == "company" else self.topics[id_]
        return named.path, named.record.name

    def region_name(self, id_: str, lang: str) -> str:
        """The name of a region in a language: as authored, or by CLDR from its code."""
        record = self.regions[id_].record
        if record.code is None or lang == self.settings.language:
            return record.name
        from babel import Locale  # its data is slow to load; a site of one language needs none

        return str(Locale.parse(lang, sep="-").territories.get(record.code, record.name))

    @cached_property
    def _translations(self) -> Mapping[str, list[Entry[Briefing]]]:
        translated = [e for e in self.briefings.values() if e.record.translation_of]
        ordered = sorted(translated, key=lambda e: e.lang)
        return _by(ordered, lambda e: e.record.translation_of or "")

    def _grouped(
        self, tree: Hierarchy, of: Callable[[Briefing], tuple[str, ...]]
    ) -> Mapping[str, list[Entry[Briefing]]]:
        found: dict[str, list[Entry[Briefing]]] = defaultdict(list)
        for entry in self.originals:
            for node in sorted(tree.within(of(entry.record))):
                found[node].append(entry)
        return found


Item = TypeVar("Item")


def _by(items: Iterable[Item], key: Callable[[Item], str]) -> Mapping[str, list[Item]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        found[key(item)].append(item)
    return found
