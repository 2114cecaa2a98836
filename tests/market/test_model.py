"""The market: what is one move, which is the latest, and what is said of what is not certain."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dossier.market.model import Market, RegionMove, first_day, last_day
from tests.helpers.moves import PLACES, move, telling
from tests.helpers.smallsite import ENTITIES, SmallSite

Make = Callable[[str], SmallSite]


def history(site: SmallSite, region: str = "france") -> list[RegionMove]:
    """The moves of TikTok Shop in a region, the oldest first."""
    market = Market(site.resolve()[0].originals)
    return list(market.tracks.get(("tiktok", "TikTok Shop", region), ()))


def stages(site: SmallSite, region: str = "france") -> list[tuple[str, tuple[str, ...]]]:
    """The stages of TikTok Shop in a region with their dates."""
    return [(one.stage, one.dates) for one in history(site, region)]


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2022", "2022-01-01", "2022-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2022-07-05", "2022-07-05", "2022-07-05"),
    ],
)
def test_a_partial_date_is_a_period(date: str, first: str, last: str) -> None:
    """From its first day to its last."""
    assert (first_day(date), last_day(date)) == (first, last)


def test_the_same_move_told_twice_is_one_move_with_two_sources(small_site: Make) -> None:
    """Dates of which one contains the other agree: the most precise is taken, and its teller."""
    site = small_site(
        ENTITIES
        + telling("vague", move("launched", "2021", basis="reported"), date="2022-03-01")
        + telling("exact", move("launched", "2021-10"), date="2022-01-01")
    )
    (launch,) = history(site)
    assert (launch.dates, launch.basis) == (("2021-10",), "official")
    assert [told.briefing for told in launch.mentions] == ["exact", "vague"]
    assert site.messages() == []


def test_the_same_stage_after_another_is_another_move(small_site: Make) -> None:
    """A service that was paused is launched again."""
    moves = (move("launched", "2021"), move("paused", "2022"), move("launched", "2023"))
    site = small_site(ENTITIES + telling("a", *moves))
    assert [stage for stage, _ in stages(site)] == ["launched", "paused", "launched"]


def test_an_expansion_may_happen_again(small_site: Make) -> None:
    """Two dates of it contradict nothing."""
    site = small_site(
        ENTITIES
        + telling("a", move("expanded", "2021-12"))
        + telling("b", move("expanded", "2022"))
    )
    assert stages(site) == [("expanded", ("2021-12",)), ("expanded", ("2022",))]
    assert site.messages() == []


def test_dates_that_contradict_each_other_are_shown_and_warned_of(small_site: Make) -> None:
    """The warning has the place of the later telling; the page says both dates."""
    site = small_site(
        ENTITIES
        + telling("a", move("launched", "2021-10"), date="2021-11-01")
        + telling("b", move("launched", "2021-11"), date="2022-01-01")
    )
    assert stages(site) == [("launched", ("2021-10", "2021-11"))]
    (problem,) = site.problems()
    assert (problem.path, problem.line, problem.severity) == ("briefings/b.md", 6, "warning")
    assert (
        "'TikTok Shop' is launched in 'france' on 2021-11 here, and on 2021-10" in problem.message
    )
    assert "add the one between them" in problem.hint
    page = site.read("market/index.html")
    assert "October 2021</time> or <time" in page
    assert "Reports give different dates." in page


def test_strict_builds_publish_no_contradiction(small_site: Make) -> None:
    """The warning is an error then."""
    twice = telling("a", move("launched", "2021")) + telling("b", move("launched", "2022"))
    site = small_site(ENTITIES + twice)
    assert len(site.messages(strict=True)) == 1
    assert site.output() == {}


@pytest.mark.parametrize(
    ("moves", "order"),
    [
        ([("launched", "2022-03-05"), ("announced", "2022-03-01")], ["announced", "launched"]),
        ([("shelved", "2022-07"), ("planned", "2022")], ["planned", "shelved"]),
        ([("withdrawn", "2022"), ("launched", "2022-03")], ["launched", "withdrawn"]),
        ([("withdrawn", "2022-07"), ("launched", "2022-07")], ["launched", "withdrawn"]),
        (
            [("launched", "2022"), ("shelved", "2022-03"), ("planned", "2022-06")],
            ["shelved", "planned", "launched"],
        ),
        ([("paused", "2021-12"), ("launched", "2022")], ["paused", "launched"]),
    ],
)
def test_partial_dates_are_ordered_by_the_lifecycle_where_time_does_not_tell(
    small_site: Make, moves: list[tuple[str, str]], order: list[str]
) -> None:
    """In a period that contains others, a move stands as late as the lifecycle allows."""
    site = small_site(ENTITIES + telling("a", *(move(*one) for one in moves)))
    assert [stage for stage, _ in stages(site)] == order


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        ("2021-12-31", None),
        ("2022-01-01", "planned"),
        ("2022-06-30", "planned"),
        ("2022-07-01", "shelved"),
        ("2025-03-30", "shelved"),
        ("2025-03-31", "launched"),
    ],
)
def test_a_position_is_the_latest_move_whose_date_has_begun(
    small_site: Make, day: str, stage: str | None
) -> None:
    """What is known by year or month counts from its first day."""
    moves = (move("planned", "2022"), move("shelved", "2022-07"), move("launched", "2025-03-31"))
    site, _ = small_site(ENTITIES + telling("a", *moves)).resolve()
    position = Market(site.originals).positions(day).get(("tiktok", "TikTok Shop", "france"))
    assert (position and position.stage) == stage


def test_a_move_never_counts_before_the_one_that_it_follows(small_site: Make) -> None:
    """A service that ended in 2022 had not ended before it began in March."""
    text = ENTITIES + telling("a", move("withdrawn", "2022"), move("launched", "2022-03"))
    site, _ = small_site(text).resolve()
    assert Market(site.originals).positions("2022-02-28") == {}


def test_a_move_on_a_group_is_no_move_of_its_members(small_site: Make) -> None:
    """Nor of what lies in a region."""
    both = telling("a", move("paused", "2024", regions="[pair, europe]"))
    site, _ = small_site(ENTITIES + PLACES + both).resolve()
    assert {track[2] for track in Market(site.originals).tracks} == {"pair", "europe"}


def test_a_translation_tells_nothing_of_its_own(small_site: Make) -> None:
    """Its moves are those of its original."""
    site = small_site(
        ENTITIES
        + telling("a", move("launched", "2021"))
        + telling("b", move("launched", "2021"), lang="fr", translation_of="a")
    )
    (launch,) = history(site)
    assert [told.briefing for told in launch.mentions] == ["a"]


def test_superseded_briefings_count_and_withdrawn_ones_do_not(small_site: Make) -> None:
    """What is replaced was true of its day; what is withdrawn no longer stands."""
    old = telling("old", move("planned", "2021"), status="superseded", superseded_by="[new]")
    gone = {"status": "withdrawn", "withdrawn": "{date: 2022-09-01, reason: Wrong}"}
    site = small_site(
        ENTITIES
        + old
        + telling("new", move("launched", "2022"), date="2022-08-01")
        + telling("gone", move("withdrawn", "2023"), **gone)
    )
    assert [stage for stage, _ in stages(site)] == ["planned", "launched"]


def test_whoever_disputes_a_move_makes_it_disputed(small_site: Make) -> None:
    """Though another tells it as a fact."""
    site = small_site(
        ENTITIES
        + telling("a", move("shelved", "2022-07", basis="reported", disputed="They say no"))
        + telling("b", move("shelved", "2022-07", basis="reported"))
    )
    (shelving,) = history(site)
    assert shelving.disputed
    site.build()
    assert "<strong>reported, disputed</strong>" in site.read("market/index.html")
    assert "They say no" in site.read("companies/tiktok/index.html")
