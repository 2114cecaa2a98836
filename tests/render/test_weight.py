"""What a page weighs on the line: HTML and styles in one response, and little script."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.smallsite import ENTITIES, SmallSite, briefing

Make = Callable[[str], SmallSite]
PROSE = Path(__file__).with_name("prose.txt")
"""560 words that stay, so that nothing but the theme changes the weight."""
FIRST_RESPONSE = 11_000
SCRIPTS = 4_096
_SCRIPT = re.compile(r"<script(?![^>]*type=)[^>]*>(.*?)</script>", re.DOTALL)


@pytest.fixture
def page(small_site: Make) -> str:
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
    return site.read("briefings/a/index.html")


def test_the_first_response_fits_into_the_first_round_trip(page: str) -> None:
    """HTML and styles together, as a server sends them; nothing else blocks the first paint."""
    assert len(gzip.compress(page.encode(), 6)) <= FIRST_RESPONSE
    assert "<style>" in page
    assert 'rel="stylesheet"' not in page
    assert "<script src" not in page


def test_scripts_of_a_page_are_small(page: str) -> None:
    """All of ours together."""
    scripts = "\n".join(_SCRIPT.findall(page))
    assert "localStorage" in scripts
    assert len(gzip.compress(scripts.encode(), 6)) <= SCRIPTS


def test_no_font_is_loaded(page: str) -> None:
    """Type is set in what the reader's system has."""
    assert "@font-face" not in page
    assert "url(" not in page
