"""Views of resources: files for programs and images, written by code without templates.

Frozen and plain like the views of pages, so that a resource is written again only when its view
changes. Addresses are absolute, since these files are used outside the site.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from dossier.views.parts import ChangeRow, Replacement, Translation, View


class ResourceView(View, frozen=True, kw_only=True):
    """The base of all views of resources."""


class Category(View, frozen=True, kw_only=True):
    """A subject of an entry: its id, the address of its index, its name."""

    term: str
    scheme: str
    label: str


class FeedEntry(View, frozen=True, kw_only=True):
    """A briefing in a feed.

    `id` never changes, even if the address does. `published` and `updated` are RFC 3339; paths in
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
    reconstructed: str = ""
    changes: tuple[ChangeRow, ...] = ()
    html: str = ""


class FeedView(ResourceView, frozen=True, kw_only=True):
    """A feed in one of its two forms, which link to each other; last changed entry first.

    `page` is the address of the page that it follows; `author` is used for entries without one.
    `one_language` marks the feed of a language other than the site's. `licence` is the name of the
    licence, where it has one; `icon` and `logo` are addresses.
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
    licence: str = ""
    licence_url: str = ""
    icon: str = ""
    logo: str = ""


Value = str | tuple[str, ...] | Decimal | None
"""A value in a table: one text, several, a number, or nothing."""


class TableView(ResourceView, frozen=True, kw_only=True):
    """A table as CSV or JSON: rows of values by column. `as_of` is its day, if it has one.

    `licence` is the address of the licence: a last column of CSV, since that has no other place.
    """

    form: Literal["csv", "json"]
    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    as_of: str = ""
    licence: str = ""
