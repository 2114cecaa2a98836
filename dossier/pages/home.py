"""Home page."""

from __future__ import annotations

from collections.abc import Iterable
from heapq import nsmallest

from dossier.content.models import Briefing
from dossier.history.events import Event, History
from dossier.pages.terms import Terms
from dossier.pages.views import DueReview, HomeView, LatestChange
from dossier.site.entries import Entry
from dossier.site.urls import SECTIONS, output_file
from dossier.views.evidence import change_anchors
from dossier.views.outputs import Builder, PageOutput, SitemapEntry, ViewOutput

LATEST = 8
MOST_WRITTEN_ABOUT = 10
CHANGES = 4
REVIEWS = 3
FIGURES = 4


class HomePage(Builder):
    """Builds the home page: the newest briefings that still hold, what changed, what is due."""

    name = "home"

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.parts = terms.parts
        self.site = terms.site
        self._history = self.site.model(History)

    def plan(self) -> Iterable[PageOutput]:
        """List the page."""
        yield PageOutput(file=output_file(""), path="", builder=self.name, sitemap=SitemapEntry())

    def view(self, _output: ViewOutput) -> HomeView:
        """Build the page."""
        settings, parts = self.site.settings, self.parts
        originals = self.site.originals
        standing = [e for e in originals if parts.status.holds(e)] or list(originals)
        latest = standing[1 : 1 + LATEST]
        return HomeView(
            head=parts.head(
                "",
                settings.title,
                settings.tagline or settings.title,
                structured_data=parts.structured_data.home(),
            ),
            lead=parts.item(standing[0]) if standing else None,
            latest=parts.items(latest),
            more=SECTIONS["briefing"] if len(originals) > 1 + len(latest) else "",
            companies=self.terms.most_written_companies(MOST_WRITTEN_ABOUT),
            regions=self.terms.most_written_regions(MOST_WRITTEN_ABOUT),
            changes=tuple(map(self._change, self._latest_changes())),
            due=tuple(self._due_reviews(standing)),
            figures=self.terms.latest_figures(FIGURES),
        )

    def _latest_changes(self) -> Iterable[Event]:
        """Find the latest change of each briefing, the newest first."""
        latest: dict[str, Event] = {}
        for event in self._history.recorded:
            if len(latest) < CHANGES:
                latest.setdefault(event.briefing, event)
        return latest.values()

    def _change(self, event: Event) -> LatestChange:
        entry = self.site.briefings[event.briefing]
        return LatestChange(
            kind=event.kind,
            day=event.day,
            briefing=self.parts.briefing_link(entry),
            anchor="" if event.change is None else change_anchors(entry)[event.change],
        )

    def _due_reviews(self, standing: Iterable[Entry[Briefing]]) -> Iterable[DueReview]:
        """Find the current briefings to be reviewed next, those that should have been first."""
        status = self.parts.status.of
        due = (
            (day, entry)
            for entry in standing
            if (day := entry.facts.review_by) and status(entry.id) == "current"
        )
        for day, entry in nsmallest(REVIEWS, due, key=lambda one: one[0]):
            passed = day < self.site.settings.today
            yield DueReview(day=day, briefing=self.parts.briefing_link(entry), passed=passed)
