"""The brand of a site, as its pages and files show it."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
from collections.abc import Callable
from hashlib import sha256

import feedparser  # type: ignore[import-untyped]
import pytest
from PIL import Image

from tests.helpers.linked import styles_of
from tests.helpers.plans import view_of
from tests.helpers.smallsite import ENTITIES, SmallSite, briefing

Make = Callable[[str], SmallSite]
FILES = "-- content/files/logo.svg --\n<svg/>\n-- content/files/icon.png --\n\n"
ABOUT = "-- content/pages/about.md --\n---\ntitle: About us\n---\n\n## Corrections\n\nWrite.\n"


def branded(make: Make, settings: str, title: str = "Cell Watch") -> SmallSite:
    """A small site with some settings, a page and a few files."""
    first = f"-- content/site.yaml --\ntitle: {title}\nbase_url: https://example.org/cells/\n"
    figures = "[{label: Users, value: 1, unit: people, as_of: 2022, source: s}]"
    sources = "[{id: s, title: T}]"
    text = briefing("a", "Text.[@s]", figures=figures, sources=sources, companies="[amazon]")
    return make(ENTITIES + text + ABOUT + FILES + first + settings)


def test_an_accent_is_in_the_page_and_in_its_policy(small_site: Make) -> None:
    """As an element of its own, before the style sheet of the site; bar and icon follow."""
    site = branded(small_site, "accent: 1a5fb4\n-- templates/assets/css/site.css --\nb{top:0}\n")
    site.build()
    page = site.read("briefings/a/index.html")
    [accent] = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert accent.startswith(":root{--accent:light-dark(#1a5fb4,#")
    assert styles_of(site, "briefings/a/index.html")[-2:] == [accent, "b{top:0}"]
    assert base64.b64encode(sha256(accent.encode()).digest()).decode() in page.split("<meta")[1]
    assert '<meta name="theme-color" content="#1a5fb4"' in page
    assert "fill='%231a5fb4'" in page


def test_cards_follow_the_accent(small_site: Make) -> None:
    """In the band at their top."""
    site = branded(small_site, "accent: 1a5fb4\nsocial_cards: true\n")
    site.build()
    with Image.open(site.folder / "output/briefings/a/card.png") as card:
        assert card.convert("RGB").getpixel((0, 0)) == (0x1A, 0x5F, 0xB4)


def test_a_faint_accent_is_an_error_with_its_place(small_site: Make) -> None:
    """It names the nearest colour that passes, and the other problems are reported too."""
    site = branded(small_site, "accent: ffd500\n")
    site.write("-- content/pages/about.md --\n---\ntitel: A\n---\n")
    first, *others = sorted(site.problems(), key=lambda one: one.path != "site.yaml")
    assert (first.line, first.column) == (3, 9)
    assert "'ffd500'" in first.message
    assert "1.25" in first.message or "1.26" in first.message
    assert first.hint == "the nearest shade of it that passes is 836c00"
    assert others


def test_a_logo_with_a_text_stands_for_the_title(small_site: Make) -> None:
    """Without one, the title stands beside it; its path leads from any depth."""
    site = branded(small_site, "logo: {file: /files/logo.svg, text: The Watch}\n")
    site.build()
    plate = site.read("briefings/a/index.html").split('class="plate"')[1].split("</p>")[0]
    assert '<a href="../../"><img src="../../files/logo.svg" alt="The Watch"></a>' in plate
    site = branded(small_site, "logo: /files/logo.svg\n")
    site.build()
    assert '<img src="./files/logo.svg" alt="">Cell Watch</a>' in site.read("index.html")
    assert '<img src="/cells/files/logo.svg" alt="">' in site.read("404.html")


def test_an_icon_has_its_media_type(small_site: Make) -> None:
    """In pages and in feeds."""
    site = branded(small_site, "favicon: /files/icon.png\n")
    site.build()
    assert '<link rel="icon" href="./files/icon.png" type="image/png">' in site.read("index.html")
    assert feedparser.parse(site.read("feed.xml")).feed.icon.endswith("/cells/files/icon.png")
    assert json.loads(site.read("feed.json"))["favicon"].endswith("/cells/files/icon.png")


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("favicon: /files/icn.png", "3:10: this site has no page or file at '/files/icn.png'"),
        ("logo: {file: /files/x.svg}", "3:14: this site has no page or file at '/files/x.svg'"),
        ("favicon: /files/t.csv", "3:10: '/files/t.csv' is not an image that browsers show"),
        (
            "corrections: abuot",
            "3:14: 'abuot' is not a company, region, topic, briefing or page",
        ),
        ("contact: /abuot/", "3:10: this site has no page or file at '/abuot/'"),
        ("menu: [{label: A, link: /b/}]", "3:25: this site has no page or file at '/b/'"),
        ("menu: [{label: A, menu: [b]}]", "3:26: 'b' is neither a section nor a page"),
        (
            'footer: "See [[abuot]]."',
            "3:14: 'abuot' is not a company, region, topic, briefing or page",
        ),
        (
            "footer: |\n  A line.\n\n  See [[abuot]].",
            "6:7: 'abuot' is not a company, region, topic, briefing or page",
        ),
        (
            "footer: >\n  A line,\n  folded: see [it](/files/x.csv).",
            "5:20: this site has no page or file at '/files/x.csv'",
        ),
        (
            "footer: |\n  A line.\n\n  ## Heading",
            "6:3: a footer is on every page, so it has no headings, footnotes or anchors",
        ),
        (
            "footer: |\n  A line.\n  See [it](javascript:x).",
            "5:12: 'javascript:x' is not an address that a page can link to",
        ),
        (
            'footer: "## Heading"',
            "3:10: a footer is on every page, so it has no headings, footnotes or anchors",
        ),
    ],
)
def test_a_setting_that_leads_nowhere_is_a_problem(
    small_site: Make, settings: str, message: str
) -> None:
    """With its place in site.yaml."""
    site = branded(small_site, f"{settings}\n-- content/files/t.csv --\na\n")
    assert site.messages() == [f"site.yaml:{message}"]


def test_the_footer_is_markdown_whose_links_lead_from_any_depth(small_site: Make) -> None:
    """Also from the 404 page, and to a briefing by its title."""
    site = branded(small_site, "footer: |\n  See *[[about]]*, [[a]].\n\n  [All](/briefings/)\n")
    site.build()
    foot = site.read("briefings/a/index.html").split('<div class="imprint">')[1]
    assert '<em><a href="../../about/">About us</a></em>' in foot
    assert '<a href="../../briefings/a/">Title of a</a>' in foot
    assert '<a href="./briefings/">All</a>' in site.read("index.html")
    assert '<a href="/cells/briefings/">All</a>' in site.read("404.html")
    site.write(briefing("a", title="Another title"))
    site.build()
    assert "Another title</a>" in site.read("about/index.html").split("<footer")[1]


def test_the_foot_leads_where_the_settings_say(small_site: Make) -> None:
    """And nowhere else: a page that happens to be called about is not taken for anything."""
    site = branded(
        small_site,
        "sourcing: about\ncorrections: /about/#corrections\nnewsletter: https://news.example/\n"
        "contact: desk@example.org\nsocial: [https://bsky.app/x, {link: https://a.b/, name: A}]\n",
    )
    site.build()
    foot = site.read("briefings/a/index.html").split("<footer")[1]
    links = re.findall(r'<p><a (?:rel="me" )?href="([^"]*)">([^<]*)', foot)
    assert links == [
        ("../../changes/", "What changed"),
        ("../../about/", "How these briefings are sourced, corrected and superseded"),
        ("../../about/#corrections", "Report an error"),
        ("../../follow/", "Follow by feed"),
        ("https://news.example/", "Newsletter"),
        ("mailto:desk@example.org", "Contact"),
        ("https://bsky.app/x", "Bluesky"),
        ("https://a.b/", "A"),
    ]
    site = branded(small_site, "")
    site.build()
    assert "about/" not in site.read("index.html").split("<footer")[1]


def test_a_licence_is_wherever_the_texts_and_data_go(small_site: Make) -> None:
    """Pages, JSON-LD, both feeds, Markdown, and the tables in both forms."""
    url = "https://creativecommons.org/licenses/by/4.0/"
    site = branded(small_site, "licence: CC-BY-4.0\n")
    site.build()
    page = site.read("briefings/a/index.html")
    assert f'<a rel="license" href="{url}">CC BY 4.0</a>' in page
    assert f'"license":"{url}"' in page
    atom = feedparser.parse(site.read("feed.xml")).feed
    assert atom.rights == f"CC BY 4.0 {url}"
    assert {"rel": "license", "href": url}.items() <= atom.links[-1].items()
    assert json.loads(site.read("feed.json"))["_license"] == {"name": "CC BY 4.0", "url": url}
    assert f"Licence: CC BY 4.0, <{url}>" in site.read("briefings/a/a.markdown")
    [row] = csv.DictReader(io.StringIO(site.read("figures.csv")))
    assert row["licence"] == url
    for path in ("figures.json", "market/moves.json"):
        assert json.loads(site.read(path))["licence"] == url


def test_without_a_licence_nothing_mentions_one(small_site: Make) -> None:
    """Not even an empty column."""
    site = branded(small_site, "")
    site.build()
    for path in ("index.html", "feed.xml", "feed.json", "figures.csv", "figures.json"):
        assert "licen" not in site.read(path).lower()


def test_a_publisher_is_the_author_of_what_has_none(small_site: Make) -> None:
    """In JSON-LD and in feeds; with its own address, mail, logo and profiles."""
    site = branded(
        small_site,
        "publisher: {name: The Foundation, url: https://f.example/}\ncontact: desk@example.org\n"
        "logo: /files/logo.svg\nsocial: [https://bsky.app/x]\nsourcing: about\n",
    )
    site.build()
    page = site.read("briefings/a/index.html")
    data = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)[0])
    article = data["@graph"][0]
    assert article["publisher"] == {
        "@type": "Organization",
        "name": "The Foundation",
        "url": "https://f.example/",
        "logo": "https://example.org/cells/files/logo.svg",
        "email": "desk@example.org",
        "sameAs": ["https://bsky.app/x"],
        "publishingPrinciples": "https://example.org/cells/about/",
    }
    assert article["author"]["name"] == "The Foundation"
    assert feedparser.parse(site.read("feed.xml")).feed.author == "The Foundation"


def test_robots_are_asked_to_stay_away(small_site: Make) -> None:
    """Search engines by every page, which they must be able to read; others by robots.txt."""
    site = branded(small_site, "robots: {index: false, blocked: [GPTBot, CCBot]}\n")
    site.build()
    assert '<meta name="robots" content="noindex">' in site.read("briefings/a/index.html")
    assert site.read("robots.txt") == (
        "User-agent: *\nAllow: /\n\nUser-agent: GPTBot\nUser-agent: CCBot\nDisallow: /\n"
    )


def test_a_menu_has_links_elsewhere_and_links_below_others(small_site: Make) -> None:
    """A line opens without JavaScript; on a page below it, it is marked."""
    site = branded(
        small_site,
        "menu:\n  - {page: briefings, label: News}\n  - {label: Shop, link: https://s.example/}\n"
        "  - {label: More, menu: [about, companies, {label: Write, link: a@example.org}]}\n",
    )
    site.build()
    menu = site.read("about/index.html").split('<nav class="menu"')[1].split("</nav>")[0]
    assert re.findall(r'href="([^"]*)"[^>]*>([^<]*)', menu) == [
        ("../briefings/", "News"),
        ("https://s.example/", "Shop"),
        ("../about/", "About us"),
        ("../companies/", "Companies"),
        ("mailto:a@example.org", "Write"),
    ]
    assert '<details name="menu" data-current><summary>More</summary>' in menu
    assert '<a href="../about/" aria-current="page">' in menu


def test_what_has_nothing_behind_it_is_not_in_the_menu(small_site: Make) -> None:
    """Even where it is asked for, until there is something; the page is there all the same."""
    site = branded(small_site, "menu: [market, record, topics, {label: More, menu: [market]}]\n")
    assert [item.label for item in view_of(site, "index.html").head.menu] == ["Topics"]
    site.write(
        briefing(
            "b",
            sources="[{id: s, title: T}]",
            moves="[{company: amazon, product: Live, regions: [FR], stage: launched, date: 2022,"
            " basis: reported, sources: [s]}]",
            judgements="[{text: J, likelihood: likely, confidence: low, by: 2023}]",
        )
    )
    labels = [item.label for item in view_of(site, "index.html").head.menu]
    assert labels == ["Market", "Record", "Topics", "More"]


@pytest.mark.parametrize(
    ("title", "mark"), [("Cell Watch", ""), ("Gigafactories", "1"), ("A long title " * 4, "2")]
)
def test_a_long_title_is_set_smaller(small_site: Make, title: str, mark: str) -> None:
    """In three steps by its length, with a style sheet that other sites do without."""
    site = branded(small_site, "", title)
    site.build()
    page = site.read("index.html")
    assert ("data-long" in page) == bool(mark)
    assert f'data-long="{mark}"' in page or not mark
