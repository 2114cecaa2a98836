"""Pages of regions, and their index."""

from __future__ import annotations

from collections.abc import Iterable

from dossier.language.folding import sort_key
from dossier.language.messages import N_, gettext
from dossier.market.pages import MarketPages
from dossier.pages.terms import DOWNLOADS, Terms
from dossier.pages.views import RegionsView, RegionView
from dossier.site.urls import SECTIONS
from dossier.views.outputs import Builder, MenuEntry, PageOutput, ViewOutput
from dossier.views.paging import paging
from dossier.views.parts import Link, TreeNode
from dossier.views.replacements import listed_items


class RegionsPage(Builder):
    """Builds the index of regions."""

    name = "regions"

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.parts = terms.parts
        self.relations = terms.relations
        self.lang = terms.lang

    def plan(self) -> Iterable[PageOutput]:
        """List the page."""
        yield self.terms.index("region", MenuEntry(name=self.name, label=N_("Regions")))

    def view(self, _output: ViewOutput) -> RegionsView:
        """Build the page."""
        tree = self.relations.region_tree
        roots = sorted(tree.roots, key=lambda id_: sort_key(self.parts.region_link(id_).title))
        title = gettext(self.lang, "Regions")
        description = gettext(self.lang, "Every region in these briefings, from the world down.")
        return RegionsView(
            head=self.parts.head(SECTIONS["region"], title, description),
            tree=tuple(region_node(self.terms, id_) for id_ in roots),
        )


class RegionPages(Builder):
    """Builds the pages of regions."""

    name = "region"

    def __init__(self, terms: Terms, market: MarketPages) -> None:
        self.terms = terms
        self.parts = terms.parts
        self.site = terms.site
        self.relations = terms.relations
        self.lang = terms.lang
        self.entries = terms.site.regions
        self.market = market

    def plan(self) -> Iterable[PageOutput]:
        """List the pages of all regions."""
        return self.terms.pages(self.entries.values())

    def view(self, output: ViewOutput) -> RegionView:
        """Build a page: the first has the text; there are more for long lists."""
        entry, number = self.entries[output.id], output.number
        parts, facts, tree = self.parts, entry.facts, self.relations.region_tree
        briefings, first = self.relations.by_region.get(entry.id, []), number == 1
        found = parts.status.list_of("region", entry.id)
        figures = self.terms.figures.of_region(entry.id)
        pairs = self.terms.companies_of_region(entry.id, briefings if first else ())
        return RegionView(
            head=self.terms.head(
                entry,
                briefings,
                [
                    Link(path=SECTIONS["region"], title=gettext(self.lang, "Regions")),
                    *(parts.region_link(id_) for id_ in tree.ancestors(entry.id)),
                ],
                number,
            ),
            name=facts.name,
            html=parts.html(entry) if first else "",
            code=facts.code or "",
            aliases=facts.aliases,
            formerly=parts.formerly(entry),
            tree=region_node(self.terms, entry.id).children if first else (),
            groups=tuple(parts.region_link(id_) for id_ in tree.groups(entry.id)),
            companies=pairs.said,
            together=pairs.beside,
            market=self.market.of_region(entry.id) if first else None,
            series=self.terms.figure_rows.series(figures, self.lang) if first else (),
            downloads=DOWNLOADS,
            total=len(briefings),
            replaced=len(briefings) - len(found.listed),
            items=listed_items(parts, found, number),
            paging=paging(found.listed, entry.path, number),
            follow=self.terms.follow(entry, briefings),
            mentioned=self.terms.mentioned(
                self.market.briefings_of_region(entry.id) | {id_ for id_, _ in figures}
            )
            if not briefings
            else (),
        )


def region_node(terms: Terms, id_: str) -> TreeNode:
    """Build the tree of a region; a group lists its members, but not what they contain."""
    tree, parts, below = terms.relations.region_tree, terms.parts, terms.relations.by_region
    found = below.get(id_, [])
    children = [region_node(terms, child) for child in tree.children(id_)]
    members = [
        TreeNode(
            link=parts.region_link(member),
            count=len(below.get(member, ())),
            code=terms.site.regions[member].facts.code or "",
        )
        for member in tree.members(id_)
    ]
    return TreeNode(
        link=parts.region_link(id_),
        count=len(found),
        code=terms.site.regions[id_].facts.code or "",
        latest=parts.latest(found),
        group=bool(members),
        children=tuple(
            sorted([*children, *members], key=lambda node: (node.group, sort_key(node.link.title)))
        ),
    )
