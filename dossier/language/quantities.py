"""Numbers with percent signs and currencies, as a language writes them, from CLDR through Babel."""

from __future__ import annotations

from functools import cache

from dossier.language.formatting import find_locale

MINUS = "\u2212"
_NO_BREAK = "\u00a0"
_NARROW = "\u202f"


@cache
def unit_affixes(unit: str, lang: str) -> tuple[str, str]:
    """Return what goes before and after a number with a unit: `%`, or a currency's sign or code."""
    locale = find_locale(lang) or find_locale("en")
    assert locale is not None
    if not unit:
        return "", ""
    if unit in "%‰":
        pattern, sign = locale.percent_formats[None], "%"
    else:
        pattern, sign = locale.currency_formats["standard"], "¤"
    before, after = pattern.prefix[0].strip("\u200f\u200e"), pattern.suffix[0]
    if sign == "%" and locale.language == "fr":  # as the typography of texts sets it
        after = after.replace(_NO_BREAK, _NARROW)
    if unit[-1:].isalpha() and before == sign:  # currency spacing of CLDR
        before += _NO_BREAK
    return before.replace(sign, unit), after.replace(sign, unit)
