"""Where products stand, in sentences and counts; what later moves have overtaken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.helpers.moves import PLACES, move, telling
from tests.helpers.plans import view_of
from tests.helpers.smallsite import ENTITIES, SmallSite, briefing

Make = Callable[[str], SmallSite]
WORLD = '-- content/regions/world.md --\n---\nname: World\ncode: "001"\n---\n'
TIKTOK = "-- content/companies/tiktok.md --\n---\nname: TikTok\n---\n"
OPENED = (
    move("launched", "2023-05", regions="[FR]"),
    move("launched", "2023-06-01", regions="[DE]", basis="reported"),
)


def company(site: SmallSite) -> Any:
    """The page of TikTok."""
    return view_of(site, "companies/tiktok/index.html")


def region(site: SmallSite, id_: str) -> Any:
    """The page of a region."""
    return view_of(site, f"regions/{id_}/index.html")


def test_a_company_says_in_how_many_countries_it_is_open(small_site: Make) -> None:
    """And where last, on what basis."""
    site = small_site(ENTITIES + PLACES + telling("a", *OPENED))
    assert company(site).market.status == (
        "TikTok Shop is open in 2 countries; the latest: Germany (June 1, 2023, reported).",
    )


def test_what_else_happened_is_the_second_sentence(small_site: Make) -> None:
    """Plans, and what has ended."""
    plan = move("postponed", "2024-05", product="Other Shop", regions="[FR]")
    site = small_site(ENTITIES + TIKTOK + PLACES + telling("a", *OPENED, plan))
    assert company(site).market.status[1] == "Other Shop, plan postponed: France (May 2024)."


def test_a_region_says_what_is_open_there(small_site: Make) -> None:
    """Since when, the latest first; and what has ended."""
    other = move("withdrawn", "2022", company="amazon", product="Live", regions="[FR]")
    site = small_site(ENTITIES + PLACES + telling("a", *OPENED, other))
    assert region(site, "france").market.status == (
        "1 service is open here: TikTok Shop (May 2023).",
        "Live, withdrawn: France (2022).",
    )


def test_nothing_is_said_where_nothing_is_on_file(small_site: Make) -> None:
    """No sentence is empty."""
    site = small_site(ENTITIES + PLACES + briefing("a", companies="[tiktok]"))
    assert company(site).market.status == ()
    site.build()
    assert 'class="state"' not in site.read("companies/tiktok/index.html")


def test_positions_are_counted_by_product_and_stage(small_site: Make) -> None:
    """Countries alone are counted as such."""
    group = move("announced", "2021", regions="[pair]", product="Other Shop")
    site = small_site(ENTITIES + TIKTOK + PLACES + telling("a", *OPENED, group))
    found = [
        (one.product, one.stage, one.countries, [to.title for to in one.regions])
        for one in company(site).market.standings
    ]
    assert found == [
        ("TikTok Shop", "launched", 2, ["France", "Germany"]),
        ("Other Shop", "announced", 0, ["Two of them"]),
    ]


@pytest.mark.parametrize(
    ("stage", "date", "overtaken"),
    [("postponed", "2023-01", True), ("paused", "2023-05-15", True), ("paused", "2024", False)],
)
def test_a_position_of_a_group_that_its_members_overtook_says_so(
    small_site: Make, stage: str, date: str, overtaken: bool
) -> None:
    """In the matrix and in lists; no sentence and no count rests on it."""
    group = move(stage, date, regions="[pair]")
    site = small_site(ENTITIES + PLACES + telling("a", *OPENED, group))
    marked = [one.region.title for one in company(site).market.positions if one.mark.overtaken]
    assert marked == (["Two of them"] if overtaken else [])
    cells = [
        mark.overtaken
        for part in view_of(site, "market/index.html").matrices
        for row in part.rows
        for cell in row.cells
        for mark in cell
        if mark.stage == stage
    ]
    assert cells == [overtaken]
    shown = any(one.stage == stage for one in company(site).market.standings)
    assert shown is not overtaken


def test_a_move_of_the_world_names_no_country(small_site: Make) -> None:
    """Its column says that, and it is neither overtaken nor a country."""
    site = small_site(ENTITIES + WORLD + telling("a", move("launched", "2020", regions="[world]")))
    site.build()
    page = site.read("market/index.html")
    assert "Country not stated" in page
    assert company(site).market.status == ("TikTok Shop, launched: Country not stated (2020).",)


def test_what_a_briefing_says_of_a_pair_is_counted_and_the_rest_is_beside_it(
    small_site: Make,
) -> None:
    """A survey that names both says nothing of them together."""
    site = small_site(
        ENTITIES
        + PLACES
        + telling(
            "a",
            move("launched", "2023", regions="[FR]"),
            companies="[tiktok, amazon]",
            regions="[FR, DE]",
        )
        + briefing("b", companies="[twitch]", regions="[DE]")
    )
    page = company(site)
    assert [(one.link.title, one.count) for one in page.regions] == [("France", 1)]
    assert [to.title for to in page.together] == ["Germany"]
    owner = view_of(site, "companies/amazon/index.html")  # of Twitch, whose briefing has no move
    assert [(one.link.title, one.count) for one in owner.regions] == [("Germany", 1)]
    assert [to.title for to in owner.together] == ["France"]


def test_a_page_without_briefings_names_those_that_report_something(small_site: Make) -> None:
    """It does not say that nothing is written below a move that cites a briefing."""
    site = small_site(ENTITIES + PLACES + telling("a", *OPENED, companies="[amazon]"))
    page = company(site)
    assert page.total == 0
    assert [to.title for to in page.mentioned] == ["Title of a"]
    site.build()
    text = site.read("companies/tiktok/index.html")
    assert "No briefing is mainly about this" in text
    assert "No briefings about this yet" not in text


def test_a_subject_with_a_feed_can_be_followed(small_site: Make) -> None:
    """The link leads to its line in the list of feeds."""
    site = small_site(ENTITIES + briefing("a", companies="[tiktok]"))
    site.build()
    assert 'href="../../follow/#feed:companies/tiktok">Follow TikTok' in site.read(
        "companies/tiktok/index.html"
    )
    assert 'id="feed:companies/tiktok"' in site.read("follow/index.html")


def test_what_a_reader_wants_comes_before_the_record(small_site: Make) -> None:
    """The latest briefings, then figures, then the market, whose moves are folded."""
    figures = "[{label: Users, value: 1, unit: people, as_of: 2020, source: s, company: tiktok}]"
    site = small_site(
        ENTITIES + PLACES + telling("a", *OPENED, companies="[tiktok]", figures=figures)
    )
    site.build()
    page = site.read("companies/tiktok/index.html")
    places = [page.index(f'id="section:{name}"') for name in ("briefings", "figures", "market")]
    assert places == sorted(places)
    assert page.index("<details") < page.index('<ol class="timeline">')


def test_a_topic_says_whom_it_is_about_and_what_came_last(small_site: Make) -> None:
    """Where there is more than one briefing."""
    site = small_site(
        ENTITIES
        + briefing("a", topics="[live-shopping]", companies="[tiktok]", date="2022-07-01")
        + briefing("b", topics="[live-shopping]", companies="[tiktok, amazon]", title="B")
    )
    view = view_of(site, "topics/live-shopping/index.html")
    assert view.status == (
        "Most often about: TikTok (2), Amazon (1).",
        "The latest: B (July 7, 2022).",
    )
