"""The plan: which pages a site has, and what their views hold."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dossier.language.profiles import reading_minutes
from dossier.views.paging import page_count, page_slice, paging
from tests.helpers.plans import plan_of, titles, view_of
from tests.helpers.smallsite import ENTITIES, SmallSite, briefing

Make = Callable[[str], SmallSite]


def test_an_empty_site_has_its_indexes(small_site: Make) -> None:
    """A site without content still has every standing address."""
    assert {page.file for page in plan_of(small_site()).pages} == {
        "index.html",
        "briefings/index.html",
        "market/index.html",
        "companies/index.html",
        "regions/index.html",
        "topics/index.html",
        "record/index.html",
        "sources/index.html",
        "changes/index.html",
        "404.html",
    }


def test_every_document_has_its_page(small_site: Make) -> None:
    """Briefings, companies, regions, topics and pages, each at the address of its id."""
    about = "-- content/pages/about.md --\n---\ntitle: About\n---\n"
    files = {page.file for page in plan_of(small_site(ENTITIES + about + briefing("a"))).pages}
    assert files >= {
        "briefings/a/index.html",
        "companies/tiktok/index.html",
        "regions/france/index.html",
        "topics/live-shopping/index.html",
        "about/index.html",
    }


def test_a_region_lists_what_names_a_region_in_it(small_site: Make) -> None:
    """Europe lists what names France."""
    site = small_site(ENTITIES + briefing("a", regions="[FR]") + briefing("b"))
    assert titles(view_of(site, "regions/europe/index.html").items) == ["a"]


def test_a_group_lists_what_names_a_member_and_keeps_it_out_of_the_tree(small_site: Make) -> None:
    """`members` cut across the tree: the group's page lists them, their parent stays."""
    group = "-- content/regions/eu.md --\n---\nname: EU\nparent: europe\nmembers: [FR]\n---\n"
    site = small_site(ENTITIES + group + briefing("a", regions="[FR]"))
    assert titles(view_of(site, "regions/eu/index.html").items) == ["a"]
    france = view_of(site, "regions/france/index.html")
    assert titles(france.head.crumbs) == ["Regions", "Europe"]
    assert titles(france.groups) == ["EU"]


def test_a_company_lists_what_names_a_company_that_it_owns(small_site: Make) -> None:
    """Amazon lists what names Twitch, and Twitch names its owner."""
    site = small_site(ENTITIES + briefing("a", companies="[Twitch]"))
    amazon = view_of(site, "companies/amazon/index.html")
    assert titles(amazon.items) == ["a"]
    assert titles(count.link for count in amazon.children) == ["Twitch"]
    assert titles(view_of(site, "companies/twitch/index.html").head.crumbs)[-1] == "Amazon"


@pytest.mark.parametrize(("number", "pages"), [(0, 1), (1, 1), (50, 1), (51, 2), (101, 3)])
def test_long_lists_are_cut_into_pages_of_fifty(number: int, pages: int) -> None:
    """Each item is on one page, in order, and each page knows where it stands."""
    numbers = list(range(number))
    cut = [
        (page_slice(numbers, n), paging(numbers, "companies/x/", n))
        for n in range(1, page_count(numbers) + 1)
    ]
    assert len(cut) == pages
    assert [item for items, _ in cut for item in items] == list(range(number))
    assert all(len(items) <= 50 for items, _ in cut)
    assert [page.path for page in cut[0][1].pages][:2] == ["companies/x/", "companies/x/page/2/"][
        :pages
    ]
    assert cut[0][1].previous is None
    assert cut[-1][1].next is None


def test_a_page_of_a_long_list_links_to_the_pages_near_it_and_to_both_ends() -> None:
    """What is left out between them is marked."""
    tenth = paging(list(range(50 * 20)), "x/", 10)
    assert [(page.number, page.gap) for page in tenth.pages] == [
        (1, False),
        (8, True),
        (9, False),
        (10, False),
        (11, False),
        (12, False),
        (20, True),
    ]


def test_all_briefings_are_grouped_by_year_over_the_pages(small_site: Make) -> None:
    """A year that begins on the second page is linked there."""
    old = "".join(briefing(f"old-{n}", date="2021-05-01") for n in range(3))
    new = "".join(briefing(f"new-{n}", date="2022-05-01") for n in range(49))
    site = small_site(old + new)
    first = view_of(site, "briefings/index.html")
    assert [(group.year, len(group.items)) for group in first.groups] == [("2022", 49), ("2021", 1)]
    second = view_of(site, "briefings/page/2/index.html")
    assert [(group.year, len(group.items)) for group in second.groups] == [("2021", 2)]
    assert [(year.year, year.count, year.path) for year in second.years] == [
        ("2022", 49, "briefings/#year:2022"),
        ("2021", 3, "briefings/#year:2021"),
    ]


def test_previous_and_next_follow_the_dates(small_site: Make) -> None:
    """The earlier briefing is before, the later one after."""
    site = small_site(
        "".join(briefing(id_, date=f"2022-07-0{n}") for n, id_ in enumerate("abc", 1))
    )
    view = view_of(site, "briefings/b/index.html")
    assert titles([view.previous, view.next]) == ["a", "c"]


def test_a_briefing_shows_who_links_to_it(small_site: Make) -> None:
    """Backlinks come from the text of other briefings."""
    site = small_site(briefing("a") + briefing("b", "See [[a]]."))
    assert titles(view_of(site, "briefings/a/index.html").backlinks) == ["b"]


def test_related_briefings_share_most(small_site: Make) -> None:
    """Sharing a company and a topic is nearer than sharing a topic."""
    site = small_site(
        ENTITIES
        + briefing("a", companies="[tiktok]", topics="[live-shopping]")
        + briefing("far", topics="[live-shopping]")
        + briefing("near", companies="[tiktok]", topics="[live-shopping]")
        + briefing("none", companies="[amazon]")
    )
    assert titles(view_of(site, "briefings/a/index.html").related) == ["near", "far"]


def test_a_superseded_briefing_names_what_replaced_it_and_is_named_back(small_site: Make) -> None:
    """Both pages link to the other, with the regions concerned."""
    replaced = "[{briefing: new, regions: [FR]}]"
    site = small_site(
        ENTITIES
        + briefing("old", status="superseded", superseded_by=replaced)
        + briefing("new", date="2023-01-01")
    )
    old = view_of(site, "briefings/old/index.html").replaced_by[0]
    assert (old.briefing.path, titles(old.regions)) == ("briefings/new/", ["France"])
    assert view_of(site, "briefings/new/index.html").replaces[0].briefing.path == "briefings/old/"


def test_a_source_lists_the_places_that_cite_it(small_site: Make) -> None:
    """In the text, and in the rows of figures, moves and judgements; numbered by first citation."""
    fields = {
        "sources": "[{id: later, title: L}, {id: first, title: F}]",
        "figures": "[{label: x, value: 1, unit: y, as_of: 2021, source: later}]",
    }
    site = small_site(briefing("a", "One [@first]. Two [@later; @first].", **fields))
    sources = view_of(site, "briefings/a/index.html").sources
    assert [(source.number, source.title) for source in sources] == [(1, "F"), (2, "L")]
    assert [place.anchor for place in sources[0].places] == ["cite:first:1", "cite:first:2"]
    assert [place.anchor for place in sources[1].places] == ["cite:later:1", "figure:1"]


def test_sources_that_repeat_the_same_are_one_origin(small_site: Make) -> None:
    """By the name of what they repeat, of its publisher, or of its id; and over several steps."""
    sources = (
        "[{id: a, title: A, relays: Financial Times}, {id: b, title: B, relays: financial times},"
        " {id: ft, title: C, publisher: Financial Times}, {id: d, title: D, relays: b},"
        " {id: e, title: E, relays: Reuters}, {id: f, title: F}]"
    )
    view = view_of(small_site(briefing("x", sources=sources)), "briefings/x/index.html")
    assert view.origins == 3
    shared = {row.anchor[7:]: [m.anchor[7:] for m in row.same_origin] for row in view.sources}
    assert shared["a"] == ["b", "ft", "d"]
    assert shared["ft"] == ["a", "b", "d"]
    assert shared["e"] == shared["f"] == []


def test_sources_that_repeat_one_another_have_an_end(small_site: Make) -> None:
    """A circle is one origin."""
    sources = "[{id: a, title: A, relays: b}, {id: b, title: B, relays: a}]"
    view = view_of(small_site(briefing("x", sources=sources)), "briefings/x/index.html")
    assert (len(view.sources), view.origins) == (2, 1)


def test_the_front_page_has_figures_of_the_latest_briefings_that_stand(small_site: Make) -> None:
    """With their dates and sources; not of what was overtaken or withdrawn."""

    def evidence(label: str) -> dict[str, str]:
        figure = f"{{label: {label}, value: 1, unit: people, as_of: 2021-03, source: s}}"
        return {"sources": "[{id: s, title: S, publisher: The Paper}]", "figures": f"[{figure}]"}

    replaced = {"status": "superseded", "superseded_by": "[n-1]", "date": "2022-02-01"}
    site = small_site(
        "".join(briefing(f"n-{n}", date=f"2022-01-0{n}", **evidence(f"L{n}")) for n in range(1, 7))
        + briefing("old", **replaced, **evidence("Old"))
    )
    view = view_of(site, "index.html")
    shown = [row.observations[0].mentions[0].briefing.path for row in view.figures]
    assert shown == [f"briefings/n-{n}/" for n in (6, 5, 4, 3)]
    site.build()
    assert "as of <time" in site.read("index.html")
    assert "source: " in site.read("index.html")


def test_no_field_of_a_briefing_is_accepted_and_ignored(small_site: Make) -> None:
    """Each value written into a full briefing is somewhere on its page or another."""
    full = briefing(
        "full",
        updated="2022-07-08",
        authors="[Ada Author]",
        companies="[tiktok]",
        regions="[FR]",
        topics="[live-shopping]",
        review_by="2022-11-11",
        changes="[{date: 2022-07-09, kind: correction, note: Note of change}]",
        sources="[{id: s, title: Source title, publisher: Source house, date: 2022-06, "
        'url: "https://s.example/", reliability: B, relays: Relayed wire, '
        'archived: "https://a.example/", note: Source note}]',
        figures="[{label: Figure label, value: 12.50, unit: figure unit, as_of: 2021-03, source: s,"
        " company: tiktok, region: FR, qualifier: up to, note: Figure note}]",
        moves="[{company: tiktok, product: TikTok Shop, regions: [FR], stage: shelved, "
        "date: 2022-04, basis: inferred, sources: [s], disputed: Move dispute, note: Move note}]",
        judgements="[{text: Judged text, likelihood: very unlikely, confidence: low, by: 2023-05, "
        "outcome: false, resolved: 2023-06, sources: [s], retrospective: true}]",
    )
    site = small_site(ENTITIES + full)
    site.build()
    page = site.read("briefings/full/index.html")
    for text in [
        "Ada Author",
        "November 11, 2022",
        "Note of change",
        "Source title",
        "Source house",
        "https://s.example/",
        "usually reliable",
        "Relayed wire",
        "https://a.example/",
        "Source note",
        "Figure label",
        "12.50",
        "figure unit",
        "up to",
        "Figure note",
        "shelved",
        "inferred",
        "Move dispute",
        "Move note",
        "Judged text",
        "very unlikely",
        "low confidence",
        "retrospect",
        "did not come true",
    ]:
        assert text in page, text


@pytest.mark.parametrize(
    ("fields", "why"),
    [({"status": "draft"}, "a draft"), ({"date": "2026-01-02"}, "dated after today")],
    ids=["draft", "future"],
)
def test_what_is_held_back_is_nowhere(small_site: Make, fields: dict[str, str], why: str) -> None:
    """A draft or future briefing has no page, is in no list, and links to it become plain text."""
    site = small_site(
        ENTITIES
        + briefing("held", companies="[tiktok]", **fields)
        + briefing("shown", "See [[held|the other]] and [[held]].")
    )
    report = site.build()
    assert [held.id for held in report.held] == ["held"], why
    output = site.output()
    assert not any("held" in path for path in output)
    assert not any(b"briefings/held/" in data for data in output.values())
    assert "See <a>the other</a>" in site.read("briefings/shown/index.html")
    site.build(drafts=True)
    assert 'href="../../briefings/held/"' in site.read("briefings/shown/index.html")


def test_today_is_the_day_of_publication(small_site: Make) -> None:
    """A briefing dated today is published."""
    site = small_site(briefing("a", date="2026-01-01"))
    assert site.build().held == ()


def test_a_moment_falls_on_the_day_of_the_sites_zone(small_site: Make) -> None:
    """23:30 in New York is tomorrow in Paris."""
    site = small_site(briefing("a", date="2025-12-31T23:30-05:00"))
    site.write(
        "-- content/site.yaml --\ntitle: T\nbase_url: https://e.org\ntimezone: Europe/Paris\n"
    )
    assert site.build(as_of="2025-12-31").held[0].until == "2026-01-01T05:30:00+01:00"
    assert site.build(as_of="2026-01-01").held == ()


def test_a_translation_stands_behind_its_original(small_site: Make) -> None:
    """It has its page below its language, and no place of its own in lists."""
    site = small_site(
        briefing("a") + briefing("b", lang="fr", translation_of="a", title="Titre", summary="Dit.")
    )
    items = view_of(site, "briefings/index.html").groups[0].items
    assert titles(items) == ["a"]
    assert items[0].translations[0].path == "fr/briefings/b/"
    head = view_of(site, "fr/briefings/b/index.html").head
    assert (head.lang, head.root) == ("fr", "../../../")
    assert [alternate.lang for alternate in head.translations] == ["en", "fr"]


def test_links_prefer_the_readers_language(small_site: Make) -> None:
    """A French page links to the French version of another briefing."""
    site = small_site(
        briefing("a")
        + briefing("a-fr", lang="fr", translation_of="a", title="Titre A")
        + briefing("c", lang="fr", body="Voir [[a]].")
    )
    site.build()
    assert '<a href="../../../fr/briefings/a-fr/">Titre A</a>' in site.read(
        "fr/briefings/c/index.html"
    )


def test_an_alias_redirects(small_site: Make) -> None:
    """The former address leads to the new one, which is its canonical."""
    site = small_site(briefing("a", aliases="[/old/a/]"))
    site.build()
    page = site.read("old/a/index.html")
    assert 'content="0; url=../../briefings/a/"' in page.replace("0;url", "0; url")
    assert '<link rel="canonical" href="https://example.org/site/briefings/a/">' in page


def test_an_alias_is_a_file_of_its_decoded_name(small_site: Make) -> None:
    """Which is what servers look for, however the address is encoded."""
    aliases = """["/two%20words/", "/%d0%b4a/", "/k:v/Paper_(draft)/", "/100%25/then.html"]"""
    site = small_site(briefing("a", aliases=aliases))
    site.build()
    for file in ("two words/index", "дa/index", "k:v/Paper_(draft)/index", "100%/then"):
        assert "briefings/a/" in site.read(f"{file}.html")


def test_an_address_that_is_taken_is_reported_where_it_is_named(small_site: Make) -> None:
    """At the alias, and not at the file that has the address."""
    site = small_site(briefing("b", aliases="[/x/, /briefings/a/]") + briefing("a"))
    message = "the address /briefings/a/ is taken: 'briefings/a.md' has it too"
    assert site.messages() == [f"briefings/b.md:5:16: {message}"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            briefing("a", aliases="[/old/]") + briefing("b", aliases="[/old/]"),
            "the address /old/ is taken: 'briefings/b.md' has it too",
        ),
        (
            briefing("a", aliases="[/briefings/b/]") + briefing("b"),
            "the address /briefings/b/ is taken: 'briefings/b.md' has it too",
        ),
        (
            briefing("a", aliases="[/companies/]"),
            "the address /companies/ is taken: the site itself has it too",
        ),
        (
            "-- content/pages/briefings.md --\n---\ntitle: T\n---\n",
            "the address /briefings/ is taken: the site itself has it too",
        ),
    ],
    ids=["two aliases", "an alias and a briefing", "an alias and an index", "a page and an index"],
)
def test_two_documents_for_one_address_are_a_problem(
    small_site: Make, text: str, message: str
) -> None:
    """It names both, and nothing is published."""
    site = small_site(text)
    assert message in [problem.message for problem in site.problems()]
    assert site.output() == {}


def test_a_link_to_a_path_that_is_not_there_is_a_problem(small_site: Make) -> None:
    """With its place in the text; one that is there becomes relative."""
    site = small_site(briefing("a", "See [x](/companies/) and [y](/compnies/)."))
    assert site.messages() == ["briefings/a.md:7:30: this site has no page at '/compnies/'"]


def test_files_are_published_as_they_are(small_site: Make) -> None:
    """`content/files/` goes to `/files/`, and images link there."""
    site = small_site(
        "-- content/files/a.svg --\n<svg/>\n" + briefing("a", "![An A](/files/a.svg)")
    )
    site.build()
    assert site.output()["files/a.svg"] == b"<svg/>\n"
    assert '<img alt="An A" src="../../files/a.svg"' in site.read("briefings/a/index.html")


def test_a_table_of_contents_comes_with_three_headings(small_site: Make) -> None:
    """Two need none."""
    site = small_site(briefing("a", "## A\n\n## B\n") + briefing("b", "## A\n\n### B\n\n## C\n"))
    assert view_of(site, "briefings/a/index.html").contents == ()
    contents = view_of(site, "briefings/b/index.html").contents
    assert [(entry.level, entry.anchor) for entry in contents] == [(2, "a"), (3, "b"), (2, "c")]


def test_reading_time_depends_on_the_language() -> None:
    """By published reading speeds; never less than a minute."""
    assert reading_minutes(2380, "en") == reading_minutes(1950, "fr-CA") == 10
    assert reading_minutes(1, "en") == 1


def test_the_menu_follows_site_yaml(small_site: Make) -> None:
    """In its order; without one, the sections and the pages that ask for it."""
    about = "-- content/pages/about.md --\n---\ntitle: About us\nmenu: Who we are\n---\n"
    site = small_site(ENTITIES + briefing("a") + about)
    labels = [item.label for item in view_of(site, "index.html").head.menu]
    assert labels == ["Briefings", "Companies", "Regions", "Topics", "Who we are"]
    site.write(
        "-- content/site.yaml --\ntitle: T\nbase_url: https://e.org\nmenu: [about, regions]\n"
    )
    assert [i.label for i in view_of(site, "index.html").head.menu] == ["Who we are", "Regions"]
    site.write("-- content/site.yaml --\ntitle: T\nbase_url: https://e.org\nmenu: []\n")
    assert view_of(site, "index.html").head.menu == ()


def test_a_name_in_the_menu_that_is_no_page_is_a_problem(small_site: Make) -> None:
    """With its place in site.yaml and the nearest name."""
    site = small_site()
    site.write("-- content/site.yaml --\ntitle: T\nbase_url: https://e.org\nmenu: [brieflings]\n")
    assert site.messages() == ["site.yaml:3:8: 'brieflings' is neither a section nor a page"]
    assert site.problems()[0].hint == "did you mean 'briefings'?"
