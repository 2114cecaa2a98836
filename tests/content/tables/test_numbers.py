"""Numbers as they are written in spreadsheets."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.content.tables.numbers import find_decimal_sign, parse_number


@pytest.mark.parametrize(
    ("text", "value", "decimals", "unit"),
    [
        ("1234", "1234", 0, ""),
        ("1,234,567.50", "1234567.50", 2, ""),
        ("12,34,567", "1234567", 0, ""),
        ("1 234", "1234", 0, ""),
        ("1\u202f234.5", "1234.5", 1, ""),
        ("1'234", "1234", 0, ""),
        (".5", "0.5", 1, ""),
        ("-3", "-3", 0, ""),
        ("\u22123", "-3", 0, ""),
        ("(1,200)", "-1200", 0, ""),
        ("+4.0", "4.0", 1, ""),
        ("12.5%", "12.5", 1, "%"),
        ("12 %", "12", 0, "%"),
        ("€1,200", "1200", 0, "€"),
        ("-€5", "-5", 0, "€"),
        ("€-5", "-5", 0, "€"),
        ("5\u00a0€", "5", 0, "€"),
        ("US$ 4.5", "4.5", 1, "US$"),
        ("CHF 12", "12", 0, "CHF"),
        ("1.2e3", "1200", 0, ""),
    ],
)
def test_a_number_is_read_with_its_unit(text: str, value: str, decimals: int, unit: str) -> None:
    """Signs, separators of thousands, percent signs and currencies are those of spreadsheets."""
    number = parse_number(text, ".")
    assert number is not None
    assert (number.value, number.decimals, number.unit) == (Decimal(value), decimals, unit)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "about 5",
        "1,23,4",
        "1.2.3",
        "12a",
        "=1+2",
        "(5",
        "5)",
        "--5",
        "€5€",
        "2022-01",
        "ISO 9001",
    ],
)
def test_what_is_no_number_stays_a_text(text: str) -> None:
    """Dates, versions, formulas and words are not taken for numbers."""
    assert parse_number(text, ".") is None


@pytest.mark.parametrize(
    ("texts", "usual", "sign"),
    [
        (["1.234,5"], ".", ","),
        (["1,234.5"], ",", "."),
        (["1.234", "2.5"], ",", "."),
        (["1.234.567"], ".", ","),
        (["0,125"], ".", ","),
        (["1.234"], ",", ","),
        (["1,234"], ".", "."),
        (["1.5", "1,5"], ".", "."),
    ],
)
def test_a_file_has_one_decimal_sign(texts: list[str], usual: str, sign: str) -> None:
    """A cell that can be read in one way only decides for all that could be read in two."""
    assert find_decimal_sign(texts, usual) == sign


@given(st.decimals(-(10**9), 10**9, places=2), st.sampled_from([",", " ", "'", ""]))
def test_a_grouped_number_has_its_value(value: Decimal, group: str) -> None:
    """However thousands are separated, the value is the same."""
    text = f"{value:,.2f}".replace(",", group)
    number = parse_number(text, ".")
    assert number is not None
    assert number.value == value
