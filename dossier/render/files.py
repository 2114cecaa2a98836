"""Files for programs and images, written by code from their views."""

from __future__ import annotations

import msgspec

from dossier.feeds.formats import atom_text, json_feed_bytes
from dossier.pages.files.views import (
    BriefingCardView,
    BriefingTextView,
    LlmsView,
    RobotsView,
    SiteCardView,
    SitemapIndexView,
    SitemapView,
)
from dossier.render.briefing_markdown import briefing_text
from dossier.render.llms_txt import llms_text
from dossier.render.sitemap import robots_text, sitemap_index_text, sitemap_text
from dossier.render.tables import csv_text, json_text
from dossier.search.views import NamesView
from dossier.views.files import FeedView, ResourceView, TableView


def write_file(view: ResourceView) -> bytes:
    """Write a file from its view."""
    match view:
        case BriefingTextView():
            return briefing_text(view).encode()
        case SitemapView():
            return sitemap_text(view).encode()
        case SitemapIndexView():
            return sitemap_index_text(view).encode()
        case TableView(form="csv"):
            return csv_text(view).encode()
        case TableView():
            return json_text(view)
        case RobotsView():
            return robots_text(view).encode()
        case BriefingCardView() | SiteCardView():
            from dossier.render.social_cards import draw_card

            return draw_card(view)
        case FeedView(form="json_feed"):
            return json_feed_bytes(view)
        case FeedView():
            return atom_text(view).encode()
        case NamesView():
            return msgspec.json.encode(view)
        case LlmsView():
            return llms_text(view).encode()
    raise TypeError(type(view).__name__)
