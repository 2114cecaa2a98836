"""Standing pages, the 404 page, and redirects from former addresses."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

import msgspec

from dossier.language.messages import gettext
from dossier.pages.views import NotFoundView, PageView, RedirectView
from dossier.site.urls import NOT_FOUND, output_file
from dossier.views.builder import Parts
from dossier.views.outputs import Builder, MenuEntry, PageOutput, SitemapEntry, ViewOutput


class StandingPages(Builder):
    """Builds standing pages, such as About."""

    name = "page"

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.site = parts.site

    def plan(self) -> Iterable[PageOutput]:
        """List the pages."""
        for entry in self.site.pages.values():
            yield PageOutput(
                file=output_file(entry.path),
                source=entry.source,
                path=entry.path,
                builder=self.name,
                id=entry.id,
                menu=MenuEntry(
                    name=entry.id,
                    label=entry.facts.menu or entry.facts.title,
                    lang=entry.lang,
                    standard=bool(entry.facts.menu),
                ),
                sitemap=SitemapEntry(),
            )

    def view(self, output: ViewOutput) -> PageView:
        """Build a standing page."""
        entry = self.site.pages[output.id]
        facts = entry.facts
        return PageView(
            head=self.parts.head(
                entry.path, facts.title, facts.summary or facts.title, lang=entry.lang
            ),
            html=self.parts.html(entry),
            contents=self.parts.contents(entry),
        )


class NotFoundPage(Builder):
    """Builds 404.html, which is shown at any depth and so links from the site's base path."""

    name = "not_found"

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.site = parts.site
        self.lang = parts.settings.language

    def plan(self) -> Iterable[PageOutput]:
        """List the page."""
        yield PageOutput(file=NOT_FOUND, path=NOT_FOUND, builder=self.name)

    def view(self, _output: ViewOutput) -> NotFoundView:
        """Build the page."""
        title, originals = gettext(self.lang, "Page not found"), self.site.originals
        return NotFoundView(
            head=self.parts.head(NOT_FOUND, title, title, root=self.site.settings.base_path),
            latest=self.parts.items(islice(filter(self.parts.status.holds, originals), 3)),
        )


class Redirects(Builder):
    """Builds redirects from the former addresses of briefings."""

    name = "redirect"

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.site = parts.site

    def plan(self) -> Iterable[PageOutput]:
        """List a page for each alias."""
        for entry in self.site.briefings.values():
            for number, alias in enumerate(entry.facts.aliases, 1):
                path = alias.lstrip("/")
                yield PageOutput(
                    file=output_file(path),
                    source=entry.source,
                    field=("aliases", number - 1),
                    path=path,
                    builder=self.name,
                    id=entry.id,
                    number=number,
                )

    def view(self, output: ViewOutput) -> RedirectView:
        """Build the page at the n-th alias of a briefing."""
        entry = self.site.briefings[output.id]
        alias = entry.facts.aliases[output.number - 1].lstrip("/")
        link = self.parts.briefing_link(entry, entry.lang)
        head = self.parts.head(alias, link.title, link.title, lang=entry.lang)
        canonical = self.parts.url(entry.path)
        return RedirectView(head=msgspec.structs.replace(head, canonical=canonical), target=link)
