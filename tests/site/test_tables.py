"""Tables of files on a site: where they appear, what is wrong with them, what a change makes."""

from __future__ import annotations

import ctypes.util
import io
import json
import os
from collections.abc import Callable
from importlib.util import find_spec

import pytest
from pypdf import PdfReader

from dossier.preview.session import Session
from tests.helpers.linked import styles_of
from tests.helpers.smallsite import ENTITIES, SITE_YAML, SmallSite, briefing

Make = Callable[[str], SmallSite]

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WIDE = f"-- content/files/wide.csv --\nCountry,{','.join(MONTHS)}\n" + "".join(
    f"{name},{','.join(str(start + n) for n in range(12))}\n"
    for name, start in (("France", 71000), ("United Kingdom", 82000))
)
SALES = "-- content/files/sales.csv --\nYear,Sales\n2022,1200\n2023,-35.5\n"
TEXT = """\
Before.

![Sales by year](/files/sales.csv "Source: INE, 2024")

> ![Drawn](/files/sales.csv){chart=line}

After.
"""
SITE = ENTITIES + briefing("a", TEXT, companies="[tiktok]") + briefing("b", "No table.") + SALES


def test_a_page_has_the_table(small_site: Make) -> None:
    """With the file at its address, and the style sheet only where there is a table."""
    site = small_site(SITE)
    site.build()
    page = site.read("briefings/a/index.html")
    assert '<a href="../../files/sales.csv" download>Data (CSV)</a>' in page
    assert page.count("−35") == 2
    assert page.count('<svg class="plot"') == 2
    assert ".plot{" in "".join(styles_of(site, "briefings/a/index.html"))
    assert ".plot{" not in "".join(styles_of(site, "briefings/b/index.html"))
    assert site.read("files/sales.csv").startswith("Year,Sales")


def test_a_site_that_allows_html_has_the_same_tables(small_site: Make) -> None:
    """What is sanitised is what an author wrote."""
    site = small_site(SITE)
    site.build()
    main = site.read("briefings/a/index.html").partition("<main")[2]
    site.write(f"-- content/site.yaml --\n{SITE_YAML}html: sanitised\n")
    site.build()
    assert site.read("briefings/a/index.html").partition("<main")[2] == main


def test_a_profile_and_a_page_have_tables(small_site: Make) -> None:
    """Not only briefings do."""
    table = "![Sales](/files/sales.csv){chart=bar}\n"
    kinds = {"companies": "name: N", "regions": "name: N", "topics": "name: N", "pages": "title: N"}
    site = small_site(
        SITE
        + "".join(f"-- content/{k}/n{k}.md --\n---\n{f}\n---\n{table}" for k, f in kinds.items())
    )
    site.build()
    for path in ("companies/ncompanies", "regions/nregions", "topics/ntopics", "npages"):
        page = site.read(f"{path}/index.html")
        assert '<figure class="data">' in page
        assert ".plot{" in "".join(styles_of(site, f"{path}/index.html"))


def test_a_feed_has_the_table_without_its_drawing(small_site: Make) -> None:
    """With whole addresses, and no letters of what a reader of feeds cannot draw."""
    site = small_site(SITE)
    site.build()
    items = json.loads(site.read("feed.json"))["items"]
    html = next(item["content_html"] for item in items if item["url"].endswith("/a/"))
    assert '<a href="https://example.org/site/files/sales.csv">Data (CSV)</a>' in html
    assert html.count("<table>") == 2
    assert html.count("Drawn") == 1
    assert "<svg" not in html
    assert "<text" not in html


def test_the_markdown_copy_has_a_table_that_any_program_reads(small_site: Make) -> None:
    """In the container of its image, with the caption before it and the file behind it."""
    site = small_site(SITE)
    site.build()
    assert """\
Before.

**Sales by year**

| Year | Sales |
| --- | --: |
| 2022 | 1,200 |
| 2023 | −35.5 |

Source: INE, 2024 · [Data (CSV)](https://example.org/site/files/sales.csv)

> **Drawn**
>
> | Year | Sales |
""" in site.read("briefings/a/a.markdown")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("![S](/files/none.csv)", "there is no file content/files/none.csv"),
        ("![S](/files/bad.csv)", "files/bad.csv, line 3: it has 1 field, but the first line"),
        ("![S](/files/empty.csv)", "files/empty.csv: it is empty"),
        (
            "![S](/files/text.csv){chart=bar}",
            "files/text.csv, line 2: the column 'Note' has 'hot', which is not a number",
        ),
    ],
)
def test_an_error_names_the_place_and_the_line_of_the_file(
    small_site: Make, text: str, message: str
) -> None:
    """Both the text that shows a file and the file are found at once."""
    files = (
        "-- content/files/bad.csv --\nA,B\nx,1\ny\n-- content/files/empty.csv --\n"
        "-- content/files/text.csv --\nA,Note\nx,hot\n"
    )
    link = f"[{text.removeprefix('![').partition('{')[0]}"
    site = small_site(SITE + briefing("c", f"The data: {link}.\n\n{text}\n") + files)
    (found,) = [one for one in site.messages() if one.startswith("briefings/c.md")]
    assert message in found
    lines = (site.folder / "content/briefings/c.md").read_text("utf-8").splitlines()
    assert lines[int(found.split(":")[1]) - 1] == text


def test_a_file_that_is_only_linked_is_not_read(small_site: Make) -> None:
    """Whatever is in it."""
    site = small_site(
        ENTITIES + briefing("a", "[Data](/files/a.csv)") + "-- content/files/a.csv --\n"
    )
    assert site.messages() == []


def test_a_footer_has_no_tables(small_site: Make) -> None:
    """It is on every page."""
    footer = 'footer: "![S](/files/sales.csv)"\n'
    site = small_site(f"-- content/site.yaml --\n{SITE_YAML}{footer}{SITE}")
    assert any("it has no tables of files" in message for message in site.messages())


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_change_of_the_file_makes_its_pages_anew(small_site: Make, jobs: int) -> None:
    """Those that show it and no others; the output is that of a clean build."""
    site = small_site(SITE + WIDE + briefing("c", "![W](/files/wide.csv)"))
    site.build(jobs=jobs)
    assert site.build(jobs=jobs).written == 0
    site.write(SALES.replace("1200", "777"))
    result = site.build(jobs=jobs)
    assert result.rendered == 1
    assert "777" in site.read("briefings/a/index.html")
    assert "777" in site.read("feed.json")
    assert site.output() == site.output_of_a_clean_build()


@pytest.mark.parametrize(
    "edit",
    [
        WIDE + briefing("b", "![W](/files/wide.csv)"),
        briefing("a", "None.", companies="[tiktok]"),
        briefing("a", TEXT.replace("=line", "=bar"), companies="[tiktok]"),
        SALES.replace("Sales", "Turnover"),
        briefing("a", TEXT.replace("by year", "of all years"), companies="[tiktok]"),
    ],
)
def test_after_any_edit_the_output_is_that_of_a_clean_build(small_site: Make, edit: str) -> None:
    """A table that comes, goes, is drawn otherwise, or is renamed; in the preview as well."""
    site = small_site(SITE)
    site.build()
    session = Session(site.options)
    session.update()
    page = "briefings/a/index.html"
    before = session.page(page).text
    site.write(edit)
    session.update()
    site.build()
    assert site.output() == site.output_of_a_clean_build()
    assert before
    assert session.page(page).text == site.read(page)


def test_an_error_in_the_file_keeps_the_last_good_page(small_site: Make) -> None:
    """The preview says what is wrong, and goes on when it is right again."""
    site = small_site(SITE)
    session = Session(site.options)
    session.update()
    good = session.page("briefings/a/index.html").text
    site.write("-- content/files/sales.csv --\nYear,Sales\n2022\n")
    session.update()
    assert [problem.message[:24] for problem in session.problems] == ["files/sales.csv, line 2:"]
    assert session.page("briefings/a/index.html").text == good
    site.write(SALES.replace("1200", "888"))
    session.update()
    assert "888" in session.page("briefings/a/index.html").text


@pytest.mark.skipif(
    not (find_spec("weasyprint") and ctypes.util.find_library("pangoft2-1.0"))
    and not os.environ.get("CI"),
    reason='PDFs need `pip install -e ".[pdf]"` and `apt-get install libpangoft2-1.0-0`',
)
def test_a_table_of_twelve_months_loses_none_in_a_pdf(small_site: Make) -> None:
    """One of a file, one of the text, and one that is so wide that it is broken by columns."""
    years = range(1990, 2025)
    data = (
        f"Country,{','.join(map(str, years))}\nFrance,{','.join(str(y + 50000) for y in years)}\n"
    )
    markdown = f"| Country | {' | '.join(MONTHS)} |\n|{'---|' * 13}\n| Spain |{'93,456|' * 12}\n"
    text = f"![W](/files/wide.csv)\n\n![Y](/files/years.csv)\n\n{markdown}"
    site = small_site(
        f"-- content/site.yaml --\n{SITE_YAML}pdf: true\n{ENTITIES}{briefing('a', text)}{WIDE}"
        f"-- content/files/years.csv --\n{data}"
    )
    site.build()
    pages = PdfReader(io.BytesIO(site.output()["briefings/a/a.pdf"])).pages
    width = float(pages[0].mediabox.width)
    words: list[tuple[str, float]] = []

    def see(word: str, frame: list[float], place: list[float], *_: object) -> None:
        words.append((word, place[4] * frame[0] + frame[4]))

    for page in pages:
        page.extract_text(visitor_text=see)
    assert all(x < width - 60 for word, x in words if word.strip())
    text = "".join("".join(word for word, _ in words).split())
    for number in (*range(71000, 71012), *range(82000, 82012), *(y + 50000 for y in years)):
        assert f"{number:,}" in text
    assert text.count("93,456") == 12
    assert text.count("Dec") == 2
