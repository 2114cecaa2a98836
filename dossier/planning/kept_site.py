"""The site as it was last resolved and planned, kept in the cache.

As long as no facts change, documents refer to each other as before, and the same files are planned.
A build after an edit of words or texts takes both from here, and reads only the files that changed.
"""

# annotations are values here, not texts: decoders would evaluate texts again and again
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, TypeGuard

import msgspec

from dossier.build.blueprint import Blueprint
from dossier.build.inputs import Inputs, Options
from dossier.content.documents import Document, DocumentProblem, PartFingerprints
from dossier.content.images.files import ImageFiles
from dossier.content.models import Briefing, Company, Page, Region, Topic
from dossier.content.moments import Period, find_now
from dossier.content.reading.content_files import FILES_FOLDER
from dossier.content.reading.reader import Content
from dossier.content.settings import SETTINGS_FILE, Settings
from dossier.fingerprint import digest
from dossier.problems import Problem
from dossier.sealed_file import read_sealed, write_sealed
from dossier.site.entries import Entry, Frame
from dossier.site.reads import recording
from dossier.site.resolve import reworded
from dossier.site.schedule import Due
from dossier.site.site import Site, Words
from dossier.views.outputs import AnyOutput, AssetFile, Output

NAME = "site"


class KeptDocument(msgspec.Struct, frozen=True, array_like=True):
    """A document: the fingerprints of its file and of its parts, its reading time, its warnings."""

    content: str
    parts: PartFingerprints
    minutes: int
    warnings: tuple[Problem, ...] = ()


class KeptSite(msgspec.Struct, frozen=True, array_like=True):
    """A site without errors. Its entries have their words, and documents are by path.

    `given` is the fingerprint of everything but the documents that it was made from, and
    `settings_given` that of what its settings were read from; it is empty where others may be read.
    """

    given: str
    settings_given: str
    settings: Settings
    period: Period
    documents: Mapping[str, KeptDocument]
    briefings: tuple[Entry[Briefing], ...]
    held: tuple[Entry[Briefing], ...]
    companies: tuple[Entry[Company], ...]
    regions: tuple[Entry[Region], ...]
    topics: tuple[Entry[Topic], ...]
    pages: tuple[Entry[Page], ...]
    frame: Frame
    waiting: tuple[Due, ...]
    found: tuple[DocumentProblem, ...]
    shown: Mapping[str, str]
    outputs: tuple[AnyOutput, ...]

    def settings_again(self, given: str, as_of: str | None) -> Settings | None:
        """Return the settings for a build of a moment, if they would be read from the same."""
        if self.settings_given != given:
            return None
        now = find_now(as_of, self.settings.timezone)
        return msgspec.structs.replace(self.settings, as_of=now)

    def suits(self, given: str, paths: Iterable[str], now: int) -> bool:
        """Tell whether a site of these documents is this one but for changes within documents."""
        return (
            self.given == given and self.documents.keys() == set(paths) and self.period.covers(now)
        )

    def is_reworded(self, document: Document) -> bool:
        """Tell whether a document differs from the one that is kept in words and text alone."""
        kept = self.documents[document.path]
        same_facts = kept.parts.facts == document.fingerprints.facts
        return same_facts and kept.warnings == document.warnings

    def revive(self, content: Content, settings: Settings, images: ImageFiles) -> Site:
        """Build the site with the words of documents that were read anew."""
        settings = msgspec.structs.replace(settings, as_of=self.settings.as_of)
        kinds = (self.briefings, self.held, self.companies, self.regions, self.topics, self.pages)
        entries = {entry.source: entry for entry in chain[Entry[Any]](*kinds)}
        words = {
            source: Words(entry.facts, self.documents[source].minutes)
            for source, entry in entries.items()
        }
        for document in content.documents:
            words[document.path] = reworded(entries[document.path], document, settings)
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
        )

    def all_parts(self, documents: Iterable[Document]) -> Mapping[str, PartFingerprints]:
        """Return the fingerprints of the parts of all documents; some were read anew."""
        kept = {path: one.parts for path, one in self.documents.items()}
        return kept | {one.path: one.fingerprints for one in documents}


def settings_fingerprint(options: Options, inputs: Inputs) -> str:
    """Fingerprint all that settings follow from but the time and the theme."""
    file = inputs.content.get(SETTINGS_FILE, "")
    return digest(inputs.engine, file, options.base_url or "", str(options.drafts))


def given_fingerprint(settings: Settings, engine: str, contents: Mapping[str, str]) -> str:
    """Fingerprint what a site is made from beside documents and the time.

    `contents` are the fingerprints of all content files.
    """
    timeless = msgspec.structs.replace(settings, as_of="")
    files = sorted(one for one in contents.items() if one[0].startswith(f"{FILES_FOLDER}/"))
    return digest(engine, msgspec.json.encode(timeless), *chain(*files))


def read_kept_site(cache: Path | None) -> KeptSite | None:
    """Read the site that was kept last, if there is one and it is intact."""
    data = read_sealed(cache / NAME) if cache else b""
    try:
        return msgspec.msgpack.decode(data, type=KeptSite)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


def keep_site(cache: Path, engine: str, blueprint: Blueprint) -> None:
    """Keep a site for the next build. One that was made from what is kept need not be."""
    if len(blueprint.documents) < len(blueprint.parts):
        return
    site = blueprint.builders.site
    kept = KeptSite(
        given=given_fingerprint(site.settings, engine, blueprint.fingerprints),
        settings_given=blueprint.settings_given,
        settings=site.settings,
        period=site.period,
        documents={
            one.path: KeptDocument(
                blueprint.fingerprints[one.path],
                one.fingerprints,
                one.outline.minutes,
                one.warnings,
            )
            for one in blueprint.documents
        },
        briefings=_with_words(site, site.briefings),
        held=_with_words(site, site.held),
        companies=_with_words(site, site.companies),
        regions=_with_words(site, site.regions),
        topics=_with_words(site, site.topics),
        pages=_with_words(site, site.pages),
        frame=site.frame,
        waiting=tuple(site.waiting),
        found=blueprint.found,
        shown=blueprint.shown,
        outputs=tuple(filter(_is_planned, blueprint.outputs.values())),
    )
    write_sealed(cache / NAME, msgspec.msgpack.encode(kept))


def _with_words(site: Site, entries: Mapping[str, Entry[Any]]) -> tuple[Entry[Any], ...]:
    with recording():
        return tuple(
            msgspec.structs.replace(entry, facts=site.words(entry)) for entry in entries.values()
        )


def _is_planned(output: Output) -> TypeGuard[AnyOutput]:
    """Tell whether an output is one of the plan: which assets there are follows from templates."""
    return not isinstance(output, AssetFile)
