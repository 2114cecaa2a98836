"""Where products stand, counted by stage, and what that says in a sentence or two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from dossier.language.formatting import format_date
from dossier.language.labels import label
from dossier.language.messages import gettext, ngettext
from dossier.market.matrix import FURTHEST
from dossier.market.model import RegionMove
from dossier.market.rows import MarketRows
from dossier.market.views import Standing

OPEN = ("pilot", "launched", "expanded")
"""The stages of a service that runs."""

_MOST_NAMES = 4


def build_standings(rows: MarketRows, positions: Iterable[RegionMove]) -> tuple[Standing, ...]:
    """Group positions by product and stage: the product in most places first, then by stage."""
    return tuple(
        Standing(
            company=rows.parts.company_link(company),
            product=product,
            stage=stage,
            regions=tuple(rows.region_link(move.region) for move in moves),
            countries=_countries(rows, moves),
        )
        for (company, product, stage), moves in _grouped(rows, positions)
    )


def company_status(rows: MarketRows, positions: Sequence[RegionMove]) -> tuple[str, ...]:
    """Say where a company's most widespread product is open, and what else happened last."""
    products: dict[tuple[str, str], list[RegionMove]] = defaultdict(list)
    for move in positions:
        if move.stage in OPEN:
            products[move.company, move.product].append(move)
    said = []
    if products:
        moves = max(products.values(), key=lambda all_: (len(all_), max(m.day for m in all_)))
        said.append(_opened(rows, moves))
    if others := [move for move in positions if move.stage not in OPEN]:
        said.append(_latest(rows, others))
    return tuple(said)


def region_status(rows: MarketRows, positions: Sequence[RegionMove]) -> tuple[str, ...]:
    """Say what is open in a region and since when, and what else happened last."""
    products: dict[tuple[str, str], RegionMove] = {}
    for move in sorted(positions, key=lambda move: move.day, reverse=True):
        if move.stage in OPEN:
            products.setdefault((move.company, move.product), move)
    said = []
    if products:
        names = [f"{m.product} ({_date(rows, m)})" for m in products.values()][:_MOST_NAMES]
        if len(products) > len(names):
            names.append("…")
        text = ngettext(
            rows.lang,
            "%(num)s service is open here: %(names)s.",
            "%(num)s services are open here, the latest first: %(names)s.",
            len(products),
        )
        said.append(text % {"num": len(products), "names": ", ".join(names)})
    if others := [move for move in positions if move.stage not in OPEN]:
        said.append(_latest(rows, others))
    return tuple(said)


def _opened(rows: MarketRows, moves: Sequence[RegionMove]) -> str:
    last = _last(moves)
    countries = _countries(rows, moves)
    if countries < 2:
        return _latest(rows, moves)
    text = ngettext(
        rows.lang,
        "%(product)s is open in %(num)s country; the latest: %(places)s (%(date)s).",
        "%(product)s is open in %(num)s countries; the latest: %(places)s (%(date)s).",
        countries,
    )
    return text % ({"num": countries} | _words(rows, last))


def _latest(rows: MarketRows, moves: Sequence[RegionMove]) -> str:
    last = _last(moves)
    text = gettext(rows.lang, "%(product)s, %(stage)s: %(places)s (%(date)s).")
    return text % _words(rows, last)


def _last(moves: Sequence[RegionMove]) -> list[RegionMove]:
    """Find the last move, with those in other regions that it was made with."""
    last = max(moves, key=lambda move: move.day)
    same = (last.company, last.product, last.stage, last.dates)
    return [m for m in moves if (m.company, m.product, m.stage, m.dates) == same]


def _words(rows: MarketRows, moves: Sequence[RegionMove]) -> dict[str, str]:
    first = moves[0]
    places = sorted((move.region for move in moves), key=rows.region_order.__getitem__)
    return {
        "product": first.product,
        "stage": label(rows.lang, "stage", first.stage),
        "places": ", ".join(rows.region_link(id_).title for id_ in places),
        "date": _date(rows, first),
    }


def _date(rows: MarketRows, move: RegionMove) -> str:
    date = format_date(move.dates[-1], rows.lang)
    if move.basis == "official":
        return date
    return f"{date}, {label(rows.lang, 'basis', move.basis)}"


def _countries(rows: MarketRows, moves: Iterable[RegionMove]) -> int:
    """Count the countries of some moves; 0 where other regions are among them."""
    regions = {move.region for move in moves}
    return len(regions) if all(map(rows.is_country, regions)) else 0


def _grouped(
    rows: MarketRows, positions: Iterable[RegionMove]
) -> list[tuple[tuple[str, str, str], list[RegionMove]]]:
    groups: dict[tuple[str, str, str], list[RegionMove]] = defaultdict(list)
    sizes: dict[tuple[str, str], int] = defaultdict(int)
    for move in sorted(positions, key=rows.by_place):
        groups[move.company, move.product, move.stage].append(move)
        sizes[move.company, move.product] += 1
    return sorted(
        groups.items(),
        key=lambda one: (-sizes[one[0][:2]], one[0][:2], -FURTHEST.index(one[1][0].stage)),
    )
