"""The built site in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.chromium import BASE, KINDS


@pytest.mark.parametrize("path", KINDS, ids=lambda path: path or "home")
def test_nothing_scrolls_sideways(browser, server, path: str) -> None:  # type: ignore[no-untyped-def]
    """Not on the narrowest phone, nor with the largest text there, nor at a zoom of 200 %."""
    page = browser.new_page(viewport={"width": 320, "height": 640})
    page.goto(f"{server[0]}{BASE}{path}")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for width, size in ((320, "100%"), (320, "130%"), (640, "200%")):
            page.set_viewport_size({"width": width, "height": 640})
            page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
            assert page.evaluate("document.documentElement.scrollWidth") == width, (scheme, size)
    page.close()


def test_below_a_repository_every_link_arrives(browser, server) -> None:  # type: ignore[no-untyped-def]
    """From the front page over the menu and the first links."""
    url, _ = server
    page = browser.new_page()
    page.goto(f"{url}{BASE}")
    links = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
    own = {href for href in links if href.startswith(url) and "#" not in href}
    assert len(own) > 20
    for href in own:
        assert page.request.get(href).status == 200, href
    page.close()


def test_the_404_page_works_at_any_depth(browser, server) -> None:  # type: ignore[no-untyped-def]
    """Its links lead into the site from wherever it is shown."""
    url, _ = server
    page = browser.new_page()
    assert page.goto(f"{url}{BASE}no/such/page/").status == 404
    page.click("nav a[href$='/companies/']")
    assert page.url == f"{url}{BASE}companies/"
    page.close()


def test_the_site_works_opened_from_a_disk(browser, site: Path) -> None:  # type: ignore[no-untyped-def]
    """Links lead to pages, not to listings of folders."""
    page = browser.new_page()
    page.goto((site / BASE.strip("/") / "index.html").as_uri())
    page.click("nav a[href*='companies/']")
    assert page.url.endswith("/companies/index.html")
    page.click("main a[href*='tiktok/']")
    assert page.url.endswith("/companies/tiktok/index.html")
    assert page.inner_text("h1") == "TikTok"
    page.close()


def test_the_first_key_leads_past_the_masthead(browser, server) -> None:  # type: ignore[no-untyped-def]
    """Tab reaches the skip link, Enter leads to the content."""
    page = browser.new_page()
    page.goto(f"{server[0]}{BASE}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#page:main"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#page:main"
    page.close()


def test_without_javascript_a_page_is_complete(browser, server) -> None:  # type: ignore[no-untyped-def]
    """The text is the same with and without it, but for the buttons."""
    url = f"{server[0]}{BASE}briefings/tiktok-shelves-live-shopping/"
    texts = []
    for enabled in (True, False):
        context = browser.new_context(java_script_enabled=enabled)
        page = context.new_page()
        page.goto(url)
        page.eval_on_selector_all("button", "all => all.forEach(button => button.remove())")
        texts.append(page.inner_text("body"))
        context.close()
    assert texts[0] == texts[1]
