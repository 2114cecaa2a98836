"""Wide tables and charts, in a real browser."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from pypdf import PdfReader

from tests.helpers.smallsite import SmallSite

NAMES = [f"C{number:02}" for number in range(24)]
FILE = f"-- content/files/a.csv --\nCountry,{','.join(NAMES)}\nFrance{',12345' * 24}\n"
TABLE = f"| Country | {' | '.join(NAMES[:12])} |\n|{'---|' * 13}\n| Spain |{'93,456|' * 12}\n"
DRAWN = "-- content/files/b.csv --\nYear,Shops,Online\n2022,1,2\n2023,3,4\n"
TEXT = f"![Wide](/files/a.csv)\n\n{TABLE}\n![Drawn](/files/b.csv){{chart=line}}\n"


@pytest.fixture
def address(small_site: Callable[[str], SmallSite]) -> str:
    """A page with a table of a file, one of the text, and a chart."""
    page = f"-- content/pages/a.md --\n---\ntitle: A\n---\n{TEXT}"
    site = small_site(f"{FILE}{DRAWN}{page}")
    site.build()
    return (site.folder / "output/a/index.html").as_uri()


def test_no_column_is_lost_on_paper(browser: Any, address: str) -> None:
    """A table that is too wide is set smaller or broken by columns."""
    page = browser.new_page()
    page.goto(address)
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages
    text = "".join("".join(sheet.extract_text().split()) for sheet in sheets)
    page.close()
    assert [text.count(name) for name in NAMES] == [2] * 12 + [1] * 12
    assert (text.count("12,345"), text.count("93,456")) == (24, 12)
    assert text.count("France") > 1


@pytest.mark.parametrize(("width", "shown"), [(1280, "wide"), (390, "narrow")])
def test_a_table_scrolls_in_its_region(browser: Any, address: str, width: int, shown: str) -> None:
    """The page does not, the caption stays in sight, and one drawing is shown."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    region = page.locator(".data .table").first
    region.focus()
    region.evaluate("one => one.scrollLeft = 400")
    assert region.evaluate("one => one.scrollLeft") == 400
    left, right = region.evaluate(
        "one => { const box = one.querySelector('caption span').getBoundingClientRect();"
        "return [box.left, box.right] }"
    )
    assert 0 <= left < right <= width
    seen = page.evaluate(
        "[...document.querySelectorAll('.plot')].filter(one => one.getClientRects().length)"
        ".map(one => one.dataset.size)"
    )
    page.close()
    assert seen == [shown]
