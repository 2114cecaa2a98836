"""The pages of companies, regions and topics, and the index of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from dossier.content.models import Company, Kind, Region, Topic
from dossier.figures.rows import FigureRows
from dossier.figures.views import SeriesRow
from dossier.language.messages import gettext
from dossier.market.pages import MarketPages
from dossier.pages.views import (
    CompaniesView,
    CompanyView,
    RegionsView,
    RegionView,
    TopicsView,
    TopicView,
)
from dossier.site.entries import Entry
from dossier.site.hierarchy import Hierarchy
from dossier.site.site import Site
from dossier.site.urls import FIGURES_CSV, FIGURES_JSON, SECTIONS
from dossier.views.builder import Parts
from dossier.views.paging import paging
from dossier.views.parts import Count, Head, Link, TreeNode
from dossier.views.replacements import listed_items
from dossier.views.subject_index import Rows

MOST = 8
"""Companies or regions that the page of another names."""

DOWNLOADS = (Link(path=FIGURES_CSV, title="CSV"), Link(path=FIGURES_JSON, title="JSON"))


class TermPages:
    """Makes the views of companies, regions and topics."""

    def __init__(
        self, site: Site, parts: Parts, market: MarketPages, figure_rows: FigureRows
    ) -> None:
        self.site = site
        self.market = market
        self.figure_rows = figure_rows
        self.relations = site.relations
        self.parts = parts
        self.lang = site.settings.language
        self._describe: Mapping[Kind, Callable[[Entry[Any], Sequence[Link]], str]] = {
            "company": parts.structured_data.company,
            "region": parts.structured_data.region,
            "topic": parts.structured_data.topic,
        }

    def companies(self) -> CompaniesView:
        """The index of companies, each below the one that owns it."""
        roots = self._forest(
            self.relations.company_tree, self.parts.company_link, self.relations.by_company
        )
        title = gettext(self.lang, "Companies")
        description = gettext(self.lang, "Every company in these briefings, by owner.")
        path = SECTIONS["company"]
        return CompaniesView(head=self.parts.head(path, title, description), tree=roots)

    def regions(self) -> RegionsView:
        """The tree of regions."""
        tree = self.relations.region_tree
        roots = sorted(tree.roots, key=lambda id_: self.parts.region_link(id_).title)
        title = gettext(self.lang, "Regions")
        description = gettext(self.lang, "Every region in these briefings, from the world down.")
        return RegionsView(
            head=self.parts.head(SECTIONS["region"], title, description),
            tree=tuple(self._region_node(id_) for id_ in roots),
        )

    def topics(self) -> TopicsView:
        """The tree of topics."""
        roots = self._forest(
            self.relations.topic_tree, self.parts.topic_link, self.relations.by_topic
        )
        title = gettext(self.lang, "Topics")
        description = gettext(self.lang, "Every topic of these briefings.")
        path = SECTIONS["topic"]
        return TopicsView(head=self.parts.head(path, title, description), tree=roots)

    def company(self, entry: Entry[Company], number: int) -> CompanyView:
        """A page of a company: the first with its profile, more where its list is long."""
        parts, record, tree = self.parts, entry.record, self.relations.company_tree
        by_company, first = self.relations.by_company, number == 1
        briefings = by_company.get(entry.id, [])
        found = parts.status.list_of("company", entry.id)
        return CompanyView(
            head=self._head(
                entry,
                briefings,
                [
                    Link(path=SECTIONS["company"], title=gettext(self.lang, "Companies")),
                    *(parts.company_link(id_) for id_ in tree.ancestors(entry.id)),
                ],
                number,
            ),
            name=record.name,
            html=parts.html(entry) if first else "",
            aliases=record.aliases,
            products=record.products,
            website=record.website or "",
            wikidata=record.wikidata or "",
            children=self._children(entry.id, tree, parts.company_link, by_company),
            regions=self._top_regions(briefings, MOST) if first else (),
            market=self.market.of_company(entry.id) if first else None,
            series=self.figure_rows.series(self.figures.of_company(entry.id), self.lang)
            if first
            else (),
            downloads=DOWNLOADS,
            total=len(briefings),
            replaced=len(briefings) - len(found.listed),
            items=listed_items(parts, found, number),
            paging=paging(found.listed, entry.path, number),
        )

    def region(self, entry: Entry[Region], number: int) -> RegionView:
        """A page of a region: the first with its note and members, more where needed."""
        parts, record, tree = self.parts, entry.record, self.relations.region_tree
        briefings, first = self.relations.by_region.get(entry.id, []), number == 1
        found = parts.status.list_of("region", entry.id)
        return RegionView(
            head=self._head(
                entry,
                briefings,
                [
                    Link(path=SECTIONS["region"], title=gettext(self.lang, "Regions")),
                    *(parts.region_link(id_) for id_ in tree.ancestors(entry.id)),
                ],
                number,
            ),
            name=record.name,
            html=parts.html(entry) if first else "",
            code=record.code or "",
            aliases=record.aliases,
            tree=self._region_node(entry.id).children if first else (),
            groups=tuple(parts.region_link(id_) for id_ in tree.groups(entry.id)),
            companies=self._top_companies(briefings, MOST) if first else (),
            market=self.market.of_region(entry.id) if first else None,
            series=self.figure_rows.series(self.figures.of_region(entry.id), self.lang)
            if first
            else (),
            downloads=DOWNLOADS,
            total=len(briefings),
            replaced=len(briefings) - len(found.listed),
            items=listed_items(parts, found, number),
            paging=paging(found.listed, entry.path, number),
        )

    def topic(self, entry: Entry[Topic], number: int) -> TopicView:
        """A page of a topic."""
        parts, record, tree = self.parts, entry.record, self.relations.topic_tree
        by_topic, first = self.relations.by_topic, number == 1
        briefings = by_topic.get(entry.id, [])
        found = parts.status.list_of("topic", entry.id)
        return TopicView(
            head=self._head(
                entry,
                briefings,
                [
                    Link(path=SECTIONS["topic"], title=gettext(self.lang, "Topics")),
                    *(parts.topic_link(id_) for id_ in tree.ancestors(entry.id)),
                ],
                number,
            ),
            name=record.name,
            html=parts.html(entry) if first else "",
            aliases=record.aliases,
            children=self._children(entry.id, tree, parts.topic_link, by_topic),
            companies=self._top_companies(briefings, MOST) if first else (),
            total=len(briefings),
            replaced=len(briefings) - len(found.listed),
            items=listed_items(parts, found, number),
            paging=paging(found.listed, entry.path, number),
        )

    def shown_on(self, kind: Kind, id_: str) -> tuple[str, ...]:
        """The briefings whose moves and figures are on the first page of a company or region."""
        moves = self.market.shown_on(kind, id_)
        if kind == "company":
            return *moves, *(briefing for briefing, _ in self.figures.of_company(id_))
        if kind == "region":
            return *moves, *(briefing for briefing, _ in self.figures.of_region(id_))
        return ()

    def top_companies(self, most: int) -> tuple[Count, ...]:
        """The companies most written about."""
        return self._top_companies(self.relations.originals, most)

    def top_regions(self, most: int) -> tuple[Count, ...]:
        """The regions most written about, as briefings name them."""
        return self._top_regions(self.relations.originals, most)

    def latest_figures(self, most: int) -> tuple[SeriesRow, ...]:
        """What the latest briefings that stand have figures of, each with its newest value."""
        places = (
            (entry.id, n)
            for entry in self.site.originals
            if self.parts.status.holds(entry)
            for n in range(len(entry.record.figures))
        )
        return self.figure_rows.newest(places, self.lang, most)

    def _head(
        self, entry: Entry[Any], briefings: Sequence[str], crumbs: Sequence[Link], number: int
    ) -> Head:
        name = entry.record.name
        description = gettext(self.lang, "What these briefings say about %(name)s.")
        describe = self._describe[entry.kind] if number == 1 else None
        return self.parts.head(
            entry.path,
            name,
            description % {"name": name},
            section=SECTIONS[entry.kind],
            crumbs=crumbs,
            number=number,
            structured_data=(
                describe(entry, crumbs)
                if describe
                else self.parts.structured_data.place_in_site(crumbs, name)
            ),
            feeds=self.parts.feeds.of(entry.path, name, briefings),
        )

    def _children(
        self,
        id_: str,
        tree: Hierarchy,
        link: Callable[[str], Link],
        briefings: Mapping[str, Sequence[str]],
    ) -> tuple[Count, ...]:
        """What lies directly below a company or a topic."""
        counted = Counter({child: len(briefings.get(child, ())) for child in tree.children(id_)})
        return self.parts.counts(counted, link, briefings)

    def _top_companies(self, ids: Iterable[str], most: int) -> tuple[Count, ...]:
        """The companies that some briefings name most."""
        briefings = self.site.briefings
        counted = Counter(c for id_ in ids for c in briefings[id_].record.companies)
        link, below = self.parts.company_link, self.relations.by_company
        return self.parts.counts(counted, link, below, most)

    def _top_regions(self, ids: Iterable[str], most: int) -> tuple[Count, ...]:
        """The regions that some briefings name most."""
        briefings = self.site.briefings
        counted = Counter(r for id_ in ids for r in briefings[id_].record.regions)
        return self.parts.counts(counted, self.parts.region_link, self.relations.by_region, most)

    def _forest(
        self,
        tree: Hierarchy,
        link: Callable[[str], Link],
        briefings: Mapping[str, Sequence[str]],
    ) -> tuple[TreeNode, ...]:
        roots = sorted(tree.roots, key=lambda id_: link(id_).title.casefold())
        return tuple(self.parts.node(id_, link, briefings, tree.children) for id_ in roots)

    def _region_node(self, id_: str) -> TreeNode:
        """A region and what lies in it; the members of a group are listed, not what is in them."""
        tree, parts, below = self.relations.region_tree, self.parts, self.relations.by_region
        found = below.get(id_, [])
        children = [self._region_node(child) for child in tree.children(id_)]
        members = [
            TreeNode(
                link=parts.region_link(member),
                count=len(below.get(member, ())),
                code=self.site.regions[member].record.code or "",
            )
            for member in tree.members(id_)
        ]
        return TreeNode(
            link=parts.region_link(id_),
            count=len(found),
            code=self.site.regions[id_].record.code or "",
            latest=parts.latest(found),
            group=bool(members),
            children=tuple(
                sorted([*children, *members], key=lambda node: (node.group, node.link.title))
            ),
        )

    @cached_property
    def figures(self) -> Rows:
        """The figures of each company and region."""
        rows = Rows(self.relations)
        for entry in self.site.originals:
            for n, figure in enumerate(entry.record.figures):
                companies = [figure.company] if figure.company else []
                regions = [figure.region] if figure.region else []
                rows.add((entry.id, n), figure.as_of, companies, regions)
        return rows
