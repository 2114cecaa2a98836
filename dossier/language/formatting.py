"""Dates, numbers and names as a language writes them, from CLDR through Babel.

A language that CLDR does not know has dates of ISO 8601 and numbers with the signs of English.
What was formatted is kept between builds, and Babel is loaded only for the rest: its data take
longer to load than an edited page to render.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from dossier.kept_results import KeptResults

if TYPE_CHECKING:
    from babel import Locale
    from babel.dates import DateTimePattern

FORMATTED = KeptResults()
"""What was formatted in this process, and with `keep_formatted` in earlier ones."""
_FILE = "formatted"

_LEFT_OPEN = {"y", "d", "dd"}
_OF_MONTH = {"M", "L"}
"""First letters of the names of fields (UTS 35) that are the same in all dates of a month."""

_RIGHT_TO_LEFT = {"Adlm", "Arab", "Hebr", "Nkoo", "Rohg", "Syrc", "Thaa"}
"""The scripts (ISO 15924) of languages that CLDR knows, as far as they are written so."""


def keep_formatted(cache: Path, engine: str) -> None:
    """Keep what is formatted in a cache folder, for an engine, whose fingerprint covers Babel."""
    FORMATTED.keep_in(cache / _FILE, engine)


def load_formats(lang: str) -> None:
    """Load how a language writes dates and numbers, while there is nothing else to do."""
    import babel.numbers  # noqa: F401

    if locale := find_locale(lang):
        _find_long_form(locale)


@cache
def format_date(iso: str, lang: str) -> str:
    """Format a year, month, day or moment as precisely as it is given: `July 2022`."""
    return iso if len(iso) == 4 else _format_date(iso[:10], lang)


@FORMATTED.of
def _format_date(iso: str, lang: str) -> str:
    locale = find_locale(lang)
    if locale is None:
        return iso
    if len(iso) == 7:
        from babel.dates import format_skeleton

        return str(format_skeleton("yMMMM", date.fromisoformat(f"{iso}-01"), locale=locale))
    year, month, day = map(int, iso.split("-"))
    form = _find_form_of_month(locale, month)
    if form is None:
        text = _find_long_form(locale).apply(date(year, month, day), locale)
    else:
        text = form % {"y": year, "d": day, "dd": f"{day:02}"}
    if locale.language == "fr" and text.startswith("1 "):  # the ordinal that CLDR lacks
        return f"1er{text[1:]}"
    return text


@cache
def _find_long_form(locale: Locale) -> DateTimePattern:
    """Look up how a language writes a date in full, which takes longer than to write one."""
    from babel.dates import get_date_format

    return get_date_format("long", locale)


@cache
def _find_form_of_month(locale: Locale, month: int) -> str | None:
    """Write the date of all days of a month, with the day and the year left open.

    None where a language writes more that depends on them.
    """
    from babel.dates import DateTimeFormat

    form = str(_find_long_form(locale).format)
    names = set(re.findall(r"%\((\w+)\)s", form))
    if not all(name in _LEFT_OPEN or name[0] in _OF_MONTH for name in names):
        return None
    fields = DateTimeFormat(date(2000, month, 1), locale)
    return form.replace("%%", "%%%%") % {
        name: f"%({name})s" if name in _LEFT_OPEN else fields[name].replace("%", "%%")
        for name in names
    }


@cache
def format_number(value: str | int, lang: str) -> str:
    """Format a decimal number with the language's separators, keeping every digit written."""
    return _format_number(str(value), lang)


@FORMATTED.of
def _format_number(value: str, lang: str) -> str:
    from babel.numbers import format_decimal

    number = Decimal(value)
    exponent = number.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(format_decimal(number, pattern, locale=find_locale(lang) or "en"))


@cache
@FORMATTED.of
def language_name(lang: str) -> str:
    """Look up a language's name in that language: `français`."""
    locale = find_locale(lang)
    return str((locale and locale.get_language_name(str(locale))) or lang)


@cache
@FORMATTED.of
def territory_name(code: str, name: str, lang: str) -> str:
    """Look up a territory's name in a language; `name` where it has none there."""
    locale = find_locale(lang)
    return str(locale.territories.get(code, name)) if locale else name


@cache
@FORMATTED.of
def territorial_locale(lang: str) -> str:
    """Add the likeliest territory to a language that has none, as Open Graph requires: `en_GB`."""
    locale = find_locale(lang)
    if locale is None:
        return lang.partition("-")[0]
    from babel.core import get_global

    likely = get_global("likely_subtags").get(str(locale), "").rpartition("_")[2]
    is_territory = len(likely) in (2, 3) and not likely.islower()
    territory = locale.territory or (likely if is_territory else "")
    return f"{locale.language}_{territory}" if territory else locale.language


@cache
def find_locale(lang: str) -> Locale | None:
    """Find what CLDR knows about a language: by its whole tag, or by the language alone."""
    from babel import Locale, UnknownLocaleError

    for tag in (lang, lang.partition("-")[0]):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return None


@cache
@FORMATTED.of
def is_right_to_left(lang: str) -> bool:
    """Tell whether a language is written from right to left: by its script, named or likeliest.

    CLDR says so for each language as well, in a file of its names and formats, which takes long to
    load.
    """
    locale = find_locale(lang)
    if locale is None:
        return False
    from babel.core import get_global

    likely = get_global("likely_subtags")
    names = (f"{locale.language}_{locale.territory}", locale.language)
    found = next((likely[name] for name in names if name in likely), "")
    script = locale.script or found.partition("_")[2].partition("_")[0]
    return script in _RIGHT_TO_LEFT
