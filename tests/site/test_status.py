"""How briefings stand: lists show what holds, with what it replaced below it; nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.helpers.plans import titles, view_of
from tests.helpers.smallsite import ENTITIES, SmallSite, briefing

Make = Callable[[str], SmallSite]

REGIONS = (
    ENTITIES
    + "-- content/regions/germany.md --\n---\nname: Germany\ncode: DE\nparent: europe\n---\n"
    + "-- content/regions/eu.md --\n---\nname: EU\nmembers: [FR, DE]\n---\n"
)


def replaced(by: str, **fields: object) -> dict[str, object]:
    """The fields of a briefing that others replaced."""
    return {"status": "superseded", "superseded_by": by} | fields


def listed(site: SmallSite, page: str, **changes: object) -> list[str]:
    """The briefings of a list: `title [flag] < what it replaced`."""
    return [_line(item) for item in view_of(site, f"{page}index.html", **changes).items]


def _line(item: Any) -> str:
    name = item.title.removeprefix("Title of ")
    flag = "" if item.status == "current" else f" [{item.status}]"
    old = titles(one.briefing for one in item.replaced)
    return f"{name}{flag}" + (f" < {' '.join(old)}" if old else "")


def test_a_replaced_briefing_is_below_what_replaced_it(small_site: Make) -> None:
    """On every list that has both: it is named once, and not in the list itself."""
    about = {"companies": "[tiktok]", "regions": "[FR]", "topics": "[live-shopping]"}
    site = small_site(
        ENTITIES + briefing("old", **replaced("[new]", **about)) + briefing("new", **about)
    )
    for page in (
        "companies/tiktok/",
        "regions/france/",
        "regions/europe/",
        "topics/live-shopping/",
    ):
        assert listed(site, page) == ["new < old"], page
        view = view_of(site, f"{page}index.html")
        assert (view.total, view.replaced, view.paging.total) == (2, 1, 1)
    (group,) = view_of(site, "briefings/index.html").groups
    assert [_line(item) for item in group.items] == ["new < old"]


def test_what_holds_comes_first_and_what_does_not_stays_in_the_list(small_site: Make) -> None:
    """The withdrawn, and what was replaced by a briefing that the list does not have."""
    tiktok = {"companies": "[tiktok]"}
    gone = "{date: 2022-09-01, reason: R}"
    site = small_site(
        ENTITIES
        + briefing("a", date="2022-08-03", status="withdrawn", withdrawn=gone, **tiktok)
        + briefing("b", date="2022-08-02", **replaced("[other]"), **tiktok)
        + briefing("c", date="2022-08-01", **tiktok)
        + briefing("other", date="2022-08-04", companies="[amazon]")
    )
    assert listed(site, "companies/tiktok/") == ["c", "a [withdrawn]", "b [superseded]"]


def test_what_was_replaced_for_some_regions_holds_in_the_others(small_site: Make) -> None:
    """There it stays in the list with its flag; where it is replaced it is below what did it."""
    site = small_site(
        REGIONS
        + briefing(
            "old",
            regions="[FR, DE]",
            companies="[tiktok]",
            **replaced("[{briefing: new, regions: [FR]}]"),
        )
        + briefing("new", regions="[FR]", companies="[tiktok]", date="2023-01-01")
    )
    assert listed(site, "regions/france/") == ["new < old"]
    assert listed(site, "regions/germany/") == ["old [superseded in part]"]
    for page in ("regions/europe/", "regions/eu/", "companies/tiktok/"):
        assert listed(site, page) == ["new", "old [superseded in part]"], page


def test_replaced_for_each_of_its_regions_is_replaced(small_site: Make) -> None:
    """By several: it is below each of them, and they name their regions."""
    site = small_site(
        REGIONS
        + briefing(
            "old",
            regions="[FR, DE]",
            **replaced("[{briefing: f, regions: [FR]}, {briefing: g, regions: [DE]}]"),
        )
        + briefing("f", regions="[FR]", date="2023-01-01")
        + briefing("g", regions="[DE]", date="2023-02-01")
    )
    assert listed(site, "regions/europe/") == ["g < old", "f < old"]
    first = view_of(site, "regions/europe/index.html").items[0]
    assert titles(first.replaced[0].regions) == ["Germany"]
    assert view_of(site, "briefings/old/index.html").item.status == "superseded"


@pytest.mark.parametrize(
    ("about", "named", "state"),
    [
        ("[FR]", "[europe]", "superseded"),
        ("[FR]", "[eu]", "superseded"),
        ("[eu]", "[FR, DE]", "superseded in part"),
        ("[europe]", "[FR]", "superseded in part"),
        ("[]", "[FR]", "superseded in part"),
    ],
    ids=["by the continent", "by a group", "a group by members", "a continent by parts", "nowhere"],
)
def test_a_region_is_replaced_with_what_lies_in_it_and_not_by_its_parts(
    small_site: Make, about: str, named: str, state: str
) -> None:
    """What may still hold is never hidden."""
    site = small_site(
        REGIONS
        + briefing("old", regions=about, **replaced(f"[{{briefing: new, regions: {named}}}]"))
        + briefing("new", date="2023-01-01")
    )
    assert view_of(site, "briefings/old/index.html").item.status == state


def test_a_chain_of_replacements_is_below_the_last(small_site: Make) -> None:
    """All of it, also where the first was replaced by two of them."""
    site = small_site(
        ENTITIES
        + "".join(
            briefing(id_, date=f"2022-07-0{n}", companies="[tiktok]", **fields)
            for n, (id_, fields) in enumerate(
                [
                    ("a", replaced("[b, c]")),
                    ("b", replaced("[c]")),
                    ("c", replaced("[d]")),
                    ("d", {}),
                ],
                1,
            )
        )
    )
    assert listed(site, "companies/tiktok/") == ["d < c b a"]


def test_replacements_across_languages_meet_in_the_lists(small_site: Make) -> None:
    """A briefing replaced by a translation is below the original of that."""
    site = small_site(
        ENTITIES
        + briefing("old", companies="[tiktok]", **replaced("[new-fr]"))
        + briefing("new", companies="[tiktok]", date="2023-01-01")
        + briefing("new-fr", lang="fr", translation_of="new", date="2023-01-01")
    )
    assert listed(site, "companies/tiktok/") == ["new < old"]


def test_a_circle_of_replacements_across_languages_is_a_problem(small_site: Make) -> None:
    """As one within a language is."""
    site = small_site(
        briefing("a", **replaced("[b-fr]"))
        + briefing("b", **replaced("[a]"))
        + briefing("b-fr", lang="fr", translation_of="b", **replaced("[a]"))
    )
    (problem,) = site.problems()
    assert "replace each other in a cycle" in problem.message


def test_pages_of_a_long_list_count_what_is_in_it(small_site: Make) -> None:
    """A replaced briefing is with its replacement, on whichever page that is, and on no other."""
    about = {"companies": "[tiktok]"}
    many = "".join(briefing(f"n-{n:02}", date="2022-07-02", **about) for n in range(49))
    site = small_site(
        ENTITIES
        + many
        + briefing("first", date="2022-07-01", **about)
        + briefing("old", date="2022-07-09", **replaced("[first]", **about))
    )
    assert listed(site, "companies/tiktok/")[-1] == "first < old"
    view = view_of(site, "companies/tiktok/index.html")
    assert (view.total, view.replaced, len(view.items), view.paging.next) == (51, 1, 50, None)


def test_a_year_has_what_holds_before_what_does_not(small_site: Make) -> None:
    """And counts what is listed in it."""
    gone = {"status": "withdrawn", "withdrawn": "{date: 2023-01-01, reason: R}"}
    site = small_site(
        briefing("a", date="2022-07-03", **gone)
        + briefing("b", date="2022-07-02")
        + briefing("c", date="2021-07-02", **replaced("[b]"))
        + briefing("d", date="2021-07-01")
    )
    view = view_of(site, "briefings/index.html")
    assert [[_line(item) for item in group.items] for group in view.groups] == [
        ["b < c", "a [withdrawn]"],
        ["d"],
    ]
    assert [(year.year, year.count) for year in view.years] == [("2022", 2), ("2021", 1)]
    assert (view.total, view.replaced) == (4, 1)


def test_a_briefing_holds_until_what_replaces_it_is_published(small_site: Make) -> None:
    """As of a day before, it is current and has no banner; and so for a withdrawal to come."""
    gone = {"status": "withdrawn", "withdrawn": "{date: 2024-01-01, reason: R}"}
    site = small_site(
        briefing("old", **replaced("[new]"))
        + briefing("new", date="2023-01-01")
        + briefing("gone", **gone)
    )
    for as_of, states in (
        ("2022-12-31", ["current", "current"]),
        ("2023-01-01", ["superseded", "current"]),
        ("2024-01-01", ["superseded", "withdrawn"]),
    ):
        views = [view_of(site, f"briefings/{i}/index.html", as_of=as_of) for i in ("old", "gone")]
        assert [view.item.status for view in views] == states, as_of
        assert [one.briefing.path for one in views[0].replaced_by] == (
            ["briefings/new/"] if states[0] == "superseded" else []
        )


def test_programs_are_told_what_readers_are(small_site: Make) -> None:
    """The Markdown and the description for machines have the same state, as of the same day."""
    site = small_site(briefing("old", **replaced("[new]")) + briefing("new", date="2023-01-01"))
    for as_of, said in (("2022-12-31", False), ("2023-01-01", True)):
        site.build(as_of=as_of)
        for path in ("index.html", "old.markdown"):
            assert ("Superseded" in site.read(f"briefings/old/{path}")) is said, (as_of, path)


def test_the_front_page_leads_with_what_holds(small_site: Make) -> None:
    """And says beside it what was superseded, in part as well."""
    site = small_site(
        REGIONS
        + briefing("a", date="2022-07-04", **replaced("[c]"))
        + briefing(
            "b",
            date="2022-07-03",
            regions="[FR, DE]",
            **replaced("[{briefing: c, regions: [FR]}]"),
        )
        + briefing("c", date="2022-07-02")
    )
    view = view_of(site, "index.html")
    assert titles([view.lead, *view.latest]) == ["b", "c"]
    assert [(one.kind, one.briefing.title) for one in view.changes] == [
        ("superseded", "Title of a"),
        ("superseded", "Title of b"),
    ]


def test_many_replaced_briefings_are_folded_without_a_script(small_site: Make) -> None:
    """Up to three are simply there, more are behind a summary that says how many."""
    site = small_site(
        "".join(briefing(f"old-{n}", **replaced("[new]")) for n in range(3))
        + briefing("new", date="2023-01-01")
    )
    site.build()
    assert "<details" not in site.read("briefings/index.html")
    site.write(briefing("old-3", **replaced("[new]")))
    site.build()
    page = site.read("briefings/index.html")
    assert "<summary>Replaces 4 briefings</summary>" in page
    assert all(f'href="../briefings/old-{n}/"' in page for n in range(4))


def test_a_withdrawn_briefing_keeps_its_page_and_says_why_first(small_site: Make) -> None:
    """The reason stands before all that it says."""
    gone = {"status": "withdrawn", "withdrawn": '{date: 2022-09-01, reason: "It was wrong."}'}
    site = small_site(briefing("a", "What it said.", **gone))
    site.build()
    page = site.read("briefings/a/index.html")
    assert page.index("It was wrong.") < page.index("The summary.", page.index("<h1>"))
    assert page.index("It was wrong.") < page.index("What it said.")


def test_a_review_that_is_due_is_a_warning_with_a_way_out(small_site: Make) -> None:
    """From the day after; its place is the field, and the page tells the reader."""
    site = small_site(briefing("a", review_by="2022-10-07"))
    assert site.problems(as_of="2022-10-07") == []
    assert "To be reviewed by" in site.read("briefings/a/index.html")
    (problem,) = site.problems(as_of="2022-10-08")
    assert (problem.path, problem.line, problem.column) == ("briefings/a.md", 5, 12)
    assert (problem.severity, problem.message) == ("warning", "due for review since 2022-10-07")
    assert "set a later day" in problem.hint
    page = site.read("briefings/a/index.html")
    assert "Was due for review on" in page
    assert "To be reviewed by" not in page
    assert 'Due for review</strong> by <time datetime="2022-10-07">' in page


def test_what_no_longer_holds_is_not_due_for_review(small_site: Make) -> None:
    """There is nothing to do; the page still says when it was due."""
    site = small_site(
        briefing("a", review_by="2022-10-07", **replaced("[b]")) + briefing("b", date="2023-01-01")
    )
    assert site.problems() == []
    page = site.read("briefings/a/index.html")
    assert "Was due for review on" in page
    assert "due for review by" not in page
