"""How judgements did: right or wrong, well calibrated or not. Exact arithmetic, no I/O.

A likelihood is an expression of ICD 203 (2015), 2.b, and stands for a range of percentages. Where
one number is needed it is the middle of that range.
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
"""The percentages that each expression stands for, from the least likely on."""

LEAST_SCORED = 10
"""How many judgements a Brier score takes: of fewer, a single one moves it by a tenth or more."""

JudgementStatus = Literal["overdue", "open", "wrong", "right", "even", "dropped", "retrospective"]
JUDGEMENT_STATUSES: tuple[JudgementStatus, ...] = get_args(JudgementStatus)
"""How a judgement may stand, in the order in which readers are told."""

SCORED: frozenset[JudgementStatus] = frozenset({"wrong", "right", "even"})


class Band(msgspec.Struct, frozen=True):
    """What became of the judgements with one likelihood: `true` of `count` came true."""

    likelihood: Likelihood
    count: int
    true: int

    @property
    def share(self) -> Fraction | None:
        """The share that came true; None where there is none to tell."""
        return Fraction(self.true, self.count) if self.count else None


def probability(likelihood: Likelihood) -> Fraction:
    """The middle of a likelihood's range."""
    return Fraction(sum(LIKELIHOOD_BANDS[likelihood]), 200)


def side(likelihood: Likelihood) -> bool | None:
    """What a likelihood expects: that it comes true, that it does not, or (None) neither."""
    low, high = LIKELIHOOD_BANDS[likelihood]
    if low < 50 < high:
        return None
    return low >= 50


def is_overdue(judgement: Judgement, today: str) -> bool:
    """Whether all of the date by which it could be told has passed, and nobody has told."""
    return judgement.outcome is None and is_after(today, judgement.by)


def judgement_status(judgement: Judgement, today: str, withdrawn: str = "") -> JudgementStatus:
    """How a judgement stands on a day; `withdrawn` is the day that its briefing was, if it was.

    A withdrawal drops what was still open. What was known by then counts: a record from which the
    wrong ones could be withdrawn would be none.
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
    """By likelihood, the least likely first: how many judgements came true, of those with outcome.

    A forecaster is well calibrated where the share of each band lies in the band's own range.
    """
    counts = dict.fromkeys(LIKELIHOOD_BANDS, 0)
    true = dict.fromkeys(LIKELIHOOD_BANDS, 0)
    for judgement in judgements:
        if judgement.outcome is not None:
            counts[judgement.likelihood] += 1
            true[judgement.likelihood] += judgement.outcome
    return tuple(Band(likelihood, counts[likelihood], true[likelihood]) for likelihood in counts)


def brier_score(bands: Iterable[Band], least: int = LEAST_SCORED) -> Fraction | None:
    """The mean squared distance of probability from outcome, 0 (perfect) to 1; None below `least`.

    Brier, "Verification of forecasts expressed in terms of probability", Monthly Weather Review
    78 (1950), sums over the possible outcomes; of two this is one, as is usual: half of his score.
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
