"""The page that lists all feeds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dossier.feeds.build import MOST, Feeds, FeedSource
from dossier.feeds.views import FeedRow, FollowView
from dossier.language.folding import sort_key
from dossier.language.messages import gettext
from dossier.site.urls import CHANGES, FOLLOW, output_file
from dossier.views.builder import Parts
from dossier.views.feed_links import feed_link
from dossier.views.outputs import Builder, PageOutput, SitemapEntry, ViewOutput


class FollowPage(Builder):
    """Builds the list of feeds."""

    name = "follow"

    def __init__(self, parts: Parts, feeds: Feeds) -> None:
        self.parts = parts
        self.feeds = feeds
        self.lang = parts.settings.language

    def plan(self) -> Iterator[PageOutput]:
        """List the page, if there is a feed."""
        if self.feeds.sources:
            yield PageOutput(
                file=output_file(FOLLOW), path=FOLLOW, builder=self.name, sitemap=SitemapEntry()
            )

    def view(self, _output: ViewOutput) -> FollowView:
        """Build the list."""
        by_kind: dict[str, list[FeedRow]] = {}
        for path, source in self.feeds.sources.items():
            by_kind.setdefault(source.kind, []).append(self._row(path, source))
        return FollowView(
            head=self.parts.head(
                FOLLOW,
                gettext(self.lang, "Follow"),
                gettext(self.lang, "Get updates by feed: what is new, corrected or superseded."),
            ),
            site=tuple(by_kind.get("site", ())),
            changes=feed_link(CHANGES, gettext(self.lang, "What changed")),
            companies=_by_title(by_kind.get("company", ())),
            regions=_by_title(by_kind.get("region", ())),
            topics=_by_title(by_kind.get("topic", ())),
            most=MOST,
        )

    def _row(self, path: str, source: FeedSource) -> FeedRow:
        single = source.kind == "site" and len(self.parts.feeds.languages) > 1
        return FeedRow(
            feed=feed_link(path, source.title),
            path=source.page,
            count=len(source.briefings),
            latest=self.parts.latest(source.briefings),
            lang=source.lang if single else "",
        )


def _by_title(rows: Sequence[FeedRow]) -> tuple[FeedRow, ...]:
    return tuple(sorted(rows, key=lambda row: sort_key(row.feed.title)))
