"""The record: right and wrong, calibration, the Brier score; what is shown, what is scored."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier import cli, pipeline
from dossier.content.models import Judgement, Likelihood
from dossier.judgements.scoring import (
    LIKELIHOOD_BANDS,
    SCORED,
    Band,
    brier_score,
    calibrate,
    judgement_status,
    probability,
    side,
)
from dossier.judgements.views import RecordView
from dossier.problems import ProblemError
from tests.helpers.plans import view_of
from tests.helpers.smallsite import ENTITIES, SmallSite, briefing, parse

Make = Callable[[str], SmallSite]

TODAY = "2026-01-01"


def judged(
    likelihood: Likelihood = "likely",
    outcome: bool | None = None,
    by: str = "2024-06-30",
    *,
    resolved: str | None = None,
    retrospective: bool = False,
) -> Judgement:
    """A judgement; one with an outcome was resolved when it could be."""
    return Judgement(
        text="It happens",
        likelihood=likelihood,
        confidence="low",
        by=by,
        outcome=outcome,
        resolved=resolved or (None if outcome is None else by),
        retrospective=retrospective,
    )


def written(text: str = "It happens", **fields: str) -> str:
    """A judgement as YAML."""
    values = {"text": text, "likelihood": "likely", "confidence": "low", "by": "2024-06-30"}
    return "{" + ", ".join(f"{k}: {v}" for k, v in (values | fields).items()) + "}"


def judging(id_: str, *judgements: str, **fields: object) -> str:
    """A briefing that judges."""
    return briefing(id_, judgements=f"[{', '.join(judgements)}]", **fields)


TRUE = {"outcome": "true", "resolved": "2024-06-30"}
FALSE = {"outcome": "false", "resolved": "2024-07-01"}


def record(site: SmallSite, number: int = 1) -> RecordView:
    """A page of the record."""
    page = "" if number == 1 else f"page/{number}/"
    view = view_of(site, f"record/{page}index.html")
    assert isinstance(view, RecordView)
    return view


def listed(site: SmallSite) -> dict[str, list[str]]:
    """The texts of the record's first page, by standing."""
    return {g.status: [row.text for row in g.rows] for g in record(site).groups}


def test_the_ladder_is_that_of_icd_203() -> None:
    """Seven expressions, in order, each beginning where the one before it ends."""
    assert tuple(LIKELIHOOD_BANDS) == get_args(Likelihood)
    ranges = list(LIKELIHOOD_BANDS.values())
    assert (ranges[0][0], ranges[-1][1]) == (1, 99)
    assert all(a[1] == b[0] for a, b in pairwise(ranges))


@pytest.mark.parametrize(
    ("likelihood", "outcome", "expected"),
    [
        ("likely", True, "right"),
        ("likely", False, "wrong"),
        ("almost certain", True, "right"),
        ("unlikely", False, "right"),
        ("unlikely", True, "wrong"),
        ("almost no chance", True, "wrong"),
        ("roughly even chance", True, "even"),
        ("roughly even chance", False, "even"),
    ],
)
def test_an_unlikely_thing_that_happens_is_no_hit(
    likelihood: Likelihood, outcome: bool, expected: str
) -> None:
    """The right side of fifty-fifty is what counts, not that something came true."""
    assert judgement_status(judged(likelihood, outcome), TODAY) == expected


@pytest.mark.parametrize(
    ("by", "today", "expected"),
    [
        ("2024-06-30", "2024-06-30", "open"),
        ("2024-06-30", "2024-07-01", "overdue"),
        ("2024-06", "2024-06-30", "open"),
        ("2024-06", "2024-07-01", "overdue"),
        ("2024", "2024-12-31", "open"),
        ("2024", "2025-01-01", "overdue"),
    ],
)
def test_a_judgement_is_overdue_when_all_of_its_date_has_passed(
    by: str, today: str, expected: str
) -> None:
    """A month or a year lasts until its end."""
    assert judgement_status(judged(by=by), today) == expected


@pytest.mark.parametrize("outcome", [None, True, False])
def test_what_was_made_in_retrospect_is_never_scored(outcome: bool | None) -> None:
    """Whatever became of it."""
    assert judgement_status(judged("likely", outcome, retrospective=True), TODAY) == "retrospective"
    assert "retrospective" not in SCORED


@pytest.mark.parametrize(
    ("outcome", "resolved", "expected"),
    [
        (None, None, "dropped"),
        (False, "2024-06-02", "dropped"),
        (False, "2024-06-01", "wrong"),
        (False, "2024-06", "wrong"),
        (True, "2024-05", "right"),
        (True, "2024-07", "dropped"),
    ],
)
def test_a_withdrawal_drops_only_what_was_still_open(
    outcome: bool | None, resolved: str | None, expected: str
) -> None:
    """What was known on that day counts: nobody withdraws a wrong judgement out of the record."""
    judgement = judged("likely", outcome, resolved=resolved)
    assert judgement_status(judgement, TODAY, withdrawn="2024-06-01") == expected


def test_calibration_counts_what_came_true_by_likelihood() -> None:
    """Three of four that were likely came true; the open one is not counted."""
    outcomes = (True, True, True, False, None)
    bands = {b.likelihood: b for b in calibrate(judged("likely", one) for one in outcomes)}
    assert list(bands) == list(LIKELIHOOD_BANDS)
    assert bands["likely"].share == Fraction(3, 4)
    assert bands["unlikely"].share is None


def test_the_brier_score_by_hand() -> None:
    """Likely (0.675) true: 0.325²; unlikely (0.325) true: 0.675²; even (0.5): 0.25."""
    bands = calibrate(
        [judged("likely", True), judged("unlikely", True), judged("roughly even chance", False)]
    )
    expected = (Fraction(325, 1000) ** 2 + Fraction(675, 1000) ** 2 + Fraction(1, 4)) / 3
    assert brier_score(bands, least=3) == expected
    assert round(float(expected), 4) == 0.2704


def test_the_probability_of_a_word_is_the_middle_of_its_range() -> None:
    """3, 12.5, 32.5, 50, 67.5, 87.5 and 97 per cent."""
    percent = [float(probability(likelihood) * 100) for likelihood in LIKELIHOOD_BANDS]
    assert percent == [3, 12.5, 32.5, 50, 67.5, 87.5, 97]


@pytest.mark.parametrize(("count", "scored"), [(0, False), (9, False), (10, True)])
def test_few_judgements_have_no_brier_score(count: int, scored: bool) -> None:
    """Of fewer than ten, chance decides."""
    assert (brier_score([Band("likely", count, 0)]) is not None) == scored


BANDS = st.lists(
    st.tuples(st.sampled_from(list(LIKELIHOOD_BANDS)), st.booleans()), min_size=1, max_size=60
)


@given(BANDS)
def test_a_brier_score_is_the_mean_over_all_judgements(
    outcomes: list[tuple[Likelihood, bool]],
) -> None:
    """Between 0 and 1, and the same as the definition, one judgement at a time."""
    score = brier_score(calibrate(judged(*one) for one in outcomes), least=1)
    squares = [(probability(likelihood) - came) ** 2 for likelihood, came in outcomes]
    assert score == sum(squares) / Fraction(len(squares))
    assert 0 < score < 1


@given(BANDS)
def test_the_right_side_scores_better_than_fifty_fifty(
    outcomes: list[tuple[Likelihood, bool]],
) -> None:
    """Whoever is always right beats 0.25, whoever is always wrong does not."""
    taken = [
        (likelihood, side(likelihood)) for likelihood, _ in outcomes if side(likelihood) is not None
    ]
    right = calibrate(judged(likelihood, expected) for likelihood, expected in taken)
    wrong = calibrate(judged(likelihood, not expected) for likelihood, expected in taken)
    if taken:
        better, worse = brier_score(right, least=1), brier_score(wrong, least=1)
        assert better is not None and worse is not None
        assert better < Fraction(1, 4) < worse


@given(BANDS, st.randoms())
def test_the_order_of_judgements_changes_nothing(
    outcomes: list[tuple[Likelihood, bool]], random: object
) -> None:
    """And every one with an outcome is in exactly one band."""
    bands = calibrate(judged(*one) for one in outcomes)
    random.shuffle(outcomes)  # type: ignore[attr-defined]
    assert bands == calibrate(judged(*one) for one in outcomes)
    assert sum(band.count for band in bands) == len(outcomes)
    assert sum(band.true for band in bands) == sum(came for _, came in outcomes)


def test_the_record_lists_every_judgement_by_how_it_stands(small_site: Make) -> None:
    """What is overdue first, then what is open, wrong, right, and what is not scored."""
    withdrawn = "{date: 2023-01-01, reason: Wrong.}"
    site = small_site(
        judging(
            "a",
            written("Right", **TRUE),
            written("Open", by="2030"),
            written("Wrong", **FALSE),
            written("Overdue"),
            written("Even", likelihood="roughly even chance", **TRUE),
            written("After the fact", retrospective="true", **TRUE),
        )
        + judging("b", written("Dropped"), status="withdrawn", withdrawn=withdrawn)
    )
    assert list(listed(site).items()) == [
        ("overdue", ["Overdue"]),
        ("open", ["Open"]),
        ("wrong", ["Wrong"]),
        ("right", ["Right"]),
        ("even", ["Even"]),
        ("dropped", ["Dropped"]),
        ("retrospective", ["After the fact"]),
    ]
    tally = record(site).tally
    assert tally is not None
    assert tally.counts == tuple((n, 1) for n, _ in tally.counts)
    assert (tally.scored, tally.brier) == (3, "")
    site.build()
    html = site.read("record/index.html")
    assert re.search(r'href="\.\./briefings/a/#judgement:3">Wrong</a>', html)
    assert "3 judgements have been scored so far" in html


def test_a_score_is_given_where_there_is_enough(small_site: Make) -> None:
    """Ten likely things, seven of which came true: (7 × 0.325² + 3 × 0.675²) / 10."""
    outcomes = [written(str(n), **(TRUE if n < 7 else FALSE)) for n in range(10)]
    site = small_site(judging("a", *outcomes))
    tally = record(site).tally
    assert tally is not None
    assert tally.brier == "0.211"
    (band,) = (b for b in record(site).bands if b.likelihood == "likely")
    assert (band.count, band.true, band.share) == (10, 7, 70)
    site.build()
    html = site.read("record/index.html")
    assert "<dd>0.211</dd>" in html
    assert "The Brier score is the mean of 10 judgements." in html
    assert "7 (70%)" in html


def test_judgements_in_retrospect_alone_score_nothing(small_site: Make) -> None:
    """And the page says so."""
    site = small_site(judging("a", *[written(retrospective="true", **TRUE)] * 12))
    tally = record(site).tally
    assert tally is not None
    assert (tally.scored, tally.brier, tally.retrospective) == (0, "", 12)
    site.build()
    assert "Nothing has been scored yet." in site.read("record/index.html")


def test_a_translation_counts_once(small_site: Make) -> None:
    """The original's judgement is the one that is listed."""
    site = small_site(
        judging("a", written("It happens"))
        + judging("b", written("Cela arrive"), lang="fr", translation_of="a")
    )
    assert listed(site) == {"overdue": ["It happens"]}


def test_a_site_without_judgements_says_so(small_site: Make) -> None:
    """The page is there: it is in the menu."""
    site = small_site(briefing("a"))
    site.build()
    assert "No judgements yet." in site.read("record/index.html")


def test_a_long_record_has_pages(small_site: Make) -> None:
    """The tally is on the first; the heading of a group goes on with its list."""
    site = small_site(
        judging("a", *[written(f"No {n}", by="2030") for n in range(40)])
        + judging("b", *[written(f"No {n}", by="2031") for n in range(40)])
    )
    site.build()
    assert (record(site).tally is None, record(site, 2).tally is None) == (False, True)
    assert [(g.status, g.total, len(g.rows)) for g in record(site, 2).groups] == [("open", 80, 30)]
    assert "51–80 of 80" in site.read("record/page/2/index.html")


def test_an_overdue_judgement_is_told_to_readers(small_site: Make) -> None:
    """In plain words on its briefing's page, and no longer once there is an outcome."""
    site = small_site(judging("a", written()))
    site.build(as_of="2024-06-30")
    assert "Overdue" not in site.read("briefings/a/index.html")
    site.build(as_of="2024-07-01")
    assert "we have not yet recorded the outcome" in site.read("briefings/a/index.html")
    site.write(judging("a", written(**FALSE)))
    site.build(as_of="2024-07-01")
    html = site.read("briefings/a/index.html")
    assert "Overdue" not in html
    assert "It did not come true." in html


def test_check_names_what_is_overdue(small_site: Make) -> None:
    """With its place and a way out. A build does not: a passing day is no fault of the content."""
    site = small_site(judging("a", written(), written(by="2030")))
    assert site.problems(strict=True) == []
    (problem,) = pipeline.check(site.options).warnings
    assert problem.path.endswith("content/briefings/a.md")
    assert (problem.line, problem.severity) == (5, "warning")
    assert problem.message == "this judgement was due to resolve by 2024-06-30 and has no outcome"
    assert "outcome: true" in problem.hint
    with pytest.raises(ProblemError):
        pipeline.check(msgspec.structs.replace(site.options, strict=True))


def test_check_prints_what_is_overdue(
    small_site: Make, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And succeeds: it is a reminder."""
    site = small_site(judging("a", written()))
    monkeypatch.chdir(site.folder)
    assert cli.main(["check", "--as-of=2026-01-01"]) == 0
    assert "warning: this judgement was due to resolve by" in capsys.readouterr().err


@pytest.mark.parametrize(("field", "value"), [("by", "2022-06"), ("resolved", "2022-07-06")])
def test_what_was_known_at_publication_is_no_forecast(field: str, value: str) -> None:
    """Unless it is marked as made in retrospect, it is an error: it would flatter the record."""
    fields = {"outcome": "true", "resolved": "2022-07-08"} | {field: value}
    front = "title: A\ndate: 2022-07-07\nsummary: S.\n"
    text = f"---\n{front}judgements: [{written(**fields)}]\n---\nText.\n"
    _, problems = parse(text)
    assert [p.message for p in problems] == [
        f"{value} is before the briefing's own date: this is not a forecast"
    ]
    _, problems = parse(text.replace("text:", "retrospective: true, text:"))
    assert problems == []


def judged_pages(site: SmallSite) -> dict[str, bytes]:
    """The pages that show judgements."""
    return {
        path: data
        for path, data in site.output().items()
        if path.startswith(("briefings/", "record/")) and path.endswith(".html")
    }


def test_an_outcome_reaches_its_briefing_and_the_record(small_site: Make) -> None:
    """And nothing else; a day on which nothing falls due renders nothing."""
    site = small_site(
        ENTITIES
        + judging("a", written(by="2030"), companies="[tiktok]")
        + judging("b", written(by="2026-01-31"), companies="[tiktok]")
    )
    site.build(as_of="2026-01-30")
    started = judged_pages(site)
    site.build(as_of="2026-01-31")
    assert judged_pages(site) == started
    site.build(as_of="2026-02-01")
    assert {path for path, data in judged_pages(site).items() if started[path] != data} == {
        "briefings/b/index.html",
        "record/index.html",
    }
    before = site.output()
    site.write(
        judging("a", written(by="2030", outcome="true", resolved="2026-01"), companies="[tiktok]")
    )
    report = site.build(as_of="2026-02-01")
    after = site.output()
    changed = {path for path in after if before[path] != after[path]}
    assert changed == {"briefings/a/a.markdown", "briefings/a/index.html", "record/index.html"}
    assert report.rendered == 2
    site.build(as_of="2026-02-01", force=True)
    assert site.output() == after
