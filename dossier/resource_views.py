"""Views of resources: files for programs and images, which code writes and no template.

Frozen and plain as the views of pages are, so that a resource is made anew only when its view is
another one. Addresses are absolute, since these files are read far from the site.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from dossier.view_parts import (
    ChangeRow,
    FigureRow,
    JudgementRow,
    MoveRow,
    Replacement,
    SourceRow,
    Translation,
    View,
)


class ResourceView(View, frozen=True, kw_only=True):
    """All that one resource is written from; the base of every view below."""


class SitemapAddress(View, frozen=True, kw_only=True):
    """A page in a sitemap. `modified` is a day or a moment; empty where it is not known."""

    url: str
    modified: str = ""
    translations: tuple[Translation, ...] = ()


class SitemapView(ResourceView, frozen=True, kw_only=True):
    """sitemap.xml, or a part of it: pages that search engines are to know."""

    addresses: tuple[SitemapAddress, ...]


class SitemapIndexView(ResourceView, frozen=True, kw_only=True):
    """sitemap.xml where there are too many pages for one: the addresses of its parts."""

    urls: tuple[str, ...]


class SearchRecord(View, frozen=True, kw_only=True):
    """A briefing as the search program knows it. `path` is relative to the site's root.

    `shown` is what a result shows beside the excerpt, `facets` what a search can be narrowed to,
    each with one value or several.
    """

    path: str
    shown: Mapping[str, str]
    facets: Mapping[str, tuple[str, ...]]
    text: str = ""


class RobotsView(ResourceView, frozen=True, kw_only=True):
    """robots.txt: everything may be read, and here is what there is."""

    sitemap: str


class BriefingTextView(ResourceView, frozen=True, kw_only=True):
    """A briefing as one Markdown file. `body` is its text, `notes` names the footnote of a source.

    Paths within rows are relative to the site's root, which is at `base_url`.
    """

    base_url: str
    url: str
    lang: str
    site_title: str
    title: str
    summary: str
    date: str
    status: str
    body: str
    notes: dict[str, str]
    updated: str = ""
    authors: tuple[str, ...] = ()
    replaced_by: tuple[Replacement, ...] = ()
    withdrawn_reason: str = ""
    figures: tuple[FigureRow, ...] = ()
    moves: tuple[MoveRow, ...] = ()
    judgements: tuple[JudgementRow, ...] = ()
    changes: tuple[ChangeRow, ...] = ()
    sources: tuple[SourceRow, ...] = ()


class BriefingCardView(ResourceView, frozen=True, kw_only=True):
    """card.png beside a briefing: what its social card says. `status` is empty for one in force."""

    lang: str
    site_title: str
    title: str
    date: str
    companies: tuple[str, ...]
    status: str = ""


class SiteCardView(ResourceView, frozen=True, kw_only=True):
    """card.png: the social card of all pages that are no briefings. `address` has no scheme."""

    site_title: str
    tagline: str
    address: str


class Category(View, frozen=True, kw_only=True):
    """What an entry is about: an id, the address of the index that it stands in, a name."""

    term: str
    scheme: str
    label: str


class FeedEntry(View, frozen=True, kw_only=True):
    """A briefing in a feed.

    `id` never changes, though the address may. `published` and `updated` are RFC 3339; the paths of
    links are relative to the site's root. `html` is the body, empty where the feed has summaries.
    """

    id: str
    url: str
    root: str
    lang: str
    title: str
    summary: str
    published: str
    updated: str
    status: str
    authors: tuple[str, ...] = ()
    categories: tuple[Category, ...] = ()
    translations: tuple[Translation, ...] = ()
    replaced_by: tuple[Replacement, ...] = ()
    withdrawn_date: str = ""
    withdrawn_reason: str = ""
    changes: tuple[ChangeRow, ...] = ()
    html: str = ""


class FeedView(ResourceView, frozen=True, kw_only=True):
    """A feed in one of its two forms, which name each other; the last changed entry first.

    `page` is the address of what it follows; `author` stands for entries that name none. Where
    `one_language` is set, it is the feed of a language beside the site's own.
    """

    form: Literal["atom_feed", "json_feed"]
    id: str
    url: str
    other_url: str
    page: str
    lang: str
    title: str
    subtitle: str
    author: str
    entries: tuple[FeedEntry, ...]
    one_language: bool = False


class LlmsLink(View, frozen=True, kw_only=True):
    """A page in llms.txt, with a line about it."""

    title: str
    url: str
    note: str = ""


class LlmsSection(View, frozen=True, kw_only=True):
    """Pages in llms.txt under a heading."""

    heading: str
    links: tuple[LlmsLink, ...]


class LlmsView(ResourceView, frozen=True, kw_only=True):
    """llms.txt: what the site is, and its pages that matter most, for language models."""

    title: str
    tagline: str
    sections: tuple[LlmsSection, ...]
