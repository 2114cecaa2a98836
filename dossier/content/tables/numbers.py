"""Numbers as people write them in spreadsheets: signs, separators, units."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

_CODES = (
    "AED|AUD|BGN|BRL|CAD|CHF|CNY|CZK|DKK|EUR|GBP|HKD|HUF|IDR|ILS|INR|JPY|KES|KRW|MAD|MXN|NGN|NOK|"
    "NZD|PLN|RMB|RON|RUB|SAR|SEK|SGD|THB|TND|TRY|UAH|USD|XAF|XOF|ZAR"
)
_CURRENCY = rf"[A-Z]{{0,3}}[$€£¥₹₩₽₺₴₪฿₫₦]|(?:{_CODES})(?![A-Za-z])"
_SPACE = r"[ \u00a0\u202f\u2009]"
_NUMBER = re.compile(
    rf"(?P<bracket>\()?(?P<sign>[-+−–])?{_SPACE}?(?P<before>{_CURRENCY})?{_SPACE}?(?P<inner>[-−])?"
    rf"(?P<digits>[.,]?\d(?:[\d.,'’ \u00a0\u202f\u2009]*\d)?)(?P<power>[eE][+-]?\d{{1,2}})?"
    rf"{_SPACE}?(?P<after>%|‰|{_CURRENCY})?(?(bracket)\))"
)
_GROUPED = {
    sign: re.compile(rf"\d{{1,3}}(?:([{group}'’ \u00a0\u202f\u2009])\d{{2,3}})?(?:\1\d{{3}})*\Z")
    for sign, group in ((".", ","), (",", "."))
}
_LONGEST = 40
_LAST_GROUP = re.compile(r"\D\d{3}\Z")


class Number(NamedTuple):
    """A number as it is written, with its unit: a percent sign, a currency or nothing.

    `plain` says that it is nothing but digits, as a year or an id is.
    """

    value: Decimal
    decimals: int
    unit: str = ""
    plus: bool = False
    plain: bool = False


def find_decimal_sign(texts: Iterable[str], usual: str) -> str:
    """Find the decimal sign of a file from its cells; the usual one if they leave it open."""
    found = set()
    for text in texts:
        if (
            len(text) <= _LONGEST
            and ("," in text or "." in text)
            and (match := _NUMBER.fullmatch(text))
        ):
            found.add(_shown_sign(match["digits"]))
    known = found - {""}
    return known.pop() if len(known) == 1 else usual


def _shown_sign(digits: str) -> str:
    """Return the sign that can only be the decimal one; empty if either can be."""
    point, comma = digits.count("."), digits.count(",")
    if point and comma:
        return "." if digits.rfind(".") > digits.rfind(",") else ","
    sign, other = (".", ",") if point else (",", ".")
    if point + comma > 1:
        return other
    whole, _, fraction = digits.partition(sign)
    if len(fraction) != 3 or len(whole) > 3 or whole in ("", "0"):
        return sign
    return ""


def parse_number(text: str, sign: str) -> Number | None:
    """Read a cell as a number with a decimal sign; None if it is something else."""
    match = _NUMBER.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None or (match["before"] and match["after"]):
        return None
    if match["inner"] and (match["sign"] or match["bracket"]):
        return None
    whole, _, fraction = match["digits"].partition(sign)
    if not (whole.isdigit() or not whole or _is_grouped(whole, sign)):
        return None
    if fraction and not fraction.isdigit():
        return None
    digits = "".join(filter(str.isdigit, whole)) or "0"
    value = Decimal(f"{digits}.{fraction or 0}{match['power'] or ''}")
    if match["bracket"] or (match["sign"] or match["inner"] or "+") != "+":
        value = -value
    exponent = int((match["power"] or "e0")[1:])
    return Number(
        value,
        max(0, len(fraction) - exponent),
        match["before"] or match["after"] or "",
        match["sign"] == "+",
        text.isascii() and text.isdigit(),
    )


def _is_grouped(whole: str, sign: str) -> bool:
    return bool(_GROUPED[sign].match(whole) and _LAST_GROUP.search(whole))
