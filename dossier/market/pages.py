"""Pages of the market, and its sections on the pages of companies and regions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set

from dossier.content.documents import DocumentProblem
from dossier.language.folding import sort_key
from dossier.language.messages import N_, gettext
from dossier.market.matrix import build_map, build_matrices, stages_of
from dossier.market.model import Market, RegionMove, build_market
from dossier.market.rows import MarketRows, group_alike
from dossier.market.scopes import Scope, Scopes, latest
from dossier.market.standings import build_standings, company_status, region_status
from dossier.market.tables import COLUMNS
from dossier.market.tile_grid import TILES
from dossier.market.timeline import draw_timeline
from dossier.market.views import MarketLink, MarketSummary, MarketView, Matrix, Timeline
from dossier.site.hierarchy import Hierarchy
from dossier.site.site import Site
from dossier.site.urls import MARKET, MARKET_DATA, market_year_path, numbered_path, output_file
from dossier.views.builder import Parts
from dossier.views.outputs import Builder, MenuEntry, PageOutput, SitemapEntry, ViewOutput
from dossier.views.parts import Link

MOST_POSITIONS = 100
"""Positions on the page of a company or a region."""


class MarketPages(Builder):
    """Builds the pages of the market, and its sections on other pages."""

    name = "market"

    def __init__(self, parts: Parts, figure_columns: tuple[str, ...] = ()) -> None:
        self.site = parts.site
        self.parts = parts
        self._columns = (COLUMNS, figure_columns)
        self.lang = parts.settings.language
        self.rows = MarketRows(parts)

    @property
    def market(self) -> Market:
        """The moves of all briefings, which most pages do not need."""
        return self.site.model(build_market)

    @property
    def scopes(self) -> Scopes:
        """What there are pages of the market about."""
        return self.site.model(Scopes)

    def plan(self) -> Iterator[PageOutput]:
        """List the pages of each scope."""
        menu = MenuEntry(name="market", label=N_("Market"), empty=not self.market.moves)
        for path, scope in self.scopes.by_path.items():
            for number in range(1, len(scope.companies) + 1):
                page = numbered_path(path, number)
                yield PageOutput(
                    file=output_file(page),
                    path=page,
                    builder=self.name,
                    id=path,
                    number=number,
                    menu=menu if page == MARKET else None,
                    sitemap=SitemapEntry() if number == 1 else None,
                )

    def problems(self) -> Iterator[DocumentProblem]:
        """Find moves that contradict each other."""
        return self.market.problems()

    def view(self, output: ViewOutput) -> MarketView:
        """Build a page of the market."""
        path, number = output.id, output.number
        scope = self.scopes.by_path[path]
        description = gettext(self.lang, "Who is where, with what, since when, on what evidence.")
        here = path == MARKET
        return MarketView(
            head=self.parts.head(
                path,
                self._title(scope),
                description,
                section=MARKET,
                crumbs=[] if here else [Link(path=MARKET, title=gettext(self.lang, "Market"))],
                number=number,
            ),
            as_of=scope.as_of,
            ended=scope.as_of < self.site.settings.today,
            year=scope.year,
            topics=self._topics(scope),
            years=tuple(
                MarketLink(path=market_year_path(year), label=year, current=year == scope.year)
                for year in self.scopes.years
            ),
            runs=self._runs(scope, number),
            matrices=self._matrices(scope, number),
            stages=stages_of(scope.positions_on(number)),
            map=build_map(self.rows, scope.positions) if number == 1 else None,
            timeline=self._timeline(
                scope.moves_on(number), 0 if scope.year else len(scope.moves), self._place
            ),
            data=tuple(Link(path=path, title=path.removeprefix(MARKET)) for path in MARKET_DATA)
            if here
            else (),
            columns=self._columns if here else (),
        )

    def _matrices(self, scope: Scope, number: int) -> tuple[Matrix, ...]:
        """Build the matrices; none of a single position, which the moves below tell as well."""
        positions = scope.positions_on(number)
        if len({move.track for move in positions}) == 1 and scope.moves_on(number):
            return ()
        return build_matrices(self.rows, positions)

    def of_company(self, id_: str) -> MarketSummary:
        """Summarise the positions and moves of a company and those it owns."""
        moves = self.site.model(_moves_by_company).get(id_, ())
        return self._summary(moves, self._place, company_status)

    def briefings_of_company(self, id_: str) -> Set[str]:
        """Find the briefings that report a move of a company."""
        return _reported_in(self.site.model(_moves_by_company).get(id_, ()))

    def briefings_of_region(self, id_: str) -> Set[str]:
        """Find the briefings that report a move in a region."""
        return _reported_in(self.site.model(_moves_by_region).get(id_, ()))

    def of_region(self, id_: str) -> MarketSummary:
        """Summarise the positions and moves in a region and those it contains."""
        moves = self.site.model(_moves_by_region).get(id_, ())
        elsewhere = any(move.region != id_ for move in moves)
        return self._summary(moves, self._place if elsewhere else lambda _: "", region_status)

    def _summary(
        self,
        moves: Sequence[RegionMove],
        place: Callable[[str], str],
        tell: Callable[[MarketRows, Sequence[RegionMove]], tuple[str, ...]],
    ) -> MarketSummary:
        today = self.site.settings.today
        now = {move.track: move for move in moves if move.day <= today}  # the latest of each
        newest = sorted(now.values(), key=lambda move: move.day)[-MOST_POSITIONS:]
        shown = sorted(newest, key=self.rows.by_place)
        overtaken = self.rows.find_overtaken(now.values())
        standing = [move for move in now.values() if move.track not in overtaken]
        return MarketSummary(
            whole=MARKET,
            as_of=today,
            positions=tuple(self.rows.position(m, m.track in overtaken) for m in shown),
            status=tell(self.rows, standing),
            standings=build_standings(self.rows, standing),
            more=len(now) - len(shown),
            timeline=self._timeline(latest(moves), len(moves), place),
        )

    def _timeline(
        self, moves: Sequence[RegionMove], total: int, place: Callable[[str], str]
    ) -> Timeline:
        return Timeline(
            moves=self.rows.moves(group_alike(moves)),
            drawing=draw_timeline(moves, lambda id_: self.parts.company_link(id_).title, place),
            earlier=max(0, total - len(moves)),
        )

    def _place(self, region: str) -> str:
        """Name a region briefly: a country by its code, any other by its name."""
        code = self.site.regions[region].facts.code or ""
        return code if code in TILES else self.rows.region_link(region).title

    def _title(self, scope: Scope) -> str:
        if scope.topic:
            title = gettext(self.lang, "The market: %(topic)s")
            return title % {"topic": self.parts.topic_link(scope.topic).title}
        if not scope.year:
            return gettext(self.lang, "The market")
        if scope.as_of.endswith("-12-31"):
            return gettext(self.lang, "The market at the end of %(year)s") % {"year": scope.year}
        return gettext(self.lang, "The market in %(year)s so far") % {"year": scope.year}

    def _topics(self, scope: Scope) -> tuple[MarketLink, ...]:
        topics = {
            self.parts.topic_link(other.topic).title: other
            for other in self.scopes.by_path.values()
            if other.topic
        }
        return tuple(
            MarketLink(path=other.path, label=title, current=other is scope)
            for title, other in sorted(topics.items())
        )

    def _runs(self, scope: Scope, number: int) -> tuple[MarketLink, ...]:
        """Link the pages of a scope, labelled with the first and the last company on each."""
        if len(scope.companies) == 1:
            return ()
        names = [
            sorted((self.parts.company_link(id_).title for id_ in page), key=sort_key)
            for page in scope.companies
        ]
        return tuple(
            MarketLink(
                path=numbered_path(scope.path, n),
                label=" – ".join(dict.fromkeys((page[0], page[-1]))),
                current=n == number,
            )
            for n, page in enumerate(names, 1)
        )


def _reported_in(moves: Iterable[RegionMove]) -> Set[str]:
    return {mention.briefing for move in moves for mention in move.mentions}


def _moves_by_company(site: Site) -> Mapping[str, list[RegionMove]]:
    return _filed(site, site.relations.company_tree, lambda move: move.company)


def _moves_by_region(site: Site) -> Mapping[str, list[RegionMove]]:
    return _filed(site, site.relations.region_tree, lambda move: move.region)


def _filed(
    site: Site, tree: Hierarchy, of: Callable[[RegionMove], str]
) -> Mapping[str, list[RegionMove]]:
    """Group moves by an id and everything that contains it, oldest first."""
    found: dict[str, list[RegionMove]] = defaultdict(list)
    for move in site.model(build_market).moves:
        for id_ in tree.containers(of(move)):
            found[id_].append(move)
    return found
