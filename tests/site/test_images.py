"""Images on a site: where they appear, what is wrong with them, what a change makes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest

from tests.helpers.smallsite import SITE_YAML, SmallSite, briefing

Make = Callable[[str], SmallSite]

SVG = '-- content/files/a.svg --\n<svg xmlns="http://www.w3.org/2000/svg"/>\n'
TEXT = """\
![What it shows](/files/a.svg "A < B. Photo: C & D")

The sign ![lit](../files/a.svg "On") is on.
"""


def test_an_image_alone_is_a_figure(small_site: Make) -> None:
    """With its caption and, marked apart, its credit; only such a page has the style sheet."""
    site = small_site(briefing("a", TEXT) + briefing("b") + SVG)
    site.build()
    page = site.read("briefings/a/index.html")
    assert (
        '<figcaption>A &lt; B. <span class="credit">Photo: C &amp; D</span></figcaption></figure>'
        in page
    )
    assert '<p>The sign <img alt="lit" src="../../files/a.svg" title="On"> is on.</p>' in page
    assert ".image figcaption{" in page
    assert ".image figcaption{" not in site.read("briefings/b/index.html")


@pytest.mark.parametrize("policy", ["escaped", "sanitised"])
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('![A](/files/a.svg "B")', "<figure><img A><figcaption>B</figcaption></figure>"),
        ("![A](/files/a.svg)", "<figure><img A></figure>"),
        ("![A](/files/a.svg) <!-- seen -->", "<figure><img A></figure>"),
        ("- ![A](/files/a.svg)\n\n  C", "<ul><li><figure><img A></figure><p>C</p></li></ul>"),
        ("> ![A](/files/a.svg)", "<blockquote><figure><img A></figure></blockquote>"),
        ('![A](/files/a.svg "B") C', "<p><img A B> C</p>"),
        ("- ![A](/files/a.svg)", "<ul><li><img A></li></ul>"),
        ("[![A](/files/a.svg)](/changes/)", "<p><a><img A></a></p>"),
        ("![A](/files/a.svg)\n![C](/files/a.svg)", "<p><img A> <img C></p>"),
        ("![A <img B](/files/a.svg)", "<figure><img A &lt;img B></figure>"),
    ],
)
def test_only_an_image_alone_in_its_paragraph_is_a_figure(
    small_site: Make, policy: str, text: str, shown: str
) -> None:
    """Elsewhere it is part of the line, with its caption as its title."""
    settings = f"-- content/site.yaml --\n{SITE_YAML}html: {policy}\n"
    site = small_site(settings + briefing("a", text) + SVG)
    site.build()
    page = site.read("briefings/a/index.html")
    found = page.partition('<div class="text">')[2].partition("</div>")[0]
    found = re.sub(r'<img alt="([^"]*)"[^>]*?( title="[^"]*")?>', r"<img \1\2>", found)
    found = re.sub(r' title="([^"]*)"', r" \1", found)
    found = re.sub(r"<(figure|a)\b[^>]*>", r"<\1>", found)
    assert re.sub(r"\s*\n\s*", " ", found).replace("> <f", "><f").strip() == shown


def test_a_site_that_allows_html_has_the_same_images(small_site: Make) -> None:
    """What is sanitised is what an author wrote."""
    site = small_site(briefing("a", TEXT) + SVG)
    site.build()
    main = site.read("briefings/a/index.html").partition("<main")[2]
    site.write(f"-- content/site.yaml --\n{SITE_YAML}html: sanitised\n")
    site.build()
    assert site.read("briefings/a/index.html").partition("<main")[2] == main


def test_a_feed_has_the_figure_with_whole_addresses(small_site: Make) -> None:
    """So that it is shown wherever the feed is read."""
    site = small_site(briefing("a", TEXT) + SVG)
    site.build()
    html = json.loads(site.read("feed.json"))["items"][0]["content_html"]
    assert html.count('src="https://example.org/site/files/a.svg"') == 2
    assert "Photo: C &amp; D" in html


def test_the_markdown_copy_has_the_image_with_its_whole_address(small_site: Make) -> None:
    """As it was written otherwise."""
    site = small_site(briefing("a", TEXT) + SVG)
    site.build()
    copy = site.read("briefings/a/a.markdown")
    assert '![What it shows](https://example.org/site/files/a.svg "A < B. Photo: C & D")' in copy
    assert "![lit](https://example.org/site/files/a.svg" in copy
