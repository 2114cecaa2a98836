"""Shared parts of the pages of companies, regions and topics: heads, counts, trees, figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

import msgspec

from dossier.content.models import Briefing, Kind
from dossier.figures.rows import FigureRows
from dossier.figures.views import SeriesRow
from dossier.language.folding import sort_key
from dossier.language.formatting import format_date
from dossier.language.messages import gettext
from dossier.site.entries import Entry
from dossier.site.hierarchy import Hierarchy
from dossier.site.site import Site
from dossier.site.urls import FIGURES_CSV, FIGURES_JSON, SECTIONS, output_file
from dossier.views.builder import Parts
from dossier.views.outputs import MenuEntry, PageOutput, SitemapEntry
from dossier.views.paging import list_pages
from dossier.views.parts import Count, Head, Link, TreeNode
from dossier.views.subject_index import Rows

MOST = 8
"""The most companies or regions named on the page of another."""

DOWNLOADS = (Link(path=FIGURES_CSV, title="CSV"), Link(path=FIGURES_JSON, title="JSON"))


class Pairs(NamedTuple):
    """What briefings say something of, counted, and what they only name."""

    said: tuple[Count, ...]
    beside: tuple[Link, ...]


class Terms:
    """Builds the shared parts of the pages of companies, regions and topics."""

    def __init__(self, parts: Parts, figure_rows: FigureRows) -> None:
        self.parts = parts
        self.site = parts.site
        self.figure_rows = figure_rows
        self.relations = self.site.relations
        self.lang = parts.settings.language
        self._describe: Mapping[Kind, Callable[[Entry[Any], Sequence[Link]], str]] = {
            "company": parts.structured_data.company,
            "region": parts.structured_data.region,
            "topic": parts.structured_data.topic,
        }

    @property
    def figures(self) -> Rows:
        """The figures of each company and region."""
        return self.site.model(_file_figures)

    def index(self, kind: Kind, menu: MenuEntry) -> PageOutput:
        """List the page that leads to all companies, regions or topics."""
        path = SECTIONS[kind]
        return PageOutput(
            file=output_file(path),
            path=path,
            builder=menu.name,
            menu=msgspec.structs.replace(menu, empty=not self.site.of_kind(kind)),
            sitemap=SitemapEntry(),
        )

    def pages(self, entries: Iterable[Entry[Any]]) -> Iterable[PageOutput]:
        """List the pages of some companies, regions or topics: one for every fifty briefings."""
        for entry in entries:
            listed = self.parts.status.list_of(entry.kind, entry.id).listed
            yield from list_pages(entry.kind, entry.path, listed, source=entry.source, id_=entry.id)

    def most_written_companies(self, most: int) -> tuple[Count, ...]:
        """Count the briefings of companies, for those with the most."""
        return self.top_companies(self.relations.originals, most)

    def most_written_regions(self, most: int) -> tuple[Count, ...]:
        """Count the briefings that name regions, for those with the most."""
        return self.top_regions(self.relations.originals, most)

    def latest_figures(self, most: int) -> tuple[SeriesRow, ...]:
        """Find the figures of the latest briefings that still hold, each with its newest value."""
        places = (
            (entry.id, n)
            for entry in self.site.originals
            if entry.facts.figures and self.parts.status.holds(entry)
            for n in range(len(entry.facts.figures))
        )
        return self.figure_rows.newest(places, self.lang, most)

    def head(
        self, entry: Entry[Any], briefings: Sequence[str], crumbs: Sequence[Link], number: int
    ) -> Head:
        """Build the head of the n-th page of a company, region or topic."""
        name = entry.facts.name
        description = gettext(self.lang, "What these briefings say about %(name)s.")
        known_as = ", ".join(filter(None, (name, self.parts.formerly(entry))))
        describe = self._describe[entry.kind] if number == 1 else None
        return self.parts.head(
            entry.path,
            name,
            description % {"name": known_as},
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

    def children(
        self,
        id_: str,
        tree: Hierarchy,
        link: Callable[[str], Link],
        briefings: Mapping[str, Sequence[str]],
    ) -> tuple[Count, ...]:
        """List the children of a company or a topic."""
        counted = Counter({child: len(briefings.get(child, ())) for child in tree.children(id_)})
        return self.parts.counts(counted, link, briefings)

    def topic_status(self, briefings: Sequence[str], companies: Sequence[Count]) -> tuple[str, ...]:
        """Say whom the briefings on a topic are about most often, and which came last.

        `briefings` are newest first; `companies` are counted, most first.
        """
        if len(briefings) < 2:
            return ()
        said = []
        if companies:
            names = ", ".join(f"{one.link.title} ({one.count})" for one in companies[:3])
            said.append(gettext(self.lang, "Most often about: %(names)s.") % {"names": names})
        latest = self.site.briefings[briefings[0]]
        text = gettext(self.lang, "The latest: %(title)s (%(date)s).")
        date = format_date(latest.moment[:10], self.lang)
        said.append(text % {"title": self.parts.briefing_link(latest).title, "date": date})
        return tuple(said)

    def follow(self, entry: Entry[Any], briefings: Sequence[str]) -> str:
        """Return where the list of feeds has the feed of a company, region or topic."""
        if not self.parts.feeds.of(entry.path, "", briefings):
            return ""
        return f"{self.parts.feeds.list_path}#feed:{entry.path.rstrip('/')}"

    def mentioned(self, ids: Iterable[str]) -> tuple[Link, ...]:
        """Link briefings that report something of what none is about, newest first."""
        wanted = set(ids)
        found = [entry for entry in self.site.originals if entry.id in wanted]
        return tuple(self.parts.briefing_link(entry) for entry in found[:MOST])

    def regions_of_company(self, id_: str, briefings: Iterable[str]) -> Pairs:
        """Count the regions of which briefings say something of a company."""
        containers = self.relations.company_tree.containers
        return self._pairs(
            briefings,
            lambda facts: facts.regions,
            lambda company, region: region if id_ in containers(company) else "",
            self.parts.region_link,
            self.relations.by_region,
        )

    def companies_of_region(self, id_: str, briefings: Iterable[str]) -> Pairs:
        """Count the companies of which briefings say something of a region."""
        containers = self.relations.region_tree.containers
        return self._pairs(
            briefings,
            lambda facts: facts.companies,
            lambda company, region: company if id_ in containers(region) else "",
            self.parts.company_link,
            self.relations.by_company,
        )

    def _pairs(
        self,
        ids: Iterable[str],
        named: Callable[[Briefing], Iterable[str]],
        other: Callable[[str, str], str],
        link: Callable[[str], Link],
        below: Mapping[str, Sequence[str]],
    ) -> Pairs:
        """Count what briefings say of pairs: in a move or a figure, or, without any, as a whole."""
        told, named_beside = list[str](), list[str]()
        for id_ in ids:
            facts = self.site.briefings[id_].facts
            if pairs := _told_pairs(facts):
                found = {one for pair in pairs if (one := other(*pair))}
                told += sorted(found)
                named_beside += [one for one in named(facts) if one not in found]
            else:
                told += sorted(set(named(facts)))
        said, beside = Counter(told), Counter(named_beside)
        apart = [one for one, _ in beside.most_common() if one not in said]
        links = sorted(map(link, apart[:MOST]), key=lambda to: sort_key(to.title))
        return Pairs(self.parts.counts(said, link, below, MOST), tuple(links))

    def top_companies(self, ids: Iterable[str], most: int) -> tuple[Count, ...]:
        """Count the companies that some briefings name, most first."""
        briefings = self.site.briefings
        named = [briefings[id_].facts.companies for id_ in ids]
        link, below = self.parts.company_link, self.relations.by_company
        return self.parts.counts(Counter(chain.from_iterable(named)), link, below, most)

    def top_regions(self, ids: Iterable[str], most: int) -> tuple[Count, ...]:
        """Count the regions that some briefings name, most first."""
        briefings = self.site.briefings
        named = [briefings[id_].facts.regions for id_ in ids]
        link, below = self.parts.region_link, self.relations.by_region
        return self.parts.counts(Counter(chain.from_iterable(named)), link, below, most)

    def forest(
        self,
        tree: Hierarchy,
        link: Callable[[str], Link],
        briefings: Mapping[str, Sequence[str]],
    ) -> tuple[TreeNode, ...]:
        """Build a tree of companies or topics, by title."""
        roots = sorted(tree.roots, key=lambda id_: sort_key(link(id_).title))
        return tuple(self.parts.node(id_, link, briefings, tree.children) for id_ in roots)


def _told_pairs(facts: Briefing) -> list[tuple[str, str]]:
    """List the companies and regions of which a briefing says something together."""
    pairs = [(move.company, region) for move in facts.moves for region in move.regions]
    pairs += [(one.company, one.region) for one in facts.figures if one.company and one.region]
    return pairs


def _file_figures(site: Site) -> Rows:
    """Index the figures of each company and region."""
    rows = Rows(site.relations)
    for entry in site.originals:
        for n, figure in enumerate(entry.facts.figures):
            companies = [figure.company] if figure.company else []
            regions = [figure.region] if figure.region else []
            rows.add((entry.id, n), figure.as_of, companies, regions)
    return rows
