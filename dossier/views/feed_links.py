"""Links to feeds: pages announce the site's feed and their own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property
from typing import Literal

from dossier.site.site import Site
from dossier.site.urls import FEED_FILES, FOLLOW
from dossier.views.parts import FeedLink


class FeedLinks:
    """The feeds of a site; none if they are switched off or there are no briefings."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._settings = site.settings
        self.of_site = cache(self._of_site)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages with a feed of the site, its own first."""
        if not self._settings.feeds or not self._site.briefings:
            return ()
        written = self._site.relations.index.languages
        own, *others = self._settings.languages
        return own, *(lang for lang in others if lang in written)

    @property
    def list_path(self) -> str:
        """The path of the list of feeds; empty if there are none."""
        return FOLLOW if self.languages else ""

    def of(self, path: str, title: str, briefings: Sequence[str]) -> tuple[FeedLink, ...]:
        """Link the feed of a company, region or topic, if it has briefings."""
        if not briefings or not self.languages:
            return ()
        return (feed_link(path, f"{title} · {self._settings.title}"),)

    def _of_site(self, lang: str) -> tuple[FeedLink, ...]:
        """Link the feed of the whole site, in a language if there is one."""
        if not self.languages:
            return ()
        folder = f"{lang}/" if lang in self.languages[1:] else ""
        return (feed_link(folder, self._settings.title),)


def feed_link(folder: str, title: str) -> FeedLink:
    """Link the feed in a folder."""
    return FeedLink(
        title=title,
        atom=folder + FEED_FILES["atom_feed"],
        json=folder + FEED_FILES["json_feed"],
    )


def feed_forms(file: str) -> tuple[Literal["atom_feed", "json_feed"], str]:
    """Return the form of a feed's file, and the name of the file in the other form."""
    if file.endswith(FEED_FILES["atom_feed"]):
        return "atom_feed", FEED_FILES["json_feed"]
    return "json_feed", FEED_FILES["atom_feed"]
