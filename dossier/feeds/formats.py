"""Feed formats: Atom (RFC 4287) and JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).

Without time or version: the same entries result in the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache, partial
from html import escape
from typing import Any

import msgspec

from dossier.feeds.entry_text import entry_html, entry_summary, entry_title
from dossier.language.formatting import language_name
from dossier.views.files import Category, FeedEntry, FeedView

_ATOM_TYPE, _JSON_TYPE = "application/atom+xml", "application/feed+json"
_ATOM = "http://www.w3.org/2005/Atom"
_JSON_FEED = "https://jsonfeed.org/version/1.1"
_text = partial(escape, quote=False)


def atom_text(view: FeedView) -> str:
    """Render a feed as Atom."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="{_ATOM}" xml:lang="{escape(view.lang)}">',
        f"<id>{_text(view.id)}</id>",
        f"<title>{_text(_title(view))}</title>",
        *([f"<subtitle>{_text(view.subtitle)}</subtitle>"] if view.subtitle else []),
        f"<updated>{view.entries[0].updated}</updated>",
        f"<author><name>{_text(view.author)}</name></author>",
        _link("self", _ATOM_TYPE, view.url),
        _link("alternate", "text/html", view.page),
        _link("alternate", _JSON_TYPE, view.other_url),
        "<generator>Dossier</generator>",
        *_brand_lines(view),
        *map(_atom_entry, view.entries),
        "</feed>",
        "",
    ]
    return "\n".join(lines)


def _brand_lines(view: FeedView) -> Iterator[str]:
    """Render icon, logo and licence, the latter also as a link (RFC 4946)."""
    if view.icon:
        yield f"<icon>{_text(view.icon)}</icon>"
    if view.logo:
        yield f"<logo>{_text(view.logo)}</logo>"
    if view.licence_url:
        yield f'<link rel="license" href="{escape(view.licence_url)}"/>'
        yield f"<rights>{_text(' '.join(filter(None, (view.licence, view.licence_url))))}</rights>"


def json_feed_bytes(view: FeedView) -> bytes:
    """Render a feed as JSON Feed, in UTF-8."""
    feed: dict[str, Any] = {
        "version": _JSON_FEED,
        "title": _title(view),
        "home_page_url": view.page,
        "feed_url": view.url,
        "language": view.lang,
        "authors": [{"name": view.author}],
        "items": [msgspec.Raw(_json_item(entry)) for entry in view.entries],
    }
    if view.subtitle:
        feed["description"] = view.subtitle
    feed |= {"favicon": view.icon} if view.icon else {}
    if view.licence_url:  # the format has no place for it, but for extensions
        feed["_license"] = {"name": view.licence, "url": view.licence_url}
    return msgspec.json.encode(feed)


def _title(view: FeedView) -> str:
    return f"{view.title} ({language_name(view.lang)})" if view.one_language else view.title


def _link(relation: str, media_type: str, url: str, lang: str = "") -> str:
    language = f' hreflang="{escape(lang)}"' if lang else ""
    return f'<link rel="{relation}" type="{media_type}"{language} href="{escape(url)}"/>'


# A briefing is the same entry in all of its feeds.
@lru_cache(maxsize=1 << 12)
def _atom_entry(entry: FeedEntry) -> str:
    return "\n".join(_atom_lines(entry))


def _atom_lines(entry: FeedEntry) -> Iterator[str]:
    yield f'<entry xml:lang="{escape(entry.lang)}">'
    yield f"<id>{_text(entry.id)}</id>"
    yield f"<title>{_text(entry_title(entry))}</title>"
    yield f"<published>{entry.published}</published>"
    yield f"<updated>{entry.updated}</updated>"
    yield from (f"<author><name>{_text(name)}</name></author>" for name in entry.authors)
    yield _link("alternate", "text/html", entry.url, entry.lang)
    for other in entry.translations:
        yield _link("alternate", "text/html", other.url, other.lang)
    yield from map(_category, entry.categories)
    yield f"<summary>{_text(entry_summary(entry))}</summary>"
    if entry.html:
        yield f'<content type="html">{_text(entry_html(entry))}</content>'
    yield "</entry>"


@lru_cache(maxsize=1 << 12)  # many briefings are about the same
def _category(one: Category) -> str:
    term, scheme, label = escape(one.term), escape(one.scheme), escape(one.label)
    return f'<category term="{term}" scheme="{scheme}" label="{label}"/>'


@lru_cache(maxsize=1 << 12)
def _json_item(entry: FeedEntry) -> bytes:
    item: dict[str, Any] = {
        "id": entry.id,
        "url": entry.url,
        "title": entry_title(entry),
        "summary": entry_summary(entry),
        "date_published": entry.published,
        "date_modified": entry.updated,
        "language": entry.lang,
    }
    if entry.html:
        item["content_html"] = entry_html(entry)
    else:  # one of the two is required
        item["content_text"] = item.pop("summary")
    if entry.authors:
        item["authors"] = [{"name": name} for name in entry.authors]
    if entry.categories:
        item["tags"] = [one.label for one in entry.categories]
    if entry.translations:
        item["_translations"] = {other.lang: other.url for other in entry.translations}
    return msgspec.json.encode(item)
