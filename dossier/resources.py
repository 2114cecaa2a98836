"""Resources: files that code writes from their views, as pages are rendered from theirs."""

from __future__ import annotations

from dossier.briefing_text import briefing_text
from dossier.feeds import atom_text, json_feed_bytes
from dossier.llms import llms_text
from dossier.resource_views import (
    BriefingCardView,
    BriefingTextView,
    FeedView,
    LlmsView,
    ResourceView,
    RobotsView,
    SiteCardView,
    SitemapIndexView,
    SitemapView,
)
from dossier.sitemaps import robots_text, sitemap_index_text, sitemap_text


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
        case FeedView(form="json_feed"):
            return json_feed_bytes(view)
        case FeedView():
            return atom_text(view).encode()
        case LlmsView():
            return llms_text(view).encode()
    raise TypeError(type(view).__name__)
