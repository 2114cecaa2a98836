"""All builders, in the order of the menu and the sitemap; a new kind of page is a new line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from dossier.content.documents import DocumentProblem
from dossier.feeds.build import Feeds
from dossier.feeds.follow import FollowPage
from dossier.figures.rows import FigureRows
from dossier.figures.tables import FigureTables
from dossier.figures.views import PublishedFigure
from dossier.history.feed import EventFeed
from dossier.history.page import ChangesPages
from dossier.judgements.page import RecordPages
from dossier.market.pages import MarketPages
from dossier.market.tables import MarketTables
from dossier.pages.briefing import BriefingPages
from dossier.pages.company import CompaniesPage, CompanyPages
from dossier.pages.files.briefing_markdown import MarkdownFiles
from dossier.pages.files.llms_txt import LlmsFile
from dossier.pages.files.sitemap import RobotsFile, SitemapFiles
from dossier.pages.files.social_cards import SocialCards
from dossier.pages.home import HomePage
from dossier.pages.lists import BriefingLists, SourceLists
from dossier.pages.region import RegionPages, RegionsPage
from dossier.pages.standing import NotFoundPage, Redirects, StandingPages
from dossier.pages.terms import Terms
from dossier.pages.topic import TopicPages, TopicsPage
from dossier.search.names import SearchNames
from dossier.search.page import SearchPage
from dossier.site.reads import facts_only
from dossier.site.site import Site
from dossier.views.builder import Parts
from dossier.views.outputs import Builder, Output, PageOutput, ViewOutput
from dossier.views.parts import View


class Builders:
    """All builders of a site. `planned` are their outputs where they are known already, and `menu`
    the pages in the menu."""

    def __init__(
        self,
        site: Site,
        planned: Mapping[str, Output] | None = None,
        menu: Sequence[PageOutput] | None = None,
    ) -> None:
        self.site = site
        self._planned = planned
        self.parts = parts = Parts(site, lambda: self.pages if menu is None else menu)
        figures = FigureRows(parts)
        market = MarketPages(parts, PublishedFigure.__struct_fields__)
        terms = Terms(parts, figures)
        changes = ChangesPages(parts)
        feeds = Feeds(parts)
        briefings = BriefingPages(parts, figures)
        self.record = RecordPages(parts)
        self.search = SearchPage(parts)
        subjects: tuple[Builder, ...] = (
            StandingPages(parts),
            CompanyPages(terms, market),
            RegionPages(terms, market),
            TopicPages(terms),
        )
        self._of_pages: tuple[Builder, ...] = (
            HomePage(terms),
            BriefingLists(parts),
            market,
            CompaniesPage(terms),
            RegionsPage(terms),
            TopicsPage(terms),
            self.record,
            SourceLists(parts),
            changes,
            self.search,
            SearchNames(parts),
            FollowPage(parts, feeds),
            *subjects,
            briefings,
            Redirects(parts, (market, *subjects)),
            NotFoundPage(parts),
        )
        self._of_files: tuple[Builder, ...] = (
            MarkdownFiles(briefings),
            SocialCards(parts),
            feeds,
            EventFeed(parts, changes),
            MarketTables(parts, market.rows),
            FigureTables(parts),
            LlmsFile(parts),
            SitemapFiles(parts, lambda: self.pages),
            RobotsFile(parts),
        )
        self._by_name = {builder.name: builder for builder in (*self._of_pages, *self._of_files)}

    def __reduce__(self) -> tuple[type[Builders], tuple[Site]]:
        return Builders, (self.site,)

    def reworded(self, site: Site) -> Builders:
        """Return the builders of a site that differs in words alone, so that pages are the same."""
        builders = Builders(site, self._planned)
        builders.pages = self.pages
        return builders

    @cached_property
    def pages(self) -> tuple[PageOutput, ...]:
        """The pages of the site."""
        planned = self._printed if self._planned is None else self._planned.values()
        return tuple(one for one in planned if isinstance(one, PageOutput))

    @cached_property
    def outputs(self) -> tuple[ViewOutput, ...]:
        """All outputs that are made from views."""
        with facts_only():
            return (*self._printed, *(one for files in self._of_files for one in files.plan()))

    @cached_property
    def _printed(self) -> tuple[ViewOutput, ...]:
        """The pages, and files printed from them."""
        with facts_only():
            return tuple(one for pages in self._of_pages for one in pages.plan())

    def view(self, output: ViewOutput) -> View:
        """Build the view of an output, in whichever form it is printed."""
        return self._by_name[output.builder].view(output)

    def problems(self) -> Iterator[DocumentProblem]:
        """Find problems in the content."""
        for builder in self._by_name.values():
            yield from builder.problems()
