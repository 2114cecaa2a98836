"""Units: the amount of `732` `million people`, and whether two amounts agree."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from dossier.content.models import Figure
from dossier.language.folding import fold

_EXPONENTS = {
    "en": {"thousand": 3, "million": 6, "billion": 9, "trillion": 12},
    "fr": {
        **{"mille": 3, "millier": 3, "milliers": 3, "million": 6, "millions": 6},
        **{"milliard": 9, "milliards": 9, "billion": 12, "billions": 12},
    },
}
"""The powers of ten that a unit may begin with, by language. French uses the long scale."""

_JOINTS = ("de ", "d'", "d’")
ABOUT = Decimal("0.1")
"""The greatest deviation of a value that is qualified as `about`, as a share of it."""


@cache
def base_unit(unit: str, lang: str) -> tuple[Decimal, str]:
    """Split a unit into a factor and the rest: `million people` is 1,000,000 `people`."""
    word, _, rest = unit.partition(" ")
    language = lang.partition("-")[0]
    exponent = _EXPONENTS.get(language, {}).get(fold(word), 0)
    if not exponent:
        return Decimal(1), unit
    if language == "fr":
        joint = next((joint for joint in _JOINTS if rest.startswith(joint)), "")
        rest = rest.removeprefix(joint)
    return Decimal(10) ** exponent, rest


def amount(figure: Figure, lang: str) -> Decimal:
    """Convert a figure's value to its unit without a power of ten."""
    return figure.value * base_unit(figure.unit, lang)[0]


def agree(one: Decimal, how: str, other: Decimal, other_how: str) -> bool:
    """Tell whether two values, each with a qualifier or none, can both be right."""
    (low, low_open), (high, high_open) = _limits(one, how)
    (other_low, other_low_open), (other_high, other_high_open) = _limits(other, other_how)
    return _reaches(low, other_high, low_open or other_high_open) and _reaches(
        other_low, high, other_low_open or high_open
    )


def _reaches(low: Decimal, high: Decimal, is_open: bool) -> bool:
    return low < high or (low == high and not is_open)


def _limits(value: Decimal, how: str) -> tuple[tuple[Decimal, bool], tuple[Decimal, bool]]:
    """Return the bounds of a figure, each with whether it is excluded."""
    endless = Decimal("Infinity")
    match how:
        case "at least" | "more than":
            return (value, how == "more than"), (endless, True)
        case "up to" | "less than":
            return (-endless, True), (value, how == "less than")
        case "about":
            return (value - abs(value) * ABOUT, False), (value + abs(value) * ABOUT, False)
    return (value, False), (value, False)
