"""Feeds: of the site, of each other language, of each company, region and topic; and their list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from heapq import nlargest
from typing import Any, Literal, cast

import msgspec

from dossier.content.models import Briefing, Kind
from dossier.feeds.views import FeedRow, FollowView
from dossier.language.messages import gettext
from dossier.language.typography import typeset
from dossier.site.entries import Entry
from dossier.site.site import Site
from dossier.site.urls import CHANGES, FEED_FILES, FOLLOW, SECTIONS, absolute_url
from dossier.views.builder import Parts
from dossier.views.evidence import change_rows
from dossier.views.feed_links import feed_link
from dossier.views.files import Category, FeedEntry, FeedView
from dossier.views.outputs import PlannedResource
from dossier.views.replacements import replaced_by

MOST = 30
"""Entries of a feed."""


class FeedSource(msgspec.Struct, frozen=True, kw_only=True):
    """What a feed is made from: `briefings` newest first, of which it has those changed last.

    `page` is the path of what it follows, `source` the content file that it is owed to. A `whole`
    feed has the text of its entries, another one their summaries.
    """

    kind: Kind | Literal["site"]
    page: str
    title: str
    lang: str
    briefings: tuple[str, ...]
    source: str = ""
    whole: bool = False


class Feeds:
    """Makes the views of feeds, and of the page that lists them."""

    def __init__(self, site: Site, parts: Parts) -> None:
        self.site = site
        self.parts = parts
        self.lang = site.settings.language
        self._entry = cache(self._build_entry)
        self._changed = cache(self._last_change)
        self._category = cache(self._build_category)

    @cached_property
    def sources(self) -> Mapping[str, FeedSource]:
        """Every feed by the path of its folder; one without a briefing is left out."""
        found = dict(self._list_sources()) if self.site.settings.feeds else {}
        return {path: source for path, source in found.items() if source.briefings}

    def files(self) -> Iterator[PlannedResource]:
        """Each feed in each of its forms."""
        for path, source in self.sources.items():
            texts = self.shown(source) if source.whole else ()
            for name, file in FEED_FILES.items():
                yield PlannedResource(
                    file=path + file,
                    source=source.source,
                    name=name,
                    id=path,
                    lists=source.briefings,
                    texts=texts,
                )

    def shown(self, source: FeedSource) -> tuple[str, ...]:
        """The briefings that a feed shows, the last changed first."""
        return tuple(nlargest(MOST, source.briefings, key=self._changed))

    def view(self, path: str, form: Literal["atom_feed", "json_feed"]) -> FeedView:
        """The feed in a folder, in one of its forms."""
        source, settings = self.sources[path], self.site.settings
        briefings = self.site.of(self.shown(source))
        make = self._whole_entry if source.whole else self._entry
        other = next(file for name, file in FEED_FILES.items() if name != form)
        title = source.title
        return FeedView(
            form=form,
            id=self._permanent(path + FEED_FILES["atom_feed"]),
            url=self.parts.url(path + FEED_FILES[form]),
            other_url=self.parts.url(path + other),
            page=self.parts.url(source.page),
            lang=source.lang,
            title=title if source.kind == "site" else f"{title} · {settings.title}",
            subtitle=settings.tagline if source.lang == self.lang else "",
            author=settings.title,
            entries=tuple(make(briefing) for briefing in briefings),
            one_language=source.lang != self.lang,
        )

    def follow(self) -> FollowView:
        """The list of all feeds."""
        by_kind: dict[str, list[FeedRow]] = {}
        for path, source in self.sources.items():
            by_kind.setdefault(source.kind, []).append(self._row(path, source))
        return FollowView(
            head=self.parts.head(
                FOLLOW,
                gettext(self.lang, "Follow"),
                gettext(self.lang, "Be told what is new, corrected or superseded, by feed."),
            ),
            site=tuple(by_kind.get("site", ())),
            changes=feed_link(CHANGES, gettext(self.lang, "What changed")),
            companies=_by_title(by_kind.get("company", ())),
            regions=_by_title(by_kind.get("region", ())),
            topics=_by_title(by_kind.get("topic", ())),
            most=MOST,
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
                        title=entry.record.name,
                        lang=self.lang,
                        briefings=self._in_own_language(briefings.get(id_, ())),
                        source=entry.source,
                    ),
                )

    def _in_own_language(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Briefings as the site's lists show them: in its own language where there is a version."""
        site = self.site
        return tuple(site.version(site.briefings[id_], self.lang).id for id_ in ids)

    def _build_entry(self, entry: Entry[Briefing]) -> FeedEntry:
        record, settings = entry.record, self.site.settings
        item = self.parts.item(entry, entry.lang)
        withdrawn = record.withdrawn
        versions = self.parts.translations(self.site.versions(entry))
        return FeedEntry(
            id=self._permanent(entry.path),
            url=self.parts.url(entry.path),
            root=settings.base_url,
            lang=entry.lang,
            title=item.title,
            summary=item.summary,
            published=settings.timestamp(entry.moment),
            updated=settings.timestamp(self._changed(entry.id)[0]),
            status=self.parts.status.of(entry.id),
            authors=record.authors,
            categories=tuple(self._categories(entry)),
            translations=tuple(other for other in versions if other.lang != entry.lang),
            replaced_by=replaced_by(self.parts, entry),
            withdrawn_date=withdrawn.date if withdrawn else "",
            withdrawn_reason=typeset(withdrawn.reason, entry.lang) if withdrawn else "",
            changes=change_rows(entry),
        )

    def _whole_entry(self, entry: Entry[Briefing]) -> FeedEntry:
        html = self.parts.html(entry, self.site.settings.base_url)
        return msgspec.structs.replace(self._entry(entry), html=html)

    def _categories(self, entry: Entry[Briefing]) -> Iterator[Category]:
        parts, record = self.parts, entry.record
        for id_ in record.companies:
            yield self._category("company", id_, parts.company_link(id_).title)
        for id_ in record.regions:
            yield self._category("region", id_, parts.region_link(id_, entry.lang).title)
        for id_ in record.topics:
            yield self._category("topic", id_, parts.topic_link(id_).title)

    def _build_category(self, kind: Kind, id_: str, label: str) -> Category:
        return Category(term=id_, scheme=self.parts.url(SECTIONS[kind]), label=label)

    def _row(self, path: str, source: FeedSource) -> FeedRow:
        single = source.kind == "site" and len(self.parts.feeds.languages) > 1
        return FeedRow(
            feed=feed_link(path, source.title),
            path=source.page,
            count=len(source.briefings),
            latest=self.parts.latest(source.briefings),
            lang=source.lang if single else "",
        )

    def _last_change(self, id_: str) -> tuple[str, str, str]:
        """When a briefing was published, updated, corrected, replaced or withdrawn, whichever is
        last, on the site's clocks; then its date and id, so that no two are equal."""
        entry = self.site.briefings[id_]
        record, settings = entry.record, self.site.settings
        moments = [entry.moment, *(change.date for change in record.changes)]
        moments += [settings.local_moment(record.updated)] if record.updated else []
        moments += [record.withdrawn.date] if record.withdrawn else []
        replaced_by = self.site.relations.replaced_by.get(id_, ())
        moments += [self.site.briefings[one.new].moment for one in replaced_by]
        return max(moments), entry.moment, id_

    def _permanent(self, path: str) -> str:
        """An id: the first address, so that it stays when the site moves and `base_url` changes."""
        return absolute_url(self.site.settings.first_url, path)


def _by_title(rows: Sequence[FeedRow]) -> tuple[FeedRow, ...]:
    return tuple(sorted(rows, key=lambda row: row.feed.title.casefold()))
