"""The feed of what changed: an entry for each event, where other feeds have one for each briefing.

Who follows it is told of a correction as such, with its words, and of every replacement.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from dossier.history.events import Event
from dossier.history.page import HistoryPages
from dossier.language.messages import gettext, happening_name
from dossier.language.typography import typeset
from dossier.site.urls import CHANGES, FEED_FILES, absolute_url
from dossier.views.files import Category, FeedEntry, FeedView
from dossier.views.outputs import PlannedResource

MOST = 50
"""Entries of the feed."""


class EventFeed:
    """Makes the views of the feed of what changed."""

    def __init__(self, pages: HistoryPages) -> None:
        self._pages = pages
        self._parts = pages.parts
        self._settings = pages.site.settings

    @staticmethod
    def files() -> Iterator[PlannedResource]:
        """The feed in each of its forms."""
        for name, file in FEED_FILES.items():
            yield PlannedResource(file=CHANGES + file, name=name, id=CHANGES)

    def view(self, form: Literal["atom_feed", "json_feed"]) -> FeedView:
        """The feed in one of its forms."""
        settings, url = self._settings, self._parts.url
        other = next(file for name, file in FEED_FILES.items() if name != form)
        title = gettext(settings.language, "What changed")
        return FeedView(
            form=form,
            id=self._permanent(CHANGES + FEED_FILES["atom_feed"]),
            url=url(CHANGES + FEED_FILES[form]),
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
        withdrawn = entry.record.withdrawn if event.kind == "withdrawn" else None
        happened = happening_name(entry.lang, event.kind)
        when = self._settings.timestamp(entry.moment if event.kind == "new" else event.day)
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
            else typeset(entry.record.summary, entry.lang),
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
