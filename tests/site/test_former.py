"""Former ids and names: what was renamed is still found, and its addresses lead on."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.helpers.smallsite import SITE_YAML, SmallSite, briefing

Make = Callable[[str], SmallSite]


def entity(path: str, **fields: str) -> str:
    """A file of a company, region, topic or page."""
    front = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return f"-- content/{path}.md --\n---\n{front}---\n"


X = entity("companies/x", name="X", former_ids="[twttr, twitter]", former_names="[Twitter]")
SHOP = entity("topics/shops", name="Shops", former_ids="[retail]", former_names="[Retail]")
FRANCE = entity("regions/france", name="France", code="FR", former_ids="[gaul]")
ABOUT = entity("pages/about", title="About", menu="About", former_ids="[imprint]")
RENAMED = X + SHOP + FRANCE + ABOUT

REFERENCES = (
    "companies: [twitter]\nregions: [gaul]\ntopics: [retail]\n"
    "sources: [{id: s, title: T}]\n"
    "figures: [{label: L, value: 1, unit: '%', as_of: 2022, source: s, company: twttr,"
    " region: gaul}]\n"
    "moves: [{company: Twitter, product: P, regions: [gaul], stage: pilot, date: 2022,"
    " basis: official, sources: [s]}]\n"
)
OLD = (
    "-- content/briefings/old.md --\n---\ntitle: T\ndate: 2022-07-07\nsummary: S\n"
    f"{REFERENCES}---\n\n[[twitter]], [[Twitter|it]], [x](../companies/twttr.md),"
    " [y](../pages/imprint.md), [z](/topics/retail/), [[imprint]].\n"
)


def test_a_reference_by_a_former_id_or_name_is_one_by_the_id(small_site: Make) -> None:
    """In front matter and in its records, in texts, in links to files and to addresses."""
    site = small_site(RENAMED + OLD)
    resolved, problems = site.resolve()
    assert problems == []
    facts = resolved.briefings["old"].facts
    assert (facts.companies, facts.regions, facts.topics) == (("x",), ("france",), ("shops",))
    assert (facts.figures[0].company, facts.figures[0].region) == ("x", "france")
    assert (facts.moves[0].company, facts.moves[0].regions) == ("x", ("france",))
    assert resolved.briefings["old"].targets == {
        "twitter": ("company", "x"),
        "Twitter": ("company", "x"),
        "../companies/twttr.md": ("company", "x"),
        "../pages/imprint.md": ("page", "about"),
        "/topics/retail/": "topics/retail/",
        "imprint": ("page", "about"),
    }
    site.build()


def test_parents_and_members_may_be_named_by_former_ids(small_site: Make) -> None:
    """As anything else that refers to a company, a region or a topic."""
    site = small_site(
        RENAMED
        + entity("companies/vine", name="Vine", parent="twitter")
        + entity("regions/paris", name="Paris", parent="gaul")
        + entity("regions/club", name="Club", members="[gaul]")
        + entity("topics/malls", name="Malls", parent="Retail")
    )
    resolved, problems = site.resolve()
    assert problems == []
    assert resolved.companies["vine"].facts.parent == "x"
    assert resolved.regions["paris"].facts.parent == "france"
    assert resolved.regions["club"].facts.members == ("france",)
    assert resolved.topics["malls"].facts.parent == "shops"


def test_site_yaml_may_name_a_page_by_a_former_id(small_site: Make) -> None:
    """In its menu, in links and in the footer."""
    settings = "menu: [{page: imprint}, {label: X, link: twitter}]\ncorrections: imprint\n"
    site = small_site(RENAMED + f"-- content/site.yaml --\n{SITE_YAML}{settings}")
    site.build()
    home = site.read("index.html")
    assert home.count('href="./about/"') >= 2
    assert 'href="./companies/x/"' in home
    assert "imprint" not in home


def test_what_has_a_name_today_comes_before_what_had_it(small_site: Make) -> None:
    """An id before a former id, both before names, and former names last."""
    site = small_site(
        entity("companies/meta", name="Meta", former_ids="[fb]", former_names="[Facebook]")
        + entity("companies/facebook-app", name="Facebook", aliases="[FB]")
        + briefing("a", "[[Facebook]] and [[fb]].", companies="[Facebook, fb]")
    )
    resolved, problems = site.resolve()
    assert problems == []
    assert resolved.briefings["a"].facts.companies == ("facebook-app", "meta")
    assert resolved.briefings["a"].targets["Facebook"] == ("company", "facebook-app")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            entity("companies/x", name="X", former_ids="[x]"),
            "companies/x.md:3:14: 'x' is its id today",
        ),
        (
            entity("companies/x", name="X", former_ids="[a, y]") + entity("companies/y", name="Y"),
            "companies/x.md:3:17: 'y' is the id of 'companies/y.md'",
        ),
        (
            entity("companies/x", name="X", former_ids="[a]")
            + entity("companies/y", name="Y", former_ids="[a]"),
            "companies/y.md:3:14: 'a' is a former id of 'companies/x.md' already",
        ),
        (
            entity("topics/x", name="X", former_ids="[a, a]"),
            "topics/x.md:3:17: 'a' is listed twice",
        ),
        (
            entity("pages/x", title="X", former_ids="[companies]"),
            "pages/x.md:3:14: the address /companies/ is taken: the site itself has it too",
        ),
        (
            entity("pages/x", title="X", former_ids="[old]") + briefing("a", aliases="[/old/]"),
            "briefings/a.md:5:11: the address /old/ is taken: 'pages/x.md' has it too",
        ),
    ],
    ids=["its own", "another's", "another's former", "twice", "the site's", "an alias"],
)
def test_a_former_id_that_is_taken_is_a_problem_where_it_stands(
    small_site: Make, text: str, message: str
) -> None:
    """Nothing is published."""
    site = small_site(text)
    assert site.messages() == [message]
    assert site.output() == {}


def test_one_id_may_have_been_that_of_several_kinds(small_site: Make) -> None:
    """A link by it is ambiguous, and its file is named instead."""
    site = small_site(
        entity("companies/x", name="X", former_ids="[live]")
        + entity("topics/streams", name="Streams", former_ids="[live]")
        + briefing("a", "[[live]] and [t](../topics/live.md).", companies="[live]")
    )
    (problem,) = site.problems()
    assert problem.message == "'live' may be the company 'x' or the topic 'streams'"
    assert problem.hint == "link to its file: [text](../companies/x.md)"


def test_every_page_of_what_was_renamed_leads_on(small_site: Make) -> None:
    """Its further pages and its market as well, in any language, for each id that it had."""
    many = "".join(
        briefing(f"b{n}", companies="[x]", topics="[shops]", regions="[france]") for n in range(51)
    )
    site = small_site(
        RENAMED
        + OLD
        + many
        + entity("pages/equipe", title="L'équipe", lang="fr", former_ids="[nous]")
    )
    site.build()
    for old, new in {
        "companies/twttr/": "companies/x/",
        "companies/twitter/": "companies/x/",
        "companies/twitter/page/2/": "companies/x/page/2/",
        "regions/gaul/": "regions/france/",
        "topics/retail/": "topics/shops/",
        "topics/retail/page/2/": "topics/shops/page/2/",
        "market/topics/retail/": "market/topics/shops/",
        "imprint/": "about/",
        "fr/nous/": "fr/equipe/",
    }.items():
        page = site.read(f"{old}index.html")
        root = "../" * old.count("/")
        assert f'http-equiv="refresh" content="0; url={root}{new}"' in page
        assert f'<link rel="canonical" href="https://example.org/site/{new}">' in page
        assert "location.search+location.hash" in page
        assert f"https://example.org/site/{old}" not in site.read("sitemap.xml")


def test_a_feed_stays_at_its_former_addresses(small_site: Make) -> None:
    """The bytes of today's, with the id of the first: no reader sees an entry twice."""
    site = small_site(entity("companies/twttr", name="X") + briefing("a", companies="[twttr]"))
    site.build()
    first = site.read("companies/twttr/feed.xml")
    site.remove("content/companies/twttr.md")
    site.write(X)
    assert site.problems() == []
    atom = site.read("companies/x/feed.xml")
    for id_ in ("twttr", "twitter"):
        assert site.read(f"companies/{id_}/feed.xml") == atom
        assert site.read(f"companies/{id_}/feed.json") == site.read("companies/x/feed.json")
    ids = [line for line in first.splitlines() if line.startswith("<id>")]
    assert [line for line in atom.splitlines() if line.startswith("<id>")] == ids
    assert (
        'rel="self" type="application/atom+xml" href="https://example.org/site/companies/x/' in atom
    )
    assert json.loads(site.read("companies/twttr/feed.json"))["feed_url"].endswith("/x/feed.json")
    assert "twttr" not in site.read("follow/index.html")


def test_former_names_are_shown_where_they_matter(small_site: Make) -> None:
    """On its own page, in its data, and in llms.txt; not wherever it is named."""
    site = small_site(RENAMED + OLD)
    site.build()
    page = site.read("companies/x/index.html")
    assert "<p class=meta>formerly Twitter" in page.replace('"', "")
    assert '"alternateName":["Twitter"]' in page
    assert "What these briefings say about X, formerly Twitter." in page
    assert "companies/x/): formerly Twitter" in site.read("llms.txt")
    assert "formerly" not in site.read("companies/index.html")
    assert "formerly Twitter" not in site.read("briefings/old/index.html")


def test_what_is_renamed_step_by_step_is_what_a_clean_build_makes(small_site: Make) -> None:
    """Rename, former id, another rename, and back."""
    site = small_site(entity("companies/a", name="A") + briefing("b", "[[a]]", companies="[a]"))
    site.build()
    for id_, former in (("b", "[a]"), ("c", "[a, b]"), ("a", "[b, c]")):
        for file in (site.folder / "content/companies").iterdir():
            file.unlink()
        site.write(entity(f"companies/{id_}", name="A", former_ids=former, former_names="[Old]"))
        assert site.problems() == []
        assert site.output() == site.output_of_a_clean_build()
