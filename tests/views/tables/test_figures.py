"""Tables of files, as readers see them."""

from __future__ import annotations

import csv
import io
import re
from contextlib import suppress
from html import unescape
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.content.brand.accent import ENOUGH, contrast
from dossier.content.brand.palette import PLAIN, read_palette
from dossier.content.documents import Shown
from dossier.content.tables.read import TableError, parse_table
from dossier.content.tables.series import chart_data
from dossier.views.tables.figure import figure_html
from dossier.views.tables.svg import SERIES
from tests.helpers.smallsite import ROOT

CSV = """\
Country;Year;Sales;Share;Note
France;2022;1234567,5;12,5%;"it's one"
Côte d'Ivoire;2023;-1200;7%;
"""
DRAWN = "Year,Shops,Online\n2021,1200,-3\n2022,,900\n2023,1500,2500.5\n"


def figure(text: str = CSV, shown: Shown | None = None, lang: str = "en") -> str:
    """The figure of a table."""
    table = parse_table(text.encode(), "a.csv")
    return figure_html(table, shown or Shown("Sales", "Source: INE"), "../a.csv", lang, PLAIN)


def cells(html: str) -> list[list[str]]:
    """The texts of the cells, by row."""
    rows = re.findall(r"<tr>(.*?)</tr>", html)
    return [
        [re.sub("<[^>]*>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in rows
    ]


def test_numbers_are_set_in_the_language_of_the_page() -> None:
    """Thousands, decimals, percent signs and a true minus; years stay as they are."""
    assert cells(figure())[1:] == [
        ["France", "2022", "1,234,567.5", "12.5%", "it’s one"],
        ["Côte d’Ivoire", "2023", "−1,200", "7%", ""],
    ]
    assert [row[2:4] for row in cells(figure(lang="fr"))[1:]] == [
        ["1\u202f234\u202f567,5", "12,5\u202f%"],
        ["−1\u202f200", "7\u202f%"],
    ]
    assert cells(figure(lang="de"))[1][2:4] == ["1.234.567,5", "12,5\u00a0%"]


@pytest.mark.parametrize(
    ("lang", "shown"),
    [("en", "−€1,200.50"), ("fr", "−1\u202f200,50\u00a0€"), ("de-CH", "−€\u00a01’200.50")],
)
def test_a_currency_stands_where_the_language_has_it(lang: str, shown: str) -> None:
    """Before or after the number, whichever way it was written."""
    value = unescape(cells(figure("A,B\nx,-€1200.50\n", lang=lang))[1][1])
    assert value.replace("'", "’") == shown  # Babel's own versions differ in this sign


def test_a_table_has_its_caption_headers_and_file() -> None:
    """Programs that read pages aloud know what each cell belongs to."""
    html = figure()
    assert '<div class="table" role="region" aria-label="Sales" tabindex="0"><table>' in html
    assert "<caption><span>Sales</span></caption>" in html
    assert '<th scope="col">Country</th>' in html
    assert '<th scope="col" class="right">Sales</th>' in html
    assert '<th scope="row">France</th>' in html
    assert '<td class="right">2022</td>' in html
    source = 'Source: INE · <a href="../a.csv" download>Data (CSV)</a>'
    assert f'<p class="credit">{source}</p></figure>' in html


def test_decimals_are_aligned() -> None:
    """Where a column has more and fewer of them, all fractions take the same room."""
    html = figure("A,B,C\nx,1.25,1.5\ny,3,2.5\n")
    assert '1<span class="fraction" data-width="2">.25</span>' in html
    assert '3<span class="fraction" data-width="2"></span>' in html
    assert '<td class="right">1.5</td>' in html


def test_what_is_written_is_text() -> None:
    """Nothing in a file, a caption or a source is markup."""
    html = figure('<i>,"a"\n<b>,"x\ny"\n', Shown("<u>", "<s>"))
    assert not re.search("<[ibus]>", html)
    assert "x<br>y" in html


@pytest.mark.parametrize("form", ["line", "bar"])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_chart_is_drawn_for_screens_and_phones(form: str, lang: str) -> None:
    """Each drawing is well formed, has a name, and the table is its text."""
    html = figure(DRAWN, Shown("Sales & more", "", form), lang)  # type: ignore[arg-type]
    root = ElementTree.fromstring(re.sub(" (download|data-pagefind-ignore)(?=[ >])", "", html))
    assert [child.tag for child in root] == ["figcaption", "svg", "svg", "p", "details"]
    wide, narrow = root.findall("svg")
    assert (wide.get("data-size"), narrow.get("data-size")) == ("wide", "narrow")
    assert (wide.get("aria-label") or "").endswith("Sales & more")
    for drawing in (wide, narrow):
        texts = ["".join(text.itertext()) for text in drawing.iter("text")]
        assert {"Shops", "Online"} <= set(texts)
        width = float((drawing.get("viewBox") or "").split()[2])
        places = [float(e.get("x") or 0) for e in drawing.iter() if e.get("x")]
        assert all(0 <= x <= width for x in places)
    assert cells(html)[-1] == [
        "2023",
        *(["1,500", "2,500.5"] if lang == "en" else ["1\u202f500", "2\u202f500,5"]),
    ]


def test_a_gap_breaks_a_line() -> None:
    """Nothing is drawn where there is no value; a value alone is a dot."""
    wide = figure(DRAWN, Shown("S", "", "line")).partition("</svg>")[0]
    assert wide.count('<path data-series="1"') == 0
    assert wide.count('<circle data-series="1"') == 2
    assert wide.count('<path data-series="2"') == 1


def test_the_first_and_the_last_date_are_written() -> None:
    """However the others are spread."""
    dates = "Day,V\n2024-06-30,3\n2024-01-01,1\n2024-01-09,2\n2024-01-20,2\n"
    wide = figure(dates, Shown("S", "", "line")).partition("</svg>")[0]
    assert re.findall(r"[A-Z][a-z]+ \d+, 2024", wide) == ["January 1, 2024", "June 30, 2024"]


def test_a_negative_value_has_a_bar_before_zero() -> None:
    """Bars begin at zero, whichever way they go."""
    wide = figure("A,B\nx,-50\ny,100\n", Shown("S", "", "bar")).partition("</svg>")[0]
    (x1, w1), (x2, _) = re.findall(r'<rect [^>]*? x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', wide)
    assert float(x1) + float(w1) == pytest.approx(float(x2))
    assert "−50" in wide


@pytest.mark.parametrize(
    ("text", "form", "message"),
    [
        ("A,Note\nx,hot\n", "bar", "the column 'Note' has 'hot', which is not a number"),
        ("A,B\nx,5\ny,6\nz,about 7\n", "line", "the column 'B' has 'about 7', which is not"),
        ("A,B,C\nx,5,-\n", "bar", "the column 'C' has no numbers"),
        ("A,B,C\nx,5,3%\n", "bar", "the numbers of 'B' have the unit none, those of 'C' '%'"),
        ("A,B\nx,5\n", "line", "a line needs two rows or more"),
        ("A\nx\n", "bar", "a chart needs a column of labels and one of numbers"),
        ("A,B,C,D,E,F,G,H\nx,1.5,2,3,4,5,6,7\n", "line", "a chart draws at most 6 columns of"),
        ("A,B\n" + "x,5\n" * 101, "bar", "a chart draws at most 100 bars; this file has 101"),
    ],
)
def test_what_cannot_be_drawn_is_an_error(text: str, form: str, message: str) -> None:
    """It names the column."""
    with pytest.raises(TableError) as caught:
        chart_data(parse_table(text.encode(), "a.csv"), form)  # type: ignore[arg-type]
    assert caught.value.message.startswith(message)


CELL = st.one_of(
    st.sampled_from(["", "-", "5", "-1,200.5", "12%", "€3", "2021", "2021-03", "007", "=1+1"]),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=9),
    st.decimals(-(10**9), 10**9, places=2).map(str),
)


@given(st.lists(st.lists(CELL, min_size=1, max_size=5), max_size=6), st.sampled_from(",;\t"))
def test_any_file_is_a_table_or_an_error(rows: list[list[str]], delimiter: str) -> None:
    """Whatever is in it, nothing else happens; what can be drawn is drawn within its frame."""
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows(rows)
    try:
        table = parse_table(file.getvalue().encode(), "a.csv")
    except TableError:
        return
    lines = figure_html(table, Shown("S"), "a.csv", "fr", PLAIN)
    assert lines.count("<tr>") == len(table.lines) + 1
    for form in ("line", "bar"):
        with suppress(TableError):
            chart_data(table, form)  # type: ignore[arg-type]
            drawn = figure_html(table, Shown("S", "", form), "a.csv", "fr", PLAIN)  # type: ignore[arg-type]
            for svg in re.findall(r"<svg.*?</svg>", drawn):
                root = ElementTree.fromstring(svg.replace(" data-pagefind-ignore", ""))
                _, _, width, height = map(float, (root.get("viewBox") or "").split())
                for element in root.iter():
                    assert -1 <= float(element.get("x") or 0) <= width
                    assert -1 <= float(element.get("y") or 0) <= height + 1


def test_the_colours_on_paper_are_those_of_the_theme() -> None:
    """What knows no style sheet draws with the colours that light pages have; all can be read."""
    sheet = (ROOT / "templates/assets/css/chart-colours.css").read_text("utf-8")
    colours = re.findall(r"--series-\d:light-dark\(#(\w+),#(\w+)\)", sheet)
    assert tuple(light for light, _ in colours) == SERIES
    paper = read_palette(ROOT / "templates").paper
    assert all(contrast(light, paper.light) >= ENOUGH for light, _ in colours)
    assert all(contrast(dark, paper.dark) >= ENOUGH for _, dark in colours)
