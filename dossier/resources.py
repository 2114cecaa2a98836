"""Resources: files that code writes from their views, as pages are rendered from theirs."""

from __future__ import annotations

from dossier.briefing_text import briefing_text
from dossier.resource_views import (
    BriefingCardView,
    BriefingTextView,
    ResourceView,
    RobotsView,
    SiteCardView,
    SitemapIndexView,
    SitemapView,
    TableView,
)
from dossier.sitemaps import robots_text, sitemap_index_text, sitemap_text
from dossier.tables import csv_text, json_text


def write_resource(view: ResourceView) -> bytes:
    """The bytes of a resource."""
    match view:
        case BriefingTextView():
            return briefing_text(view).encode()
        case SitemapView():
            return sitemap_text(view).encode()
        case SitemapIndexView():
            return sitemap_index_text(view).encode()
        case RobotsView():
            return robots_text(view).encode()
        case BriefingCardView() | SiteCardView():
            from dossier.social_cards import draw_card  # the library for images is slow to load

            return draw_card(view)
        case TableView(form="csv"):
            return csv_text(view).encode()
        case TableView():
            return json_text(view)
    raise TypeError(type(view).__name__)
