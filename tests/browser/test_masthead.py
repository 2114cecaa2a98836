"""The masthead with titles of any length, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.helpers.smallsite import SmallSite, briefing

TITLES = (
    "C",
    "Cell Watch",
    "Gigafactories",
    "The Observatory of Battery Cells",
    "The International Observatory of Electrochemical Storage Manufacturing and Gigafactories",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
)
BOXES = """() => Object.fromEntries(["brand", "find", "set", "tagline"].map(name => {
    const box = document.querySelector(".plate ." + name).getBoundingClientRect()
    return [name, [box.left, box.top, box.right, box.bottom]]
}))"""


@pytest.mark.parametrize("title", TITLES)
def test_a_title_of_any_length_keeps_the_masthead_whole(
    browser: Any, small_site: Callable[[str], SmallSite], title: str
) -> None:
    """Search and settings stay in one row, nothing overlaps, nothing scrolls sideways."""
    site = small_site(
        briefing("a") + f"-- content/site.yaml --\ntitle: {title}\ntagline: What is known of it\n"
        "base_url: https://example.org\nsearch: true\n"
    )
    site.build()
    page = browser.new_page()
    for file in ("index.html", "briefings/a/index.html"):
        page.goto((site.folder / "output" / file).as_uri())
        for width in (320, 390, 1280):
            page.set_viewport_size({"width": width, "height": 640})
            assert page.evaluate("document.documentElement.scrollWidth") == width
            boxes = page.evaluate(BOXES)
            find, settings = boxes["find"], boxes["set"]
            assert find[1] < (settings[1] + settings[3]) / 2 < find[3] or settings[1] < find[3]
            assert find[2] <= settings[0] <= settings[2] <= width
            assert not any(
                one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
                for one in (boxes["brand"], boxes["tagline"])
                for other in (find, settings)
            ), (file, width, boxes)
    page.close()


@pytest.mark.parametrize("before", [0, 3, 4, 8])
def test_links_below_a_line_of_the_menu_stay_on_the_screen(
    browser: Any, small_site: Callable[[str], SmallSite], before: int
) -> None:
    """Wherever that line is, and however wide the screen."""
    links = "".join(f"{{label: Example {n}, link: https://{n}.example/}}, " for n in range(before))
    below = "{label: A label of more than a few words, link: https://x.example/}"
    site = small_site(
        briefing("a") + "-- content/site.yaml --\ntitle: Cell Watch\nbase_url: https://e.org\n"
        f"menu: [{links}{{label: More, menu: [briefings, {below}]}}]\n"
    )
    site.build()
    page = browser.new_page()
    page.goto((site.folder / "output/index.html").as_uri())
    page.click(".menu summary")
    for width in (320, 390, 700, 900, 1024, 1280):
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") == width
        box = page.evaluate(
            "(({left, right}) => [left, right])"
            "(document.querySelector('details ul').getBoundingClientRect())"
        )
        assert 0 <= box[0] < box[1] <= width
    page.close()


def test_a_short_title_stays_on_one_line(
    browser: Any, small_site: Callable[[str], SmallSite]
) -> None:
    """Beside search and settings, on the narrowest phone."""
    site = small_site(
        briefing("a") + "-- content/site.yaml --\ntitle: Cell Watch\n"
        "base_url: https://example.org\nsearch: true\ntagline: T\n"
    )
    site.build()
    page = browser.new_page(viewport={"width": 320, "height": 640})
    page.goto((site.folder / "output/index.html").as_uri())
    _, top, _, bottom = page.evaluate(BOXES)["brand"]
    assert bottom - top < 40
    page.close()
