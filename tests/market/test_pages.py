"""The pages, parts and files of the market: what each shows, where, and for whom."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable

import pytest

from dossier.market.matrix import FURTHEST
from dossier.market.model import LIFECYCLE
from dossier.market.tables import COLUMNS as TABLE_COLUMNS
from dossier.market.tile_grid import COLUMNS, ROWS, TILES
from dossier.market.timeline import MOST_MARKS, WIDTH
from dossier.market.views import Drawing, Mark, MarketView
from dossier.render.tables import csv_text, json_text
from dossier.scaffold.territories import COUNTRIES
from dossier.views.files import TableView
from tests.helpers.moves import PLACES, move, telling
from tests.helpers.plans import view_of
from tests.helpers.smallsite import ENTITIES, ROOT, SmallSite, briefing

Make = Callable[[str], SmallSite]

MOVES = telling(
    "a",
    move("planned", "2022", regions="[FR, DE]", basis="reported", disputed="They deny it"),
    move("launched", "2023-05", regions="[FR]"),
    move("paused", "2023-06-01", regions="[pair]", note="No country is named"),
    topics="[live-shopping]",
)
SITE = ENTITIES + PLACES + MOVES


def market(site: SmallSite, path: str = "market/", number: int = 1) -> MarketView:
    """The view of a page of the market."""
    page = "" if number == 1 else f"page/{number}/"
    view = view_of(site, f"{path}{page}index.html")
    assert isinstance(view, MarketView)
    return view


def cells(view: MarketView) -> dict[tuple[str, str], list[str]]:
    """By company and region: the stages in each cell of the matrices."""
    return {
        (row.company.title, region.title): [mark.stage for mark in cell]
        for part in view.matrices
        for row in part.rows
        for region, cell in zip(part.regions, row.cells, strict=True)
    }


def test_the_market_is_as_of_today(small_site: Make) -> None:
    """Each product where it stands; only companies and regions that have a move."""
    view = market(small_site(SITE))
    assert view.as_of == "2026-01-01"
    assert cells(view) == {
        ("TikTok", "France"): ["launched"],
        ("TikTok", "Germany"): ["planned"],
        ("TikTok", "Two of them"): ["paused"],
    }


def test_each_year_with_moves_has_a_page_of_its_end(small_site: Make) -> None:
    """With the moves of that year; the current one is as of today."""
    site = small_site(SITE + telling("b", move("launched", "2026", regions="[DE]")))
    assert [year.label for year in market(site).years] == ["2026", "2023", "2022"]
    then = market(site, "market/2022/")
    assert (then.as_of, then.ended) == ("2022-12-31", True)
    assert cells(then)["TikTok", "France"] == ["planned"]
    assert [one.stage for one in then.timeline.moves] == ["planned"]
    now = market(site, "market/2026/")
    assert (now.as_of, now.ended, now.head.title) == (
        "2026-01-01",
        False,
        "The market in 2026 so far",
    )


def test_a_move_to_come_is_told_and_does_not_count(small_site: Make) -> None:
    """It has no page of its year, and is marked as upcoming."""
    site = small_site(SITE + telling("b", move("withdrawn", "2027-10-01", regions="[FR]")))
    view = market(site)
    assert cells(view)["TikTok", "France"] == ["launched"]
    assert (view.timeline.moves[0].stage, view.timeline.moves[0].upcoming) == ("withdrawn", True)
    assert "2027" not in [year.label for year in view.years]


def test_a_topic_shows_what_its_briefings_tell_of_as_it_stands_today(small_site: Make) -> None:
    """A later move counts, whoever tells it; what the topic does not tell of is left out."""
    later = move("withdrawn", "2024", regions="[FR]")
    other = move("launched", "2024", regions="[europe]")
    site = small_site(SITE + telling("b", later, other))
    view = market(site, "market/topics/live-shopping/")
    assert cells(view)["TikTok", "France"] == ["withdrawn"]
    assert ("TikTok", "Europe") not in cells(view)
    assert [(topic.label, topic.current) for topic in view.topics] == [("Live shopping", True)]


def test_a_cell_names_products_only_where_a_company_has_several(small_site: Make) -> None:
    """And holds all of them."""
    two = telling(
        "b",
        move("pilot", "2021", company="amazon", product="B"),
        move("paused", "2022", company="amazon", product="A"),
    )
    view = market(small_site(SITE + two))
    [whole] = view.matrices
    amazon, tiktok = whole.rows
    [cell] = filter(None, amazon.cells)
    assert [(mark.product, mark.stage) for mark in cell] == [
        ("A", "paused"),
        ("B", "pilot"),
    ]
    assert (amazon.product, tiktok.product) == ("", "TikTok Shop")
    assert not any(mark.product for cell in tiktok.cells for mark in cell)


def test_a_cell_leads_to_the_row_that_tells_it(small_site: Make) -> None:
    """By symbol and word; an empty one says that there is no record."""
    site = small_site(SITE)
    site.build()
    page = site.read("market/index.html")
    sign = '<span class="sign" aria-hidden="true">●</span>'
    assert f'<a href="../briefings/a/#move:2">{sign} launched' in page
    assert 'id="move:2"' in site.read("briefings/a/index.html")
    assert "absent" not in re.sub(r"<ul class=\"rules\">.*?</ul>", "", page, flags=re.DOTALL)
    site.write(telling("b", move("pilot", "2021", company="amazon", product="Live")))
    site.build()
    assert '<td class="none">no record</td>' in site.read("market/index.html")


def test_what_is_not_official_is_labelled(small_site: Make) -> None:
    """Reported, and disputed where someone contests it; official is said by saying nothing."""
    site = small_site(SITE)
    site.build()
    rows = re.findall(r"<td>.*?</td>", site.read("market/index.html"))
    france, germany, _ = rows
    assert 'class="basis"' not in france
    assert "<strong>reported, disputed</strong>" in germany


def test_companies_and_regions_have_their_part(small_site: Make) -> None:
    """With what they own or contain, and never what is told of a group that contains them."""
    site = small_site(SITE + telling("b", move("pilot", "2021", company="twitch", product="L")))

    def summary(part: str, id_: str) -> list[tuple[str, str, str]]:
        found = view_of(site, f"{part}/{id_}/index.html").market
        return [(p.company.title, p.region.title, p.mark.stage) for p in found.positions]

    assert summary("companies", "amazon") == [("Twitch", "France", "pilot")]
    assert summary("regions", "france") == [
        ("TikTok", "France", "launched"),
        ("Twitch", "France", "pilot"),
    ]
    assert ("TikTok", "Germany", "planned") in summary("regions", "europe")
    assert [
        m.stage for m in view_of(site, "companies/tiktok/index.html").market.timeline.moves
    ] == [
        "paused",
        "launched",
        "planned",
    ]


def test_a_move_told_alike_for_several_regions_is_one_line(small_site: Make) -> None:
    """Its regions in the order of their tree, its sources and briefings once each."""
    planned = market(small_site(SITE)).timeline.moves[-1]
    assert [region.title for region in planned.regions] == ["France", "Germany"]
    assert [source.label for source in planned.sources] == ["The Wire"]
    assert [link.path for link in planned.briefings] == ["briefings/a/#move:1"]
    assert [remark.text for remark in planned.disputes] == ["They deny it"]


def test_a_long_market_is_cut_by_companies(
    small_site: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each company is on one page whole, and the pages say from where to where they go."""
    monkeypatch.setattr("dossier.market.scopes.PAGE_WEIGHT", 3)
    names = ["Ab", "Cd", "Ef"]
    files = "".join(
        f"-- content/companies/{name.lower()}.md --\n---\nname: {name}\n---\n" for name in names
    )
    more = (move("pilot", "2021", company=name, product="P", regions="[FR, DE]") for name in names)
    site = small_site(ENTITIES + PLACES + files + telling("a", *more))
    first, third = market(site), market(site, number=3)
    assert [run.label for run in first.runs] == names
    assert [run.path for run in first.runs][1] == "market/page/2/"
    assert [row.company.title for row in third.matrices[0].rows] == ["Ef"]
    assert first.map and not third.map
    assert not third.timeline.moves


def test_a_briefing_whose_version_tells_less_is_linked_itself(small_site: Make) -> None:
    """An anchor leads to a row that is there."""
    other = move("pilot", "2021", company="amazon", product="B")
    original = telling("a", move("launched", "2021"), other, lang="fr")
    site = small_site(ENTITIES + original + briefing("b", translation_of="a"))
    mark = market(site).matrices[0].rows[1].cells[0][0]
    assert mark.path == "fr/briefings/a/#move:1"


# Small sites

WORLD = '-- content/regions/world.md --\n---\nname: World\ncode: "001"\n---\n'
JAPAN = "-- content/regions/japan.md --\n---\nname: Japan\ncode: JP\n---\n"
TWO = (
    ENTITIES + JAPAN + telling("a", move("launched", "2021"), move("pilot", "2021", regions="[JP]"))
)


def test_a_site_without_the_world_has_one_table(small_site: Make) -> None:
    """Of all that it has; where it has the world, there is one for each part."""
    site = small_site(TWO)
    [whole] = market(site).matrices
    assert whole.title == "All regions"
    assert {region.title for region in whole.regions} == {"France", "Japan"}
    site.write(WORLD)
    for name in ("japan", "europe"):
        path = site.folder / f"content/regions/{name}.md"
        path.write_text(path.read_text("utf-8").replace("code:", "parent: world\ncode:"), "utf-8")
    assert [one.title for one in market(site).matrices] == ["Europe", "Japan"]


def test_a_single_move_makes_neither_a_table_nor_a_map(small_site: Make) -> None:
    """It is told below: a table of one cell and a map of empty tiles would say no more."""
    site = small_site(ENTITIES + telling("a", move("launched", "2021")))
    view = market(site)
    assert (view.matrices, view.map) == ((), None)
    assert len(view.timeline.moves) == 1
    site.build()
    page = site.read("market/index.html")
    assert "Latest moves" in page
    assert "No moves reported yet" not in page


def test_a_market_without_moves_has_no_map(small_site: Make) -> None:
    """And says that there are none."""
    site = small_site(briefing("a"))
    assert market(site).map is None
    site.build()
    assert "No moves reported yet" in site.read("market/index.html")


# The map


def test_every_country_has_a_tile_of_its_own() -> None:
    """All of ISO 3166-1, with Kosovo and Antarctica, no two in one place."""
    assert set(TILES) == {*COUNTRIES, "AQ"}
    assert len(set(TILES.values())) == len(TILES)
    assert (COLUMNS, ROWS) == (31, 20)


@pytest.mark.parametrize(
    ("west", "east"), [("US", "FR"), ("FR", "DE"), ("DE", "RU"), ("IN", "CN"), ("CN", "JP")]
)
def test_what_is_west_is_left(west: str, east: str) -> None:
    """The map reads as one."""
    assert TILES[west][0] < TILES[east][0]


@pytest.mark.parametrize(
    ("north", "south"), [("NO", "IT"), ("CA", "US"), ("US", "BR"), ("EG", "ZA"), ("JP", "AU")]
)
def test_what_is_north_is_above(north: str, south: str) -> None:
    """The map reads as one."""
    assert TILES[north][1] < TILES[south][1]


def test_the_map_shows_how_far_companies_got(small_site: Make) -> None:
    """What runs counts more than what ended; regions that are no country stand beside it."""
    ended = telling("b", move("withdrawn", "2024", company="amazon", product="Live"))
    view = market(small_site(SITE + ended)).map
    assert view is not None
    shown = {t.code: (t.stage, t.companies) for t in view.tiles if t.stage}
    assert shown == {"FR": ("launched", 2), "DE": ("planned", 1)}
    assert [(one.region.title, one.stage) for one in view.others] == [("Two of them", "paused")]
    assert view.stages == ("launched", "paused", "planned")


def test_every_stage_has_its_place_on_the_map() -> None:
    """Of what there is, and of what was."""
    assert set(FURTHEST) == set(LIFECYCLE)


# The drawing


def drawing_of(site: SmallSite) -> Drawing | None:
    """What is drawn on the market's page."""
    return market(site).timeline.drawing


def test_no_words_of_a_drawing_overlap(small_site: Make) -> None:
    """Marks near one another stand in rows of their own, and none leaves the drawing."""
    moves = (move("expanded", f"2022-0{n}-01", regions="[FR, DE]") for n in range(1, 10))
    drawing = drawing_of(small_site(ENTITIES + PLACES + telling("a", *moves)))
    assert drawing is not None
    (lane,) = drawing.lanes
    places = [(mark.x, mark.y) for mark in lane.marks]
    assert len(set(places)) == 9
    for x, y in places:
        assert lane.top < y < lane.bottom
        assert all(abs(x - other) > 60 for other, height in places if height == y and other != x)
    assert all(mark.flipped == (mark.x > WIDTH - 150) for mark in lane.marks)


@pytest.mark.parametrize("number", [1, MOST_MARKS + 1])
def test_what_has_no_room_is_not_drawn(small_site: Make, number: int) -> None:
    """One move needs no drawing, very many would fill none; the list is there."""
    moves = (move("expanded", f"{1900 + n}") for n in range(number))
    site = small_site(ENTITIES + telling("a", *moves))
    assert view_of(site, "companies/tiktok/index.html").market.timeline.moves
    view = market(site)
    assert (view.timeline.drawing is None) == (number == 1)  # the page shows the latest fifty
    site.build()
    assert '<ol class="timeline">' in site.read("market/index.html")


# Files for programs


def test_moves_and_positions_can_be_downloaded(small_site: Make) -> None:
    """As CSV and as JSON, with the same in both; one row for each region."""
    site = small_site(SITE)
    site.build()
    rows = list(csv.DictReader(io.StringIO(site.read("market/moves.csv").removeprefix("\ufeff"))))
    data = json.loads(site.read("market/moves.json"))
    assert data["as_of"] == "2026-01-01"
    assert [row["region"] for row in rows] == ["france", "germany", "france", "pair"]
    assert rows[0]["disputed"] == "They deny it"
    assert rows[2]["briefings"] == "https://example.org/site/briefings/a/"
    assert [list(row) for row in data["moves"]] == [list(row) for row in rows]
    positions = json.loads(site.read("market/positions.json"))["positions"]
    assert [(p["region_code"], p["stage"], p["date"]) for p in positions] == [
        ("FR", "launched", "2023-05"),
        ("DE", "planned", "2022"),
        ("", "paused", "2023-06-01"),
    ]


def table(*values: str | tuple[str, ...]) -> TableView:
    """A table of one row."""
    columns = tuple(f"c{n}" for n in range(len(values)))
    return TableView(form="csv", name="t", as_of="2026-01-01", columns=columns, rows=(values,))


def test_csv_is_as_rfc_4180_has_it() -> None:
    """CRLF after each line; quotes, commas and line ends quoted; a mark that says it is UTF-8."""
    text = csv_text(table('say "no"', "a, b", "é", ("x", "y")))
    assert text == '\ufeffc0,c1,c2,c3\r\n"say ""no""","a, b",é,x | y\r\n'


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_field_of_csv_is_a_formula(start: str) -> None:
    """A spreadsheet shows it as text; JSON has it as it is."""
    evil = f"{start}1+1"
    (row,) = list(csv.reader(io.StringIO(csv_text(table(evil)), newline="")))[1:]
    assert row == [f"'{evil}"]
    assert json.loads(json_text(table(evil)))["t"] == [{"c0": evil}]


def test_the_columns_are_documented() -> None:
    """docs/market.md has each of them."""
    text = (ROOT / "docs/market.md").read_text("utf-8")
    assert re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE) == list(TABLE_COLUMNS)


def test_a_topic_and_a_year_share_no_address(small_site: Make) -> None:
    """A topic may be called as a year is."""
    topic = "-- content/topics/2022.md --\n---\nname: Of that year\n---\n"
    site = small_site(ENTITIES + topic + telling("a", move("pilot", "2022"), topics='["2022"]'))
    site.build()
    assert "market/2022/index.html" in site.output()
    assert "market/topics/2022/index.html" in site.output()


def test_a_mark_is_small() -> None:
    """The matrix repeats it for every cell: it has no words of a briefing in it."""
    facts = {"stage", "dates", "basis", "disputed", "path", "product", "overtaken"}
    assert set(Mark.__struct_fields__) == facts
