"""Interface texts by language, through gettext. A language without a catalogue speaks English."""

from __future__ import annotations

import gettext as _gettext
from functools import cache
from pathlib import Path

DOMAIN = "dossier"
LOCALE_DIR = Path(__file__).parent / "locale"


@cache
def translations(lang: str) -> _gettext.NullTranslations:
    """The catalogue of a BCP 47 language, falling back from `pt-BR` to `pt` to English."""
    languages = [lang.replace("-", "_"), lang.split("-")[0]]
    return _gettext.translation(DOMAIN, LOCALE_DIR, languages, fallback=True)


def gettext(lang: str, message: str) -> str:
    """A message in a language."""
    return translations(lang).gettext(message)


def status_name(lang: str, status: str) -> str:
    """How a briefing stands, in a word; empty where it is simply current."""
    return {
        "draft": gettext(lang, "Draft"),
        "superseded": gettext(lang, "Superseded"),
        "superseded in part": gettext(lang, "Superseded in part"),
        "withdrawn": gettext(lang, "Withdrawn"),
    }.get(status, "")


def happening_name(lang: str, happening: str) -> str:
    """What happened to a briefing, in a word."""
    return {
        "new": gettext(lang, "New briefing"),
        "update": gettext(lang, "Update"),
        "correction": gettext(lang, "Correction"),
        "superseded": gettext(lang, "Replaced"),
        "withdrawn": gettext(lang, "Withdrawn"),
    }[happening]


def N_(message: str) -> str:  # noqa: N802 - the customary name, which extraction of texts knows
    """Mark a message that is translated later."""
    return message
