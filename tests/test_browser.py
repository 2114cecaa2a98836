"""The built site in a real browser. Chromium is `$CHROMIUM` or /usr/bin/chromium."""

from __future__ import annotations

import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from dossier.inputs import Options
from dossier.pipeline import build
from tests.smallsite import ROOT

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BASE = "/some/repo/"
KINDS = (
    "",
    "briefings/",
    "briefings/tiktok-shelves-live-shopping/",
    "fr/briefings/tiktok-renonce-au-live-shopping/",
    "companies/",
    "companies/tiktok/",
    "regions/",
    "regions/europe/",
    "topics/",
    "topics/live-shopping/",
    "sources/",
    "about/",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own content, built for a project site; its folder is the server's root."""
    root = tmp_path_factory.mktemp("pages")
    build(
        Options(
            content=ROOT / "content",
            templates=ROOT / "templates",
            output=root / BASE.strip("/"),
            cache=None,
            base_url=f"https://example.org{BASE}",
        )
    )
    return root


@pytest.fixture(scope="module")
def browser():  # type: ignore[no-untyped-def]
    """Chromium; without it the tests are skipped, and in CI that is a failure."""
    if not Path(CHROMIUM).exists():
        message = f"no browser at {CHROMIUM}: `apt-get install chromium`, or set CHROMIUM"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[tuple[str, list[str]]]:
    """A server of the folder above the site, and the paths for which it had nothing."""
    missing: list[str] = []

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def send_error(self, code: int, *_: object) -> None:
            missing.append(self.path)
            body = (site / BASE.strip("/") / "404.html").read_bytes()
            self.send_response(code)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    served = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Handler, directory=str(site))
    )
    threading.Thread(target=served.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{served.server_port}", missing
    served.shutdown()


@pytest.mark.parametrize("path", KINDS, ids=lambda path: path or "home")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_scrolls_sideways_on_the_narrowest_phone(  # type: ignore[no-untyped-def]
    browser, server, path: str, scheme: str
) -> None:
    """At 320 px every page is as wide as the screen."""
    context = browser.new_context(viewport={"width": 320, "height": 640}, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{server[0]}{BASE}{path}")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    context.close()


def test_below_a_repository_every_link_arrives(browser, server) -> None:  # type: ignore[no-untyped-def]
    """A walk from the front page over the menu and the first links; no request fails."""
    url, missing = server
    missing.clear()
    page = browser.new_page()
    page.goto(f"{url}{BASE}")
    for href in page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)"):
        if href.startswith(url) and "#" not in href:
            assert page.goto(href).status == 200, href
    assert missing == []
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
    """The text is the same with and without it."""
    url = f"{server[0]}{BASE}briefings/tiktok-shelves-live-shopping/"
    texts = []
    for enabled in (True, False):
        context = browser.new_context(java_script_enabled=enabled)
        page = context.new_page()
        page.goto(url)
        texts.append(page.inner_text("body"))
        context.close()
    assert texts[0] == texts[1]


def test_the_printed_briefing_has_its_sources(browser, server) -> None:  # type: ignore[no-untyped-def]
    """On paper the addresses of sources are written out, and the menu is gone."""
    page = browser.new_page()
    page.emulate_media(media="print")
    page.goto(f"{server[0]}{BASE}briefings/tiktok-shelves-live-shopping/")
    assert not page.is_visible("header nav")
    link = "document.querySelector('[id=\"source:prweek\"] a[href^=http]')"
    shown = page.evaluate(f"getComputedStyle({link}, '::after').content")
    assert "prweek.com" in shown
    page.close()
