"""The site's own content: who was where, cell by cell, against the facts that it rests on.

The expected cells are written by hand from the fact sheet, with the numbers of its facts.
"""

from __future__ import annotations

from functools import cache

import pytest

from dossier.build.blueprint import Blueprint
from dossier.build.inputs import Options
from dossier.market.matrix import build_matrices
from dossier.market.model import build_market
from dossier.market.rows import MarketRows
from dossier.market.views import Matrix
from dossier.planning import plan as planning
from dossier.site.reads import recording
from dossier.views.builder import Parts
from tests.helpers.smallsite import ROOT

pytestmark = pytest.mark.skipif(
    not (ROOT / "content/briefings/tiktok-shelves-live-shopping.md").is_file(),
    reason="these tests are about the content on live shopping, which is not here",
)

Cell = tuple[str, str, str]
"""A company, a product, a region: its code, or its name where it has no country's."""

Seen = tuple[str, str, str]
"""A stage, its date, and on what basis: `disputed` is said where it is."""

OFFICIAL, REPORTED = "official", "reported"
LIVE, SHOPPING = "TikTok Shop", "TikTok Shopping"

JULY_2022: dict[Cell, Seen] = {
    # fact 16
    ("Alibaba", "Taobao Live", "CN"): ("launched", "2016-05", REPORTED),
    # facts 19 and 20: no country is named
    ("Amazon", "Amazon Live", "World"): ("launched", "2019", REPORTED),
    ("Amazon", "Amazon Influencer Program", "World"): ("expanded", "2020-07", REPORTED),
    # fact 25: events in Germany; a platform somewhere
    ("eBay", "Live by eBay", "DE"): ("launched", "2022-03", REPORTED),
    ("eBay", "eBay live platform", "World"): ("launched", "2022-07", REPORTED),
    # fact 22: first in Thailand, then widely; its end was still to come
    ("Facebook", "Facebook live shopping", "TH"): ("launched", "2018", OFFICIAL),
    ("Facebook", "Facebook live shopping", "World"): ("expanded", "2020-08", OFFICIAL),
    # fact 24: Canada came in November 2022
    ("Pinterest", "Pinterest TV", "US"): ("launched", "2021-11", REPORTED),
    # fact 23: a test
    ("Twitter", "Twitter live shopping", "US"): ("pilot", "2021-11-28", OFFICIAL),
    # fact 2: tests announced (fact 1, official); in which markets is reported, and contradicted
    ("TikTok", SHOPPING, "US"): ("announced", "2021-08", "reported, disputed"),
    ("TikTok", SHOPPING, "CA"): ("announced", "2021-08", "reported, disputed"),
    ("TikTok", SHOPPING, "GB"): ("announced", "2021-08", "reported, disputed"),
    # fact 3: opened, and not withdrawn
    ("TikTok", LIVE, "GB"): ("launched", "2021-10", REPORTED),
    # fact 11
    ("TikTok", LIVE, "ID"): ("launched", "2021", OFFICIAL),
    ("TikTok", LIVE, "TH"): ("launched", "2022", OFFICIAL),
    ("TikTok", LIVE, "MY"): ("launched", "2022", OFFICIAL),
    ("TikTok", LIVE, "VN"): ("launched", "2022", OFFICIAL),
    ("TikTok", LIVE, "SG"): ("launched", "2022", OFFICIAL),
    ("TikTok", LIVE, "PH"): ("launched", "2022", OFFICIAL),
    # facts 5, 6, 7 and 8: a plan, said to be dropped, which TikTok disputes
    ("TikTok", LIVE, "FR"): ("shelved", "2022-07", "reported, disputed"),
    ("TikTok", LIVE, "DE"): ("shelved", "2022-07", "reported, disputed"),
    ("TikTok", LIVE, "IT"): ("shelved", "2022-07", "reported, disputed"),
    ("TikTok", LIVE, "ES"): ("shelved", "2022-07", "reported, disputed"),
    ("TikTok", LIVE, "US"): ("shelved", "2022-07", "reported, disputed"),
    # fact 8: a long-term goal, told of Europe and of no country
    ("TikTok", LIVE, "Europe without the United Kingdom"): (
        "planned",
        "2022-07-13",
        "reported, disputed",
    ),
}

END_OF_2023: dict[Cell, Seen] = JULY_2022 | {
    # fact 22: ended
    ("Facebook", "Facebook live shopping", "TH"): ("withdrawn", "2022-10-01", OFFICIAL),
    ("Facebook", "Facebook live shopping", "World"): ("withdrawn", "2022-10-01", OFFICIAL),
    # fact 24
    ("Pinterest", "Pinterest TV", "CA"): ("launched", "2022-11", REPORTED),
    # fact 26
    ("TikTok", LIVE, "US"): ("launched", "2023-09", REPORTED),
}

APRIL_2025: dict[Cell, Seen] = END_OF_2023 | {
    # fact 27: put off, told of Europe and of no country
    ("TikTok", LIVE, "Europe without the United Kingdom"): ("postponed", "2024-05", REPORTED),
    # fact 28: by early 2025, no more precisely
    ("TikTok", LIVE, "ES"): ("launched", "2025", REPORTED),
    ("TikTok", LIVE, "IE"): ("launched", "2025", REPORTED),
    # fact 29
    ("TikTok", LIVE, "FR"): ("launched", "2025-03-31", OFFICIAL),
    ("TikTok", LIVE, "DE"): ("launched", "2025-03-31", OFFICIAL),
    ("TikTok", LIVE, "IT"): ("launched", "2025-03-31", OFFICIAL),
}


@cache
def blueprint() -> Blueprint:
    """The plan of the site's own content."""
    return planning.plan(Options(content=ROOT / "content", as_of="2026-01-01", cache=None))


def _matrices(parts: Parts, day: str) -> tuple[Matrix, ...]:
    positions = parts.site.model(build_market).positions(day).values()
    with recording():
        return build_matrices(MarketRows(parts), positions)


def matrix(day: str) -> dict[Cell, Seen]:
    """What each cell of the matrix says on a day; a cell that says nothing is not there."""
    parts = blueprint().builders.parts
    codes = {e.facts.name: e.facts.code or "" for e in parts.site.regions.values()}
    seen = {}
    for part in _matrices(parts, day):
        for row in part.rows:
            for region, cell in zip(part.regions, row.cells, strict=True):
                title = "World" if region.title == "Country not stated" else region.title
                place = codes[title] if codes[title].isalpha() else title
                for mark in cell:
                    (date,) = mark.dates
                    basis = f"{mark.basis}, disputed" if mark.disputed else mark.basis
                    key = (row.company.title, mark.product or row.product, place)
                    assert key not in seen
                    seen[key] = (mark.stage, date, basis)
    return seen


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2022-07-31", JULY_2022), ("2023-12-31", END_OF_2023), ("2025-04-30", APRIL_2025)],
)
def test_every_cell_is_what_the_facts_say(day: str, expected: dict[Cell, Seen]) -> None:
    """No cell more, none less, none other."""
    assert matrix(day) == expected


def test_tiktok_withdrew_nothing_that_had_been_launched() -> None:
    """What was dropped in 2022 was a plan (facts 3, 6 and 7)."""
    tracks = blueprint().builders.site.model(build_market).tracks
    moves = [
        move for (company, _, _), track in tracks.items() if company == "tiktok" for move in track
    ]
    assert "withdrawn" not in {move.stage for move in moves}
    for move in moves:
        if move.stage == "shelved":
            before = [m.stage for m in tracks[move.track] if m.day < move.day]
            assert before == ["planned"]


def test_the_content_contradicts_itself_nowhere() -> None:
    """No move is told with two dates, and translations tell what their originals do."""
    plan = blueprint()
    assert plan.warnings == ()
    briefings = plan.builders.site.briefings
    for entry in briefings.values():
        original = briefings.get(entry.facts.translation_of or "")
        if original:
            told = [
                (
                    m.company,
                    m.product,
                    m.regions,
                    m.stage,
                    m.date,
                    m.basis,
                    m.sources,
                    bool(m.disputed),
                )
                for m in entry.facts.moves
            ]
            assert told == [
                (
                    m.company,
                    m.product,
                    m.regions,
                    m.stage,
                    m.date,
                    m.basis,
                    m.sources,
                    bool(m.disputed),
                )
                for m in original.facts.moves
            ]
