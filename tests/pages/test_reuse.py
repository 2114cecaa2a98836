"""What a briefing carries where it is reused: when it was really written, and its licence."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from urllib.parse import unquote

import pytest

from tests.helpers.smallsite import SITE_YAML, SmallSite, briefing

Make = Callable[[str], SmallSite]
LATE = briefing("a", date="2022-07-07", reconstructed="2026-11-23", authors="[A. Analyst]")


def with_settings(*lines: str) -> str:
    """A site.yaml with more settings."""
    return "-- content/site.yaml --\n" + SITE_YAML + "".join(f"{line}\n" for line in lines)


def test_a_reconstruction_says_so_wherever_its_date_is(small_site: Make) -> None:
    """Byline, citation and its files, Markdown, feed; machines get the real day."""
    site = small_site(LATE)
    site.build(as_of="2026-12-01")
    page = site.read("briefings/a/index.html")
    said = re.sub(r"<[^>]+>", "", page)
    assert said.count("reconstructed on November 23, 2026") == 2
    files = "".join(unquote(unescape(one)) for one in re.findall(r'href="(data:[^"]+)"', page))
    assert files.count("econstructed on 2026-11-23") == 2
    (data,) = re.findall(r'ld\+json">(.*?)</script>', page, re.DOTALL)
    article = next(one for one in json.loads(data)["@graph"] if "headline" in one)
    assert (article["datePublished"], article["temporalCoverage"]) == ("2026-11-23", "2022-07-07")
    assert '"article:published_time" content="2026-11-23"' in page
    assert "reconstructed on November 23, 2026" in site.read("briefings/a/a.markdown")
    assert "reconstructed on November 23, 2026" in site.read("feed.xml")


def test_a_reconstruction_before_its_date_is_an_error(small_site: Make) -> None:
    """It was written after what it tells."""
    (problem,) = small_site(briefing("a", reconstructed="2022-07-01")).problems()
    assert problem.message == "2022-07-01 is before the briefing's own date, 2022-07-07"


def test_a_text_that_was_changed_does_not_say_that_it_stays(small_site: Make) -> None:
    """Neither on its page nor in the feed."""
    site = small_site(
        briefing("a", status="superseded", superseded_by="[b]", updated="2022-08-01")
        + briefing("b", date="2023-01-01")
    )
    site.build()
    for file in ("briefings/a/index.html", "feed.xml"):
        assert "as it was written" not in site.read(file)


def test_reference_managers_find_what_they_cite(small_site: Make) -> None:
    """Title, author, day, language, address; the site where nobody is named."""
    site = small_site(LATE + briefing("b"))
    site.build(as_of="2026-12-01")
    found = dict(
        re.findall(
            r'<meta name="citation_(\w+)"(?: property="[^"]+")? content="([^"]*)">',
            site.read("briefings/a/index.html"),
        )
    )
    assert found == {
        "title": "Title of a",
        "author": "A. Analyst",
        "publication_date": "2026-11-23",
        "language": "en",
        "public_url": "https://example.org/site/briefings/a/",
        "publisher": "Small Site",
    }
    assert '"citation_author" content="Small Site"' in site.read("briefings/b/index.html")


@pytest.mark.parametrize("licence", ["CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"])
def test_a_licence_that_allows_it_lets_a_text_be_republished(
    small_site: Make, licence: str
) -> None:
    """With a canonical link, its state and the licence, to copy without JavaScript as well."""
    settings = with_settings(f"licence: {licence}")
    site = small_site(
        settings
        + briefing("a", status="superseded", superseded_by="[b]")
        + briefing("b", date="2023-01-01")
    )
    site.build()
    page = site.read("briefings/a/index.html")
    lines = unescape(re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)[0])
    address = "https://example.org/site/briefings/a/"
    assert f'<link rel="canonical" href="{address}">' in lines
    assert "<strong>Superseded.</strong>" in lines
    assert f'<a href="{address}">' in lines
    assert "creativecommons.org/licenses/by/4.0/" in lines


@pytest.mark.parametrize("settings", ["", with_settings("licence: MIT")])
def test_without_such_a_licence_there_is_no_word_of_it(small_site: Make, settings: str) -> None:
    """Nothing is allowed that the owner did not allow."""
    site = small_site(settings + briefing("a"))
    site.build()
    assert "Republish" not in site.read("briefings/a/index.html")
