"""What a briefing must satisfy by itself."""

from __future__ import annotations

import msgspec
import pytest

from tests.helpers.smallsite import SETTINGS, parse, places

SOURCES = "sources:\n  - {id: prweek, title: T}\n  - {id: ft, title: T}\n"
JUDGEMENT = "judgements:\n  - {text: T, likelihood: likely, confidence: low, by: 2024"
MOVE = (
    "moves:\n  - {company: a, product: b, regions: [FR], stage: pilot, date: 2022, basis: official"
)


def problems_of(fields: str) -> list[str]:
    _, problems = parse(f"---\ntitle: T\ndate: 2022-07-07\nsummary: S\n{fields}---\nText.\n")
    return places(problems)


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        (
            "status: superseded\n",
            "5:9: a superseded briefing needs to say what replaced it"
            " | add  superseded_by: [id-of-the-newer-briefing]",
        ),
        (
            "superseded_by: [b]\n",
            "5:16: the status is 'current', but `superseded_by` is given"
            " | write  status: superseded",
        ),
        (
            "status: withdrawn\n",
            "5:9: a withdrawn briefing needs to say when and why"
            " | add  withdrawn: {date: 2022-07-13, reason: …}",
        ),
        (
            "withdrawn: {date: 2022-07-13, reason: R}\n",
            "5:12: the status is 'current', but `withdrawn` is given | write  status: withdrawn",
        ),
        (
            "updated: 2022-07-06\n",
            "5:10: 2022-07-06 is before the briefing's own date, 2022-07-07"
            " | correct one of the two dates",
        ),
        (
            "review_by: 2021-01-01\n",
            "5:12: 2021-01-01 is before the briefing's own date, 2022-07-07",
        ),
        (
            "changes:\n  - {date: 2022-07-08, kind: update, note: N}\n"
            "  - {date: 2022-07-06, kind: update, note: N}\n",
            "7:12: 2022-07-06 is before the briefing's own date, 2022-07-07",
        ),
        (
            "status: withdrawn\nwithdrawn: {date: 2022-07-01, reason: R}\n",
            "6:19: 2022-07-01 is before the briefing's own date, 2022-07-07",
        ),
        (
            SOURCES + "  - {id: prweek, title: T}\n",
            "8:10: two sources of this briefing have the id 'prweek' | give one of them another id",
        ),
        (
            SOURCES + "figures:\n  - {label: L, value: 1, unit: u, as_of: 2022, source: prwek}\n",
            "9:56: unknown source 'prwek' | did you mean 'prweek'?",
        ),
        (
            SOURCES + MOVE + ", sources: [prweek, zzz]}\n",
            "9:106: unknown source 'zzz' | the sources of this briefing: prweek, ft",
        ),
        (
            JUDGEMENT + ", sources: [x]}\n",
            "6:72: unknown source 'x' | the sources of this briefing: none yet",
        ),
        (
            JUDGEMENT + ", outcome: false}\n",
            "6:71: an outcome needs the date when it became known | add  resolved: 2024-07-01",
        ),
        (
            JUDGEMENT + ", resolved: 2024-07-01}\n",
            "6:72: a resolved judgement needs an outcome | add  outcome: true  or  outcome: false",
        ),
    ],
    ids=[
        "superseded-alone",
        "superseded_by-alone",
        "withdrawn-alone",
        "withdrawal-alone",
        "updated",
        "review_by",
        "change",
        "withdrawal",
        "two-sources",
        "figure-source",
        "move-source",
        "judgement-source",
        "outcome",
        "resolved",
    ],
)
def test_a_contradiction_is_a_problem_where_it_stands(fields: str, problem: str) -> None:
    """What a briefing says twice it must say the same way."""
    [found] = problems_of(fields)
    assert found.startswith(problem)


@pytest.mark.parametrize(
    "fields",
    [
        "status: superseded\nsuperseded_by: [b]\n",
        "status: withdrawn\nwithdrawn: {date: 2022-07-07, reason: R}\n",
        "status: draft\nupdated: 2022-07-07T10:00Z\nreview_by: 2022-07-07\n",
        SOURCES + MOVE + ", sources: [ft]}\n" + JUDGEMENT + ", outcome: true, resolved: 2023}\n",
    ],
    ids=["superseded", "withdrawn", "same-day", "sourced"],
)
def test_a_consistent_briefing_has_no_problems(fields: str) -> None:
    """What belongs together may stand together."""
    assert problems_of(fields) == []


@pytest.mark.parametrize(
    ("date", "updated", "zone", "refused"),
    [
        ("2024-02-10T01:00+09:00", "2024-02-09T20:30Z", "UTC", False),
        ("2024-02-10T14:00Z", "2024-02-10T11:00Z", "UTC", True),
        ("2024-02-10T01:00+09:00", "2024-02-09", "Europe/Madrid", False),
        ("2024-02-10T01:00+09:00", "2024-02-09", "Asia/Tokyo", True),
        ("2024-02-10", "2024-02-09T22:00-05:00", "UTC", False),
        ("2024-02-10", "2024-02-09T22:00-05:00", "America/New_York", True),
        ("2023-10-29T02:50+02:00", "2023-10-29T02:05+01:00", "Europe/Berlin", False),
    ],
)
def test_dates_are_compared_as_instants(date: str, updated: str, zone: str, refused: bool) -> None:
    """And where one is a day, by the days of the site's zone."""
    settings = msgspec.structs.replace(SETTINGS, timezone=zone)
    text = f"---\ntitle: T\nsummary: S.\ndate: {date}\nupdated: {updated}\n---\nB.\n"
    _, problems = parse(text, settings=settings)
    assert [problem.line for problem in problems] == ([5] if refused else [])
