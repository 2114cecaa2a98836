"""Standing pages, the 404 page, and redirects from former addresses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import msgspec

from dossier.content.documents import FieldPath
from dossier.language.messages import gettext
from dossier.pages.views import NotFoundView, PageView, RedirectView
from dossier.site.entries import Entry
from dossier.site.former import alias_path, former_folders
from dossier.site.urls import NOT_FOUND, numbered_path, output_file
from dossier.views.builder import Parts
from dossier.views.outputs import Builder, MenuEntry, PageOutput, Redirect, SitemapEntry, ViewOutput
from dossier.views.parts import Link


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
                    former=entry.facts.former_ids,
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
    """Builds redirects from former addresses: of briefings, and of whatever had another id."""

    name = "redirect"

    def __init__(self, parts: Parts, subjects: Iterable[Builder]) -> None:
        self.parts = parts
        self.site = parts.site
        self._subjects = tuple(subjects)

    def plan(self) -> Iterator[Redirect]:
        """List a page for each alias, and for each page of a subject under each former id."""
        for entry in self.site.briefings.values():
            for n, alias in enumerate(entry.facts.aliases):
                yield self._redirect(entry, alias_path(alias), entry.path, ("aliases", n))
        renamed = [
            (entry, n, id_)
            for entry in self.site.entries
            if entry.kind != "briefing"
            for n, id_ in enumerate(entry.facts.former_ids)
        ]
        pages = self._pages() if renamed else {}
        for entry, n, id_ in renamed:
            folders = former_folders(entry, id_, self.site.settings.language)
            for before, now in folders.items():
                for path in pages.get(now, ()):
                    old = before + path.removeprefix(now)
                    yield self._redirect(entry, old, path, ("former_ids", n))

    def view(self, output: ViewOutput) -> RedirectView:
        """Build the page at a former address."""
        assert isinstance(output, Redirect)
        entry = self.site.of_kind(output.kind)[output.id]
        link = Link(path=output.target, title=self.parts.name(entry, entry.lang))
        head = self.parts.head(output.path, link.title, link.title, lang=entry.lang)
        canonical = self.parts.url(output.target)
        return RedirectView(head=msgspec.structs.replace(head, canonical=canonical), target=link)

    def _redirect(self, entry: Entry[Any], path: str, target: str, field: FieldPath) -> Redirect:
        return Redirect(
            file=output_file(path),
            source=entry.source,
            path=path,
            builder=self.name,
            id=entry.id,
            kind=entry.kind,
            target=target,
            field=field,
        )

    def _pages(self) -> Mapping[str, Sequence[str]]:
        """Group the paths of subjects' pages by the path of the first page of their lists."""
        found: dict[str, list[str]] = defaultdict(list)
        for builder in self._subjects:
            for page in builder.plan():
                if isinstance(page, PageOutput):
                    first = page.path.removesuffix(numbered_path("", page.number))
                    found[first].append(page.path)
        return found
