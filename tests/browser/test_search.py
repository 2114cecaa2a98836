"""The search in a real browser: in which language it finds what, how it is narrowed, the keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.chromium import BASE

LONDON = "At least 20 of about 40 have left TikTok’s London e-commerce team, the FT reports"
ENGLISH = "TikTok shelves live-shopping plans in Europe and the US, the FT says; TikTok disputes it"
FRENCH = "Europe, États-Unis : TikTok renonce au live shopping, selon le FT ; TikTok le conteste"
BOX, SAID, FOUND = "#search\\:q", "#search\\:said", "#search\\:found"
WAYS = "#search\\:ways"
DONE = f"{FOUND}[aria-busy=false]"
"""Where all texts were searched."""


@pytest.fixture
def page(browser):  # type: ignore[no-untyped-def]
    """A page in a context of its own; an error in a script is a failure."""
    context = browser.new_context()
    page = context.new_page()
    errors: list[object] = []
    page.on("pageerror", lambda error: errors.append(error))
    yield page
    assert errors == []
    context.close()


def search(page, server, query: str = "") -> list[str]:  # type: ignore[no-untyped-def]
    """Open the search page with a query; the titles that it finds."""
    page.goto(f"{server[0]}{BASE}search/{query}")
    page.wait_for_selector(DONE, state="attached")
    return titles(page)


def titles(page) -> list[str]:  # type: ignore[no-untyped-def]
    """The titles of the results; spaces of French typography as plain ones."""
    return [" ".join(text.split()) for text in page.locator(f"{FOUND} h2").all_inner_texts()]


@pytest.mark.parametrize(("words", "title"), [("shelving", ENGLISH), ("renoncer", FRENCH)])
def test_one_search_finds_briefings_of_each_language(  # type: ignore[no-untyped-def]
    page, server, words: str, title: str
) -> None:
    """By another form of a word than was written, as that language forms it."""
    assert search(page, server, f"?q={words}")[0] == title


def test_the_sites_own_language_comes_first(page, server) -> None:  # type: ignore[no-untyped-def]
    """Where a word is of both languages."""
    search(page, server, "?q=tiktok")
    languages = page.eval_on_selector_all(f"{FOUND} h2", "all => all.map(one => one.lang)")
    assert languages[0] == ""


def test_a_source_finds_the_briefings_that_cite_it(page, server) -> None:  # type: ignore[no-untyped-def]
    """Though excerpts are taken from the text alone."""
    assert ENGLISH in search(page, server, "?q=Benzinga")
    assert "FashionNetwork (French edition)" not in page.inner_text(FOUND)


@pytest.mark.parametrize(
    ("facet", "value", "title", "other"),
    [
        ("language", "fr", FRENCH, ENGLISH),
        ("language", "en-GB", ENGLISH, FRENCH),
        ("company", "tiktok", ENGLISH, "Amazon Live is three years old"),
        ("region", "spain", ENGLISH, "TikTok Shop opens in the United Kingdom"),
        ("region", "europe", ENGLISH, "TikTok Shop opens in the United States"),
        ("topic", "workplace-culture", LONDON, ENGLISH),
        ("year", "2022", ENGLISH, "TikTok Shop reaches Spain and Ireland"),
    ],
)
def test_a_search_is_narrowed_and_can_be_linked(  # type: ignore[no-untyped-def]
    page, server, facet: str, value: str, title: str, other: str
) -> None:
    """By company, region with all within it, topic, year and language; the address says so."""
    search(page, server, "?q=tiktok")
    page.select_option(f"#search\\:{facet}", value)
    page.wait_for_url(f"**/search/?q=tiktok&{facet}={value}")
    linked = search(page, server, f"?q=tiktok&{facet}={value}")
    assert title in linked
    assert page.input_value(f"#search\\:{facet}") == value
    while page.locator("#search\\:more").is_visible():
        shown = page.locator(f"{FOUND} li").count()
        page.click("#search\\:more")
        page.wait_for_selector(f"{FOUND} li:nth-child({shown + 1})")
    assert not [found for found in titles(page) if found.startswith(other)]


def test_choices_alone_find_without_words(page, server) -> None:  # type: ignore[no-untyped-def]
    """And each choice says how many briefings it leaves."""
    search(page, server, "?company=tiktok&language=fr")
    assert page.inner_text(SAID) == "Briefings found: 2"
    assert "2025 (1)" in page.locator("#search\\:year option").all_inner_texts()
    assert page.locator("#search\\:year option[value='2021']").is_disabled()


def test_a_result_says_what_it_is(page, server) -> None:  # type: ignore[no-untyped-def]
    """Title, companies, date, what became of it, an excerpt with marks; its language if another."""
    search(page, server, "?q=renonce&language=fr")
    result = page.locator(f"{FOUND} li").first
    assert "7 July 2022" in result.inner_text()
    assert "Superseded" in result.inner_text()
    assert "français" in result.inner_text()
    assert result.locator(".kicker").text_content() == "TikTok"
    assert "renonc" in result.locator("mark").first.inner_text()
    assert result.locator("h2").get_attribute("lang") == "fr"
    assert result.locator(".versions a").all_inner_texts() == ["British English"]
    result.locator("h2 a").click()
    page.wait_for_url("**/fr/briefings/tiktok-renonce-au-live-shopping/")


def test_the_keyboard_alone_is_enough(page, server) -> None:  # type: ignore[no-untyped-def]
    """Type, down to a result and on, up and back; / leads to the box, Escape empties it."""

    def focused() -> str:
        return str(page.evaluate("document.activeElement.id || document.activeElement.innerText"))

    page.goto(f"{server[0]}{BASE}")
    page.focus(".find a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/")
    page.wait_for_selector(f"{BOX}:focus")
    page.keyboard.type("tiktok shop")
    page.wait_for_selector(f"{FOUND} li")
    page.wait_for_selector(DONE, state="attached")
    found = page.locator(f"{FOUND} h2").all_inner_texts()
    page.keyboard.press("ArrowDown")
    assert focused() == "TikTok"
    page.keyboard.press("ArrowDown")
    assert focused() == found[0]
    page.keyboard.press("ArrowDown")
    assert focused() == found[1]
    page.keyboard.press("/")
    assert focused() == "search:q"
    assert page.input_value(BOX) == "tiktok shop"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert focused() == "search:q"
    page.keyboard.press("Escape")
    page.wait_for_selector(WAYS)
    assert (page.input_value(BOX), page.url.endswith("/search/")) == ("", True)


def test_what_was_found_is_announced(page, server) -> None:  # type: ignore[no-untyped-def]
    """In a region that is live, also where nothing was; more results are moved to."""
    search(page, server, "?q=tiktok")
    assert page.get_attribute(SAID, "role") == "status"
    assert page.inner_text(SAID).startswith("Briefings found: 1")
    assert page.locator(WAYS).is_hidden()
    page.click("#search\\:more")
    page.wait_for_selector(f"{FOUND} li:nth-child(11)")
    page.wait_for_selector(f"{FOUND} a:focus")
    eleventh = page.locator(f"{FOUND} h2 a").nth(10)
    assert eleventh.evaluate("link => link == document.activeElement")
    page.fill(BOX, "qqqqxxxxzzzz")
    page.wait_for_selector(f"{SAID}:has-text('Nothing')")
    assert page.locator(f"{FOUND} li").count() == 0


def test_below_a_repository_no_request_of_a_search_fails(page, server) -> None:  # type: ignore[no-untyped-def]
    """And none leaves the site; a briefing's page asks for nothing of the search."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    server[1].clear()
    page.goto(f"{server[0]}{BASE}briefings/tiktok-shelves-live-shopping/")
    assert not [url for url in asked if "pagefind" in url]
    search(page, server, "?q=tiktok")
    assert [url for url in asked if "pagefind" in url]
    assert all(url.startswith(f"{server[0]}{BASE}") for url in asked)
    assert server[1] == []


def test_words_of_a_text_are_never_markup(page, server) -> None:  # type: ignore[no-untyped-def]
    """An excerpt is made of text and marks, a title of text, and neither of anything else."""
    page.route(
        "**/names.json",
        lambda route: route.fulfill(
            json={
                "subjects": [],
                "briefings": [
                    {
                        "path": "x/",
                        "title": "<i>T</i>",
                        "date": "2022-07-07",
                        "lang": "en-GB",
                        "year": "2022",
                        "original": 0,
                    }
                ],
            }
        ),
    )
    page.route(
        "**/paths.json",
        lambda route: route.fulfill(
            json={"program": "x", "paths": ["x/"], "results": {"en_1": 0}, "letters": ""}
        ),
    )
    page.route(
        "**/pagefind.js*",
        lambda route: route.fulfill(
            content_type="text/javascript",
            body="""export const createInstance = () => ({
              filters: async () => ({}),
              search: async () => ({results: [{id: "en_1", score: 1, data: async () => ({
                excerpt: "<img src=x onerror=alert(1)> &lt;b&gt; <mark>yes</mark>",
              })}]}),
            })""",
        ),
    )
    search(page, server, "?q=x")
    excerpt = page.locator(f"{FOUND} .standfirst:not([hidden])").first
    assert excerpt.text_content() == "<img src=x onerror=alert(1)> <b> yes"
    assert page.locator(f"{FOUND} h2").first.text_content() == "<i>T</i>"
    assert page.locator(f"{FOUND} :is(img, i, b)").count() == 0
    assert page.locator(f"{FOUND} mark").first.inner_text() == "yes"


def test_without_javascript_the_page_leads_everywhere(browser, server) -> None:  # type: ignore[no-untyped-def]
    """Every company, region, topic and year, and their indexes; no box that does nothing."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server[0]}{BASE}search/")
    assert page.locator(BOX).is_hidden()
    hrefs = page.eval_on_selector_all(f"{WAYS} a", "all => all.map(a => a.getAttribute('href'))")
    for path in ("companies/", "regions/", "topics/", "briefings/", "sources/"):
        assert f"../{path}" in hrefs
    for path in ("companies/tiktok/", "regions/europe/", "topics/live-shopping/"):
        assert f"../{path}" in hrefs
    assert "../briefings/#year:2022" in hrefs
    context.close()


def test_without_an_index_the_page_says_so(page, server) -> None:  # type: ignore[no-untyped-def]
    """As in a preview, which makes none; names and titles are searched, and the lists stay."""
    page.route("**/pagefind/**", lambda route: route.fulfill(status=404))
    assert search(page, server, "?q=shelves") == [ENGLISH]
    assert "the index of the texts is missing" in page.inner_text(SAID)
    assert search(page, server, "?q=Benzinga") == []
    assert page.locator(WAYS).is_visible()
    page.unroute("**/pagefind/**")
    page.click("form button")
    page.wait_for_selector(f"{FOUND} li")


def test_from_a_disk_the_page_is_the_list(page, site: Path) -> None:  # type: ignore[no-untyped-def]
    """Browsers let no script read files."""
    page.goto((site / BASE.strip("/") / "search" / "index.html").as_uri())
    assert page.locator(BOX).is_hidden()
    page.click(f"{WAYS} a[href*='companies/tiktok/']")
    assert page.inner_text("h1") == "TikTok"
