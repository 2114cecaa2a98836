"""Fields that other generators have by another name: what to write here."""

from __future__ import annotations

from collections.abc import Container

_SAME = {
    "tags": "topics",
    "tag": "topics",
    "categories": "topics",
    "category": "topics",
    "keywords": "topics",
    "author": "authors",
    "byline": "authors",
    "description": "summary",
    "excerpt": "summary",
    "abstract": "summary",
    "subtitle": "summary",
    "pubdate": "date",
    "publishdate": "date",
    "published_at": "date",
    "created": "date",
    "language": "lang",
    "locale": "lang",
    "redirect_from": "aliases",
    "redirects": "aliases",
    "company": "companies",
    "region": "regions",
    "country": "regions",
    "countries": "regions",
    "topic": "topics",
    "references": "sources",
    "links": "sources",
    "url": "base_url",
    "baseurl": "base_url",
    "siteurl": "base_url",
    "name": "title",
    "title": "name",
    "headline": "title",
    "sitename": "title",
}
"""The name that a field has here, by its name elsewhere in small letters."""
_ELSEWHERE = {
    "draft": ("status", "write  status: draft  instead, and delete it to publish"),
    "published": ("status", "write  status: draft  to hold it back; without it, it is published"),
    "hidden": ("status", "write  status: draft  to hold it back"),
    "updated": ("changes", "list what was changed under `changes`"),
    "modified": ("changes", "list what was changed under `changes`"),
    "lastmod": ("changes", "list what was changed under `changes`"),
    "slug": (
        "aliases",
        "delete it: the name of the file is the address; list old ones in `aliases`",
    ),
    "permalink": (
        "aliases",
        "delete it: the name of the file is the address; list old ones in `aliases`",
    ),
    "layout": ("", "delete it: the folder that a file is in decides its page"),
    "template": ("", "delete it: the folder that a file is in decides its page"),
    "type": ("", "delete it: the folder that a file is in decides its page"),
    "id": ("", "delete it: the id is the name of the file"),
    "weight": ("", "delete it: lists are ordered by date or name"),
}
"""The field that is meant, or none, and what to do."""


def foreign_field_hint(name: str, known: Container[str]) -> str:
    """Say how a field of another generator is written here; empty where it is none."""
    name = name.casefold().replace("-", "_")
    same = _SAME.get(name) or _SAME.get(name.replace("_", ""), "")
    if same in known:
        return f"the field is called `{same}` here"
    needed, hint = _ELSEWHERE.get(name, ("", ""))
    return hint if not needed or needed in known else ""
