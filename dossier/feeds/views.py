"""Views of the page that lists the feeds."""

from __future__ import annotations

from dossier.views.parts import FeedLink, TemplateView, View


class FeedRow(View, frozen=True, kw_only=True):
    """A feed in the list of feeds. `path` is the page that it follows; `latest` its newest date."""

    feed: FeedLink
    path: str
    count: int
    latest: str
    lang: str = ""
    """The language of its entries, where it is a feed of one language."""


class FollowView(TemplateView, frozen=True, kw_only=True):
    """pages/follow.html: every feed. `most` is the number of entries that a feed has at most."""

    site: tuple[FeedRow, ...]
    changes: FeedLink
    """The feed of single events."""
    companies: tuple[FeedRow, ...]
    regions: tuple[FeedRow, ...]
    topics: tuple[FeedRow, ...]
    most: int
