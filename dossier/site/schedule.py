"""Schedule of a site: what is told from when on.

A briefing, an update, a change, a withdrawal and the outcome of a judgement are told from their
date on. Until then the site is as if they had not been written.
"""

# annotations are values here, not texts: decoders would evaluate texts again and again
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

import msgspec

from dossier.content.documents import DocumentProblem, FieldPath
from dossier.content.models import Briefing, FrontMatter, Judgement
from dossier.content.moments import Period, find_instant, find_tomorrow, first_moment, local_moment
from dossier.content.settings import Settings

What = Literal["briefing", "update", "correction", "withdrawal", "outcome"]


YEARS_AHEAD = 10
"""Years after which nothing is planned."""
_NAMES: Mapping[What, str] = {
    "briefing": "the briefing",
    "update": "the update",
    "correction": "the correction",
    "withdrawal": "the withdrawal",
    "outcome": "the outcome of a judgement",
}
_PLACES: Mapping[What, FieldPath] = {
    "briefing": ("date",),
    "update": ("updated",),
    "correction": ("changes",),
    "withdrawal": ("withdrawn", "date"),
    "outcome": ("judgements",),
}


class Due(msgspec.Struct, frozen=True, order=True, array_like=True):
    """Something that is told from a moment on, which is in the site's time zone."""

    instant: int
    source: str
    what: What
    moment: str


def list_dues(written: Mapping[str, FrontMatter], settings: Settings) -> list[Due]:
    """List what is told from a date on, today or later, in front matter by source; no drafts."""
    zone = settings.timezone
    begins = find_instant(settings.today, zone)
    return [
        Due(instant, source, what, local_moment(moment, zone))
        for source, briefing in written.items()
        if isinstance(briefing, Briefing) and briefing.status != "draft"
        for what, moment in _dated(briefing)
        if (instant := find_instant(moment, zone)) >= begins
    ]


def far_ahead(waiting: Iterable[Due], settings: Settings) -> Iterator[DocumentProblem]:
    """Warn of what waits for so long that its year is more likely a slip."""
    last = int(settings.today[:4]) + YEARS_AHEAD
    for due in waiting:
        if int(due.moment[:4]) > last:
            years = int(due.moment[:4]) - int(settings.today[:4])
            message = f"{_NAMES[due.what]} is dated {due.moment[:10]}, {years} years ahead"
            hint = "correct the year; until that day, no reader sees it"
            yield DocumentProblem(due.source, _PLACES[due.what], message, hint, "warning")


def _dated(briefing: Briefing) -> Iterator[tuple[What, str]]:
    yield "briefing", briefing.date
    if briefing.updated:
        yield "update", briefing.updated
    for change in briefing.changes:
        yield change.kind, change.date
    if briefing.withdrawn:
        yield "withdrawal", briefing.withdrawn.date
    for judgement in briefing.judgements:
        if judgement.resolved:
            yield "outcome", f"{judgement.resolved}-01-01"[:10]


def as_told(front_matter: Any, settings: Settings) -> Any:
    """Leave out what is not told yet, unless drafts are shown."""
    if settings.drafts or not isinstance(front_matter, Briefing):
        return front_matter
    briefing, changes = front_matter, dict[str, Any]()
    if briefing.updated and not _is_told(briefing.updated, settings):
        changes["updated"] = None
    if briefing.reconstructed and not _is_told(briefing.reconstructed, settings):
        changes["reconstructed"] = None
    if briefing.withdrawn and not _is_told(briefing.withdrawn.date, settings):
        changes |= {"withdrawn": None, "status": "current"}
    if briefing.changes:
        told = (one for one in briefing.changes if _is_told(one.date, settings))
        changes["changes"] = tuple(told)
    if briefing.judgements:
        changes["judgements"] = tuple(_judgement(one, settings) for one in briefing.judgements)
    return msgspec.structs.replace(briefing, **changes) if changes else briefing


def _judgement(judgement: Judgement, settings: Settings) -> Judgement:
    if judgement.resolved is None or _is_told(judgement.resolved, settings):
        return judgement
    return msgspec.structs.replace(judgement, outcome=None, resolved=None)


def _is_told(moment: str, settings: Settings) -> bool:
    return find_instant(moment, settings.timezone) <= settings.now


def settle(settings: Settings, dues: Iterable[Due]) -> tuple[Settings, Period]:
    """Put the site's instant back to when something was last due, or its day began.

    Within the period that is returned, every instant makes the same site.
    """
    zone, now = settings.timezone, settings.now
    as_of, until = first_moment(settings.today, zone), find_tomorrow(settings.as_of, zone)
    since = find_instant(as_of, zone)
    for due in dues:
        if since < due.instant <= now:
            since, as_of = due.instant, first_moment(due.moment, zone)
        elif now < due.instant < until:
            until = due.instant
    return msgspec.structs.replace(settings, as_of=as_of), Period(since, until)
