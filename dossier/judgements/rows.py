"""Judgements as rows of a briefing's page."""

from __future__ import annotations

from dossier.content.models import Briefing
from dossier.judgements.scoring import LIKELIHOOD_BANDS, is_overdue
from dossier.judgements.views import JudgementRow
from dossier.language.typography import typeset
from dossier.site.entries import Entry
from dossier.site.site import Site
from dossier.views.evidence import source_mark


def judgement_row(site: Site, entry: Entry[Briefing], number: int) -> JudgementRow:
    """Build the row of a briefing's n-th judgement, for its own page."""
    judgement = site.words(entry).judgements[number - 1]
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
        overdue=is_overdue(judgement, site.settings.today),
    )


def judgement_rows(site: Site, entry: Entry[Briefing]) -> tuple[JudgementRow, ...]:
    """Build the rows of a briefing's judgements for its own page."""
    return tuple(judgement_row(site, entry, n + 1) for n in range(len(entry.facts.judgements)))
