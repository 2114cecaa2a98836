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


def N_(message: str) -> str:  # noqa: N802 - the customary name, which extraction of texts knows
    """Mark a message that is translated later."""
    return message
