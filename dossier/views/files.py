"""Views of resources: files for programs and images, which code writes and no template.

Frozen and plain as the views of pages are, so that a resource is made anew only when its view is
another one. Addresses are absolute, since these files are read far from the site.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from dossier.views.parts import ChangeRow, Replacement, Translation, View


class ResourceView(View, frozen=True, kw_only=True):
    """All that one resource is written from; the base of every view below."""


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


Value = str | tuple[str, ...] | Decimal | None
"""A value of a table: a text, several, a number, or nothing."""


class TableView(ResourceView, frozen=True, kw_only=True):
    """A table as CSV or JSON: rows of values by column. `as_of` is its day, where it has one."""

    form: Literal["csv", "json"]
    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    as_of: str = ""
