"""A reader who comes back sees what is new since the last visit; it stays in the browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.helpers.chromium import at_server
from tests.helpers.smallsite import ENTITIES, ROOT, SmallSite, briefing

Make = Callable[[str], SmallSite]
PAGE = "companies/tiktok/index.html"


class Reader:
    """A browser that keeps what pages leave in it, and a clock."""

    def __init__(self, chromium: Any, url: str) -> None:
        # one page for all visits: what another page has just kept may come late
        self._page = chromium.new_context().new_page()
        self._url = url

    def visits(self, day: str, page: str = PAGE) -> list[str]:
        """The marked briefings of a page on a day, each as `word title`; and the count shown."""
        self._page.clock.set_fixed_time(f"{day}T12:00:00")
        self._page.goto(self._url + page)
        marked = self._page.eval_on_selector_all(
            ".item:has(.fresh)",
            "all => all.map(i => i.querySelector('.fresh').innerText + ' ' + "
            "i.querySelector('h3').innerText.replace('Title of ', ''))",
        )
        hint = self._page.query_selector("p[data-new]")
        count = int(hint.inner_text().rpartition(" ")[2]) if hint.is_visible() else 0
        assert count == len(marked)
        return list(marked)


def about(id_: str, day: str, **fields: object) -> str:
    """A briefing about TikTok."""
    return briefing(id_, date=day, companies="[tiktok]", **fields)


@pytest.fixture
def site(built_site: Make) -> SmallSite:
    """A site with one briefing about TikTok."""
    return built_site(ENTITIES + about("a", "2022-07-07"))


@pytest.fixture
def reader(browser: Any, site: SmallSite) -> Iterator[Reader]:
    """A reader of that site.

    It is served, since Chromium now and then forgets at once what a page that is a file keeps.
    """
    with at_server(site.folder / "output") as url:
        yield Reader(browser, url)


def test_the_first_visit_marks_nothing(reader: Reader) -> None:
    """Everything would be new."""
    assert reader.visits("2022-07-08") == []


def test_what_came_since_is_marked_for_the_day(reader: Reader, site: SmallSite) -> None:
    """On every visit of the day that it is first seen on, and no longer the day after."""
    reader.visits("2022-07-08")
    site.write(about("b", "2022-07-09"))
    site.build()
    assert reader.visits("2022-07-10") == ["New b"]
    assert reader.visits("2022-07-10") == ["New b"]
    assert reader.visits("2022-07-11") == []


def test_what_came_on_the_day_of_the_visit_is_not_missed(reader: Reader, site: SmallSite) -> None:
    """Later on that day, or dated before it."""
    reader.visits("2022-07-08")
    site.write(about("b", "2022-07-08") + about("c", "2022-07-07"))
    site.build()
    assert reader.visits("2022-07-09") == ["New b", "New c"]


def test_an_updated_briefing_is_marked_as_that(reader: Reader, site: SmallSite) -> None:
    """It is not new."""
    reader.visits("2022-07-08")
    site.write(about("a", "2022-07-07", updated="2022-07-09"))
    site.build()
    assert reader.visits("2022-07-10") == ["Updated a"]


def test_what_moves_up_from_another_page_is_not_new(reader: Reader, site: SmallSite) -> None:
    """Only because what stood before it is gone."""
    site.write("".join(about(f"n-{n:02}", "2022-07-08") for n in range(50)))
    site.build()
    reader.visits("2022-07-09")
    site.remove("content/briefings/n-00.md")
    site.build()
    assert reader.visits("2022-07-10") == []


def test_each_page_has_its_own_memory(reader: Reader, site: SmallSite) -> None:
    """What was seen on one is not taken for seen on another; regions and topics have it too."""
    both = {"regions": "[FR]", "topics": "[live-shopping]"}
    site.write(about("a", "2022-07-07", **both))
    site.build()
    pages = ["regions/france/index.html", "topics/live-shopping/index.html"]
    for page in pages:
        reader.visits("2022-07-08", page)
    site.write(about("b", "2022-07-09", **both))
    site.build()
    for page in pages:
        assert reader.visits("2022-07-10", page) == ["New b"]
    assert reader.visits("2022-07-10") == []


def test_a_browser_that_keeps_nothing_shows_the_page_as_it_is(
    browser: Any,
    site: SmallSite,
) -> None:
    """Storage that is refused is no error."""
    errors: list[object] = []
    page = browser.new_page()
    page.on("pageerror", lambda error: errors.append(error))
    page.add_init_script("Object.defineProperty(window,'localStorage',{get(){throw Error('no')}})")
    page.goto((site.folder / "output" / PAGE).as_uri())
    assert page.is_visible(".item")
    assert not page.is_visible("p[data-new]")
    assert errors == []
    page.close()


def test_the_script_is_small_and_asks_no_one() -> None:
    """0.7 kB packed; no request, no cookie."""
    import gzip

    script = (ROOT / "templates/assets/js/visit.js").read_bytes()
    assert len(gzip.compress(script)) <= 700
    assert not any(
        word in script for word in (b"fetch", b"XMLHttp", b"Beacon", b"cookie", b"Image")
    )
