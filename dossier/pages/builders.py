"""The view of each page and resource of a site, made when it is asked for."""

from __future__ import annotations

from dossier.feeds.build import Feeds
from dossier.figures.rows import FigureRows
from dossier.history.feed import EventFeed
from dossier.history.page import HistoryPages
from dossier.judgements.page import RecordPages
from dossier.market.pages import MarketPages
from dossier.market.tables import MarketData
from dossier.pages.briefing import BriefingPages
from dossier.pages.files import ResourceFiles
from dossier.pages.lists import ListPages
from dossier.pages.terms import TermPages
from dossier.search.records import SearchPages
from dossier.site.site import Site
from dossier.site.urls import CHANGES
from dossier.views.builder import Parts
from dossier.views.files import ResourceView
from dossier.views.outputs import PlannedPage, PlannedPdf, PlannedResource
from dossier.views.parts import TemplateView


class Viewer:
    """Makes the view of each page of a site, when it is asked for."""

    def __init__(self, site: Site) -> None:
        self.site = site
        parts = Parts(site)
        self.market = MarketPages(site, parts)
        self.figures = FigureRows(site, parts)
        self.terms = TermPages(site, parts, self.market, self.figures)
        self.lists = ListPages(site, parts, self.terms)
        self._briefings = BriefingPages(site, parts, self.figures)
        self.record = RecordPages(site, parts)
        self.status = parts.status
        self.history = HistoryPages(site, parts)
        self._events = EventFeed(self.history)
        self.search = SearchPages(site, parts)
        self.feeds = Feeds(site, parts)
        self.resources = ResourceFiles(site, parts, self.market.scopes, self.figures)
        self.market_data = MarketData(site, parts, self.market)

    def __reduce__(self) -> tuple[type[Viewer], tuple[Site]]:
        return Viewer, (self.site,)

    def reworded(self, site: Site) -> Viewer:
        """The same for `Site.reworded`: what was worked out from relations is kept."""
        viewer = Viewer(site)
        viewer.market.keep(self.market)
        viewer.terms.figures = self.terms.figures
        viewer.lists.all_sources = self.lists.all_sources
        viewer.figures.index = self.figures.index
        return viewer

    def view(self, page: PlannedPage | PlannedPdf) -> TemplateView:
        """The view of a page, in whichever form."""
        site, terms, lists = self.site, self.terms, self.lists
        match page.name:
            case "briefing":
                return self._briefings.view(site.briefings[page.id])
            case "company":
                return terms.company(site.companies[page.id], page.number)
            case "region":
                return terms.region(site.regions[page.id], page.number)
            case "topic":
                return terms.topic(site.topics[page.id], page.number)
            case "page":
                return lists.page(site.pages[page.id])
            case "redirect":
                return lists.redirect(page.number, site.briefings[page.id])
            case "briefings":
                return lists.briefings(page.number)
            case "sources":
                return lists.sources(page.number)
            case "market":
                return self.market.view(page.id, page.number)
            case "changes":
                return self.history.changes(page.number)
            case "record":
                return self.record.view(page.number)
            case "companies":
                return terms.companies()
            case "regions":
                return terms.regions()
            case "topics":
                return terms.topics()
            case "home":
                return lists.home()
            case "search":
                return self.search.view()
            case "follow":
                return self.feeds.follow()
            case "not_found":
                return lists.not_found()
        raise ValueError(page.name)

    def resource(self, resource: PlannedResource) -> ResourceView:
        """The view of a resource."""
        match resource.name:
            case "markdown":
                return self._briefings.text(self.site.briefings[resource.id])
            case "atom_feed" | "json_feed" if resource.id == CHANGES:
                return self._events.view(resource.name)
            case "atom_feed" | "json_feed":
                return self.feeds.view(resource.id, resource.name)
            case "llms":
                return self.resources.llms()
            case "sitemap":
                return self.resources.sitemap(resource.number)
            case "figures_csv":
                return self.resources.figures("csv")
            case "figures_json":
                return self.resources.figures("json")
            case "robots":
                return self.resources.robots()
            case "card":
                return self.resources.card(self.site.briefings.get(resource.id))
            case "market_data":
                return self.market_data.view(resource.file)
        raise ValueError(resource.name)
