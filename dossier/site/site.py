"""The site: what is published as of a date, by id, and how it hangs together.

Pure queries over resolved documents. `resolve.py` builds it; `views.py` and below read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import cached_property
from typing import Any

from dossier.content.documents import Bodies, Slot
from dossier.content.models import Briefing, Company, FrontMatter, Kind, Page, Region, Topic
from dossier.content.settings import Settings
from dossier.site.entries import Entry
from dossier.site.hierarchy import Hierarchy
from dossier.site.relations import Relations


class Site:
    """Everything that is published. Not changed once it is built."""

    def __init__(
        self,
        settings: Settings,
        bodies: Bodies,
        *,
        briefings: Iterable[Entry[Briefing]],
        held: Iterable[Entry[Briefing]] = (),
        companies: Iterable[Entry[Company]] = (),
        regions: Iterable[Entry[Region]] = (),
        topics: Iterable[Entry[Topic]] = (),
        pages: Iterable[Entry[Page]] = (),
    ) -> None:
        self.settings = settings
        self.bodies = bodies
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

    def of_kind(self, kind: Kind) -> dict[str, Entry[Any]]:
        """What is published of a kind, by id."""
        kinds: dict[Kind, dict[str, Entry[Any]]] = {
            "briefing": self.briefings,
            "company": self.companies,
            "region": self.regions,
            "topic": self.topics,
            "page": self.pages,
        }
        return kinds[kind]

    def reworded(self, bodies: Bodies, entries: Iterable[Entry[Any]]) -> Site:
        """The same site with other words in some entries; what relates them is kept as it is."""
        site = copy(self)
        site.__dict__.pop("originals", None)
        site.bodies = bodies
        site.briefings, site.companies = dict(self.briefings), dict(self.companies)
        site.regions, site.topics = dict(self.regions), dict(self.topics)
        site.pages = dict(self.pages)
        for entry in entries:
            site.of_kind(entry.kind)[entry.id] = entry
        return site

    @cached_property
    def relations(self) -> Relations:
        """How the briefings hang together."""
        members = {id_: e.record.members for id_, e in self.regions.items() if e.record.members}
        return Relations(
            self.briefings,
            Hierarchy({id_: e.record.parent for id_, e in self.companies.items()}),
            Hierarchy({id_: e.record.parent for id_, e in self.regions.items()}, members),
            Hierarchy({id_: e.record.parent for id_, e in self.topics.items()}),
        )

    def of(self, ids: Iterable[str]) -> list[Entry[Briefing]]:
        """Briefings by their ids, in the same order."""
        return [self.briefings[id_] for id_ in ids]

    @cached_property
    def originals(self) -> Sequence[Entry[Briefing]]:
        """The briefings that lists show, newest first: a translation stands behind its original."""
        return self.of(self.relations.originals)

    def versions(self, entry: Entry[Briefing]) -> list[Entry[Briefing]]:
        """A briefing in every language that it is published in, the original first."""
        return self.of(self.relations.versions(entry.id))

    def version(self, entry: Entry[Briefing], lang: str) -> Entry[Briefing]:
        """A briefing in a language, or as it is where there is no such version."""
        if entry.lang == lang:
            return entry
        return next((v for v in self.versions(entry) if v.lang == lang), entry)

    def follow(self, entry: Entry[FrontMatter], slot: Slot) -> tuple[str, str] | None:
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
        named: Mapping[str, Entry[Any]] = self.companies if kind == "company" else self.topics
        return named[id_].path, named[id_].record.name

    def region_name(self, id_: str, lang: str) -> str:
        """The name of a region in a language: as authored, or by CLDR from its code."""
        record = self.regions[id_].record
        if record.code is None or lang == self.settings.language:
            return record.name
        from babel import Locale  # its data is slow to load; a site of one language needs none

        return str(Locale.parse(lang, sep="-").territories.get(record.code, record.name))
