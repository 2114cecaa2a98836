"""The front page: what changed last, and what is due for review next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.helpers.plans import view_of
from tests.helpers.smallsite import SmallSite, briefing

Make = Callable[[str], SmallSite]
CHANGES = """
  - {date: 2022-07-10, kind: update, note: More.}
  - {date: 2022-07-12, kind: correction, note: A date was wrong.}"""


def changes(view: Any) -> list[tuple[str, str, str]]:
    """The latest changes of the front page: kind, day, title."""
    return [(one.kind, one.day, one.briefing.title) for one in view.changes]


def test_the_front_page_says_what_changed_last(small_site: Make) -> None:
    """The latest of each briefing, newest first, with a link to where it is noted."""
    site = small_site(
        briefing("a", title="A", changes=CHANGES)
        + briefing(
            "b",
            title="B",
            status="withdrawn",
            withdrawn="{date: 2022-08-01, reason: It was wrong.}",
        )
        + briefing("c", title="C", date="2022-09-01")
    )
    view = view_of(site, "index.html")
    assert changes(view) == [
        ("withdrawn", "2022-08-01", "B"),
        ("correction", "2022-07-12", "A"),
    ]
    site.build()
    page = site.read("index.html")
    assert 'href="./briefings/a/#change:2022-07-12"' in page
    assert "Changed last" in page


def test_the_front_page_says_what_is_due_for_review(small_site: Make) -> None:
    """The current briefings to be reviewed next; what should have been is first, and says so."""
    site = small_site(
        briefing("a", title="A", review_by="2022-12-01")
        + briefing("b", title="B", review_by="2022-10-01")
        + briefing("c", title="C")
        + briefing("d", title="D", review_by="2022-08-01", superseded_by="[a]", status="superseded")
    )
    view = view_of(site, "index.html", as_of="2022-11-01")
    assert [(one.day, one.briefing.title, one.passed) for one in view.due] == [
        ("2022-10-01", "B", True),
        ("2022-12-01", "A", False),
    ]


def test_a_site_where_nothing_changed_says_nothing_of_it(small_site: Make) -> None:
    """No heading stands without anything below it."""
    site = small_site(briefing("a"))
    site.build()
    assert "Changed last" not in site.read("index.html")
    assert "Due for review" not in site.read("index.html")
