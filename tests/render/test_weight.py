"""What a page weighs on the line: HTML and the styles that further pages share; little script."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.linked import linked_files, styles_of
from tests.helpers.smallsite import ENTITIES, SmallSite, briefing

Make = Callable[[str], SmallSite]
PROSE = Path(__file__).with_name("prose.txt")
"""560 words that stay, so that nothing but the theme changes the weight."""
FIRST_VISIT = 11_000
FURTHER_PAGE = 5_500
SCRIPTS = 4_096
PAGE = "briefings/a/index.html"


@pytest.fixture
def site(small_site: Make) -> SmallSite:
    """A briefing of about 600 words of English, with sources, a figure and a move."""
    words = PROSE.read_text("utf-8").split()
    paragraphs = [" ".join(words[n : n + 80]) + " [@one; @two]." for n in range(0, 560, 80)]
    body = "\n\n".join(f"## Part {n}\n\n{text}" for n, text in enumerate(paragraphs))
    sources = "".join(
        f"\n  - {{id: {id_}, title: What the {id_} paper said about it, publisher: The {id_} Paper,"
        f' date: 2022-07-05, url: "https://{id_}.example/2022/07/a-long-address/", reliability: B}}'
        for id_ in ("one", "two", "three", "four", "five")
    )
    site = small_site(
        ENTITIES
        + "".join(briefing(f"n-{n}", companies="[tiktok]", regions="[FR]") for n in range(8))
        + briefing(
            "a",
            f"[[tiktok]] moved [@three; @four; @five].\n\n{body}",
            companies="[tiktok, amazon]",
            regions="[FR, europe]",
            topics="[live-shopping]",
            sources=sources,
            figures="[{label: Users, value: 1.5, unit: million, as_of: 2022, source: one}]",
            moves="[{company: tiktok, product: TikTok Shop, regions: [FR], stage: launched,"
            " date: 2022-07, basis: reported, sources: [one]}]",
        )
    )
    site.build()
    return site


def weight(*texts: str) -> int:
    """The bytes of some files as a server sends them."""
    return sum(len(gzip.compress(text.encode(), 6)) for text in texts)


def test_the_first_page_and_all_its_styles_fit_into_the_first_round_trip(site: SmallSite) -> None:
    """Nothing else blocks the first paint, and there are few files to ask for."""
    styles = styles_of(site, PAGE)
    assert weight(site.read(PAGE), *styles) <= FIRST_VISIT
    assert len(styles) <= 3
    assert site.read(PAGE).count("<script src") == site.read(PAGE).count(" defer></script>")


def test_a_further_page_of_the_kind_is_its_text_alone(site: SmallSite) -> None:
    """Its styles and scripts are there already."""
    assert weight(site.read(PAGE)) <= FURTHER_PAGE
    assert linked_files(site, "briefings/n-1/index.html") == linked_files(site, PAGE)


def test_scripts_of_a_page_are_small(site: SmallSite) -> None:
    """All of ours together."""
    scripts = [site.read(file) for file in linked_files(site, PAGE) if file.endswith(".js")]
    assert any("localStorage" in script for script in scripts)
    assert weight(*scripts) <= SCRIPTS


def test_no_font_is_loaded(site: SmallSite) -> None:
    """Type is set in what the reader's system has."""
    for text in (site.read(PAGE), *styles_of(site, PAGE)):
        assert "@font-face" not in text
        assert "url(" not in text
