"""Feed of changes: an entry for each event, where other feeds have one for each briefing.

It shows corrections with their text, and every replacement.
"""

from __future__ import annotations

from collections.abc import Iterator

from dossier.history.events import Event
from dossier.history.page import ChangesPages
from dossier.language.labels import label
from dossier.language.messages import gettext
from dossier.language.typography import typeset
from dossier.site.urls import CHANGES, FEED_FILES, absolute_url
from dossier.views.builder import Parts
from dossier.views.feed_links import feed_forms
from dossier.views.files import Category, FeedEntry, FeedView
from dossier.views.outputs import Builder, FileOutput, ViewOutput

MOST = 50
"""The most entries of the feed."""


class EventFeed(Builder):
    """Builds the feed of changes."""

    name = "event_feed"

    def __init__(self, parts: Parts, pages: ChangesPages) -> None:
        self._pages = pages
        self._parts = parts
        self._settings = parts.settings

    def plan(self) -> Iterator[FileOutput]:
        """List the feed in each of its forms."""
        for file in FEED_FILES.values() if self._parts.feeds.languages else ():
            yield FileOutput(file=CHANGES + file, builder=self.name)

    def view(self, output: ViewOutput) -> FeedView:
        """Build the feed in one of its forms."""
        settings, url = self._settings, self._parts.url
        form, other = feed_forms(output.file)
        title = gettext(settings.language, "What changed")
        return FeedView(
            form=form,
            id=self._permanent(CHANGES + FEED_FILES["atom_feed"]),
            url=url(output.file),
            other_url=url(CHANGES + other),
            page=url(CHANGES),
            lang=settings.language,
            title=f"{title} · {settings.title}",
            subtitle=settings.tagline,
            author=settings.title,
            entries=tuple(map(self._entry, self._pages.history.latest(MOST))),
        )

    def _entry(self, event: Event) -> FeedEntry:
        row, parts = self._pages.row(event), self._parts
        site, lang = self._pages.site, self._settings.language
        entry = site.briefings[event.briefing]
        if not row.note:
            entry = site.version(entry, lang)
        withdrawn = event.kind == "withdrawn"
        happened = label(entry.lang, "event", event.kind)
        when = self._settings.timestamp(event.moment)
        anchor = f"#{row.anchor}" if row.anchor else ""
        name = event.supersession.new if event.supersession else ""
        return FeedEntry(
            id=self._permanent(entry.path) + (anchor or f"#{event.kind}{name and ':'}{name}"),
            url=parts.url(entry.path) + anchor,
            root=self._settings.base_url,
            lang=entry.lang,
            title=typeset(f"{happened}: {row.briefing.title}", entry.lang),
            summary=row.note
            if row.note and not withdrawn
            else typeset(site.words(entry).summary, entry.lang),
            published=when,
            updated=when,
            status="current",
            categories=(Category(term=event.kind, scheme=parts.url(CHANGES), label=happened),),
            replaced_by=(row.replaced_by,) if row.replaced_by else (),
            withdrawn_date=event.day if withdrawn else "",
            withdrawn_reason=row.note if withdrawn else "",
        )

    def _permanent(self, path: str) -> str:
        return absolute_url(self._settings.first_url, path)
