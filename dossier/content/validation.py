"""Checks within one document's front matter, beyond the types of its fields."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from dossier.content.documents import FieldPath
from dossier.content.models import AnyFrontMatter, Briefing
from dossier.content.moments import find_instant, local_moment
from dossier.content.value_types import is_after
from dossier.language.messages import LOCALE_DIR, N_, gettext
from dossier.problems import suggest

Finding = tuple[FieldPath, str, str]
"""The field, the problem, the hint."""

SUMMARY = N_("One or two sentences, the bottom line up front.")
"""The summary of a new briefing until its author has written one."""


def check_front_matter(record: AnyFrontMatter, zone: str) -> Iterator[Finding]:
    """Find everything in front matter that contradicts itself, in the site's time zone."""
    if isinstance(record, Briefing):
        yield from _check_status(record)
        yield from _check_dates(record, zone)
        yield from _check_sources(record)
        yield from _check_judgements(record, zone)
        yield from _check_summary(record)


def lacks_text(record: AnyFrontMatter | None, body: str) -> bool:
    """Tell whether a briefing without text would be published."""
    return (
        isinstance(record, Briefing)
        and record.status not in ("draft", "withdrawn")
        and not body.strip()
    )


def _check_status(briefing: Briefing) -> Iterator[Finding]:
    superseded = briefing.status == "superseded"
    if superseded and not briefing.superseded_by:
        yield (
            ("status",),
            "a superseded briefing needs to say what replaced it",
            "add  superseded_by: [id-of-the-newer-briefing]",
        )
    if briefing.superseded_by and not superseded:
        yield (
            ("superseded_by",),
            f"the status is '{briefing.status}', but `superseded_by` is given",
            "write  status: superseded",
        )
    if briefing.status == "withdrawn" and briefing.withdrawn is None:
        yield (
            ("status",),
            "a withdrawn briefing needs to say when and why",
            "add  withdrawn: {date: 2022-07-13, reason: …}",
        )
    if briefing.withdrawn is not None and briefing.status != "withdrawn":
        yield (
            ("withdrawn",),
            f"the status is '{briefing.status}', but `withdrawn` is given",
            "write  status: withdrawn",
        )


def _check_dates(briefing: Briefing, zone: str) -> Iterator[Finding]:
    own = local_moment(briefing.date, zone)
    later = [
        (("updated",), briefing.updated),
        (("review_by",), briefing.review_by),
        (("reconstructed",), briefing.reconstructed),
        (("withdrawn", "date"), briefing.withdrawn.date if briefing.withdrawn else None),
        *((("changes", i, "date"), change.date) for i, change in enumerate(briefing.changes)),
    ]
    for path, moment in later:
        if moment and _is_before(local := local_moment(moment, zone), own, zone):
            message = f"{local} is before the briefing's own date, {own}"
            yield path, message, "correct one of the two dates"


def _is_before(moment: str, other: str, zone: str) -> bool:
    """Compare two local moments; where one is a day, by day."""
    if len(moment) == 10 or len(other) == 10:
        return moment[:10] < other[:10]
    return find_instant(moment, zone) < find_instant(other, zone)


def _check_sources(briefing: Briefing) -> Iterator[Finding]:
    ids = [source.id for source in briefing.sources]
    defined = set(ids)
    for i, source_id in enumerate(ids) if len(defined) < len(ids) else ():
        if source_id in ids[:i]:
            message = f"two sources of this briefing have the id '{source_id}'"
            yield ("sources", i, "id"), message, "give one of them another id"
    for path, source_id in _source_references(briefing):
        if source_id not in defined:
            known = ", ".join(ids) or "none yet"
            hint = suggest(source_id, ids) or f"the sources of this briefing: {known}"
            yield path, f"unknown source '{source_id}'", hint


def _source_references(briefing: Briefing) -> Iterator[tuple[FieldPath, str]]:
    for i, figure in enumerate(briefing.figures):
        yield ("figures", i, "source"), figure.source
    for i, move in enumerate(briefing.moves):
        yield from ((("moves", i, "sources", k), name) for k, name in enumerate(move.sources))
    for i, judgement in enumerate(briefing.judgements):
        for k, name in enumerate(judgement.sources):
            yield ("judgements", i, "sources", k), name


def _check_judgements(briefing: Briefing, zone: str) -> Iterator[Finding]:
    day = local_moment(briefing.date, zone)[:10]
    for i, judgement in enumerate(briefing.judgements):
        if judgement.outcome is not None and judgement.resolved is None:
            message = "an outcome needs the date when it became known"
            yield ("judgements", i, "outcome"), message, "add  resolved: 2024-07-01"
        if judgement.resolved is not None and judgement.outcome is None:
            message = "a resolved judgement needs an outcome"
            yield ("judgements", i, "resolved"), message, "add  outcome: true  or  outcome: false"
        for name, date in (("by", judgement.by), ("resolved", judgement.resolved)):
            if date and not judgement.retrospective and is_after(day, date):
                message = f"{date} is before the briefing's own date: this is not a forecast"
                yield ("judgements", i, name), message, "add  retrospective: true"


def _check_summary(briefing: Briefing) -> Iterator[Finding]:
    if briefing.status != "draft" and briefing.summary in _placeholders():
        message = "the summary is still the placeholder of a new briefing"
        yield ("summary",), message, "write what happened, or add  status: draft"


@cache
def _placeholders() -> frozenset[str]:
    languages = (folder.name for folder in LOCALE_DIR.iterdir())
    return frozenset((SUMMARY, *(gettext(lang, SUMMARY) for lang in languages)))
