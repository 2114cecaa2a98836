"""Which feeds there are, as links: a page announces the site's feed and its own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property
from typing import Literal

from dossier.site.site import Site
from dossier.site.urls import FEED_FILES, FOLLOW
from dossier.views.parts import FeedLink


class FeedLinks:
    """The feeds of a site; none where its settings say so, or nothing is written."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._settings = site.settings
        self.of_site = cache(self._of_site)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that have a feed of the site, its own first."""
        if not self._settings.feeds or not self._site.briefings:
            return ()
        written = {entry.lang for entry in self._site.briefings.values()}
        own, *others = self._settings.languages
        return own, *(lang for lang in others if lang in written)

    @property
    def list_path(self) -> str:
        """The path of the page that lists the feeds; empty where there are none."""
        return FOLLOW if self.languages else ""

    def of(self, path: str, title: str, briefings: Sequence[str]) -> tuple[FeedLink, ...]:
        """The feed of a company, region or topic, if anything is written about it."""
        if not briefings or not self.languages:
            return ()
        return (feed_link(path, f"{title} · {self._settings.title}"),)

    def _of_site(self, lang: str) -> tuple[FeedLink, ...]:
        """The feed of the whole site: in a language where there is one, else in its own."""
        if not self.languages:
            return ()
        folder = f"{lang}/" if lang in self.languages[1:] else ""
        return (feed_link(folder, self._settings.title),)


def feed_link(folder: str, title: str) -> FeedLink:
    """The feed in a folder."""
    return FeedLink(
        title=title,
        atom=folder + FEED_FILES["atom_feed"],
        json=folder + FEED_FILES["json_feed"],
    )


def feed_forms(file: str) -> tuple[Literal["atom_feed", "json_feed"], str]:
    """Tell the form of a feed by its file, and the name of the file in the other form."""
    if file.endswith(FEED_FILES["atom_feed"]):
        return "atom_feed", FEED_FILES["json_feed"]
    return "json_feed", FEED_FILES["atom_feed"]
