"""Labels of statuses, stages, likelihoods and other values, in one table for all kinds of output.

Keyed by plain text, since the models live in folders that import this one; a test compares the
table with their types. A value without a label raises `KeyError`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal

from dossier.language.folding import fold
from dossier.language.messages import N_, translations

Vocabulary = Literal[
    "status",
    "event",
    "stage",
    "basis",
    "likelihood",
    "confidence",
    "reliability",
    "qualifier",
    "judgement_status",
    "judgement_status_meaning",
    "meaning",
    "badge",
    "column",
]


def _counted(one: str, many: str) -> tuple[str, str]:
    """Mark a message with a plural that is translated later."""
    return one, many


LABELS: Mapping[Vocabulary, Mapping[str, str]] = {
    "status": {
        "draft": N_("Draft"),
        "current": N_("Current"),
        "superseded in part": N_("Superseded in part"),
        "superseded": N_("Superseded"),
        "withdrawn": N_("Withdrawn"),
    },
    "event": {
        "new": N_("New briefing"),
        "update": N_("Update"),
        "correction": N_("Correction"),
        "superseded": N_("Replaced"),
        "withdrawn": N_("Withdrawn"),
    },
    "stage": {
        "planned": N_("planned"),
        "announced": N_("announced"),
        "postponed": N_("plan postponed"),
        "pilot": N_("pilot"),
        "launched": N_("launched"),
        "expanded": N_("expanded"),
        "paused": N_("paused"),
        "shelved": N_("plan shelved"),
        "withdrawn": N_("withdrawn"),
    },
    "basis": {
        "official": N_("official"),
        "reported": N_("reported"),
        "inferred": N_("inferred"),
    },
    "likelihood": {
        "almost no chance": N_("almost no chance"),
        "very unlikely": N_("very unlikely"),
        "unlikely": N_("unlikely"),
        "roughly even chance": N_("roughly even chance"),
        "likely": N_("likely"),
        "very likely": N_("very likely"),
        "almost certain": N_("almost certain"),
    },
    "confidence": {
        "low": N_("low confidence"),
        "moderate": N_("moderate confidence"),
        "high": N_("high confidence"),
    },
    "reliability": {
        "A": N_("completely reliable"),
        "B": N_("usually reliable"),
        "C": N_("fairly reliable"),
        "D": N_("not usually reliable"),
        "E": N_("unreliable"),
        "F": N_("reliability cannot be judged"),
    },
    "qualifier": {
        "about": N_("about"),
        "at least": N_("at least"),
        "more than": N_("more than"),
        "up to": N_("up to"),
        "less than": N_("less than"),
    },
    "judgement_status": {
        "overdue": N_("Overdue"),
        "open": N_("Open"),
        "wrong": N_("Wrong"),
        "right": N_("Right"),
        "even": N_("Neither right nor wrong"),
        "dropped": N_("Withdrawn before the outcome"),
        "retrospective": N_("Made in retrospect"),
    },
    "judgement_status_meaning": {
        "overdue": N_("The date has passed, and we have not yet recorded the outcome."),
        "open": N_("The date is still to come."),
        "wrong": N_(
            "We thought it more likely than not, and it did not come true; "
            "or less likely than not, and it did."
        ),
        "right": N_(
            "We thought it more likely than not, and it came true; "
            "or less likely than not, and it did not."
        ),
        "even": N_(
            "We gave it a roughly even chance, which is neither right nor wrong. "
            "It counts towards calibration and score."
        ),
        "dropped": N_(
            "The briefing was withdrawn while the judgement was still open. It is not scored."
        ),
        "retrospective": N_(
            "Written with knowledge of what followed. They show how the evidence could be read "
            "at the time; they are not forecasts and are never scored."
        ),
    },
    "column": {
        "company": N_("The id of the company: the last part of its address."),
        "company_name": N_("Its name."),
        "product": N_("The product."),
        "region": N_("The id of the region."),
        "region_name": N_("Its name."),
        "region_code": N_("Its code: ISO 3166-1 of a country, UN M49 of a larger region."),
        "stage": N_("How far the product went."),
        "date": N_("A year, a month or a day, as precise as is known."),
        "other_dates": N_("Dates that contradict it."),
        "counts_from": N_("The first day on which the move counts."),
        "basis": N_("Who says so: official, reported or inferred."),
        "disputed": N_("Who disputes it, and how."),
        "notes": N_("Caveats."),
        "publishers": N_("Who published the sources."),
        "source_urls": N_("The addresses of the sources."),
        "briefings": N_("The addresses of the briefings that report it."),
        "label": N_("What is measured."),
        "language": N_("The language of the label, the unit and the note."),
        "qualifier": N_("How to read the value: about, at least, more than, up to, less than."),
        "value": N_("The number as the source has it, with a point for decimals."),
        "unit": N_("What it counts."),
        "amount": N_("The number without words such as million."),
        "base_unit": N_("The unit of that number."),
        "as_of": N_("The date to which the number refers."),
        "note": N_("A caveat."),
        "unsourced": N_("Whether the source says nothing of where it has the number from."),
        "source": N_("The title of the source."),
        "source_publisher": N_("Who published it."),
        "source_date": N_("When it was published."),
        "source_url": N_("Its address."),
        "source_reliability": N_("Its grade on the Admiralty scale, from A to F."),
        "briefing": N_("The address of the briefing."),
        "briefing_status": N_("The status of the briefing."),
        "licence": N_("The licence of the data."),
    },
    "badge": {
        "unsourced": N_("unsourced"),
        "disputed": N_("disputed"),
        "superseded": N_("superseded"),
    },
    "meaning": {
        "A": N_("The source has always been right; we do not doubt it."),
        "B": N_("The source has nearly always been right; we have few doubts."),
        "C": N_("The source has often been right; we have some doubts."),
        "D": N_("The source has sometimes been right; we have serious doubts."),
        "E": N_("The source has been wrong before; we do not trust it."),
        "F": N_("We know too little about the source."),
        "official": N_("The company itself or an authority says so."),
        "reported": N_("Others say so: neither the company nor an authority has confirmed it."),
        "inferred": N_("Nobody says so: we conclude it from other facts."),
        "high": N_("The evidence is good and comes from more than one origin."),
        "moderate": N_("The evidence is credible, but incomplete or open to another reading."),
        "low": N_("The evidence is scant, doubtful or contradictory."),
        "likelihood": N_(
            "Our words for likelihoods are those of ICD 203, a standard of the United States "
            "intelligence community. The range beside them says what each means."
        ),
    },
}

EVENT_COUNTS: Mapping[str, tuple[str, str]] = {
    "update": _counted("%(num)s update", "%(num)s updates"),
    "correction": _counted("%(num)s correction", "%(num)s corrections"),
    "superseded": _counted("%(num)s replacement", "%(num)s replacements"),
    "withdrawn": _counted("%(num)s withdrawal", "%(num)s withdrawals"),
}
"""Numbers of events since publication, as singular and plural."""

SIGNPOSTS = (N_("Why it matters"), N_("What is known"), N_("What to watch"))
"""Headings that readers look for, which have a look of their own."""

SIGNS: Mapping[Vocabulary, Mapping[str, str]] = {
    "status": {
        "draft": "○",
        "current": "",
        "superseded in part": "→",
        "superseded": "→",
        "withdrawn": "×",
    },
    "stage": {
        "planned": "○",
        "announced": "○",
        "postponed": "◔",
        "pilot": "◐",
        "launched": "●",
        "expanded": "◉",
        "paused": "‖",
        "shelved": "⊘",
        "withdrawn": "×",
    },
}
"""Signs beside labels: an open circle for a plan, a full one for a service, a cross for an end."""


def label(lang: str, vocabulary: Vocabulary, value: str) -> str:
    """Look up the label of a value in a language."""
    return labels(lang)[vocabulary][value]


def status_mark(lang: str, status: str) -> str:
    """Look up the label of a briefing's status; empty for a current one, which needs no mark."""
    return "" if status == "current" else label(lang, "status", status)


@cache
def signposts(lang: str) -> frozenset[str]:
    """Return the headings that readers look for, in a language and in English, folded."""
    translate = translations(lang).gettext
    return frozenset(fold(text) for name in SIGNPOSTS for text in (name, translate(name)))


@cache
def labels(lang: str) -> Mapping[Vocabulary, Mapping[str, str]]:
    """Translate all labels into a language."""
    translate = translations(lang).gettext
    return {
        vocabulary: {value: translate(text) for value, text in texts.items()}
        for vocabulary, texts in LABELS.items()
    }
