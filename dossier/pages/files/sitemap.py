"""Sitemap, split where the protocol requires it, and robots.txt, which links to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from dossier.pages.files.views import RobotsView, SitemapAddress, SitemapIndexView, SitemapView
from dossier.site.urls import ROBOTS, SITEMAP
from dossier.views.builder import Parts
from dossier.views.outputs import Builder, FileOutput, PageOutput, ViewOutput

MOST_ADDRESSES = 50_000
"""The most pages that the protocol allows in one file."""


class SitemapFiles(Builder):
    """Builds the sitemap from the pages of a plan."""

    name = "sitemap"

    def __init__(self, parts: Parts, pages: Callable[[], Sequence[PageOutput]]) -> None:
        self.site = parts.site
        self.parts = parts
        self._pages = pages

    @cached_property
    def _listed(self) -> Sequence[PageOutput]:
        return [page for page in self._pages() if page.sitemap]

    @property
    def _count(self) -> int:
        """Count the files of the sitemap, without its index."""
        return -(-len(self._listed) // MOST_ADDRESSES)

    def plan(self) -> Iterator[FileOutput]:
        """List the files: one, or an index and its parts."""
        for number in range(self._count + 1 if self._count > 1 else 1):
            yield FileOutput(file=_file(number), builder=self.name, number=number)

    def view(self, output: ViewOutput) -> SitemapView | SitemapIndexView:
        """Build a file: number 0 is the whole sitemap, or the index."""
        if output.number == 0 and self._count > 1:
            urls = (self.parts.url(_file(n + 1)) for n in range(self._count))
            return SitemapIndexView(urls=tuple(urls))
        start = max(output.number - 1, 0) * MOST_ADDRESSES
        pages = self._listed[start : start + MOST_ADDRESSES]
        return SitemapView(addresses=tuple(map(self._address, pages)))

    def _address(self, page: PageOutput) -> SitemapAddress:
        assert page.sitemap
        return SitemapAddress(
            url=self.parts.url(page.path),
            modified=page.sitemap.modified,
            translations=self.parts.translations(self.site.of(page.sitemap.versions)),
        )


class RobotsFile(Builder):
    """Builds robots.txt."""

    name = "robots"

    def __init__(self, parts: Parts) -> None:
        self.parts = parts

    def plan(self) -> Iterator[FileOutput]:
        """List the file."""
        yield FileOutput(file=ROBOTS, builder=self.name)

    def view(self, _output: ViewOutput) -> RobotsView:
        """Build the file."""
        robots = self.parts.settings.robots
        return RobotsView(
            sitemap=self.parts.url(SITEMAP) if robots.index else "", blocked=robots.blocked
        )


def _file(number: int) -> str:
    """Name the file of a part of the sitemap; 0 is the one that robots.txt links to."""
    return SITEMAP if number == 0 else f"sitemap-{number}.xml"
