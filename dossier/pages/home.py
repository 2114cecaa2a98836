"""Home page."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from dossier.pages.terms import Terms
from dossier.pages.views import HomeView
from dossier.site.urls import SECTIONS, output_file
from dossier.views.outputs import Builder, PageOutput, SitemapEntry, ViewOutput

LATEST = 8
MOST_WRITTEN_ABOUT = 10
SUPERSEDED = 4
FIGURES = 4


class HomePage(Builder):
    """Builds the home page: the newest briefing that still holds, the next ones, and links."""

    name = "home"

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.parts = terms.parts
        self.site = terms.site

    def plan(self) -> Iterable[PageOutput]:
        """List the page."""
        yield PageOutput(file=output_file(""), path="", builder=self.name, sitemap=SitemapEntry())

    def view(self, _output: ViewOutput) -> HomeView:
        """Build the page."""
        settings, parts = self.site.settings, self.parts
        originals = self.site.originals
        standing = [e for e in originals if parts.status.holds(e)] or list(originals)
        overtaken = (e for e in originals if "superseded" in parts.status.of(e.id))
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
            superseded=parts.items(islice(overtaken, SUPERSEDED)),
            figures=self.terms.latest_figures(FIGURES),
        )
