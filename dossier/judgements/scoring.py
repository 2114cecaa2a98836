"""Scores of judgements: right or wrong, calibration, Brier score. Exact arithmetic, no I/O.

A likelihood is a term of ICD 203 (2015), 2.b, and stands for a range of percentages. Where one
number is needed, it is the middle of that range.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Literal, get_args

import msgspec

from dossier.content.models import Judgement, Likelihood
from dossier.content.value_types import is_after

LIKELIHOOD_BANDS: Mapping[Likelihood, tuple[int, int]] = {
    "almost no chance": (1, 5),
    "very unlikely": (5, 20),
    "unlikely": (20, 45),
    "roughly even chance": (45, 55),
    "likely": (55, 80),
    "very likely": (80, 95),
    "almost certain": (95, 99),
}
"""The percentages of each likelihood, least likely first."""

LEAST_SCORED = 10
"""The fewest judgements with a Brier score: with fewer, a single one changes it by a tenth."""

JudgementStatus = Literal["overdue", "open", "wrong", "right", "even", "dropped", "retrospective"]
JUDGEMENT_STATUSES: tuple[JudgementStatus, ...] = get_args(JudgementStatus)
"""The statuses of judgements, in the order of the page."""

SCORED: frozenset[JudgementStatus] = frozenset({"wrong", "right", "even"})


class Band(msgspec.Struct, frozen=True):
    """The outcomes of judgements with one likelihood: `true` of `count` came true."""

    likelihood: Likelihood
    count: int
    true: int

    @property
    def share(self) -> Fraction | None:
        """The share that came true; None where there are none."""
        return Fraction(self.true, self.count) if self.count else None


def probability(likelihood: Likelihood) -> Fraction:
    """Return the middle of a likelihood's range."""
    return Fraction(sum(LIKELIHOOD_BANDS[likelihood]), 200)


def side(likelihood: Likelihood) -> bool | None:
    """Tell whether a likelihood expects an event to happen; None for neither."""
    low, high = LIKELIHOOD_BANDS[likelihood]
    if low < 50 < high:
        return None
    return low >= 50


def is_overdue(judgement: Judgement, today: str) -> bool:
    """Tell whether the resolution date has fully passed without an outcome."""
    return judgement.outcome is None and is_after(today, judgement.by)


def judgement_status(judgement: Judgement, today: str, withdrawn: str = "") -> JudgementStatus:
    """Find the status of a judgement on a day; `withdrawn` is the day of its briefing's withdrawal.

    A withdrawal drops judgements that were still open. Those resolved by then count: otherwise
    wrong ones could be removed from the record.
    """
    if judgement.retrospective:
        return "retrospective"
    if withdrawn and (judgement.outcome is None or withdrawn < (judgement.resolved or "")):
        return "dropped"
    if judgement.outcome is None:
        return "overdue" if is_overdue(judgement, today) else "open"
    expected = side(judgement.likelihood)
    if expected is None:
        return "even"
    return "right" if judgement.outcome == expected else "wrong"


def calibrate(judgements: Iterable[Judgement]) -> tuple[Band, ...]:
    """Count by likelihood, least likely first, how many judgements with an outcome came true.

    A forecaster is well calibrated if the share of each band lies within its range.
    """
    counts = dict.fromkeys(LIKELIHOOD_BANDS, 0)
    true = dict.fromkeys(LIKELIHOOD_BANDS, 0)
    for judgement in judgements:
        if judgement.outcome is not None:
            counts[judgement.likelihood] += 1
            true[judgement.likelihood] += judgement.outcome
    return tuple(Band(likelihood, counts[likelihood], true[likelihood]) for likelihood in counts)


def brier_score(bands: Iterable[Band], least: int = LEAST_SCORED) -> Fraction | None:
    """Average the squared distance of probability from outcome, 0 (perfect) to 1.

    None for fewer than `least`.

    Brier, "Verification of forecasts expressed in terms of probability", Monthly Weather Review
    78 (1950), sums over both outcomes; as is usual, this is one of them: half of his score.
    """
    bands = tuple(bands)
    count = sum(band.count for band in bands)
    if not count or count < least:
        return None
    total = Fraction(0)
    for band in bands:
        expected = probability(band.likelihood)
        total += band.true * (1 - expected) ** 2 + (band.count - band.true) * expected**2
    return total / count
