"""Interface texts by language, through gettext. Languages without a catalogue use English."""

from __future__ import annotations

import gettext as _gettext
from functools import cache
from pathlib import Path

DOMAIN = "dossier"
LOCALE_DIR = Path(__file__).parent / "locale"


@cache
def translations(lang: str) -> _gettext.NullTranslations:
    """Load the catalogue of a BCP 47 language, falling back from `pt-BR` to `pt` to English.

    The files have these names only: gettext's own search loads the table of all POSIX locales.
    """
    found = _gettext.NullTranslations()
    for name in dict.fromkeys((lang.split("-")[0], lang.replace("-", "_"))):
        file = LOCALE_DIR / name / "LC_MESSAGES" / f"{DOMAIN}.mo"
        if file.is_file():
            with file.open("rb") as opened:
                catalogue = _gettext.GNUTranslations(opened)
            catalogue.add_fallback(found)
            found = catalogue
    return found


@cache
def gettext(lang: str, message: str) -> str:
    """Translate a message into a language."""
    return translations(lang).gettext(message)


def ngettext(lang: str, one: str, many: str, number: int) -> str:
    """Translate a message for a number into a language."""
    return translations(lang).ngettext(one, many, number)


def N_(message: str) -> str:  # noqa: N802 - gettext's customary name
    """Mark a message that is translated later."""
    return message
