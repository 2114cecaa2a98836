"""Feeds: Atom (RFC 4287) and JSON Feed 1.1, of the site and of all that it writes about."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import feedparser
import pytest

from tests.helpers.smallsite import ENTITIES, SITE_YAML, SmallSite, briefing

Make = Callable[[str], SmallSite]

BASE = "https://example.org/site/"
ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([+-]\d\d:\d\d)")
FEEDS = ("", "fr/", "companies/tiktok/", "regions/france/", "regions/europe/")
FEEDS += ("topics/live-shopping/",)

ABOUT = {"companies": "[tiktok]", "regions": "[FR]", "topics": "[live-shopping]"}
SITE = (
    ENTITIES
    + briefing("first", "See [[second]].", date="2022-07-01", **ABOUT)
    + briefing("second", "Text.", date="2022-07-02", authors="[A. Analyst, B. Writer]", **ABOUT)
    + briefing("premier", "Texte.", date="2022-07-01", lang="fr", translation_of="first", **ABOUT)
)


def atom(site: SmallSite, folder: str = "") -> ElementTree.Element:
    """The root of an Atom feed."""
    return ElementTree.fromstring(site.read(f"{folder}feed.xml"))


def json_feed(site: SmallSite, folder: str = "") -> dict[str, Any]:
    """A JSON feed."""
    found: dict[str, Any] = json.loads(site.read(f"{folder}feed.json"))
    return found


def entries(site: SmallSite, folder: str = "") -> dict[str, ElementTree.Element]:
    """By the id of a briefing: its entry; in the order of the feed."""
    return {
        str(entry.findtext(f"{ATOM}id")).rstrip("/").rsplit("/", 1)[1]: entry
        for entry in atom(site, folder).iterfind(f"{ATOM}entry")
    }


def text(element: ElementTree.Element, name: str) -> str:
    """The text of a child."""
    return str(element.findtext(ATOM + name))


def links(element: ElementTree.Element, relation: str) -> list[tuple[str, str | None, str]]:
    """The media type, the language and the address of each link of a relation."""
    return [
        (str(link.get("type")), link.get("hreflang"), str(link.get("href")))
        for link in element.iterfind(f"{ATOM}link")
        if link.get("rel") == relation
    ]


def built(make: Make, content: str = SITE) -> SmallSite:
    """A site, built."""
    site = make(content)
    site.build()
    return site


def rebuilt(site: SmallSite, changes: str) -> SmallSite:
    """The same site with some files changed, built again."""
    site.write(changes)
    site.build()
    return site


def all_elements(site: SmallSite) -> Iterator[tuple[str, ElementTree.Element]]:
    """Each feed and each of its entries, with the folder of the feed."""
    for folder in FEEDS:
        root = atom(site, folder)
        yield folder, root
        yield from ((folder, entry) for entry in root.iterfind(f"{ATOM}entry"))


# What the standards require


def test_each_element_has_exactly_one_id_title_and_update(small_site: Make) -> None:
    """RFC 4287, 4.1.1 and 4.1.2: of a feed and of an entry alike."""
    for folder, element in all_elements(built(small_site)):
        for name in ("id", "title", "updated"):
            assert len(element.findall(ATOM + name)) == 1, (folder, name)
        for name in ("subtitle", "generator", "published", "summary", "content"):
            assert len(element.findall(ATOM + name)) <= 1, (folder, name)


def test_every_entry_has_an_author(small_site: Make) -> None:
    """RFC 4287, 4.1.1: its own, else that of the feed, which is the site."""
    site = built(small_site)
    assert atom(site).findtext(f"{ATOM}author/{ATOM}name") == "Small Site"
    found = entries(site)["second"].findall(f"{ATOM}author")
    assert [text(author, "name") for author in found] == ["A. Analyst", "B. Writer"]
    assert entries(site)["first"].findall(f"{ATOM}author") == []


def test_no_two_alternates_have_one_type_and_language(small_site: Make) -> None:
    """RFC 4287, 4.1.1 and 4.1.2."""
    for folder, element in all_elements(built(small_site)):
        alternates = [(kind, lang) for kind, lang, _ in links(element, "alternate")]
        assert alternates, folder
        assert len(alternates) == len(set(alternates)), folder


def test_a_feed_names_itself_its_other_form_and_its_page(small_site: Make) -> None:
    """RFC 4287, 4.1.1 and 4.2.7.2: by absolute addresses."""
    site = built(small_site)
    for folder in FEEDS:
        page = "" if folder == "fr/" else folder
        assert links(atom(site, folder), "self") == [
            ("application/atom+xml", None, f"{BASE}{folder}feed.xml")
        ]
        assert links(atom(site, folder), "alternate") == [
            ("text/html", None, f"{BASE}{page}"),
            ("application/feed+json", None, f"{BASE}{folder}feed.json"),
        ]
        feed = json_feed(site, folder)
        assert feed["feed_url"] == f"{BASE}{folder}feed.json"
        assert feed["home_page_url"] == f"{BASE}{page}"


@pytest.mark.parametrize(
    ("zone", "moment", "expected"),
    [
        ("UTC", "2022-07-01", "2022-07-01T00:00:00+00:00"),
        ("Europe/Paris", "2022-07-01", "2022-07-01T00:00:00+02:00"),
        ("Europe/Paris", "2022-01-01T10:00-05:00", "2022-01-01T16:00:00+01:00"),
        ("Europe/Paris", "1900-01-01", "1900-01-01T00:00:00+00:09"),
    ],
)
def test_dates_are_moments_of_the_sites_zone(
    small_site: Make, zone: str, moment: str, expected: str
) -> None:
    """RFC 4287, 3.3, and JSON Feed ask for RFC 3339; a day is its beginning."""
    settings = f"-- content/site.yaml --\n{SITE_YAML}timezone: {zone}\n"
    site = built(small_site, settings + briefing("a", date=moment))
    assert text(entries(site)["a"], "published") == expected
    assert json_feed(site)["items"][0]["date_published"] == expected
    for element in (atom(site), entries(site)["a"]):
        assert RFC_3339.fullmatch(text(element, "updated"))


def test_a_json_feed_has_what_version_1_1_requires(small_site: Make) -> None:
    """Version, title and items; of each item a text for an id, and a content."""
    site = built(small_site)
    for folder in FEEDS:
        feed = json_feed(site, folder)
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["title"]
        assert feed["items"]
        for item in feed["items"]:
            assert isinstance(item["id"], str)
            assert ("content_html" in item) != ("content_text" in item)
            extensions = [value for key, value in item.items() if key.startswith("_")]
            assert all(isinstance(value, dict) for value in extensions)


def test_both_forms_say_the_same(small_site: Make) -> None:
    """The same entries in the same order, with the same ids, titles, dates and texts."""
    site = built(small_site)
    for folder in FEEDS:
        from_atom = [
            (text(e, "id"), text(e, "title"), text(e, "updated"), text(e, "summary"))
            for e in entries(site, folder).values()
        ]
        from_json = [
            (i["id"], i["title"], i["date_modified"], i.get("summary") or i["content_text"])
            for i in json_feed(site, folder)["items"]
        ]
        assert from_atom == from_json


def test_a_feed_reader_finds_nothing_to_complain_about(small_site: Make) -> None:
    """feedparser reads every feed as what it is."""
    site = built(small_site)
    for folder in (*FEEDS, "changes/"):
        parsed = feedparser.parse(site.read(f"{folder}feed.xml").encode())
        assert (parsed.bozo, parsed.version) == (False, "atom10")
        assert all(entry.updated_parsed and entry.link for entry in parsed.entries)


# What is in a feed


def test_there_is_a_feed_for_all_that_is_written_about(small_site: Make) -> None:
    """The site, its other languages, companies, regions and topics; none for what has nothing."""
    site = built(small_site)
    files = {file for file in site.output() if file.endswith(("feed.xml", "feed.json"))}
    folders = [*FEEDS, "changes/"]
    assert files == {f"{folder}feed.{form}" for folder in folders for form in ("xml", "json")}


def test_a_translation_is_in_the_feed_of_its_language(small_site: Make) -> None:
    """The site's feed has the originals; each version names the other."""
    site = built(small_site)
    assert list(entries(site)) == ["second", "first"]
    assert list(entries(site, "fr/")) == ["premier"]
    assert atom(site, "fr/").get(LANG) == "fr"
    assert text(atom(site, "fr/"), "title") == "Small Site (français)"
    french = ("text/html", "fr", f"{BASE}fr/briefings/premier/")
    english = ("text/html", "en", f"{BASE}briefings/first/")
    assert links(entries(site)["first"], "alternate") == [english, french]
    assert links(entries(site, "fr/")["premier"], "alternate") == [french, english]
    assert json_feed(site)["items"][1]["_translations"] == {"fr": french[2]}


def test_an_entry_has_its_own_language(small_site: Make) -> None:
    """An original that nobody translated is in the site's feed as it was written."""
    site = built(small_site, briefing("seul", "Texte.", lang="fr", summary="'Un mot : deux.'"))
    entry = entries(site)["seul"]
    assert (atom(site).get(LANG), entry.get(LANG)) == ("en", "fr")
    assert text(entry, "summary") == "Un mot\u00a0: deux."
    assert json_feed(site)["items"][0]["language"] == "fr"


def test_an_entry_names_what_it_is_about(small_site: Make) -> None:
    """Companies, regions and topics, each by id, in the scheme of its index, with a name."""
    site = built(small_site)
    found = [
        (c.get("term"), c.get("scheme"), c.get("label"))
        for c in entries(site, "fr/")["premier"].iterfind(f"{ATOM}category")
    ]
    assert found == [
        ("tiktok", f"{BASE}companies/", "TikTok"),
        ("france", f"{BASE}regions/", "France"),
        ("live-shopping", f"{BASE}topics/", "Live shopping"),
    ]
    assert json_feed(site)["items"][0]["tags"] == ["TikTok", "France", "Live shopping"]


def test_the_sites_feed_has_the_text_and_the_others_a_summary(small_site: Make) -> None:
    """A company's feed leads to the page."""
    site = built(small_site)
    assert "<p>Text.</p>" in text(entries(site)["second"], "content")
    assert "<p>Text.</p>" in json_feed(site)["items"][0]["content_html"]
    assert entries(site, "companies/tiktok/")["second"].find(f"{ATOM}content") is None
    assert json_feed(site, "companies/tiktok/")["items"][0]["content_text"] == "The summary."


def test_a_feed_is_bounded(small_site: Make) -> None:
    """Thirty entries, or fifteen about one subject: those that changed last."""
    days = [briefing(f"n-{n}", date=f"2022-05-{n:02}", **ABOUT) for n in range(1, 32)]
    corrected = "[{date: 2022-06-01, kind: correction, note: A slip.}]"
    old = briefing("old", date="2020-01-01", changes=corrected, **ABOUT)
    site = built(small_site, ENTITIES + "".join(days) + old)
    for folder, most in (("", 30), ("companies/tiktok/", 15)):
        newest = list(range(31, 32 - most, -1))
        assert list(entries(site, folder)) == ["old", *(f"n-{n}" for n in newest)]


# The text of an entry

BODY = """\
[The app](/companies/tiktok/) and [[second]], as reported [@wire]; ![a picture](/files/a.svg).[^1]

## A heading

| a | b |
|---|---|
| 1 | 2 |

[^1]: A note.
"""
SOURCES = "[{id: wire, title: Report, publisher: The Wire}]"


def test_every_address_in_a_text_is_absolute(small_site: Make) -> None:
    """What led to a place on the page leads there from afar; no anchor of its own is left."""
    picture = "-- content/files/a.svg --\n<svg/>\n"
    site = built(small_site, SITE + picture + briefing("a", BODY, sources=SOURCES))
    html = text(entries(site)["a"], "content")
    page, second = f"{BASE}briefings/a/", f"{BASE}briefings/second/"
    found = re.findall(r'(?:href|src)="([^"]*)"', html)
    assert found[:3] == [
        f"{BASE}companies/tiktok/",
        second,
        f"{page}#source:wire",
    ]
    assert f"{BASE}files/a.svg" in found
    assert f"{page}#fn:1" in found
    assert all(address.startswith(BASE) for address in found)
    assert "<h2>A heading</h2>" in html
    assert "<td>1</td>" in html
    assert " id=" not in html


def test_a_text_is_harmless(small_site: Make) -> None:
    """Whatever an author wrote, no script and no style reaches a reader."""
    evil = '<script>alert(1)</script><b onclick="x()" style="color:red">bold</b>'
    settings = f"-- content/site.yaml --\n{SITE_YAML}html: sanitised\n"
    site = built(small_site, settings + briefing("a", f"A {evil} word."))
    html = text(entries(site)["a"], "content")
    assert "<b>bold</b>" in html
    assert not re.search(r"<script|onclick|style=", html)


@pytest.mark.parametrize(
    ("title", "lang", "shown"),
    [
        ('"A < B & C > D"', "en", "A < B & C > D"),
        ("""'The "plan" it''s called'""", "en", "The “plan” it’s called"),
        ('"Un plan : « oui » ; non !"', "fr", "Un plan\u00a0: «\u00a0oui\u00a0»\u202f; non\u202f!"),
        ("']]> &amp; <![CDATA['", "en", "]]> &amp; <![CDATA["),
    ],
    ids=["markup", "quotes", "french", "cdata"],
)
def test_a_title_is_plain_text(small_site: Make, title: str, lang: str, shown: str) -> None:
    """As the page prints it, whatever characters it has."""
    site = built(small_site, briefing("a", title=title, lang=lang))
    assert text(entries(site)["a"], "title") == shown
    assert json_feed(site)["items"][0]["title"] == shown


# What does not change, and what does


def test_an_id_survives_every_edit(small_site: Make) -> None:
    """Of title, text, dates, subjects and order."""
    site = built(small_site)
    before = {id_: text(entry, "id") for id_, entry in entries(site).items()}
    feed = text(atom(site), "id")
    rebuilt(
        site,
        briefing("second", "Other.", title="New", date="2021-01-01", updated="2023-01-01")
        + "-- content/companies/tiktok.md --\n---\nname: TokTik\n---\n",
    )
    after = {id_: text(entry, "id") for id_, entry in entries(site).items()}
    assert (after, text(atom(site), "id")) == (before, feed)


def test_an_id_survives_a_move_of_the_site(small_site: Make) -> None:
    """`first_url` keeps the address that ids began with; links follow the site."""
    site = built(small_site)
    before = text(entries(site)["first"], "id")
    moved = SITE_YAML.replace(BASE, "https://new.example/") + f"first_url: {BASE}\n"
    rebuilt(site, f"-- content/site.yaml --\n{moved}")
    assert text(entries(site)["first"], "id") == before
    assert json_feed(site)["items"][1]["id"] == before
    assert links(entries(site)["first"], "alternate")[0][2] == (
        "https://new.example/briefings/first/"
    )
    assert "https://new.example/briefings/second/" in text(entries(site)["first"], "content")


CHANGED = {
    "updated": ({"updated": "2022-08-01T10:00:00+00:00"}, "2022-08-01T10:00:00+00:00"),
    "corrected": (
        {"changes": "[{date: 2022-08-02, kind: correction, note: A slip.}]"},
        "2022-08-02T00:00:00+00:00",
    ),
    "superseded": (
        {"status": "superseded", "superseded_by": "[newer]"},
        "2022-09-01T00:00:00+00:00",
    ),
    "withdrawn": (
        {"status": "withdrawn", "withdrawn": "{date: 2022-08-03, reason: It was wrong.}"},
        "2022-08-03T00:00:00+00:00",
    ),
}


@pytest.mark.parametrize("how", CHANGED)
def test_a_change_moves_an_entry_to_the_front(small_site: Make, how: str) -> None:
    """Its date and the feed's are the day of the change, in the feeds of its subjects too."""
    fields, moment = CHANGED[how]
    site = built(small_site)
    newer = briefing("newer", date="2022-09-01") if how == "superseded" else ""
    rebuilt(site, newer + briefing("first", date="2022-07-01", **ABOUT, **fields))
    for folder in ("", "companies/tiktok/"):
        found = [id_ for id_ in entries(site, folder) if id_ != "newer"]
        assert found == ["first", "second"]
        assert text(entries(site, folder)["first"], "updated") == moment
        assert text(entries(site, folder)["first"], "published") == "2022-07-01T00:00:00+00:00"
        assert datetime.fromisoformat(text(atom(site, folder), "updated")) == max(
            datetime.fromisoformat(text(e, "updated")) for e in entries(site, folder).values()
        )


def test_a_superseded_entry_says_so(small_site: Make) -> None:
    """Before its title, in its summary and first in its text, with what replaced it."""
    replaced = "[{briefing: newer, regions: [FR]}]"
    site = built(
        small_site,
        ENTITIES
        + briefing("newer", title="The new one", date="2022-09-01")
        + briefing(
            "a", status="superseded", superseded_by=replaced, regions="[FR]", companies="[tiktok]"
        ),
    )
    entry = entries(site)["a"]
    assert text(entry, "title") == "[Superseded] Title of a"
    assert text(entry, "summary") == "Replaced by “The new one” (France). The summary."
    html = text(entry, "content")
    assert html.startswith("<p><strong>Superseded</strong> Events have overtaken this briefing")
    assert f'<a href="{BASE}briefings/newer/">The new one</a>' in html
    assert text(entries(site, "companies/tiktok/")["a"], "summary") == text(entry, "summary")


def test_a_withdrawn_entry_says_why(small_site: Make) -> None:
    """With the day and the reason, wherever it stands."""
    withdrawn = "{date: 2022-08-03, reason: The filing was retracted.}"
    site = built(small_site, briefing("a", status="withdrawn", withdrawn=withdrawn))
    entry = entries(site)["a"]
    assert text(entry, "title") == "[Withdrawn] Title of a"
    said = "It was withdrawn on August 3, 2022. The filing was retracted. The summary."
    assert text(entry, "summary").endswith(said)
    assert "The filing was retracted." in text(entry, "content")


def test_a_correction_is_told(small_site: Make) -> None:
    """The last one in the summary, all of them in the text, in the entry's language."""
    changes = (
        "[{date: 2022-08-01, kind: update, note: Un chiffre.},"
        " {date: 2022-08-02, kind: correction, note: Une date.}]"
    )
    site = built(small_site, briefing("a", lang="fr", changes=changes))
    entry = entries(site)["a"]
    assert text(entry, "summary") == "The summary. Correction (2 août 2022)\u00a0: Une date."
    html = text(entry, "content")
    assert html.index("Une date.") < html.index("Un chiffre.")


def test_what_is_held_back_is_in_no_feed(small_site: Make) -> None:
    """Neither as an entry nor by its name, as a replacement or in a text."""
    site = built(
        small_site,
        ENTITIES
        + briefing("a", "See [[secret]].", status="superseded", superseded_by="[secret]", **ABOUT)
        + briefing("secret", title="Hidden words", date="2030-01-01", **ABOUT)
        + briefing("draft", title="Hidden words", status="draft", **ABOUT),
    )
    for path, data in site.output().items():
        assert b"Hidden words" not in data, path
        if path.endswith(("feed.xml", "feed.json", "llms.txt")):
            assert b"secret/" not in data, path
            assert b"2030" not in data, path
    assert list(entries(site)) == ["a"]


def feed_files(site: SmallSite) -> dict[str, bytes]:
    """The feeds of a site's output."""
    return {
        path: data
        for path, data in site.output().items()
        if path.endswith(("feed.xml", "feed.json"))
    }


def test_the_same_content_makes_the_same_bytes(small_site: Make) -> None:
    """On another day, too: no feed knows the clock."""
    site = built(small_site)
    before = feed_files(site)
    site.build(as_of="2027-05-05", force=True)
    assert before
    assert feed_files(site) == before


def test_a_new_title_reaches_the_feeds_that_name_it(small_site: Make) -> None:
    """Also where it replaced something that is about another company."""
    site = built(
        small_site,
        ENTITIES
        + briefing("new", title="One", companies="[amazon]", date="2022-09-01")
        + briefing("old", status="superseded", superseded_by="[new]", companies="[tiktok]"),
    )
    rebuilt(site, briefing("new", title="Two", companies="[amazon]", date="2022-09-01"))
    assert "“Two”" in text(entries(site, "companies/tiktok/")["old"], "summary")


def test_an_entry_that_leaves_a_feed_is_gone(small_site: Make) -> None:
    """A correction that is taken back takes the entry back to its place."""
    changes = "[{date: 2023-01-01, kind: update, note: N}]"
    days = [briefing(f"n-{n}", date=f"2022-05-{n:02}", **ABOUT) for n in range(1, 31)]
    old = {"date": "2020-01-01", **ABOUT}
    site = built(small_site, ENTITIES + "".join(days) + briefing("old", changes=changes, **old))
    assert next(iter(entries(site, "companies/tiktok/"))) == "old"
    rebuilt(site, briefing("old", **old))
    for folder, most in (("", 30), ("companies/tiktok/", 15)):
        newest = list(range(30, 30 - most, -1))
        assert list(entries(site, folder)) == [f"n-{n}" for n in newest]


# Where feeds are found


def announced(site: SmallSite, page: str) -> list[tuple[str, str, str]]:
    """The feeds that a page's head names: media type, title, address."""
    pattern = r'<link rel="alternate" type="([^"]+)" title="([^"]+)" href="([^"]+)">'
    return re.findall(pattern, site.read(page))


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("index.html", [("Small Site", "./")]),
        ("briefings/first/index.html", [("Small Site", "../../")]),
        ("fr/briefings/premier/index.html", [("Small Site", "../../../fr/")]),
        (
            "companies/tiktok/index.html",
            [("Small Site", "../../"), ("TikTok · Small Site", "../../companies/tiktok/")],
        ),
        ("companies/amazon/index.html", [("Small Site", "../../")]),
        ("404.html", [("Small Site", "/site/")]),
    ],
)
def test_a_page_announces_its_feeds(
    small_site: Make, page: str, expected: list[tuple[str, str]]
) -> None:
    """That of the site in the page's language, and its own if it has one, in both forms."""
    assert announced(built(small_site), page) == [
        (kind, title, folder + file)
        for title, folder in expected
        for kind, file in (
            ("application/atom+xml", "feed.xml"),
            ("application/feed+json", "feed.json"),
        )
    ]


def test_one_page_lists_every_feed(small_site: Make) -> None:
    """It is in the sitemap, and every page leads to it."""
    site = built(small_site)
    page = site.read("follow/index.html")
    for folder in FEEDS:
        for file in ("feed.xml", "feed.json"):
            assert f'href="../{folder}{file}"' in page
    assert f"<loc>{BASE}follow/</loc>" in site.read("sitemap.xml")
    assert 'href="../../follow/"' in site.read("briefings/first/index.html")


def test_a_site_may_do_without_feeds(small_site: Make) -> None:
    """`feeds: false` leaves nothing of them; so does a site on which nothing is written."""
    for content in (f"-- content/site.yaml --\n{SITE_YAML}feeds: false\n{SITE}", ""):
        site = small_site(ENTITIES)
        for id_ in ("first", "second", "premier"):
            (site.folder / f"content/briefings/{id_}.md").unlink(missing_ok=True)
        rebuilt(site, content)
        assert not [path for path in site.output() if "feed" in path or "follow" in path]
        assert "feed.xml" not in site.read("index.html")
        assert "follow/" not in site.read("index.html") + site.read("sitemap.xml")
        assert not [one for one in site.problems() if "feed" in one.message]
