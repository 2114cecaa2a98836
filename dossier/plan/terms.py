"""The pages of companies, regions and topics, and the index of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

from dossier.hierarchy import Hierarchy
from dossier.i18n import gettext
from dossier.models import Briefing, Company, Region, Topic
from dossier.plan.evidence import figure_row, move_row
from dossier.plan.parts import Parts, paginate
from dossier.plan.rows import Rows
from dossier.site import Entry, Site
from dossier.urls import SECTIONS
from dossier.views import (
    CompaniesView,
    CompanyView,
    Count,
    FigureRow,
    Link,
    MoveRow,
    Node,
    RegionsView,
    RegionView,
    TopicsView,
    TopicView,
)


class TermPages:
    """Makes the views of companies, regions and topics."""

    def __init__(self, site: Site, parts: Parts) -> None:
        self.site = site
        self.parts = parts
        self.lang = site.settings.language

    def companies(self) -> CompaniesView:
        """The index of companies, each below the one that owns it."""
        roots = self._forest(self.site.company_tree, self.parts.company_link, self.site.by_company)
        title = gettext(self.lang, "Companies")
        description = gettext(self.lang, "Every company in these briefings, by owner.")
        path = SECTIONS["company"]
        return CompaniesView(head=self.parts.head(path, title, description), tree=roots)

    def regions(self) -> RegionsView:
        """The tree of regions."""
        tree = self.site.region_tree
        roots = sorted(tree.roots, key=lambda id_: self.parts.region_link(id_).title)
        title = gettext(self.lang, "Regions")
        description = gettext(self.lang, "Every region in these briefings, from the world down.")
        return RegionsView(
            head=self.parts.head(SECTIONS["region"], title, description),
            tree=tuple(self._region_node(id_) for id_ in roots),
        )

    def topics(self) -> TopicsView:
        """The tree of topics."""
        roots = self._forest(self.site.topic_tree, self.parts.topic_link, self.site.by_topic)
        title = gettext(self.lang, "Topics")
        description = gettext(self.lang, "Every topic of these briefings.")
        path = SECTIONS["topic"]
        return TopicsView(head=self.parts.head(path, title, description), tree=roots)

    def company(self, entry: Entry[Company]) -> Iterator[CompanyView]:
        """The pages of a company: the first with its profile, more where its list is long."""
        parts, record, site = self.parts, entry.record, self.site
        above = site.company_tree.ancestors(entry.id)
        crumbs = [
            Link(path=SECTIONS["company"], title=gettext(self.lang, "Companies")),
            *(parts.company_link(id_) for id_ in above),
        ]
        briefings = site.by_company.get(entry.id, [])
        description = gettext(self.lang, "What these briefings say about %(name)s.")
        children = Counter(
            {id_: len(site.by_company.get(id_, ())) for id_ in site.company_tree.children(entry.id)}
        )
        regions = Counter(id_ for briefing in briefings for id_ in briefing.record.regions)
        for items, paging in paginate(briefings, entry.path):
            yield CompanyView(
                head=parts.head(
                    entry.path,
                    record.name,
                    description % {"name": record.name},
                    section=SECTIONS["company"],
                    crumbs=crumbs,
                    number=paging.number,
                ),
                name=record.name,
                html=parts.html(entry) if paging.number == 1 else "",
                aliases=record.aliases,
                products=record.products,
                website=record.website or "",
                wikidata=record.wikidata or "",
                children=parts.counts(children, parts.company_link, site.by_company),
                regions=parts.counts(regions, parts.region_link, site.by_region, 8),
                moves=self._moves.of_company(entry.id) if paging.number == 1 else (),
                figures=self._figures.of_company(entry.id) if paging.number == 1 else (),
                items=parts.items(items),
                paging=paging,
            )

    def region(self, entry: Entry[Region]) -> Iterator[RegionView]:
        """The pages of a region: the first with its note and members, more where needed."""
        parts, record, site = self.parts, entry.record, self.site
        tree = site.region_tree
        crumbs = [
            Link(path=SECTIONS["region"], title=gettext(self.lang, "Regions")),
            *(parts.region_link(id_) for id_ in tree.ancestors(entry.id)),
        ]
        briefings = site.by_region.get(entry.id, [])
        description = gettext(self.lang, "What these briefings say about %(name)s.")
        companies = Counter(id_ for briefing in briefings for id_ in briefing.record.companies)
        for items, paging in paginate(briefings, entry.path):
            yield RegionView(
                head=parts.head(
                    entry.path,
                    record.name,
                    description % {"name": record.name},
                    section=SECTIONS["region"],
                    crumbs=crumbs,
                    number=paging.number,
                ),
                name=record.name,
                html=parts.html(entry) if paging.number == 1 else "",
                code=record.code or "",
                aliases=record.aliases,
                tree=self._region_node(entry.id).children,
                groups=tuple(parts.region_link(id_) for id_ in tree.groups(entry.id)),
                companies=parts.counts(companies, parts.company_link, site.by_company, 8),
                moves=self._moves.of_region(entry.id) if paging.number == 1 else (),
                figures=self._figures.of_region(entry.id) if paging.number == 1 else (),
                items=parts.items(items),
                paging=paging,
            )

    def topic(self, entry: Entry[Topic]) -> Iterator[TopicView]:
        """The pages of a topic."""
        parts, record, site = self.parts, entry.record, self.site
        crumbs = [
            Link(path=SECTIONS["topic"], title=gettext(self.lang, "Topics")),
            *(parts.topic_link(id_) for id_ in site.topic_tree.ancestors(entry.id)),
        ]
        briefings = site.by_topic.get(entry.id, [])
        description = gettext(self.lang, "What these briefings say about %(name)s.")
        children = site.topic_tree.children(entry.id)
        counted = Counter({id_: len(site.by_topic.get(id_, ())) for id_ in children})
        companies = Counter(id_ for briefing in briefings for id_ in briefing.record.companies)
        for items, paging in paginate(briefings, entry.path):
            yield TopicView(
                head=parts.head(
                    entry.path,
                    record.name,
                    description % {"name": record.name},
                    section=SECTIONS["topic"],
                    crumbs=crumbs,
                    number=paging.number,
                ),
                name=record.name,
                html=parts.html(entry) if paging.number == 1 else "",
                aliases=record.aliases,
                children=parts.counts(counted, parts.topic_link, site.by_topic),
                companies=parts.counts(companies, parts.company_link, site.by_company, 8),
                items=parts.items(items),
                paging=paging,
            )

    def top_companies(self, most: int) -> tuple[Count, ...]:
        """The companies most written about."""
        counted = Counter(
            id_ for briefing in self.site.originals for id_ in briefing.record.companies
        )
        return self.parts.counts(counted, self.parts.company_link, self.site.by_company, most)

    def top_regions(self, most: int) -> tuple[Count, ...]:
        """The regions most written about, as briefings name them."""
        counted = Counter(
            id_ for briefing in self.site.originals for id_ in briefing.record.regions
        )
        return self.parts.counts(counted, self.parts.region_link, self.site.by_region, most)

    def _forest(
        self,
        tree: Hierarchy,
        link: Callable[[str], Link],
        briefings: Mapping[str, Sequence[Entry[Briefing]]],
    ) -> tuple[Node, ...]:
        roots = sorted(tree.roots, key=lambda id_: link(id_).title.casefold())
        return tuple(self.parts.node(id_, link, briefings, tree.children) for id_ in roots)

    def _region_node(self, id_: str) -> Node:
        """A region and what lies in it; the members of a group are listed, not what is in them."""
        tree, parts = self.site.region_tree, self.parts
        found = self.site.by_region.get(id_, [])
        children = [self._region_node(child) for child in tree.children(id_)]
        members = [
            Node(
                link=parts.region_link(member),
                count=len(self.site.by_region.get(member, ())),
                code=self.site.regions[member].record.code or "",
            )
            for member in tree.members(id_)
        ]
        return Node(
            link=parts.region_link(id_),
            count=len(found),
            code=self.site.regions[id_].record.code or "",
            latest=found[0].moment if found else "",
            group=bool(members),
            children=tuple(
                sorted([*children, *members], key=lambda node: (node.group, node.link.title))
            ),
        )

    @cached_property
    def _moves(self) -> Rows[MoveRow]:
        rows: Rows[MoveRow] = Rows(self.site)
        for entry in self.site.originals:
            for n, move in enumerate(entry.record.moves, 1):
                row = move_row(self.parts, entry, n, move, self.lang, here=False)
                rows.add(row, row.date, [move.company], move.regions)
        return rows

    @cached_property
    def _figures(self) -> Rows[FigureRow]:
        rows: Rows[FigureRow] = Rows(self.site)
        for entry in self.site.originals:
            for n, figure in enumerate(entry.record.figures, 1):
                row = figure_row(self.parts, entry, n, figure, self.lang, here=False)
                companies = [figure.company] if figure.company else []
                rows.add(row, row.as_of, companies, [figure.region] if figure.region else [])
        return rows
