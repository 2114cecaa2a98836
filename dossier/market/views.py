"""Views of the market: positions, moves, the map, the drawn timeline."""

from __future__ import annotations

from dossier.views.parts import Link, SourceMark, TemplateView, View


class Mark(View, frozen=True, kw_only=True):
    """A stage of a product, with its date and basis.

    There are several `dates` where they contradict each other. `path` leads to the move in its
    briefing. `product` is empty where the context names it.
    """

    stage: str
    dates: tuple[str, ...]
    basis: str
    disputed: bool
    path: str
    product: str = ""
    overtaken: bool = False
    """Of a group, where later moves in regions within it say otherwise."""


class MatrixRow(View, frozen=True, kw_only=True):
    """A company in the matrix: its marks by column. `product` is set if there is only one."""

    company: Link
    product: str
    cells: tuple[tuple[Mark, ...], ...]


class Matrix(View, frozen=True, kw_only=True):
    """Companies by the regions of a part of the world; an empty cell means no record."""

    title: str
    regions: tuple[Link, ...]
    rows: tuple[MatrixRow, ...]


class Position(View, frozen=True, kw_only=True):
    """The latest stage of a company's product in a region."""

    company: Link
    region: Link
    mark: Mark


class Remark(View, frozen=True, kw_only=True):
    """A briefing's remark on a move. `lang` is set where it is not the page's."""

    text: str
    lang: str = ""


class MarketMove(View, frozen=True, kw_only=True):
    """A move in all regions that share its mentions, with links to them."""

    dates: tuple[str, ...]
    company: Link
    product: str
    regions: tuple[Link, ...]
    stage: str
    basis: str
    disputed: bool
    upcoming: bool
    sources: tuple[SourceMark, ...]
    briefings: tuple[Link, ...]
    disputes: tuple[Remark, ...] = ()
    notes: tuple[Remark, ...] = ()


class Tile(View, frozen=True, kw_only=True):
    """A country on the map by column and row. `stage` is the most advanced one there."""

    code: str
    x: int
    y: int
    name: str = ""
    path: str = ""
    stage: str = ""
    companies: int = 0


class Summary(View, frozen=True, kw_only=True):
    """The most advanced stage in a region that is not on the map."""

    region: Link
    stage: str
    companies: int


class TileMap(View, frozen=True, kw_only=True):
    """The part of the map with data, the regions that are not on it, and the stages shown.

    `left` and `top` are the first column and row of that part.
    """

    left: int
    top: int
    columns: int
    rows: int
    tiles: tuple[Tile, ...]
    others: tuple[Summary, ...]
    stages: tuple[str, ...]


class DrawnMark(View, frozen=True, kw_only=True):
    """A move in the drawing; its words are to the right of `x`, or to the left if `flipped`."""

    x: int
    y: int
    stage: str
    disputed: bool
    where: str
    flipped: bool = False


class Lane(View, frozen=True, kw_only=True):
    """The moves of one product, between two y coordinates of the drawing."""

    company: str
    product: str
    top: int
    bottom: int
    marks: tuple[DrawnMark, ...]


class Tick(View, frozen=True, kw_only=True):
    """A year or a month on the time axis; `date` is partial."""

    x: int
    date: str


class Drawing(View, frozen=True, kw_only=True):
    """A drawn timeline, in its own pixels."""

    width: int
    height: int
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]


class Timeline(View, frozen=True, kw_only=True):
    """Moves, newest first, and a drawing of them if it fits. `earlier` counts those left out."""

    moves: tuple[MarketMove, ...]
    drawing: Drawing | None = None
    earlier: int = 0


class Standing(View, frozen=True, kw_only=True):
    """A product at a stage: where, and in how many countries; 0 if other regions are among them."""

    company: Link
    product: str
    stage: str
    regions: tuple[Link, ...]
    countries: int = 0


class MarketSummary(View, frozen=True, kw_only=True):
    """The market on the page of a company or region; `more` counts the positions left out.

    `whole` is the path of the market.
    """

    whole: str
    as_of: str
    positions: tuple[Position, ...]
    timeline: Timeline
    status: tuple[str, ...] = ()
    """What follows from the positions, in a sentence or two."""
    standings: tuple[Standing, ...] = ()
    more: int = 0


class MarketLink(View, frozen=True, kw_only=True):
    """One of several pages of the market."""

    path: str
    label: str
    current: bool = False


class MarketView(TemplateView, frozen=True, kw_only=True):
    """pages/market.html: who is where today, at the end of a year, or for a topic.

    `ended` says that the day has passed. `runs` are the pages of a long matrix, `data` the files
    for programs.
    """

    as_of: str
    ended: bool
    year: str
    topics: tuple[MarketLink, ...]
    years: tuple[MarketLink, ...]
    runs: tuple[MarketLink, ...]
    matrices: tuple[Matrix, ...]
    stages: tuple[str, ...]
    map: TileMap | None
    timeline: Timeline
    data: tuple[Link, ...]
    columns: tuple[tuple[str, ...], ...] = ()
    """The columns of the files of the market, and of those of figures."""
