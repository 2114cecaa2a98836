"""Feeds of the site, of its other languages, and of each company, region and topic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import Any, Literal, cast

import msgspec

from dossier.content.models import Briefing, Kind
from dossier.content.moments import find_instant
from dossier.language.typography import typeset
from dossier.site.entries import Entry
from dossier.site.reads import remembered
from dossier.site.urls import FEED_FILES, SECTIONS, absolute_url, document_path
from dossier.views.builder import Parts
from dossier.views.evidence import change_rows
from dossier.views.feed_links import feed_forms
from dossier.views.files import Category, FeedEntry, FeedView
from dossier.views.outputs import Builder, FileOutput, ViewOutput
from dossier.views.replacements import replaced_by

MOST = 30
"""The most entries of a feed of the site."""
MOST_OF_A_SUBJECT = 15
"""The most entries of the feed of a company, region or topic: it is less busy."""


class FeedSource(msgspec.Struct, frozen=True, kw_only=True):
    """The subject of a feed, and its `briefings`, newest first.

    `page` is the path of the page that it follows, `source` that page's content file, `former` are
    the folders where that page was before. A `whole` feed has the full text of its entries, others
    have summaries.
    """

    kind: Kind | Literal["site"]
    page: str
    title: str
    lang: str
    briefings: tuple[str, ...]
    source: str = ""
    former: tuple[str, ...] = ()
    whole: bool = False


class LastChange(msgspec.Struct, frozen=True, order=True):
    """When a briefing changed last; with its own instant and id, so that no two are equal."""

    instant: int
    published: int
    id: str
    moment: str


class Feeds(Builder):
    """Builds the feeds of the site and of its companies, regions and topics."""

    name = "feed"

    def __init__(self, parts: Parts) -> None:
        self.site = parts.site
        self.parts = parts
        self.lang = parts.settings.language
        self._feed = remembered(self._build_feed, most=1)
        self._entry = remembered(self._build_entry)
        self._changed = cache(self._last_change)
        self._category = cache(self._build_category)

    @cached_property
    def sources(self) -> Mapping[str, FeedSource]:
        """All feeds by the path of their folders, except those without briefings."""
        found = dict(self._list_sources()) if self.site.settings.feeds else {}
        return {path: source for path, source in found.items() if source.briefings}

    def plan(self) -> Iterator[FileOutput]:
        """List each feed in each of its forms.

        Programs follow no redirect page, so a feed is at its former addresses as well: the same
        bytes, which name its address of today.
        """
        for path, source in self.sources.items():
            for n, folder in enumerate((path, *source.former)):
                for file in FEED_FILES.values():
                    yield FileOutput(
                        file=folder + file,
                        source=source.source,
                        field=("former_ids", n - 1) if n else (),
                        builder=self.name,
                        id=path,
                    )

    def shown(self, source: FeedSource) -> tuple[str, ...]:
        """Choose the briefings of a feed, last changed first."""
        most = MOST if source.whole else MOST_OF_A_SUBJECT
        return tuple(sorted(source.briefings, key=self._changed, reverse=True)[:most])

    def view(self, output: ViewOutput) -> FeedView:
        """Build the feed of a folder in one of its forms."""
        feed, (form, other) = self._feed(output.id), feed_forms(output.file)
        return msgspec.structs.replace(
            feed,
            form=form,
            url=self.parts.url(output.id + FEED_FILES[form]),
            other_url=self.parts.url(output.id + other),
        )

    def _build_feed(self, path: str) -> FeedView:
        """Build the feed of a folder, all but what only one of its forms has."""
        source, brand, settings = self.sources[path], self.parts.brand.view(""), self.site.settings
        first = (*source.former, path)[0]
        briefings = self.site.of(self.shown(source))
        make = self._whole_entry if source.whole else self._entry
        title = source.title
        return FeedView(
            form="atom_feed",
            id=self._permanent(first + FEED_FILES["atom_feed"]),
            url="",
            other_url="",
            page=self.parts.url(source.page),
            lang=source.lang,
            title=title if source.kind == "site" else f"{title} · {settings.title}",
            subtitle=settings.tagline if source.lang == self.lang else "",
            author=brand.publisher or settings.title,
            entries=tuple(make(briefing) for briefing in briefings),
            one_language=source.lang != self.lang,
            licence=brand.licence,
            licence_url=brand.licence_url,
            icon=self.parts.url(brand.icon) if brand.icon else "",
            logo=self.parts.url(brand.logo.path) if brand.logo else "",
        )

    def _list_sources(self) -> Iterator[tuple[str, FeedSource]]:
        site, relations, title = self.site, self.site.relations, self.site.settings.title
        for lang in self.parts.feeds.languages:
            own = lang == self.lang
            written = tuple(id_ for id_, entry in site.briefings.items() if entry.lang == lang)
            yield (
                "" if own else f"{lang}/",
                FeedSource(
                    kind="site",
                    page="",
                    title=title,
                    lang=lang,
                    briefings=self._in_own_language(relations.originals) if own else written,
                    whole=True,
                ),
            )
        for entries, briefings in (
            (site.companies, relations.by_company),
            (site.regions, relations.by_region),
            (site.topics, relations.by_topic),
        ):
            for id_, entry in cast("Mapping[str, Entry[Any]]", entries).items():
                yield (
                    entry.path,
                    FeedSource(
                        kind=entry.kind,
                        page=entry.path,
                        title=entry.facts.name,
                        lang=self.lang,
                        briefings=self._in_own_language(briefings.get(id_, ())),
                        source=entry.source,
                        former=tuple(
                            document_path(entry.kind, former, entry.lang, self.lang)
                            for former in entry.facts.former_ids
                        ),
                    ),
                )

    def _in_own_language(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Find the versions of briefings that lists show: in the site's language if possible."""
        site, translations = self.site, self.site.relations.translations
        return tuple(
            site.version(site.briefings[id_], self.lang).id if id_ in translations else id_
            for id_ in ids
        )

    def _build_entry(self, entry: Entry[Briefing]) -> FeedEntry:
        words, settings = self.site.words(entry), self.site.settings
        item = self.parts.item(entry, entry.lang)
        withdrawn = words.withdrawn
        versions = self.parts.translations(self.site.versions(entry))
        return FeedEntry(
            id=self._permanent(entry.path),
            url=self.parts.url(entry.path),
            root=settings.base_url,
            lang=entry.lang,
            title=item.title,
            summary=item.summary,
            published=settings.timestamp(entry.moment),
            updated=settings.timestamp(self._changed(entry.id).moment),
            status=self.parts.status.of(entry.id),
            authors=words.authors,
            categories=tuple(self._categories(entry)),
            translations=tuple(other for other in versions if other.lang != entry.lang),
            replaced_by=replaced_by(self.parts, entry),
            withdrawn_date=settings.local_moment(withdrawn.date) if withdrawn else "",
            withdrawn_reason=typeset(withdrawn.reason, entry.lang) if withdrawn else "",
            reconstructed=words.reconstructed or "",
            changes=change_rows(self.parts, entry),
        )

    def _whole_entry(self, entry: Entry[Briefing]) -> FeedEntry:
        html = self.parts.html(entry, self.site.settings.base_url)
        return msgspec.structs.replace(self._entry(entry), html=html)

    def _categories(self, entry: Entry[Briefing]) -> Iterator[Category]:
        parts, facts = self.parts, entry.facts
        for id_ in facts.companies:
            yield self._category("company", id_, parts.company_link(id_).title)
        for id_ in facts.regions:
            yield self._category("region", id_, parts.region_link(id_, entry.lang).title)
        for id_ in facts.topics:
            yield self._category("topic", id_, parts.topic_link(id_).title)

    def _build_category(self, kind: Kind, id_: str, label: str) -> Category:
        return Category(term=id_, scheme=self.parts.url(SECTIONS[kind]), label=label)

    def _last_change(self, id_: str) -> LastChange:
        """Find when a briefing was last published, updated, corrected, replaced or withdrawn."""
        entry, zone = self.site.briefings[id_], self.site.settings.timezone
        facts = entry.facts
        dates = [facts.date, *(change.date for change in facts.changes)]
        dates += [facts.updated] if facts.updated else []
        dates += [facts.withdrawn.date] if facts.withdrawn else []
        replaced_by = self.site.relations.replaced_by.get(id_, ())
        dates += [self.site.briefings[one.new].facts.date for one in replaced_by]
        instant, date = max((find_instant(date, zone), date) for date in dates)
        return LastChange(instant, entry.instant, id_, self.site.settings.local_moment(date))

    def _permanent(self, path: str) -> str:
        """Build an id from the first address, which stays the same when the site moves."""
        return absolute_url(self.site.settings.first_url, path)
