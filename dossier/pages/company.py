"""Pages of companies, and their index."""

from __future__ import annotations

from collections.abc import Iterable

from dossier.language.messages import N_, gettext
from dossier.market.pages import MarketPages
from dossier.pages.terms import DOWNLOADS, Terms
from dossier.pages.views import CompaniesView, CompanyView
from dossier.site.urls import SECTIONS
from dossier.views.outputs import Builder, MenuEntry, PageOutput, ViewOutput
from dossier.views.paging import paging
from dossier.views.parts import Link
from dossier.views.replacements import listed_items


class CompaniesPage(Builder):
    """Builds the index of companies."""

    name = "companies"

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.parts = terms.parts
        self.relations = terms.relations
        self.lang = terms.lang

    def plan(self) -> Iterable[PageOutput]:
        """List the page."""
        yield self.terms.index("company", MenuEntry(name=self.name, label=N_("Companies")))

    def view(self, _output: ViewOutput) -> CompaniesView:
        """Build the page."""
        roots = self.terms.forest(
            self.relations.company_tree, self.parts.company_link, self.relations.by_company
        )
        title = gettext(self.lang, "Companies")
        description = gettext(self.lang, "Every company in these briefings, by owner.")
        path = SECTIONS["company"]
        return CompaniesView(head=self.parts.head(path, title, description), tree=roots)


class CompanyPages(Builder):
    """Builds the pages of companies."""

    name = "company"

    def __init__(self, terms: Terms, market: MarketPages) -> None:
        self.terms = terms
        self.parts = terms.parts
        self.site = terms.site
        self.relations = terms.relations
        self.lang = terms.lang
        self.entries = terms.site.companies
        self.market = market

    def plan(self) -> Iterable[PageOutput]:
        """List the pages of all companies."""
        return self.terms.pages(self.entries.values())

    def view(self, output: ViewOutput) -> CompanyView:
        """Build a page: the first has the text; there are more for long lists."""
        entry, number = self.entries[output.id], output.number
        parts, facts, tree = self.parts, entry.facts, self.relations.company_tree
        by_company, first = self.relations.by_company, number == 1
        briefings = by_company.get(entry.id, [])
        found = parts.status.list_of("company", entry.id)
        figures = self.terms.figures.of_company(entry.id)
        pairs = self.terms.regions_of_company(entry.id, briefings if first else ())
        return CompanyView(
            head=self.terms.head(
                entry,
                briefings,
                [
                    Link(path=SECTIONS["company"], title=gettext(self.lang, "Companies")),
                    *(parts.company_link(id_) for id_ in tree.ancestors(entry.id)),
                ],
                number,
            ),
            name=facts.name,
            html=parts.html(entry) if first else "",
            aliases=facts.aliases,
            formerly=parts.formerly(entry),
            products=facts.products,
            website=facts.website or "",
            wikidata=facts.wikidata or "",
            children=self.terms.children(entry.id, tree, parts.company_link, by_company),
            regions=pairs.said,
            together=pairs.beside,
            market=self.market.of_company(entry.id) if first else None,
            series=self.terms.figure_rows.series(figures, self.lang) if first else (),
            downloads=DOWNLOADS,
            total=len(briefings),
            replaced=len(briefings) - len(found.listed),
            items=listed_items(parts, found, number),
            paging=paging(found.listed, entry.path, number),
            follow=self.terms.follow(entry, briefings),
            mentioned=self.terms.mentioned(
                self.market.briefings_of_company(entry.id) | {id_ for id_, _ in figures}
            )
            if not briefings
            else (),
        )
