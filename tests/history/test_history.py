"""What changed, by day: one page for what is new and for the record of published briefings."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.helpers.plans import plan_of, view_of
from tests.helpers.smallsite import ENTITIES, SmallSite, briefing

Make = Callable[[str], SmallSite]
CHANGES = "changes/index.html"


def events(site: SmallSite, **changes: object) -> list[str]:
    """All events of the page, each as `period day kind title`."""
    view = view_of(site, CHANGES, **changes)
    return [
        f"{group.period} {row.day} {row.kind} {row.briefing.title.removeprefix('Title of ')}"
        for group in view.groups
        for row in group.rows
    ]


def change(day: str, kind: str = "update", note: str = "Note.") -> str:
    """An item of `changes`."""
    return f"{{date: {day}, kind: {kind}, note: {note}}}"


def test_the_page_tells_what_happened_newest_first(small_site: Make) -> None:
    """Corrections, updates, replacements and withdrawals, each with its words and links."""
    site = small_site(
        ENTITIES
        + briefing(
            "a", changes=f"[{change('2022-07-09')}, {change('2022-08-01', 'correction', 'M.')}]"
        )
        + briefing(
            "b",
            status="superseded",
            superseded_by="[{briefing: new, regions: [FR]}]",
            regions="[FR]",
        )
        + briefing("c", status="withdrawn", withdrawn="{date: 2022-09-01, reason: It was wrong.}")
        + briefing("new", date="2023-01-01")
    )
    assert events(site) == [
        "earlier 2023-01-01 superseded b",
        "earlier 2022-09-01 withdrawn c",
        "earlier 2022-08-01 correction a",
        "earlier 2022-07-09 update a",
    ]
    view = view_of(site, CHANGES)
    assert [group.since for group in view.groups] == ["2023-01", "2022-09", "2022-08", "2022-07"]
    replaced, withdrawn, corrected, _ = (row for group in view.groups for row in group.rows)
    assert replaced.replaced_by.briefing.path == "briefings/new/"
    assert [region.title for region in replaced.replaced_by.regions] == ["France"]
    assert withdrawn.note == "It was wrong."
    assert (corrected.note, corrected.anchor) == ("M.", "change:2022-08-01")
    assert [(one.kind, one.count) for one in view.counts] == [
        ("correction", 1),
        ("update", 1),
        ("superseded", 1),
        ("withdrawn", 1),
    ]


def test_a_change_has_an_address_that_stays(small_site: Make) -> None:
    """Its day; a second one of the same day has a number."""
    days = ["2022-08-01", "2022-07-09", "2022-07-09"]
    site = small_site(briefing("a", changes=f"[{', '.join(map(change, days))}]"))
    site.build()
    page = site.read("briefings/a/index.html")
    for anchor in ("change:2022-08-01", "change:2022-07-09", "change:2022-07-09:2"):
        assert f'<li id="{anchor}">' in page
        assert f'href="../briefings/a/#{anchor}"' in site.read(CHANGES)


def test_new_briefings_are_told_for_31_days(small_site: Make) -> None:
    """Those of the last seven first; afterwards they are with all the others, by year."""
    site = small_site(
        "".join(
            briefing(f"d-{day}", date=f"2025-{day}")
            for day in ("12-31", "12-26", "12-25", "12-02", "12-01")
        )
    )
    assert events(site, as_of="2026-01-01") == [
        "week 2025-12-31 new d-12-31",
        "week 2025-12-26 new d-12-26",
        "month 2025-12-25 new d-12-25",
        "month 2025-12-02 new d-12-02",
    ]
    assert view_of(site, CHANGES).last_day == ""


def test_where_nothing_is_new_the_page_says_since_when(small_site: Make) -> None:
    """The day of the last briefing or change."""
    site = small_site(briefing("a", changes=f"[{change('2022-08-01')}]"))
    assert view_of(site, CHANGES).last_day == "2022-08-01"
    site.build()
    assert "The last change was on <time" in site.read(CHANGES)
    site.write(briefing("b", date="2023-01-01"))
    assert view_of(site, CHANGES).last_day == "2023-01-01"


def test_a_site_without_events_has_its_page(small_site: Make) -> None:
    """It says so, and when the last briefing was published."""
    site = small_site()
    site.build()
    assert "Nothing has been published yet." in site.read(CHANGES)
    site.write(briefing("a"))
    site.build()
    assert "No briefing has been corrected" in site.read(CHANGES)
    assert "The last change was on" in site.read(CHANGES)


def test_a_new_briefing_brings_the_moves_that_are_news(small_site: Make) -> None:
    """Those that were a month old at most, as far as their dates say; not its history."""
    move = "{{company: tiktok, product: TikTok Shop, regions: [FR], stage: {}, date: {}, "
    move += "basis: official, sources: [s]}}"
    dated = [("planned", "2021-12"), ("pilot", "2025-11"), ("launched", "2025-12-20")]
    dated += [("paused", "2025")]
    moves = ", ".join(move.format(stage, day) for stage, day in dated)
    site = small_site(
        ENTITIES
        + briefing("a", date="2025-12-31", sources="[{id: s, title: T}]", moves=f"[{moves}]")
    )
    (group,) = view_of(site, CHANGES).groups
    assert [one.stage for one in group.rows[0].moves] == ["pilot", "launched", "paused"]
    site.build()
    assert "TikTok Shop: <strong>launched</strong>" in site.read(CHANGES)


def test_what_lies_ahead_has_not_happened(small_site: Make) -> None:
    """As of a day, nothing later is told."""
    site = small_site(
        briefing("a", changes=f"[{change('2022-08-01')}, {change('2022-09-01')}]")
        + briefing("b", status="superseded", superseded_by="[c]")
        + briefing("c", date="2022-08-15")
        + briefing("d", status="withdrawn", withdrawn="{date: 2022-09-01, reason: R}")
    )
    told = events(site, as_of="2022-08-10")
    assert told == ["month 2022-08-01 update a"]
    assert len(events(site, as_of="2022-09-01")) == 5


def test_translations_happen_with_their_originals(small_site: Make) -> None:
    """What only happened to one is told in its language."""
    note = change("2022-07-09", note='"Ajout : rien."')
    error = change("2022-07-10", "correction", "Faute de traduction.")
    site = small_site(
        briefing("a", changes=f"[{change('2022-07-09')}]")
        + briefing(
            "a-fr", lang="fr", translation_of="a", title="Titre", changes=f"[{note}, {error}]"
        )
    )
    assert [event.split()[2:] for event in events(site)] == [
        ["correction", "Titre"],
        ["update", "a"],
    ]
    (group,) = view_of(site, CHANGES).groups
    row: Any = group.rows[0]
    assert (row.lang, row.briefing.lang, row.briefing.path) == ("fr", "fr", "fr/briefings/a-fr/")


def test_a_long_record_is_on_several_pages(small_site: Make) -> None:
    """Every event on one of them; a month that goes on has its heading again."""
    site = small_site(
        "".join(
            briefing(f"n-{n:02}", changes=f"[{change('2022-08-01')}, {change('2022-07-09')}]")
            for n in range(30)
        )
    )
    pages = [page.file for page in plan_of(site).pages if page.builder == "changes"]
    assert pages == [CHANGES, "changes/page/2/index.html"]
    views = [view_of(site, file) for file in pages]
    assert [[(g.since, len(g.rows)) for g in view.groups] for view in views] == [
        [("2022-08", 30), ("2022-07", 20)],
        [("2022-07", 10)],
    ]


@pytest.mark.parametrize("path", ["index.html", "briefings/a/index.html", "404.html"])
def test_every_page_leads_to_what_changed(small_site: Make, path: str) -> None:
    """From its foot."""
    site = small_site(briefing("a"))
    site.build()
    foot = site.read(path).split("<footer")[1]
    assert 'changes/">What changed</a>' in foot


def test_the_menu_has_what_changed_where_it_is_asked_for(small_site: Make) -> None:
    """By its name in site.yaml."""
    site = small_site(briefing("a", changes="[{date: 2022-07-08, kind: correction, note: Mended}]"))
    site.write("-- content/site.yaml --\ntitle: T\nbase_url: https://e.org\nmenu: [changes]\n")
    assert [item.path for item in view_of(site, "index.html").head.menu] == ["changes/"]


def test_a_day_begins_with_what_is_new_and_what_was_wrong(small_site: Make) -> None:
    """Then what was replaced, and updates last."""
    day = "2025-12-30"
    site = small_site(
        briefing("a", changes=f"[{change(day)}, {change(day, 'correction')}]")
        + briefing("b", status="withdrawn", withdrawn=f"{{date: {day}, reason: R}}")
        + briefing("c", status="superseded", superseded_by="[d]")
        + briefing("d", date=day)
    )
    assert [event.split()[2] for event in events(site)] == [
        "new",
        "withdrawn",
        "correction",
        "superseded",
        "update",
    ]


def test_the_feed_has_an_entry_for_each_event(small_site: Make) -> None:
    """With what happened before the title, its words, and an id and address that stay."""
    site = small_site(
        ENTITIES
        + briefing("a", changes=f"[{change('2022-08-01', 'correction', 'It is six.')}]")
        + briefing("b", status="superseded", superseded_by="[{briefing: c, regions: [FR]}]")
        + briefing("c", date="2023-01-01")
        + briefing("d", status="withdrawn", withdrawn="{date: 2022-09-01, reason: It was wrong.}")
    )
    site.build()
    feed = json.loads(site.read("changes/feed.json"))
    told = [
        (item["title"].replace("Title of ", ""), item["content_text"]) for item in feed["items"]
    ]
    assert told[:4] == [
        ("New briefing: c", "The summary."),
        ("Replaced: b", "Replaced by “Title of c” (France). The summary."),
        (
            "Withdrawn: d",
            "This briefing no longer stands. It was withdrawn on September 1, 2022. It was wrong. "
            "The summary.",
        ),
        ("Correction: a", "It is six."),
    ]
    correction = feed["items"][3]
    assert correction["url"] == "https://example.org/site/briefings/a/#change:2022-08-01"
    assert correction["date_published"].startswith("2022-08-01T")
    assert correction["tags"] == ["Correction"]
    assert len({item["id"] for item in feed["items"]}) == len(feed["items"]) == 7
    assert 'href="feed.xml"' in site.read(CHANGES).replace("../changes/", "")
    assert "changes/feed.xml" in site.read("follow/index.html")


def test_without_feeds_the_page_has_none(small_site: Make) -> None:
    """`feeds: false`, or nothing is written."""
    site = small_site(briefing("a"))
    site.write("-- content/site.yaml --\ntitle: T\nbase_url: https://e.org\nfeeds: false\n")
    site.build()
    assert "feed" not in site.read(CHANGES).split("<main")[1]
    assert not any("feed" in path for path in site.output())
