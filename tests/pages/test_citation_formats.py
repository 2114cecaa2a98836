"""How a briefing is cited: two formats that reference managers read, with the version's date."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import unquote

from dossier.pages.citation_formats import Reference, bibtex, downloads, ris
from tests.helpers.smallsite import SmallSite, briefing

Make = Callable[[str], SmallSite]
REFERENCE = Reference(
    id="a",
    title="Sales of R&D up 50% {sic}",
    authors=("A. Analyst", "Ministère de l'Économie"),
    site="Small Site",
    url="https://example.org/site/briefings/a/",
    lang="en",
    date="2022-07-07",
    version="2022-07-13",
)


def test_bibtex_has_every_field_and_no_sign_that_tex_obeys() -> None:
    """Names stay whole, capitals stay capitals."""
    assert bibtex(REFERENCE) == (
        "@misc{a,\n"
        "  author = {{A. Analyst} and {Ministère de l'Économie}},\n"
        "  title = {{Sales of R\\&D up 50\\% \\{sic\\}}},\n"
        "  howpublished = {Small Site},\n"
        "  year = {2022},\n"
        "  month = {7},\n"
        "  version = {2022-07-13},\n"
        "  note = {Version of 2022-07-13},\n"
        "  url = {https://example.org/site/briefings/a/},\n"
        "  language = {en},\n"
        "}\n"
    )


def test_ris_begins_with_its_type_and_ends_with_its_end() -> None:
    """One line a field, one author a line."""
    lines = ris(REFERENCE).split("\r\n")
    assert (lines[0], lines[-2:]) == ("TY  - ELEC", ["ER  - ", ""])
    assert [line[6:] for line in lines if line.startswith("AU")] == list(REFERENCE.authors)
    assert "DA  - 2022/07/07/" in lines
    assert "ET  - 2022-07-13" in lines


def test_an_address_holds_the_file_as_it_is() -> None:
    """Nothing in it ends the attribute or the address early."""
    for file, text in zip(downloads(REFERENCE), (bibtex(REFERENCE), ris(REFERENCE)), strict=True):
        head, _, data = file.address.partition(",")
        assert re.fullmatch(r"data:[a-z]+/[a-z.+-]+;charset=utf-8", head)
        assert not set(data) & set("\"'<>#& \n")
        assert unquote(data) == text


def test_the_page_of_a_briefing_says_how_to_cite_it(small_site: Make) -> None:
    """Without JavaScript: the reference in words, and each format as a file to keep."""
    site = small_site(briefing("a", title="Big news", updated="2022-07-13", authors="[A. Analyst]"))
    site.build()
    page = site.read("briefings/a/index.html")
    text = re.sub(r"<[^>]+>", "", page[page.index("page:citation") :])
    assert "A. Analyst, “Big news”, Small Site, July 7, 2022, version of July 13, 2022" in text
    files = re.findall(r'<a href="(data:[^"]+)" download="([^"]+)">', page)
    assert [name for _, name in files] == ["a.bib", "a.ris"]
    assert all("2022-07-13" in unquote(unescape(address)) for address, _ in files)
