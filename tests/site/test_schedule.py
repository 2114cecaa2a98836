"""What is told from when on: to the second, and with no other work than is due."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from dossier.build.inputs import Inputs, report_unchanged
from dossier.build.manifest import read_manifest
from tests.helpers.smallsite import SITE_YAML, SmallSite, briefing

Make = Callable[[str], SmallSite]

PARIS = f"-- content/site.yaml --\n{SITE_YAML}timezone: Europe/Paris\n"
EVENING = briefing("evening", date="2026-11-25T18:00+01:00", title="The evening news")
SITE = PARIS + briefing("a") + EVENING


@pytest.mark.parametrize(
    ("as_of", "out"),
    [
        ("2026-11-25T00:00:00+01:00", False),
        ("2026-11-25T16:59:59+00:00", False),
        ("2026-11-25T17:00:00+00:00", True),
        ("2026-11-26T01:00:00+08:00", True),
        ("2026-11-25", True),
        ("2026-11-24", False),
    ],
)
def test_a_briefing_with_a_time_is_out_at_that_instant(
    small_site: Make, as_of: str, out: bool
) -> None:
    """Not by its day; a day that is given means its end."""
    site = small_site(SITE)
    held = site.build(as_of=as_of).held
    assert ([one.until for one in held] == []) is out
    assert ("briefings/evening/index.html" in site.output()) is out


def test_a_translation_follows_its_own_instant(small_site: Make) -> None:
    """And the original, if it is later, does not tell of it."""
    french = briefing("soir", date="2026-11-25T17:00+01:00", lang="fr", translation_of="evening")
    site = small_site(SITE + french)
    site.build(as_of="2026-11-25T16:30Z")
    assert "fr/briefings/soir/index.html" in site.output()
    assert not [path for path, data in site.output().items() if b"evening" in data]


def test_within_a_period_a_build_does_nothing(small_site: Make) -> None:
    """Nor does a clean build differ: only what falls due changes pages, and the next day."""
    site = small_site(SITE)
    site.build(as_of="2026-11-25T00:05+01:00")
    for as_of, same in (
        ("2026-11-25T17:59:59+01:00", True),
        ("2026-11-24T23:59:59+01:00", False),
        ("2026-11-25T18:00:00+01:00", False),
        ("2026-11-26T00:00:00+01:00", False),
    ):
        options = msgspec.structs.replace(site.options, as_of=as_of)
        assert (report_unchanged(options, Inputs(options)) is not None) is same, as_of
    site.build(as_of="2026-11-25T12:00+01:00", force=True)
    at_noon = site.output()
    site.build_clean(as_of="2026-11-25T00:00:00+01:00", force=True)
    assert site.output() == at_noon


def test_what_falls_due_is_built_as_from_nothing(small_site: Make) -> None:
    """Forwards and back again within one day."""
    site = small_site(SITE)
    before: dict[str, dict[str, bytes]] = {}
    for as_of in ("2026-11-25T17:00+01:00", "2026-11-25T19:00+01:00") * 2:
        site.build(as_of=as_of)
        assert before.setdefault(as_of, site.output()) == site.output()
    assert len({frozenset(output) for output in before.values()}) == 2


def test_a_build_stores_what_falls_due_next(small_site: Make) -> None:
    """Its file, what it is and when; the first of all, and no draft."""
    changes = "[{date: 2026-12-01, kind: correction, note: N.}]"
    site = small_site(SITE + briefing("b", changes=changes) + briefing("c", status="draft"))
    for as_of, due in (
        ("2026-11-24", ("briefings/evening.md", "briefing", "2026-11-25T18:00:00+01:00")),
        ("2026-11-25", ("briefings/b.md", "correction", "2026-12-01")),
        ("2026-12-01", None),
    ):
        result = site.build(as_of=as_of)
        stored = read_manifest(site.options.output).next
        assert result.next == stored == site.build(as_of=as_of).next
        assert (stored and (stored.source, stored.what, stored.moment)) == due


def test_drafts_show_what_is_told_later(small_site: Make) -> None:
    """As the preview does, so that it can be read before."""
    changes = "[{date: 2027-12-01, kind: correction, note: A future note.}]"
    site = small_site(PARIS + briefing("b", changes=changes))
    site.build(drafts=True)
    assert "A future note." in site.read("briefings/b/index.html")
    site.build()
    assert "A future note." not in site.read("briefings/b/index.html")


def test_of_the_hour_that_clocks_repeat_the_later_moment_is_first(small_site: Make) -> None:
    """In lists and feeds, each with its own offset."""
    site = small_site(
        f"-- content/site.yaml --\n{SITE_YAML}timezone: Europe/Berlin\n"
        + briefing("z-first", date="2023-10-29T02:50+02:00")
        + briefing("a-second", date="2023-10-29T02:05+01:00")
    )
    site.build()
    feed, page = site.read("feed.xml"), site.read("briefings/index.html")
    for text in (feed, page):
        assert text.index("Title of a-second") < text.index("Title of z-first")
    assert "<published>2023-10-29T02:05:00+01:00</published>" in feed
    assert "<published>2023-10-29T02:50:00+02:00</published>" in feed
    assert 'datetime="2023-10-29T02:05:00+01:00"' in page


def test_a_feed_is_in_the_order_of_changes_across_zones(small_site: Make) -> None:
    """An update that is later as an instant comes first, whatever its text."""
    site = small_site(
        PARIS
        + briefing("early", updated="2023-05-02T01:00+09:00")
        + briefing("late", updated="2023-05-01T20:00Z")
    )
    site.build()
    feed = site.read("feed.xml")
    assert feed.index("Title of late") < feed.index("Title of early")
    assert "<updated>2023-05-01T18:00:00+02:00</updated>" in feed


def test_a_change_and_a_withdrawal_may_have_a_time(small_site: Make) -> None:
    """They are told from then on; what was told before keeps its anchor."""
    early = "{date: 2026-05-02T09:00+02:00, kind: update, note: In the morning.}"
    late = "{date: 2026-05-02T18:00+02:00, kind: correction, note: In the evening.}"
    withdrawn = "{date: 2026-05-02T20:00Z, reason: The reason.}"
    site = small_site(
        PARIS
        + briefing("a", changes=f"[{late}, {early}]")
        + briefing("b", status="withdrawn", withdrawn=withdrawn)
    )
    for as_of, told in (
        ("2026-05-02T08:59+02:00", []),
        ("2026-05-02T12:00+02:00", ["morning"]),
        ("2026-05-02T18:00+02:00", ["morning", "evening"]),
        ("2026-05-02T22:00+02:00", ["morning", "evening", "reason"]),
    ):
        site.build(as_of=as_of)
        everywhere = b" ".join(site.output().values()).decode("utf-8", "replace")
        found = [word for word in ("morning", "evening", "reason") if f"he {word}." in everywhere]
        assert found == told, as_of
        assert ('id="change:2026-05-02T09:00"' in everywhere) is ("morning" in told)
    page = site.read("briefings/a/index.html")
    assert page.index("In the evening") < page.index("In the morning")
    assert "<updated>2026-05-02T22:00:00+02:00</updated>" in site.read("feed.xml")
    assert "<updated>2026-05-02T18:00:00+02:00</updated>" in site.read("changes/feed.xml")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"date": "2071-03-05"}, "3:7: the briefing is dated 2071-03-05, 49 years ahead"),
        ({"updated": "2062-07-08"}, "the update is dated 2062-07-08, 40 years ahead"),
        (
            {"changes": "[{date: 2202-07-13, kind: correction, note: A year was wrong.}]"},
            "the correction is dated 2202-07-13, 180 years ahead",
        ),
        (
            {"status": "withdrawn", "withdrawn": "{date: 2123-01-01, reason: Wrong.}"},
            "the withdrawal is dated 2123-01-01, 101 years ahead",
        ),
    ],
)
def test_a_date_decades_ahead_is_a_warning(
    small_site: Make, fields: dict[str, str], message: str
) -> None:
    """Most probably its year is a slip, and no reader would ever see it."""
    problems = small_site(briefing("a", **fields)).problems(as_of="2022-07-20")
    assert [message in f"{p.line}:{p.column}: {p.message}" for p in problems] == [True]
    assert problems[0].severity == "warning"


def test_a_date_some_years_ahead_is_none(small_site: Make) -> None:
    """An embargo may be long."""
    assert small_site(briefing("a", date="2032-07-20")).problems(as_of="2022-07-20") == []
