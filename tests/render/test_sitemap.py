"""Sitemaps: every page that has an address of its own, and nothing that nobody may see."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Callable

import pytest

from tests.helpers.smallsite import ENTITIES, SmallSite, briefing

Make = Callable[[str], SmallSite]

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
BASE = "https://example.org/site/"


def locations(site: SmallSite, file: str = "sitemap.xml") -> list[str]:
    """The addresses that a sitemap names, below the site's own."""
    root = ElementTree.fromstring(site.read(file))
    return [str(loc.text).removeprefix(BASE) for loc in root.iterfind(".//s:loc", NAMES)]


def test_every_page_with_an_address_of_its_own_is_in_it(small_site: Make) -> None:
    """But for drafts, redirects and the page for addresses that do not exist."""
    site = small_site(
        ENTITIES
        + briefing("a", companies="[tiktok]", aliases="[/old/]")
        + briefing("draft", status="draft")
        + briefing("later", date="2030-01-01")
        + "-- content/pages/about.md --\n---\ntitle: About\n---\n"
    )
    site.build()
    pages = {
        file.removesuffix("index.html") for file in site.output() if file.endswith("index.html")
    }
    assert sorted(locations(site)) == sorted(pages - {"old/"})


def test_a_briefing_has_the_day_of_its_last_change(small_site: Make) -> None:
    """The day it was updated, else that of its publication."""
    site = small_site(
        briefing("a") + briefing("b", date="2022-07-01", updated="2022-08-02T10:00:00+02:00")
    )
    site.build()
    root = ElementTree.fromstring(site.read("sitemap.xml"))
    found = {
        str(url.findtext("s:loc", "", NAMES)).removeprefix(BASE): url.findtext(
            "s:lastmod", "", NAMES
        )
        for url in root.iterfind("s:url", NAMES)
    }
    assert found["briefings/a/"] == "2022-07-07"
    assert found["briefings/b/"] == "2022-08-02T10:00:00+02:00"
    assert found["briefings/"] == ""


def test_translations_name_one_another(small_site: Make) -> None:
    """Each version lists all of them, itself included."""
    site = small_site(briefing("a") + briefing("b", lang="fr", translation_of="a"))
    site.build()
    root = ElementTree.fromstring(site.read("sitemap.xml"))
    versions = [
        [(link.get("hreflang"), link.get("href")) for link in url.iterfind("x:link", NAMES)]
        for url in root.iterfind("s:url", NAMES)
    ]
    both = [("en", f"{BASE}briefings/a/"), ("fr", f"{BASE}fr/briefings/b/")]
    assert [found for found in versions if found] == [both, both]


def test_a_long_sitemap_is_parted(small_site: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """The announced file lists the parts, which together name what one would have named."""
    site = small_site(ENTITIES + "".join(briefing(f"n-{n}") for n in range(5)))
    site.build()
    whole = locations(site)
    monkeypatch.setattr("dossier.pages.files.sitemap.MOST_ADDRESSES", 7)
    site.build(force=True)
    parts = locations(site)
    assert parts == [f"sitemap-{n}.xml" for n in range(1, len(parts) + 1)]
    named = [locations(site, part) for part in parts]
    assert all(len(part) <= 7 for part in named)
    assert [path for part in named for path in part] == whole


def test_robots_are_told_where_the_sitemap_is(small_site: Make) -> None:
    """By its absolute address, as the protocol asks."""
    site = small_site("")
    site.build()
    assert f"Sitemap: {BASE}sitemap.xml" in site.read("robots.txt").splitlines()
