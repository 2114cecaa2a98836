"""Page of the record: all judgements and their outcomes, how many were right, calibration."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

import msgspec

from dossier.content.documents import DocumentProblem
from dossier.content.models import Briefing, Judgement
from dossier.judgements.scoring import (
    JUDGEMENT_STATUSES,
    LEAST_SCORED,
    LIKELIHOOD_BANDS,
    SCORED,
    Band,
    JudgementStatus,
    brier_score,
    calibrate,
    is_overdue,
    judgement_status,
    side,
)
from dossier.judgements.views import BandRow, RecordGroup, RecordRow, RecordView, Tally
from dossier.language.messages import N_, gettext
from dossier.language.typography import typeset
from dossier.site.entries import Entry
from dossier.site.site import Site
from dossier.site.urls import RECORD
from dossier.views.builder import Parts
from dossier.views.outputs import Builder, MenuEntry, PageOutput, ViewOutput
from dossier.views.paging import list_pages, page_slice, paging
from dossier.views.parts import Link

TALLIED: tuple[JudgementStatus, ...] = (
    *("right", "wrong", "even", "open"),
    *("overdue", "dropped", "retrospective"),
)
ALWAYS_TALLIED = 4
"""The order of the tally; the first ones are shown even if there are none."""


class Judged(msgspec.Struct, frozen=True, eq=False):
    """A judgement, its briefing, its number there from 1, and its status."""

    entry: Entry[Briefing]
    number: int
    judgement: Judgement
    status: JudgementStatus


def all_judged(site: Site) -> Sequence[Judged]:
    """List all judgements by status, those due next and those resolved last first.

    Translations repeat the judgements of their originals, and are left out.
    """
    found = list(_find_judged(site))
    found.sort(key=lambda one: one.judgement.resolved or "", reverse=True)
    found.sort(key=lambda one: "" if one.judgement.resolved else one.judgement.by)
    found.sort(key=lambda one: JUDGEMENT_STATUSES.index(one.status))
    return found


class RecordPages(Builder):
    """Builds the pages of the record of judgements."""

    name = "record"

    def __init__(self, parts: Parts) -> None:
        self.site = parts.site
        self.parts = parts
        self.today = parts.settings.today

    @property
    def judged(self) -> Sequence[Judged]:
        """All judgements."""
        return self.site.model(all_judged)

    def plan(self) -> Iterator[PageOutput]:
        """List the pages: one for every fifty judgements."""
        menu = MenuEntry(name="record", label=N_("Record"))
        yield from list_pages(self.name, RECORD, self.judged, menu=menu)

    def view(self, output: ViewOutput) -> RecordView:
        """Build a page of the record: the first with the tally."""
        number, lang, first = output.number, self.site.settings.language, output.number == 1
        title = gettext(lang, "The record of our judgements")
        description = gettext(lang, "What these briefings expected, and what happened.")
        counts = Counter(one.status for one in self.judged)
        scored = calibrate(one.judgement for one in self.judged if one.status in SCORED)
        brier = brier_score(scored)
        groups = groupby(page_slice(self.judged, number), key=lambda one: one.status)
        return RecordView(
            head=self.parts.head(RECORD, title, description, number=number),
            tally=Tally(
                counts=tuple(
                    (name, counts[name])
                    for n, name in enumerate(TALLIED)
                    if counts[name] or n < ALWAYS_TALLIED
                ),
                retrospective=counts["retrospective"],
                scored=sum(band.count for band in scored),
                least=LEAST_SCORED,
                brier="" if brier is None else _three_places(brier),
            )
            if first
            else None,
            bands=tuple(map(_band_row, scored)) if first else (),
            groups=tuple(
                RecordGroup(status=name, total=counts[name], rows=tuple(map(self._row, group)))
                for name, group in groups
            ),
            paging=paging(self.judged, RECORD, number),
        )

    def overdue(self) -> Iterator[DocumentProblem]:
        """Warn about judgements that are overdue; these are not content errors."""
        for one in self.judged:
            if is_overdue(one.judgement, self.today) and one.status != "dropped":
                yield DocumentProblem(
                    one.entry.source,
                    ("judgements", one.number - 1, "by"),
                    f"this judgement was due to resolve by {one.judgement.by} and has no outcome",
                    "add  outcome: true  or  outcome: false  with  resolved:  and  sources:",
                    "warning",
                )

    def _row(self, one: Judged) -> RecordRow:
        judgement, entry = one.judgement, one.entry
        text = self.site.words(entry).judgements[one.number - 1].text
        low, high = LIKELIHOOD_BANDS[judgement.likelihood]
        lang = "" if entry.lang == self.site.settings.language else entry.lang
        return RecordRow(
            briefing=Link(path=entry.path, title=self.parts.title(entry), lang=lang),
            anchor=f"judgement:{one.number}",
            text=typeset(text, entry.lang),
            lang=lang,
            made=entry.moment[:10],
            likelihood=judgement.likelihood,
            low=low,
            high=high,
            confidence=judgement.confidence,
            by=judgement.by,
            outcome=judgement.outcome,
            resolved=judgement.resolved or "",
            overdue=is_overdue(judgement, self.today) and one.status != "dropped",
        )


def _find_judged(site: Site) -> Iterator[Judged]:
    for entry in site.originals:
        gone = entry.facts.withdrawn
        withdrawn = site.settings.local_moment(gone.date)[:10] if gone else ""
        for number, judgement in enumerate(entry.facts.judgements, 1):
            status = judgement_status(judgement, site.settings.today, withdrawn)
            yield Judged(entry, number, judgement, status)


def _band_row(band: Band) -> BandRow:
    low, high = LIKELIHOOD_BANDS[band.likelihood]
    return BandRow(
        likelihood=band.likelihood,
        low=low,
        high=high,
        expects=side(band.likelihood),
        count=band.count,
        true=band.true,
        share=None if band.share is None else round(band.share * 100),
    )


def _three_places(score: Fraction) -> str:
    return format(Decimal(round(score * 1000)).scaleb(-3), "f")
