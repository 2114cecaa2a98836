"""llms.txt: what the site is and what to read, as https://llmstxt.org describes it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.helpers.smallsite import ENTITIES, SITE_YAML, SmallSite, briefing

Make = Callable[[str], SmallSite]

BASE = "https://example.org/site/"
SITE = (
    f"-- content/site.yaml --\n{SITE_YAML}tagline: All of it\n"
    + ENTITIES
    + briefing("a", companies="[tiktok]", date="2022-07-01")
    + briefing("b", companies="[tiktok]", status="superseded", superseded_by="[a]")
    + briefing("c", status="draft")
    + "-- content/pages/about.md --\n---\ntitle: About\n---\n"
)


def sections(site: SmallSite) -> dict[str, list[str]]:
    """The lines of each section, by its heading."""
    _, *pieces = site.read("llms.txt").split("\n## ")
    return {
        piece.split("\n", 1)[0]: [line for line in piece.splitlines() if line.startswith("- ")]
        for piece in pieces
    }


def test_it_begins_with_the_title_and_the_tagline(small_site: Make) -> None:
    """A heading of the first level, then a quotation."""
    site = small_site(SITE)
    site.build()
    assert site.read("llms.txt").startswith("# Small Site\n\n> All of it\n\n## Briefings\n")


def test_briefings_come_first_the_newest_on_top(small_site: Make) -> None:
    """Each with the address of its Markdown, its date, how it stands and its summary.

    None that is held back.
    """
    site = small_site(SITE)
    site.build()
    assert sections(site) == {
        "Briefings": [
            f"- [Title of b]({BASE}briefings/b/b.markdown): (2022-07-07, Superseded) The summary.",
            f"- [Title of a]({BASE}briefings/a/a.markdown): (2022-07-01) The summary.",
        ],
        "Companies": [f"- [TikTok]({BASE}companies/tiktok/)"],
        "Optional": [f"- [About]({BASE}about/)"],
    }


def test_it_is_bounded(small_site: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest briefings, and what is written about most."""
    monkeypatch.setattr("dossier.pages.files.llms_txt.MOST_BRIEFINGS", 3)
    monkeypatch.setattr("dossier.pages.files.llms_txt.MOST_TERMS", 1)
    days = [briefing(f"n-{n}", date=f"2022-05-0{n}", companies="[amazon]") for n in range(1, 6)]
    site = small_site(SITE + "".join(days))
    site.build()
    found = sections(site)
    assert re.findall(r"briefings/([\w-]+)/", "".join(found["Briefings"])) == ["b", "a", "n-5"]
    assert found["Companies"] == [f"- [Amazon]({BASE}companies/amazon/)"]


def test_a_title_is_text(small_site: Make) -> None:
    """What Markdown would take for markup is escaped."""
    site = small_site(briefing("a", title='"[x](y) *now* <b>"'))
    site.build()
    assert r"- [\[x\](y) \*now\* \<b\>]" in site.read("llms.txt")
