"""Sitemaps (https://www.sitemaps.org/protocol.html) and robots.txt (RFC 9309)."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from dossier.pages.files.views import RobotsView, SitemapAddress, SitemapIndexView, SitemapView

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
_SITEMAPS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_XHTML = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'


def sitemap_text(view: SitemapView) -> str:
    """Render a sitemap, with the translations of pages."""
    lines = [_DECLARATION, f"<urlset {_SITEMAPS} {_XHTML}>"]
    for address in view.addresses:
        lines.append(f"<url>{''.join(_address_parts(address))}</url>")
    return "\n".join([*lines, "</urlset>", ""])


def sitemap_index_text(view: SitemapIndexView) -> str:
    """Render the index of a sitemap's parts."""
    parts = [f"<sitemap><loc>{escape(url)}</loc></sitemap>" for url in view.urls]
    lines = [_DECLARATION, f"<sitemapindex {_SITEMAPS}>", *parts, "</sitemapindex>", ""]
    return "\n".join(lines)


def robots_text(view: RobotsView) -> str:
    """Render a robots.txt that allows everything, except to some crawlers.

    Pages that search engines should not list are allowed too: their own `noindex` must be read.
    """
    groups = ["User-agent: *\nAllow: /\n"]
    if view.blocked:
        names = "".join(f"User-agent: {name}\n" for name in view.blocked)
        groups.append(f"{names}Disallow: /\n")
    if view.sitemap:
        groups.append(f"Sitemap: {view.sitemap}\n")
    return "\n".join(groups)


def _address_parts(address: SitemapAddress) -> Iterator[str]:
    yield f"<loc>{escape(address.url)}</loc>"
    if address.modified:
        yield f"<lastmod>{escape(address.modified)}</lastmod>"
    for other in address.translations:
        language, url = escape(other.lang), escape(other.url)
        yield f'<xhtml:link rel="alternate" hreflang="{language}" href="{url}"/>'
