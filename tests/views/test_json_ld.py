"""Structured data: JSON-LD that says what the content says, and Open Graph beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from dossier.language.formatting import territorial_locale
from dossier.language.typography import typeset
from tests.helpers.smallsite import ENTITIES, SITE_YAML, SmallSite, briefing

Make = Callable[[str], SmallSite]
Node = dict[str, Any]

BASE = "https://example.org/site/"
HOSTILE = "</script><!--<script>alert(1)//--> & 'x'"
FULL = (
    ENTITIES.replace("name: TikTok\n", "name: TikTok\naliases: [Douyin abroad]\nparent: amazon\n")
    + briefing(
        "a",
        "See [[twitch]], [[tiktok]], [[europe]] and [[france]], as [@prweek] says.",
        companies="[tiktok]",
        regions="[FR]",
        topics="[live-shopping]",
        date="2022-07-07T09:30+02:00",
        updated="2022-07-13",
        authors="[A. Analyst]",
        status="superseded",
        superseded_by="[b]",
        changes="[{date: 2022-07-12, kind: correction, note: Wrong year.},"
        " {date: 2022-07-13, kind: update, note: More.}]",
        sources="[{id: prweek, title: A report, publisher: PRWeek, date: 2022-07,"
        ' url: "https://www.prweek.com/"}, {id: bare, title: Hearsay}]',
    )
    + briefing("b", companies="[tiktok]", date="2022-08-01")
    + briefing("c", lang="fr", translation_of="a", companies="[tiktok]", regions="[FR]")
    + "-- content/pages/about.md --\n---\ntitle: About\n---\n"
)


@pytest.fixture
def built(built_site: Make) -> SmallSite:
    """A site that has something of everything."""
    return built_site(FULL)


def nodes(site: SmallSite, path: str) -> dict[str, Node]:
    """The items that the page at a path describes, by type."""
    scripts = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>',
        site.read(f"{path}index.html"),
        re.DOTALL,
    )
    assert len(scripts) <= 1
    found = {}
    for script in scripts:
        data = json.loads(script)
        assert data["@context"] == "https://schema.org"
        found |= {node["@type"]: node for node in data["@graph"]}
    return found


def properties(site: SmallSite, file: str) -> dict[str, str]:
    """The Open Graph properties of a page."""
    pattern = r'(?:property|name)="((?:og|article|twitter):[^"]+)" content="([^"]*)">'
    return dict(re.findall(pattern, site.read(file)))


def inner(value: object) -> Iterator[Node]:
    """Every item within a description, at any depth."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    for part in value if isinstance(value, list) else ():
        yield from inner(part)


def test_a_briefing_says_what_it_is(built: SmallSite) -> None:
    """Headline, language and dates, as precisely as they are written; the summary stands beside."""
    article = nodes(built, "briefings/a/")["AnalysisNewsArticle"]
    assert article["@id"] == f"{BASE}briefings/a/"
    assert article["headline"] == "Title of a"
    summary = '<meta name="description" property="og:description" content="The summary.">'
    assert summary in built.read("briefings/a/index.html")
    assert article["inLanguage"] == "en"
    assert article["datePublished"] == "2022-07-07T09:30:00+02:00"
    assert article["dateModified"] == "2022-07-13"
    assert article["author"] == [{"@type": "Person", "name": "A. Analyst"}]
    assert article["creativeWorkStatus"] == "Superseded"
    assert article["isPartOf"] == {"@type": "WebSite", "@id": BASE, "name": "Small Site"}


def test_a_briefing_says_what_it_is_about(built: SmallSite) -> None:
    """Companies and topics; countries by their code; what else the text links to, once."""
    article = nodes(built, "briefings/a/")["AnalysisNewsArticle"]
    assert [(n["@type"], n["name"]) for n in article["about"]] == [
        ("Organization", "TikTok"),
        ("DefinedTerm", "Live shopping"),
    ]
    france = {
        "@type": "Country",
        "@id": f"{BASE}regions/france/",
        "name": "France",
        "identifier": "FR",
    }
    assert article["spatialCoverage"] == [france]
    assert [(n["@type"], n["name"]) for n in article["mentions"]] == [
        ("Organization", "Twitch"),
        ("Place", "Europe"),
    ]


def test_a_briefing_says_what_it_rests_on_and_what_was_wrong(built: SmallSite) -> None:
    """Sources by their addresses, or in words; corrections, but no updates."""
    article = nodes(built, "briefings/a/")["AnalysisNewsArticle"]
    assert article["citation"] == ["https://www.prweek.com/", "Hearsay"]
    assert article["correction"] == [
        {"@type": "CorrectionComment", "datePublished": "2022-07-12", "text": "Wrong year."}
    ]


def test_translations_name_one_another(built: SmallSite) -> None:
    """The original its translations, each of them the original."""
    original = nodes(built, "briefings/a/")["AnalysisNewsArticle"]
    french = nodes(built, "fr/briefings/c/")["AnalysisNewsArticle"]
    assert original["workTranslation"] == [{"@id": french["@id"]}]
    assert french["translationOfWork"] == {"@id": original["@id"]}
    assert "translationOfWork" not in original
    assert "workTranslation" not in french


def test_what_is_not_known_is_left_out(built: SmallSite) -> None:
    """No member is empty; a briefing without authors is the site's."""
    article = nodes(built, "briefings/b/")["AnalysisNewsArticle"]
    assert all(article.values())
    assert article.keys().isdisjoint(
        {"dateModified", "citation", "mentions", "correction", "creativeWorkStatus", "image"}
    )
    assert article["author"] == article["publisher"]
    assert article["publisher"] == {"@type": "Organization", "name": "Small Site", "url": BASE}


def test_a_company_says_who_it_is(small_site: Make) -> None:
    """Its other names, who owns it, and where else it is described."""
    site = small_site(
        ENTITIES + "-- content/companies/tiktok.md --\n---\nname: TikTok\nparent: amazon\n"
        "aliases: [TT]\nwebsite: https://www.tiktok.com/\nwikidata: Q48938223\n---\n"
    )
    site.build()
    company = nodes(site, "companies/tiktok/")["Organization"]
    assert company == {
        "@type": "Organization",
        "@id": f"{BASE}companies/tiktok/",
        "name": "TikTok",
        "alternateName": ["TT"],
        "sameAs": ["https://www.tiktok.com/", "https://www.wikidata.org/wiki/Q48938223"],
        "parentOrganization": {
            "@type": "Organization",
            "@id": f"{BASE}companies/amazon/",
            "name": "Amazon",
        },
    }


@pytest.mark.parametrize(
    ("path", "types"),
    [
        ("", {"WebSite"}),
        ("briefings/", set()),
        ("briefings/a/", {"AnalysisNewsArticle", "BreadcrumbList"}),
        ("companies/tiktok/", {"Organization", "BreadcrumbList"}),
        ("regions/", set()),
        ("regions/europe/", {"Place", "BreadcrumbList"}),
        ("regions/france/", {"Country", "BreadcrumbList"}),
        ("topics/live-shopping/", {"DefinedTerm", "BreadcrumbList"}),
        ("about/", set()),
    ],
)
def test_each_kind_of_page_has_its_types(built: SmallSite, path: str, types: set[str]) -> None:
    """Pages that only list have nothing to describe."""
    assert nodes(built, path).keys() == types


def test_a_further_page_of_a_long_list_is_no_second_description(small_site: Make) -> None:
    """It has its crumbs alone: the company is described on the first."""
    site = small_site(
        ENTITIES + "".join(briefing(f"n-{n}", companies="[tiktok]") for n in range(51))
    )
    site.build()
    assert nodes(site, "companies/tiktok/page/2/").keys() == {"BreadcrumbList"}


def test_crumbs_lead_to_the_page(built: SmallSite) -> None:
    """In order, with addresses; the page itself comes last."""
    crumbs = nodes(built, "regions/france/")["BreadcrumbList"]["itemListElement"]
    assert [(c["position"], c["name"], c.get("item")) for c in crumbs] == [
        (1, "Regions", f"{BASE}regions/"),
        (2, "Europe", f"{BASE}regions/europe/"),
        (3, "France", None),
    ]


def test_every_id_is_the_canonical_address_of_a_page(built: SmallSite) -> None:
    """Descriptions on different pages refer to one another."""
    files = [file for file in built.output() if file.endswith("index.html")]
    canonical = {
        re.findall(r'<link rel="canonical" href="(.*?)">', built.read(f))[0] for f in files
    }
    ids = {
        node["@id"]
        for file in files
        for described in nodes(built, file.removesuffix("index.html")).values()
        for node in inner(described)
        if "@id" in node
    }
    assert len(ids) > 8
    assert ids <= canonical


def test_a_hostile_title_stays_a_text(small_site: Make) -> None:
    """Nothing that an author writes ends the script, or is lost in it."""
    site = small_site(
        ENTITIES.replace("name: TikTok", f'name: "{HOSTILE}"')
        + briefing("a", title=f'"{HOSTILE}"', summary=f'"{HOSTILE}"', companies="[tiktok]")
    )
    site.build()
    page = site.read("briefings/a/index.html")
    article = nodes(site, "briefings/a/")["AnalysisNewsArticle"]
    assert article["headline"] == typeset(HOSTILE, "en")
    assert article["about"][0]["name"] == HOSTILE
    assert "<!--" not in page
    assert page.count("</script>") == page.count("<script")


def test_a_page_can_be_shared(built: SmallSite) -> None:
    """Type, title, summary, address, languages and dates of a briefing."""
    assert properties(built, "briefings/a/index.html") == {
        "og:type": "article",
        "og:title": "Title of a",
        "og:description": "The summary.",
        "og:url": f"{BASE}briefings/a/",
        "og:site_name": "Small Site",
        "og:locale": "en_US",
        "og:locale:alternate": "fr_FR",
        "article:published_time": "2022-07-07T09:30:00+02:00",
        "article:modified_time": "2022-07-13",
        "twitter:card": "summary",
    }
    assert properties(built, "companies/tiktok/index.html")["og:type"] == "website"
    assert properties(built, "404.html") == {}


def test_a_shared_page_shows_its_card(small_site: Make) -> None:
    """A briefing its own, any other page that of the site; both are files of the output."""
    site = small_site(f"-- content/site.yaml --\n{SITE_YAML}social_cards: true\n" + briefing("a"))
    site.build()
    for page, path, alt in (
        ("briefings/a/index.html", "briefings/a/card.png", "Title of a"),
        ("briefings/index.html", "card.png", "Small Site"),
    ):
        found = properties(site, page)
        assert found["og:image"] == BASE + path
        assert found["og:image:alt"] == alt
        assert found["twitter:card"] == "summary_large_image"
        assert path in site.output()
    assert nodes(site, "briefings/a/")["AnalysisNewsArticle"]["image"] == (
        f"{BASE}briefings/a/card.png"
    )


@pytest.mark.parametrize(
    ("lang", "locale"),
    [("en", "en_US"), ("en-GB", "en_GB"), ("fr", "fr_FR"), ("pt-BR", "pt_BR"), ("eo", "eo_001")],
)
def test_a_language_has_the_territory_that_is_likeliest(lang: str, locale: str) -> None:
    """Open Graph writes a language with its territory; CLDR knows which."""
    assert territorial_locale(lang) == locale
