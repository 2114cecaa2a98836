"""Dates, numbers and language names as a language writes them, from CLDR through Babel."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.core import get_global
from babel.dates import format_date as babel_date
from babel.dates import format_skeleton
from babel.numbers import format_decimal


@cache
def format_date(iso: str, lang: str) -> str:
    """Format a year, month, day or moment as precisely as it is given: `July 2022`."""
    locale = _locale(lang)
    if len(iso) == 4:
        return iso
    if len(iso) == 7:
        return str(format_skeleton("yMMMM", date.fromisoformat(f"{iso}-01"), locale=locale))
    text = str(babel_date(date.fromisoformat(iso[:10]), "long", locale=locale))
    if locale.language == "fr" and text.startswith("1 "):  # the ordinal that CLDR lacks
        return f"1er{text[1:]}"
    return text


@cache
def format_number(value: str, lang: str) -> str:
    """Format a decimal number with the language's separators, keeping every digit written."""
    number = Decimal(value)
    exponent = number.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(format_decimal(number, pattern, locale=_locale(lang)))


@cache
def language_name(lang: str) -> str:
    """Look up a language's name in that language: `français`."""
    return str(_locale(lang).get_language_name(lang.replace("-", "_")) or lang)


@cache
def territorial_locale(lang: str) -> str:
    """Add the likeliest territory to a language that has none, as Open Graph requires: `en_GB`."""
    locale = _locale(lang)
    if not locale.territory:
        likely = get_global("likely_subtags").get(str(locale))
        locale = Locale.parse(likely) if likely else locale
    return f"{locale.language}_{locale.territory}" if locale.territory else locale.language


@cache
def _locale(lang: str) -> Locale:
    return Locale.parse(lang, sep="-")
