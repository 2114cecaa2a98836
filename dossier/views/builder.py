"""Builder of shared parts of views: heads, links, items, trees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import msgspec

from dossier.content.models import Briefing
from dossier.language.folding import sort_key
from dossier.language.messages import gettext
from dossier.language.typography import typeset
from dossier.site.entries import Entry
from dossier.site.reads import remembered
from dossier.site.site import Site
from dossier.site.status import StatusIndex
from dossier.site.urls import CHANGES, SEARCH, absolute_url, card_path, numbered_path, root_of
from dossier.views.brand.brand import BrandParts, image_type
from dossier.views.brand.menu import menu_items
from dossier.views.feed_links import FeedLinks
from dossier.views.json_ld import StructuredData
from dossier.views.outputs import PageOutput
from dossier.views.parts import (
    Count,
    FeedLink,
    Head,
    HeadingLink,
    Item,
    Link,
    MenuItem,
    SharePreview,
    Translation,
    TreeNode,
)
from dossier.views.texts.filled import FilledText, fill_body

CONTENTS_FROM = 3
CARD_SIZE = 1200, 630
"""The size of social cards in pixels."""


class Parts:
    """Builds the shared parts of views for one site; `pages` returns its pages."""

    def __init__(self, site: Site, pages: Callable[[], Sequence[PageOutput]]) -> None:
        self.site = site
        self.settings = site.settings
        self.lang = site.settings.language
        self.status = site.model(StatusIndex)
        self.structured_data = StructuredData(site)
        self._pages = pages
        self._item = remembered(self._build_item)
        self.link_as_is = remembered(self._link_as_is)
        self._typeset = cache(typeset)  # titles, which many pages show
        self.region_link = cache(self._region_link)
        self.company_link = cache(self._company_link)
        self.topic_link = cache(self._topic_link)
        self._menu = cache(self._build_menu)
        self.feeds = FeedLinks(site)
        self.brand = BrandParts(site)

    def head(
        self,
        path: str,
        title: str,
        description: str,
        *,
        lang: str = "",
        section: str | None = None,
        crumbs: Sequence[Link] = (),
        versions: Sequence[Entry[Briefing]] = (),
        number: int = 1,
        preview: SharePreview | None = None,
        structured_data: str = "",
        feeds: tuple[FeedLink, ...] = (),
        root: str = "",
    ) -> Head:
        """Build the head of the page at `path`; `section` is the path of its menu entry.

        `feeds` are those of the page itself, in addition to the site's. `root` is the link to the
        home page where it does not follow from the path.
        """
        lang = lang or self.lang
        page_path = numbered_path(path, number)
        root = root or root_of(page_path)
        return Head(
            site_title=self.settings.title,
            tagline=self.settings.tagline,
            title=title,
            description=description,
            path=page_path,
            root=root,
            canonical=self.url(page_path),
            lang=lang,
            menu=self._menu(path if section is None else section, lang),
            palette=self.settings.palette,
            site_lang="" if lang == self.lang else self.lang,
            brand=self.brand.view(root),
            changes=CHANGES,
            search=SEARCH if self.settings.search else "",
            follow=self.feeds.list_path,
            feeds=self.feeds.of_site(lang) + feeds,
            crumbs=tuple(crumbs),
            translations=self.translations(versions),
            position=number,
            preview=preview or self.preview("", self.settings.title),
            structured_data=structured_data,
        )

    def preview(self, path: str, says: str) -> SharePreview:
        """Build the preview of a shared page, with the social card of a path."""
        if not self.settings.social_cards:
            return SharePreview()
        width, height = CARD_SIZE
        image = self.url(card_path(path))
        return SharePreview(image=image, type="image/png", width=width, height=height, alt=says)

    def briefing_preview(self, entry: Entry[Briefing]) -> SharePreview:
        """Build the preview of a briefing, with the image that it names or its social card."""
        words, title = self.site.words(entry), self.title(entry)
        preview = self.preview(entry.path, title)
        if words.image:
            path = entry.images[words.image.file]
            facts = self.site.image(path)
            preview = SharePreview(
                image=self.url(path),
                type=image_type(path),
                width=facts.width,
                height=facts.height,
                alt=typeset(words.image.text, entry.lang) if words.image.text else title,
            )
        return msgspec.structs.replace(
            preview, published=words.reconstructed or words.date, modified=words.updated or ""
        )

    def translations(self, versions: Sequence[Entry[Briefing]]) -> tuple[Translation, ...]:
        """List the versions of a briefing, including itself; none if there is only one."""
        if len(versions) < 2:
            return ()
        return tuple(
            Translation(lang=version.lang, path=version.path, url=self.url(version.path))
            for version in versions
        )

    def url(self, path: str) -> str:
        """Build the absolute address of a path."""
        return absolute_url(self.settings.base_url, path)

    def item(self, entry: Entry[Briefing], lang: str = "") -> Item:
        """Build the list item of a briefing, in a language if it is translated."""
        lang = lang or self.lang
        return self._item(self.site.version(entry, lang), lang)

    def items(self, entries: Iterable[Entry[Briefing]], lang: str = "") -> tuple[Item, ...]:
        """Build the list items of briefings."""
        lang, version = lang or self.lang, self.site.version
        return tuple([self._item(version(entry, lang), lang) for entry in entries])

    def briefing_link(self, entry: Entry[Briefing], lang: str = "") -> Link:
        """Link to a briefing, in the page's language if there is such a version."""
        lang = lang or self.lang
        return self.link_as_is(self.site.version(entry, lang), lang)

    def name(self, entry: Entry[Any], lang: str) -> str:
        """Name a document in a language: by its name or title."""
        name = self.site.title(entry, lang)
        return typeset(name, entry.lang) if entry.kind == "briefing" else name

    def formerly(self, entry: Entry[Any]) -> str:
        """Say what a company, region or topic was called before; empty for no other name."""
        names = ", ".join(entry.facts.former_names)
        text = gettext(self.lang, "formerly %(names)s")
        return text % {"names": names} if names else ""

    def title(self, entry: Entry[Briefing]) -> str:
        """Typeset the title of a briefing."""
        return self._typeset(self.site.words(entry).title, entry.lang)

    def html(self, entry: Entry[Any], root: str = "") -> FilledText:
        """Render the body of an entry as HTML, with links relative to its page or to a root."""
        body = self.site.body(entry)
        pieces = fill_body(self.site, body, entry, root or root_of(entry.path))
        return FilledText.of(entry, pieces[1::2], "".join(pieces))

    def contents(self, entry: Entry[Any]) -> tuple[HeadingLink, ...]:
        """Build the table of contents of a body; none for fewer than three headings."""
        headings = [h for h in self.site.body(entry).headings if h.level <= 3]
        if len(headings) < CONTENTS_FROM:
            return ()
        return tuple([HeadingLink(level=h.level, anchor=h.id, text=h.text) for h in headings])

    def counts(
        self,
        counted: Counter[str],
        link: Callable[[str], Link],
        briefings: Mapping[str, Sequence[str]],
        most: int | None = None,
    ) -> tuple[Count, ...]:
        """Count the briefings of companies, regions or topics, most first."""
        ordered = sorted(
            counted.items(), key=lambda pair: (-pair[1], sort_key(link(pair[0]).title))
        )
        return tuple(
            Count(link=link(id_), count=count, latest=self.latest(briefings.get(id_, ())))
            for id_, count in ordered[:most]
        )

    def node(
        self,
        id_: str,
        link: Callable[[str], Link],
        briefings: Mapping[str, Sequence[str]],
        children: Callable[[str], Sequence[str]],
        **more: Any,
    ) -> TreeNode:
        """Build a node of a tree and everything below it, by title."""
        below = sorted(children(id_), key=lambda child: sort_key(link(child).title))
        found = briefings.get(id_, ())
        return TreeNode(
            link=link(id_),
            count=len(found),
            latest=self.latest(found),
            children=tuple(self.node(child, link, briefings, children) for child in below),
            **more,
        )

    def latest(self, ids: Sequence[str]) -> str:
        """Return the date of the newest of some briefings; empty if there are none."""
        return self.site.briefings[ids[0]].moment if ids else ""

    def _link_as_is(self, entry: Entry[Briefing], lang: str) -> Link:
        """Link to this version of a briefing, from a page in a language."""
        return Link(
            path=entry.path,
            title=self.title(entry),
            lang="" if entry.lang == lang else entry.lang,
        )

    def _build_menu(self, current: str, lang: str) -> tuple[MenuItem, ...]:
        settings = self.settings
        return menu_items(
            self._pages(), settings.menu, current, lang, self.lang, self.brand.address
        )

    def _region_link(self, id_: str, lang: str = "") -> Link:
        lang = lang or self.lang
        return Link(path=self.site.regions[id_].path, title=self.site.region_name(id_, lang))

    def _company_link(self, id_: str) -> Link:
        entry = self.site.companies[id_]
        return Link(path=entry.path, title=entry.facts.name)

    def _topic_link(self, id_: str) -> Link:
        entry = self.site.topics[id_]
        return Link(path=entry.path, title=entry.facts.name)

    def _build_item(self, entry: Entry[Briefing], lang: str) -> Item:
        words = self.site.words(entry)
        others = [v for v in self.site.versions(entry) if v.lang != entry.lang]
        return Item(
            path=entry.path,
            title=self.title(entry),
            summary=typeset(words.summary, entry.lang),
            date=entry.moment,
            updated=self.settings.local_moment(words.updated) if words.updated else "",
            reconstructed=words.reconstructed or "",
            lang=entry.lang,
            minutes=self.site.minutes(entry),
            status=self.status.of(entry.id),
            companies=tuple([self.company_link(id_) for id_ in words.companies]),
            regions=tuple([self.region_link(id_, lang) for id_ in words.regions]),
            translations=tuple(
                [Link(path=v.path, title=self.title(v), lang=v.lang) for v in others]
            ),
        )
