"""Views of the page that lists the feeds."""

from __future__ import annotations

from dossier.views.parts import FeedLink, TemplateView, View


class FeedRow(View, frozen=True, kw_only=True):
    """A feed in the list. `path` is the page that it follows; `latest` its newest date."""

    feed: FeedLink
    path: str
    count: int
    latest: str
    lang: str = ""
    """The language of its entries, if it is the feed of one language."""


class FollowView(TemplateView, frozen=True, kw_only=True):
    """pages/follow.html: all feeds. `most` is the most entries of a feed."""

    site: tuple[FeedRow, ...]
    changes: FeedLink
    """The feed of changes."""
    companies: tuple[FeedRow, ...]
    regions: tuple[FeedRow, ...]
    topics: tuple[FeedRow, ...]
    most: int
