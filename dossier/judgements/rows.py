"""Judgements as rows of a briefing's page."""

from __future__ import annotations

from dossier.content.models import Briefing, Judgement
from dossier.judgements.scoring import LIKELIHOOD_BANDS, is_overdue
from dossier.judgements.views import JudgementRow
from dossier.language.typography import typeset
from dossier.site.entries import Entry
from dossier.views.evidence import source_mark


def judgement_row(
    entry: Entry[Briefing], number: int, judgement: Judgement, today: str
) -> JudgementRow:
    """A judgement, on its briefing's page."""
    low, high = LIKELIHOOD_BANDS[judgement.likelihood]
    return JudgementRow(
        anchor=f"judgement:{number}",
        text=typeset(judgement.text, entry.lang),
        likelihood=judgement.likelihood,
        low=low,
        high=high,
        confidence=judgement.confidence,
        by=judgement.by,
        sources=tuple(source_mark(entry, id_, True) for id_ in judgement.sources),
        outcome=judgement.outcome,
        resolved=judgement.resolved or "",
        retrospective=judgement.retrospective,
        overdue=is_overdue(judgement, today),
    )
