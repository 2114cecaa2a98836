"""Positions as a matrix of companies by regions, and as a map."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set

import msgspec

from dossier.content.models import Stage
from dossier.market.model import RegionMove, Track
from dossier.market.rows import MarketRows
from dossier.market.tile_grid import COLUMNS, ROWS, TILES
from dossier.market.views import Mark, Matrix, MatrixRow, Summary, Tile, TileMap

FURTHEST: tuple[Stage, ...] = (
    "shelved",
    "withdrawn",
    "postponed",
    "planned",
    "announced",
    "pilot",
    "paused",
    "launched",
    "expanded",
)
"""Stages from the least to the most advanced; services that have ended count least."""

MARGIN = 1
"""Tiles without data that are shown around the others."""
LEAST_COUNTRIES = 2
"""Countries with a position that make a map worth drawing."""


def build_matrices(rows: MarketRows, positions: Iterable[RegionMove]) -> tuple[Matrix, ...]:
    """Build a matrix for each part of the world, so that few cells are empty."""
    positions = list(positions)
    overtaken = rows.find_overtaken(positions)
    parts: dict[str, list[RegionMove]] = defaultdict(list)
    for move in sorted(positions, key=rows.by_place):
        parts[rows.part_of_world(move.region)].append(move)
    ordered = sorted(parts, key=lambda part: rows.region_order.get(part, 0))
    return tuple(_matrix(rows, part, parts[part], overtaken) for part in ordered)


def _matrix(
    rows: MarketRows, part: str, moves: Iterable[RegionMove], overtaken: Set[Track]
) -> Matrix:
    """Build a matrix: companies by name, regions in tree order, none without a position."""
    by_company: dict[str, dict[str, list[RegionMove]]] = defaultdict(lambda: defaultdict(list))
    for move in moves:
        by_company[move.company][move.region].append(move)
    found = {region for cells in by_company.values() for region in cells}
    regions = sorted(found, key=rows.region_order.__getitem__)
    return Matrix(
        title=rows.part_title(part, regions),
        regions=tuple(map(rows.region_link, regions)),
        rows=tuple(
            _row(rows, company, cells, regions, overtaken) for company, cells in by_company.items()
        ),
    )


def build_map(rows: MarketRows, positions: Iterable[RegionMove]) -> TileMap | None:
    """Find the most advanced stage in each country, and in the other regions.

    None where too few countries have one: a map of empty tiles tells nothing.
    """
    positions = list(positions)
    overtaken = rows.find_overtaken(positions)
    by_region: dict[str, list[RegionMove]] = defaultdict(list)
    for move in positions:
        if move.track not in overtaken:
            by_region[move.region].append(move)
    tiles = {code: Tile(code=code, x=x, y=y) for code, (x, y) in TILES.items()}
    others: list[Summary] = []
    for region in sorted(by_region, key=rows.region_order.__getitem__):
        stage = max((move.stage for move in by_region[region]), key=FURTHEST.index)
        companies = len({move.company for move in by_region[region]})
        link, code = rows.region_link(region), rows.site.regions[region].facts.code
        if code in tiles:
            tiles[code] = msgspec.structs.replace(
                tiles[code], name=link.title, path=link.path, stage=stage, companies=companies
            )
        else:
            others.append(Summary(region=link, stage=stage, companies=companies))
    full = [tile for tile in tiles.values() if tile.stage]
    if len(full) < LEAST_COUNTRIES:
        return None
    left, right = (end(tile.x for tile in full) for end in (min, max))
    top, bottom = (end(tile.y for tile in full) for end in (min, max))
    left, top = max(0, left - MARGIN), max(0, top - MARGIN)
    right, bottom = min(COLUMNS - 1, right + MARGIN), min(ROWS - 1, bottom + MARGIN)
    shown = {tile.stage for tile in tiles.values()} | {one.stage for one in others}
    return TileMap(
        left=left,
        top=top,
        columns=right - left + 1,
        rows=bottom - top + 1,
        tiles=tuple(
            tile for tile in tiles.values() if left <= tile.x <= right and top <= tile.y <= bottom
        ),
        others=tuple(others),
        stages=tuple(stage for stage in reversed(FURTHEST) if stage in shown),
    )


def stages_of(positions: Iterable[RegionMove]) -> tuple[str, ...]:
    """List the stages of positions, the most advanced first."""
    shown = {move.stage for move in positions}
    return tuple(stage for stage in reversed(FURTHEST) if stage in shown)


def _row(
    rows: MarketRows,
    company: str,
    cells: Mapping[str, Sequence[RegionMove]],
    regions: Iterable[str],
    overtaken: Set[Track],
) -> MatrixRow:
    products = {move.product for moves in cells.values() for move in moves}
    only = products.pop() if len(products) == 1 else ""

    def marks(region: str) -> tuple[Mark, ...]:
        return tuple(
            rows.mark(m, "" if only else m.product, m.track in overtaken)
            for m in cells.get(region, ())
        )

    return MatrixRow(
        company=rows.parts.company_link(company),
        product=only,
        cells=tuple(marks(region) for region in regions),
    )
