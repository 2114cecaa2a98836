"""Searches as readers type them, in a real browser: the right thing first, and at once."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest

from tests.browser.test_search import DONE, ENGLISH, FOUND, FRENCH, SAID, page, titles
from tests.helpers.chromium import BASE, at_server
from tests.helpers.smallsite import SITE_YAML, SmallSite, briefing

__all__ = ["page"]

SUBJECTS = "#search\\:subjects"
UNITED_KINGDOM = "TikTok Shop opens in the United Kingdom, its first market outside Asia"
NEWEST_OF_TIKTOK = "TikTok Shop opens in France, Germany and Italy"
NEWEST_IN_FRENCH = "TikTok Shop ouvre en France, en Allemagne et en Italie"
FACEBOOK = "Facebook to end live shopping on 1 October in favour of Reels"
EBAY = "eBay runs live shopping in Germany; where its new platform opened is not known"
LUXURY = "Luxury groups are said to watch live shopping, on the word of one article"
PINTEREST = "Pinterest takes its live shopping to Canada, a year after the United States"
AMAZON = "Amazon Live is three years old, open to influencers and of unknown size"
CHINESE = """\
-- content/site.yaml --
title: Small Site
base_url: https://example.org/site/
languages: [en, zh, ja]
search: true
-- content/companies/tiktok.md --
---
name: TikTok
aliases: [抖音国际版]
---
-- content/regions/germany.md --
---
name: Germany
code: DE
---
"""


def search(page, root: str, query: str) -> list[str]:  # type: ignore[no-untyped-def]
    """Search to the end; the titles that are found."""
    page.goto(f"{root}search/?q={quote(query)}")
    page.wait_for_selector(DONE, state="attached")
    return titles(page)


def subjects(page) -> list[str]:  # type: ignore[no-untyped-def]
    """The companies, regions and topics that are found."""
    return page.locator(f"{SUBJECTS} a").all_inner_texts()  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("query", "named", "first"),
    [
        ("tiktok", ["TikTok"], NEWEST_OF_TIKTOK),  # its page, and what is newest about it
        ("amazn", ["Amazon"], AMAZON),
        ("tik tok shop uk", ["TikTok", "United Kingdom"], UNITED_KINGDOM),  # a product, an alias
        ("meta", ["Meta"], FACEBOOK),  # the owner, and what is about what it owns
        ("ebay germany 2022", ["eBay", "Germany"], EBAY),
        ("enquête", [], FRENCH),  # in its text: d’enquête
        ("LVMH", ["LVMH"], LUXURY),
        ("live shoping", ["Live shopping"], PINTEREST),  # its newest title,
        ("tiktok allemagne", ["TikTok", "Germany"], NEWEST_IN_FRENCH),  # as a reader of French asks
    ],
)
def test_what_readers_type_finds_the_right_thing_first(  # type: ignore[no-untyped-def]
    page, server, query: str, named: list[str], first: str
) -> None:
    """The company, region or topic that it names, then the briefing that it is about."""
    found = search(page, f"{server[0]}{BASE}", query)
    assert subjects(page) == named
    assert found[0] == first


def test_chinese_and_japanese_are_found_within_a_sentence(  # type: ignore[no-untyped-def]
    page, small_site: Callable[[str], SmallSite]
) -> None:
    """A word anywhere, its letters in this order; whole in the excerpt; also in an English text."""
    site = small_site(
        CHINESE
        + briefing("a", "其直播电商业务在欧洲停止。", lang="zh", title="电商在欧洲")
        + briefing("b", "先播后直，没有那个词。", lang="zh", title="别的")
        + briefing("c", "昨日、ライブコマースが東京で始まった。", lang="ja", title="東京")
        + briefing("d", "The word 直播 means live streaming.", title="A word")
    )
    site.build()
    with at_server(site.folder / "output") as root:
        assert set(search(page, root, "直播")) == {"电商在欧洲", "A word"}
        first = page.locator(f"{FOUND} li", has_text="电商在欧洲")
        assert "其直播电商业务在欧洲停止" in first.locator(".standfirst").inner_text()
        assert first.locator("mark").all_inner_texts() == ["直", "播"]
        assert search(page, root, "直播 欧洲") == ["电商在欧洲"]
        assert search(page, root, "コマース") == ["東京"]
        assert search(page, root, "抖音国际版") == []
        assert subjects(page) == ["TikTok"]


FRENCH_WORDS = {
    "enquête": "d’enquête",
    "enquete": "d’enquête",
    "l'enquête": "d’enquête",
    "d’ENQUÊTE": "d’enquête",
    "ouverture": "l’ouverture",
    "qu'hier": "qu’hier",
    "aujourd'hui": "aujourd’hui",
}


def test_words_behind_an_article_are_found(  # type: ignore[no-untyped-def]
    page, small_site: Callable[[str], SmallSite]
) -> None:
    """Apostrophes of either kind or none, accents or none; excerpts are as written."""
    text = "Pas d’enquête ni d'aide avant l'ouverture, mieux qu’hier, moins qu'aujourd’hui."
    french = "-- content/site.yaml --\n" + SITE_YAML.replace("[en, fr]", "[fr]") + "search: true\n"
    site = small_site(french + briefing("a", text, lang="fr") + briefing("b", "Rien.", lang="fr"))
    site.build()
    with at_server(site.folder / "output") as root:
        for query, excerpt in FRENCH_WORDS.items():
            assert search(page, root, query) == ["Title of a"], query
            page.wait_for_selector(f"{FOUND} .standfirst:not([hidden])")
            assert excerpt in page.inner_text(f"{FOUND} .standfirst")


def test_a_word_that_is_nowhere_finds_nothing(page, server) -> None:  # type: ignore[no-untyped-def]
    """Not what begins like it; the beginning of a word finds the word."""
    root = f"{server[0]}{BASE}"
    assert search(page, root, "lvmhgroup") == []
    assert search(page, root, "tiktok qqqqxxxx") == []
    assert search(page, root, "benzing") != []


def test_a_briefing_and_its_translation_are_one_result(page, server) -> None:  # type: ignore[no-untyped-def]
    """In the reader's language, with a link to the other; in the other where that fits better."""
    root = f"{server[0]}{BASE}"
    found = search(page, root, "tiktok")
    assert ENGLISH in found
    assert FRENCH not in found
    assert len(set(found)) == len(found)
    versions = page.locator(f"{FOUND} li", has_text="TikTok shelves").locator(".versions a")
    assert versions.all_inner_texts() == ["français"]
    assert search(page, root, "renoncer") == [FRENCH]


def test_a_french_reader_gets_french_first(browser, server) -> None:  # type: ignore[no-untyped-def]
    """Whose browser asks for it, also on an English site."""
    context = browser.new_context(locale="fr-FR")
    found = search(context.new_page(), f"{server[0]}{BASE}", "tiktok")
    assert found[0] == NEWEST_IN_FRENCH
    context.close()


def test_what_was_replaced_comes_after_its_replacement(  # type: ignore[no-untyped-def]
    page, small_site: Callable[[str], SmallSite]
) -> None:
    """Though its title fits better."""
    old = briefing("old", title="Otters shelve plans", status="superseded", superseded_by="[new]")
    new = briefing(
        "new", "Otters were said to shelve plans.", title="Otters open", date="2023-01-01"
    )
    site = small_site("-- content/site.yaml --\n" + SITE_YAML + "search: true\n" + old + new)
    site.build()
    with at_server(site.folder / "output") as root:
        assert search(page, root, "otters shelve plans") == ["Otters open", "Otters shelve plans"]


def test_the_first_results_need_no_index(page, server) -> None:  # type: ignore[no-untyped-def]
    """Page, its styles and scripts, and names: on a slow line, the index takes seconds."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(server[0])))
    page.route("**/pagefind/**", lambda _: None)  # it never answers
    page.goto(f"{server[0]}{BASE}search/?q=amazn")
    page.wait_for_selector(f"{FOUND} li")
    assert titles(page)[0] == AMAZON
    assert page.inner_text(SAID) == "Searching the texts …"
    shared = [url for url in asked if url.startswith(f"{BASE}assets/")]
    assert len(shared) <= 5
    assert [url for url in asked if "pagefind" not in url and url not in shared] == [
        f"{BASE}search/?q=amazn",
        f"{BASE}search/names.json",
    ]
    assert page.locator(f"{FOUND}[aria-busy=true]").count() == 1


def test_words_of_texts_are_found_before_the_program_is_there(page, server) -> None:  # type: ignore[no-untyped-def]
    """Of any language; the program adds excerpts and other forms of words."""
    page.route("**/pagefind.js*", lambda _: None)  # it never answers
    page.goto(f"{server[0]}{BASE}search/?q=" + quote("l’enquête"))
    page.wait_for_selector(f"{FOUND} li")
    assert titles(page) == [FRENCH]


def test_a_match_does_not_look_like_a_link(page, server) -> None:  # type: ignore[no-untyped-def]
    """It is bold, without line or colour."""
    search(page, f"{server[0]}{BASE}", "benzinga")
    page.wait_for_selector(f"{FOUND} mark")
    style = page.eval_on_selector(
        f"{FOUND} mark",
        "mark => { const s = getComputedStyle(mark), p = getComputedStyle(mark.parentElement);"
        " return [s.textDecorationLine, s.boxShadow, s.borderBottomWidth, s.color == p.color] }",
    )
    assert style == ["none", "none", "0px", True]


def test_each_choice_says_how_many_results_it_leaves(page, server) -> None:  # type: ignore[no-untyped-def]
    """A briefing and its translation are one; so says the line above the results."""
    root = f"{server[0]}{BASE}"
    search(page, root, "tiktok germany")
    for option in page.locator("#search\\:year option:not(:disabled)").all()[1:]:
        value, label = option.get_attribute("value"), option.text_content()
        number = label.rpartition("(")[2].rstrip(")")
        other = page.context.new_page()
        other.goto(f"{root}search/?q=tiktok+germany&year={value}")
        other.wait_for_selector(DONE, state="attached")
        assert other.inner_text(SAID) == f"Briefings found: {number}"
        other.close()
