"""The site: what is published as of a date, by id.

Pure queries over resolved documents from `resolve`. Facts may be read anywhere, words and texts
only where reads are recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

import msgspec

from dossier.content.documents import Bodies, Body, Slot
from dossier.content.images.files import NO_IMAGES, ImageFiles
from dossier.content.images.model import ImageFacts
from dossier.content.models import Briefing, Company, FrontMatter, Kind, Page, Region, Topic
from dossier.content.moments import Period
from dossier.content.settings import Settings
from dossier.content.tables.files import NO_TABLES, TableFiles
from dossier.site.entries import Entry, Frame, FrontMatterType
from dossier.site.hierarchy import Hierarchy
from dossier.site.reads import facts_only, record_read
from dossier.site.relation_index import RelationIndex
from dossier.site.relations import Relations
from dossier.site.schedule import Due

if TYPE_CHECKING:
    from dossier.content.tables.read import Table

Model = TypeVar("Model")


class Words(msgspec.Struct, Generic[FrontMatterType], frozen=True):
    """A document's front matter with ids for references, and its reading time."""

    front_matter: FrontMatterType
    minutes: int


class Site:
    """Everything that is published; immutable.

    `words` are by the path of the document; `briefings` that are by id come newest first, and may
    have an `index` of their relations. `waiting` has what is told later, in order; within `period`,
    the site stays the same.
    """

    def __init__(
        self,
        settings: Settings,
        bodies: Bodies,
        words: Mapping[str, Words[Any]],
        *,
        briefings: Iterable[Entry[Briefing]] | Mapping[str, Entry[Briefing]],
        held: Iterable[Entry[Briefing]] = (),
        companies: Iterable[Entry[Company]] = (),
        regions: Iterable[Entry[Region]] = (),
        topics: Iterable[Entry[Topic]] = (),
        pages: Iterable[Entry[Page]] = (),
        frame: Frame,
        waiting: Sequence[Due] = (),
        period: Period,
        tables: TableFiles = NO_TABLES,
        images: ImageFiles = NO_IMAGES,
        index: RelationIndex | None = None,
    ) -> None:
        self.settings = settings
        self.bodies = bodies
        self.frame = frame
        self.waiting = waiting
        self.period = period
        self.tables = tables
        self.images = images
        self._words = words
        self._models: dict[Callable[[Any], Any], Any] = {}
        self._index = index
        self.briefings: Mapping[str, Entry[Briefing]] = (
            briefings if isinstance(briefings, Mapping) else _newest_first(briefings)
        )
        self.held = {entry.id: entry for entry in held}
        self.companies = {entry.id: entry for entry in companies}
        self.regions = {entry.id: entry for entry in regions}
        self.topics = {entry.id: entry for entry in topics}
        self.pages = {entry.id: entry for entry in pages}

    def __getstate__(self) -> dict[str, Any]:
        """Leave out models when pickling: other processes build them again."""
        return {**self.__dict__, "_models": {}}

    def words(self, entry: Entry[FrontMatterType]) -> FrontMatterType:
        """Return a document's front matter including words; records the read."""
        record_read(entry.source, "words")
        front_matter: FrontMatterType = self._words[entry.source].front_matter
        return front_matter

    def minutes(self, entry: Entry[Any]) -> int:
        """Return a document's reading time; records a read of its words."""
        record_read(entry.source, "words")
        return self._words[entry.source].minutes

    def body(self, entry: Entry[Any]) -> Body:
        """Return the body of a document; records the read."""
        record_read(entry.source, "text")
        return self.bodies(entry.source)

    def table(self, path: str) -> Table:
        """Return the table in a file; records the read."""
        record_read(path, "text")
        return self.tables.read(path)

    def image(self, path: str) -> ImageFacts:
        """Return the facts of an image in a file; records the read."""
        record_read(path, "text")
        return self.images.read(path)

    def model(self, build: Callable[[Site], Model]) -> Model:
        """Build a model from the facts of the site, once; words cannot be read."""
        if build not in self._models:
            with facts_only():
                self._models[build] = build(self)
        return cast("Model", self._models[build])

    def reworded(self, bodies: Bodies, words: Mapping[str, Words[Any]]) -> Site:
        """Replace words; models, which depend on facts alone, are kept."""
        site = copy(self)
        site._models = self._models  # which a copy leaves out
        site.bodies, site._words = bodies, {**self._words, **words}
        return site

    @property
    def entries(self) -> Iterator[Entry[Any]]:
        """List everything published, of all kinds."""
        for entries in (self.companies, self.regions, self.topics, self.pages, self.briefings):
            yield from entries.values()

    def of_kind(self, kind: Kind) -> Mapping[str, Entry[Any]]:
        """Return what is published of a kind, by id."""
        kinds: dict[Kind, Mapping[str, Entry[Any]]] = {
            "briefing": self.briefings,
            "company": self.companies,
            "region": self.regions,
            "topic": self.topics,
            "page": self.pages,
        }
        return kinds[kind]

    @cached_property
    def relations(self) -> Relations:
        """The relations between the briefings."""
        members = {id_: e.facts.members for id_, e in self.regions.items() if e.facts.members}
        return Relations(
            self.briefings,
            Hierarchy({id_: e.facts.parent for id_, e in self.companies.items()}),
            Hierarchy({id_: e.facts.parent for id_, e in self.regions.items()}, members),
            Hierarchy({id_: e.facts.parent for id_, e in self.topics.items()}),
            self._index,
        )

    def of(self, ids: Iterable[str]) -> list[Entry[Briefing]]:
        """Look up briefings by their ids, in the same order."""
        return [self.briefings[id_] for id_ in ids]

    @cached_property
    def originals(self) -> Sequence[Entry[Briefing]]:
        """The briefings that lists show, newest first, without translations."""
        return self.of(self.relations.originals)

    def versions(self, entry: Entry[Briefing]) -> list[Entry[Briefing]]:
        """List all versions of a briefing, the original first."""
        of = entry.facts.translation_of
        original = self.briefings.get(of, entry) if of else entry
        others = self.relations.translations.get(original.id)
        return [original, *self.of(others)] if others else [original]

    def version(self, entry: Entry[Briefing], lang: str) -> Entry[Briefing]:
        """Find the version of a briefing in a language, or return the briefing."""
        if entry.lang == lang:
            return entry
        for version in self.versions(entry):
            if version.lang == lang:
                return version
        return entry

    def follow(self, entry: Entry[FrontMatter], slot: Slot) -> tuple[str, str] | None:
        """Find the path and the title for a slot of a body; None for a briefing that is held back.

        The title is empty for slots that do not show one.
        """
        target = entry.targets[slot.target]
        if isinstance(target, str):
            return target, slot.target
        kind, id_ = target
        found = self.of_kind(kind).get(id_)
        if found is None:
            return None
        if kind == "briefing":
            found = self.version(found, entry.lang)
        return found.path, self.title(found, entry.lang) if slot.fill == "title" else ""

    def title(self, entry: Entry[Any], lang: str) -> str:
        """Return the title or name of a document in a language, as it was written."""
        if entry.kind == "region":
            return self.region_name(entry.id, lang)
        if entry.kind == "briefing":
            return self.words(entry).title  # type: ignore[no-any-return]
        facts = entry.facts
        return facts.title if entry.kind == "page" else facts.name  # type: ignore[no-any-return]

    def region_name(self, id_: str, lang: str) -> str:
        """Name a region in a language: as authored, or from its code by CLDR."""
        facts = self.regions[id_].facts
        if facts.code is None or lang == self.settings.language:
            return facts.name
        from dossier.language.formatting import territory_name  # loads Babel, which few sites need

        return territory_name(facts.code, facts.name, lang)


def _newest_first(briefings: Iterable[Entry[Briefing]]) -> dict[str, Entry[Briefing]]:
    ordered = sorted(briefings, key=lambda e: (e.instant, e.id), reverse=True)
    return {entry.id: entry for entry in ordered}
