"""The site as it was last resolved and planned, kept in the cache.

As long as no facts change, documents refer to each other as before, and the same files are planned.
A build after an edit of words or texts takes both from here, and reads only the files that changed.
"""

# annotations are values here, not texts: decoders would evaluate texts again and again
from collections.abc import Iterator, Mapping, Set
from contextlib import contextmanager
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec

from dossier.build.blueprint import Blueprint
from dossier.content.documents import Document, DocumentProblem, PartFingerprints
from dossier.content.images.files import ImageFiles
from dossier.content.models import Briefing, Company, Page, Region, Topic
from dossier.content.moments import Period, find_now
from dossier.content.reading.content_files import FILES_FOLDER
from dossier.content.reading.reader import Content
from dossier.content.settings import Settings
from dossier.fingerprint import digest, engine_fingerprint
from dossier.kept_rows import KeptRows, Packed, pack
from dossier.problems import Problem
from dossier.processes.channel import forked
from dossier.processes.workers import CAN_FORK, jobs_for
from dossier.sealed_file import map_sealed, write_sealed
from dossier.site.entries import Entry, Frame
from dossier.site.reads import recording
from dossier.site.relation_index import RelationIndex
from dossier.site.resolve import reworded
from dossier.site.schedule import Due
from dossier.site.site import Site, Words
from dossier.views.outputs import AnyOutput, AssetFile, Output, Overview

NAME = "site"
WORTH_A_PROCESS = 500
"""Documents that take longer to keep than half a process does to start."""


class _File(msgspec.Struct, frozen=True, array_like=True):
    """A site, encoded, and the engine that kept it: no other decodes it, which would take memory
    for nothing."""

    engine: str
    site: memoryview


class KeptSite(msgspec.Struct, frozen=True, array_like=True, dict=True):
    """A site without errors. Its entries have their words.

    `given` is the fingerprint of everything but its files that it was made from, and
    `settings_given` that of what its settings were read from; it is empty where others may be read.
    `contents` are the fingerprints of all files by path. `minutes` are by document, in the order of
    `parts`; `sources` are those of briefings, in their order.
    """

    given: str
    settings_given: str
    settings: Settings
    period: Period
    contents: Mapping[str, str]
    packed_parts: Packed
    minutes: tuple[int, ...]
    warnings: Mapping[str, tuple[Problem, ...]]
    packed_briefings: Packed
    sources: tuple[str, ...]
    held: tuple[Entry[Briefing], ...]
    companies: tuple[Entry[Company], ...]
    regions: tuple[Entry[Region], ...]
    topics: tuple[Entry[Topic], ...]
    pages: tuple[Entry[Page], ...]
    frame: Frame
    index: RelationIndex
    waiting: tuple[Due, ...]
    found: tuple[DocumentProblem, ...]
    shown: Mapping[str, str]
    packed_outputs: Packed
    overview: Overview

    @cached_property
    def parts(self) -> KeptRows[PartFingerprints]:
        """The fingerprints of the parts of documents, by path."""
        return KeptRows(self.packed_parts, PartFingerprints)

    @cached_property
    def briefings(self) -> KeptRows[Entry[Briefing]]:
        """The published briefings by id, newest first."""
        return KeptRows(self.packed_briefings, Entry[Briefing])

    @cached_property
    def outputs(self) -> KeptRows[Output]:
        """The outputs of the plan, by file."""
        return KeptRows(self.packed_outputs, AnyOutput)

    def settings_again(self, given: str, as_of: str | None) -> Settings | None:
        """Return the settings for a build of a moment, if they would be read from the same."""
        if self.settings_given != given:
            return None
        now = find_now(as_of, self.settings.timezone)
        return msgspec.structs.replace(self.settings, as_of=now)

    def find_changed(self, given: str, contents: Mapping[str, str], now: int) -> Set[str] | None:
        """Find the documents that differ from those of this site; None if more does than they."""
        same_files = self.contents.keys() == contents.keys()
        if not (same_files and self.given == given and self.period.covers(now)):
            return None
        changed = {path for path, content in contents.items() if self.contents[path] != content}
        if any(path.startswith(f"{FILES_FOLDER}/") for path in changed):
            return None
        return changed & self.parts.keys()

    def is_reworded(self, document: Document) -> bool:
        """Tell whether a document differs from the one that is kept in words and text alone."""
        same_facts = self.parts[document.path].facts == document.fingerprints.facts
        return same_facts and self.warnings.get(document.path, ()) == document.warnings

    def revive(self, content: Content, settings: Settings, images: ImageFiles) -> Site:
        """Build the site with the words of documents that were read anew."""
        settings = msgspec.structs.replace(settings, as_of=self.settings.as_of)
        words = _KeptWords(self)
        for document in content.documents:
            entry = words.entry(document.path)
            words.read[document.path] = reworded(entry, document, settings)
        return Site(
            settings,
            content.bodies,
            words,
            briefings=self.briefings,
            held=self.held,
            companies=self.companies,
            regions=self.regions,
            topics=self.topics,
            pages=self.pages,
            frame=self.frame,
            waiting=self.waiting,
            period=self.period,
            tables=content.tables,
            images=images,
            index=self.index,
        )


class _KeptWords(Mapping[str, Words[Any]]):
    """The words of all documents, by path: those that were `read` anew, and those in entries."""

    def __init__(self, site: KeptSite) -> None:
        self.read: dict[str, Words[Any]] = {}
        self._briefings = site.briefings
        self._ids = dict(zip(site.sources, site.briefings, strict=True))
        self._minutes = dict(zip(site.parts, site.minutes, strict=True))
        others = chain[Entry[Any]](site.held, site.companies, site.regions, site.topics, site.pages)
        self._others = {entry.source: entry for entry in others}

    def entry(self, path: str) -> Entry[Any]:
        """Return the entry of a document."""
        return self._others.get(path) or self._briefings[self._ids[path]]

    def __reduce__(self) -> tuple[type[dict[str, Words[Any]]], tuple[dict[str, Words[Any]]]]:
        """Other processes get the words of all documents."""
        return dict, ({path: self[path] for path in self},)

    def __getitem__(self, path: str) -> Words[Any]:
        """Return the words of a document. Raises `KeyError`."""
        if path not in self.read:
            self.read[path] = Words(self.entry(path).facts, self._minutes[path])
        return self.read[path]

    def __iter__(self) -> Iterator[str]:
        """List the paths."""
        return iter(self._minutes)

    def __len__(self) -> int:
        """Count the documents."""
        return len(self._minutes)


def given_fingerprint(settings: Settings, engine: str) -> str:
    """Fingerprint what a site is made from beside its files and the time."""
    timeless = msgspec.structs.replace(settings, as_of="")
    return digest(engine, msgspec.json.encode(timeless))


def read_kept_site(cache: Path | None) -> KeptSite | None:
    """Read the site that was kept last, if there is one and it is intact, by this engine."""
    data = map_sealed(cache / NAME) if cache else b""
    try:
        file = msgspec.msgpack.decode(data, type=_File)
        if file.engine != engine_fingerprint():
            return None
        return msgspec.msgpack.decode(file.site, type=KeptSite)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


@contextmanager
def site_kept(cache: Path | None, engine: str, blueprint: Blueprint, jobs: int) -> Iterator[None]:
    """Keep a site for the next build until the end of the block, if that succeeds.

    Where another process is worth it, that does so meanwhile, whatever becomes of the block: a site
    holds for the content that it was made from. One that was made from what is kept need not be.
    """
    if cache is None or len(blueprint.documents) < len(blueprint.parts):
        yield
        return
    if CAN_FORK and jobs_for(len(blueprint.documents), jobs, WORTH_A_PROCESS) > 1:
        with forked(lambda _asker: keep_site(cache, engine, blueprint), reaped=False):
            yield
        return
    yield
    keep_site(cache, engine, blueprint)


def keep_site(cache: Path, engine: str, blueprint: Blueprint) -> None:
    """Write a site to the cache folder."""
    site = blueprint.builders.site
    kept = KeptSite(
        given=given_fingerprint(site.settings, engine),
        settings_given=blueprint.settings_given,
        settings=site.settings,
        period=site.period,
        contents=blueprint.fingerprints,
        packed_parts=pack(blueprint.parts),
        minutes=tuple(one.outline.minutes for one in blueprint.documents),
        warnings={one.path: one.warnings for one in blueprint.documents if one.warnings},
        packed_briefings=pack({e.id: e for e in _with_words(site, site.briefings)}),
        sources=tuple(entry.source for entry in site.briefings.values()),
        held=_with_words(site, site.held),
        companies=_with_words(site, site.companies),
        regions=_with_words(site, site.regions),
        topics=_with_words(site, site.topics),
        pages=_with_words(site, site.pages),
        frame=site.frame,
        index=site.relations.index,
        waiting=tuple(site.waiting),
        found=blueprint.found,
        shown=blueprint.shown,
        packed_outputs=pack(
            {file: one for file, one in blueprint.outputs.items() if not isinstance(one, AssetFile)}
        ),
        overview=blueprint.overview,
    )
    encoded = memoryview(msgspec.msgpack.encode(kept))
    write_sealed(cache / NAME, msgspec.msgpack.encode(_File(engine, encoded)))


def _with_words(site: Site, entries: Mapping[str, Entry[Any]]) -> tuple[Entry[Any], ...]:
    with recording():
        return tuple(
            msgspec.structs.replace(entry, facts=site.words(entry)) for entry in entries.values()
        )
