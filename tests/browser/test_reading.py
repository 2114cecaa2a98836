"""What readers do, in a real browser: sizes, colours, notes, print, copies; by keyboard alone."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.helpers.chromium import BASE, KINDS
from tests.helpers.smallsite import ENTITIES, briefing

BRIEFING = f"{BASE}briefings/tiktok-shelves-live-shopping/"
EVERY_KIND = pytest.mark.parametrize("path", KINDS, ids=lambda path: path or "home")


@pytest.fixture
def page(browser):  # type: ignore[no-untyped-def]
    """A page in a context of its own."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light")
    yield context.new_page()
    context.close()


@pytest.fixture
def plain_page(browser):  # type: ignore[no-untyped-def]
    """A page without JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def style(page, name: str) -> str:  # type: ignore[no-untyped-def]
    """A computed property of the root."""
    return page.evaluate(f"getComputedStyle(document.documentElement).{name}")


def test_size_and_colours_are_remembered(page, server) -> None:  # type: ignore[no-untyped-def]
    """On the next page and after a reload; and they can be given back to the system."""
    page.goto(f"{server[0]}{BRIEFING}")
    small = style(page, "fontSize")
    page.click(".set")
    page.check("input[name=size][value='3']")
    page.check("input[name=theme][value=dark]")
    page.keyboard.press("Escape")
    page.click("nav a[href$='/companies/']")
    page.reload()
    assert float(style(page, "fontSize")[:-2]) == pytest.approx(1.3 * float(small[:-2]))
    assert style(page, "colorScheme") == "dark"
    assert page.eval_on_selector_all("[name=theme-color]", "all => all.map(m => m.media)") == [
        "not all",
        "",
    ]
    page.click(".set")
    assert page.is_checked("input[name=theme][value=dark]")
    page.check("input[name=theme][value='']")
    page.reload()
    assert style(page, "colorScheme") == "light dark"


def test_colours_are_set_before_the_page_is_painted(page, server) -> None:  # type: ignore[no-untyped-def]
    """There is no flash: the body begins under the theme that was chosen."""
    page.add_init_script(
        "new MutationObserver(() => window.first ??= document.body && document.documentElement"
        ".dataset.theme).observe(document, {childList: true, subtree: true})"
    )
    page.goto(f"{server[0]}{BASE}")
    page.evaluate("localStorage['dossier-theme'] = 'dark'")
    page.goto(f"{server[0]}{BRIEFING}")
    assert page.evaluate("window.first") == "dark"


@EVERY_KIND
def test_without_javascript_there_is_no_dead_control(plain_page, server, path: str) -> None:  # type: ignore[no-untyped-def]
    """What needs it is not there; all text is."""
    plain_page.goto(f"{server[0]}{BASE}{path}")
    controls = plain_page.locator("button, input, select, [popover]")
    assert [c for c in controls.all() if c.is_visible()] == []
    assert plain_page.locator("main h1, h1.brand").first.is_visible()


def test_without_javascript_a_citation_leads_to_its_source(plain_page, server) -> None:  # type: ignore[no-untyped-def]
    """And the source leads back to each place that cites it."""
    plain_page.goto(f"{server[0]}{BRIEFING}")
    plain_page.click("[id='cite:prweek:1']")
    assert plain_page.url.endswith("#source:prweek")
    source = plain_page.locator("[id='source:prweek']")
    assert "PRWeek / Campaign 5 July 2022 usually reliable (B)" in source.inner_text()
    source.locator(".places a").first.click()
    assert plain_page.url.endswith("#cite:prweek:1")


def test_a_citation_shows_its_source_in_place(page, server) -> None:  # type: ignore[no-untyped-def]
    """By keyboard: Enter opens it, Tab goes into it, Escape closes it and leads back."""
    page.goto(f"{server[0]}{BRIEFING}")
    page.focus("[id='cite:benzinga:1']")
    page.keyboard.press("Enter")
    note = page.get_by_role("dialog")
    assert note.is_visible()
    text = note.inner_text()
    for part in ("TikTok Aborts", "Benzinga", "5 July 2022", "fairly reliable (C)"):
        assert part in text
    assert "same origin as [2] [5] [6] [7]" in text
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.href")
    assert focused.startswith("https://www.benzinga.com/")
    page.keyboard.press("Escape")
    assert not note.is_visible()
    assert page.evaluate("document.activeElement.id") == "cite:benzinga:1"
    assert page.url.endswith(BRIEFING), "the page stays where it is"


@pytest.mark.parametrize("path", ["", "briefings/tiktok-shelves-live-shopping/", "regions/europe/"])
def test_a_keyboard_alone_reaches_everything(page, server, path: str) -> None:  # type: ignore[no-untyped-def]
    """Each Tab goes to the next link or control, which shows that it has the focus."""
    page.goto(f"{server[0]}{BASE}{path}")
    page.evaluate(
        "window.todo = [...document.querySelectorAll('a[href],button,summary,[tabindex=\"0\"]')]"
        ".filter(one => one.checkVisibility({visibilityProperty: true}))"
    )
    for number in range(page.evaluate("todo.length")):
        page.keyboard.press("Tab")
        reached, outline = page.evaluate(
            f"[document.activeElement === todo[{number}],"
            "getComputedStyle(document.activeElement).outlineStyle]"
        )
        assert reached, number
        assert outline == "solid"


@pytest.mark.parametrize("id_", ["tiktok-shelves-live-shopping", "amazon-live"])
def test_a_phone_shows_the_bottom_line_first(browser, server, id_: str) -> None:  # type: ignore[no-untyped-def]
    """On its first screen, of a replaced briefing too; few links lie before the text."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{server[0]}{BASE}briefings/{id_}/#page:main")
    assert page.locator(".summary").bounding_box()["y"] + page.evaluate("scrollY") <= 520
    page.keyboard.press("Tab")
    stops = 0
    while not page.evaluate("document.activeElement.closest('.text')"):
        stops += 1
        page.keyboard.press("Tab")
    assert stops <= 6
    context.close()


def test_the_printed_briefing_has_its_sources(page, server) -> None:  # type: ignore[no-untyped-def]
    """With addresses written out; each sheet says what it is of, and no control is printed."""
    page.goto(f"{server[0]}{BRIEFING}")
    reader = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    sheets = ["".join(sheet.extract_text().split()) for sheet in reader.pages]
    addresses = page.eval_on_selector_all(
        ".sources p:first-child a", "all => all.map(link => link.getAttribute('href'))"
    )
    assert len(addresses) == 11
    for address in addresses:
        assert f"<{address}>" in "".join(sheets)
    for number, sheet in enumerate(sheets, 1):
        assert f"Versionof13July2022·https://example.org{BRIEFING}" in sheet
        assert f"{number}/{len(sheets)}" in sheet
    assert "Superseded" in sheets[0]
    assert not re.search(r"Copylink|Citethis|Markdown", "".join(sheets))


def test_printed_addresses_and_code_have_no_ligatures(page, small_site) -> None:  # type: ignore[no-untyped-def]
    """Whichever fonts a machine has: a printed address can be read, searched and copied."""
    site = small_site(
        ENTITIES.replace("name: TikTok", "name: TikTok\nwebsite: https://staff.example/")
        + briefing(
            "a",
            "An [office](https://office.example/flat) and `a_field`.[@s]",
            sources="[{id: s, title: S, url: 'https://staff.example/exodus'}]",
        )
    )
    site.build()
    page.emulate_media(media="print")

    def ligatures(selector: str, part: str = "") -> str:
        script = f"one => getComputedStyle(one, '{part}').fontVariantLigatures"
        return str(page.eval_on_selector(selector, script))

    page.goto((site.folder / "output/briefings/a/index.html").as_uri())
    assert ligatures(".sources a", "::after") == ligatures(".text a[href^=http]", "::after")
    # what stands at the foot of each sheet inherits from the root
    for selector, part in ((".sources a", "::after"), ("code", ""), (".paper", ""), ("html", "")):
        assert ligatures(selector, part) == "none", selector
    assert ligatures(".text") == "normal"
    page.goto((site.folder / "output/companies/tiktok/index.html").as_uri())
    assert ligatures(".facts a[href^=http]") == "none"


def test_the_address_can_be_copied(browser, server) -> None:  # type: ignore[no-untyped-def]
    """And so can the reference; the button says that it was done."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{server[0]}{BRIEFING}#section:sources")
    page.click("[data-copy='']")
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"{server[0]}{BRIEFING}"
    page.click(".tools summary")
    page.click("[data-copy='page:citation']")
    page.locator(".formats button", has_text="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "Dossier, 7 July 2022, version of 13 July 2022, https://" in copied
    context.close()


def test_citations_are_files_to_keep(plain_page, server) -> None:  # type: ignore[no-untyped-def]
    """Without JavaScript, below the policy of the page."""
    plain_page.goto(f"{server[0]}{BRIEFING}")
    plain_page.click(".tools summary")
    with plain_page.expect_download() as found:
        plain_page.click("a[download$='.bib']")
    assert found.value.suggested_filename == "tiktok-shelves-live-shopping.bib"
    assert "version = {2022-07-13}" in Path(found.value.path()).read_text("utf-8")


def test_the_contents_mark_where_the_reader_is(page, server) -> None:  # type: ignore[no-untyped-def]
    """The section at the top third of the screen, going down and up again."""
    page.goto(f"{server[0]}{BRIEFING}")
    here = ".contents a[aria-current]"
    for heading in ("what-is-running", "what-each-side-says"):
        page.evaluate(
            f"document.getElementById('{heading}').scrollIntoView({{behavior: 'instant'}})"
        )
        page.wait_for_selector(f"{here}[href='#{heading}']")
        assert page.locator(here).count() == 1


@EVERY_KIND
def test_the_policy_is_kept_and_nothing_else_is_asked_for(page, server, path: str) -> None:  # type: ignore[no-untyped-def]
    """No violation is logged, no script is let in, no request fails or leaves the site."""
    url, missing = server
    missing.clear()
    messages: list[str] = []
    requests: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.goto(f"{url}{BASE}{path}", wait_until="networkidle")
    assert messages == []
    assert missing == []
    own = [address for address in requests if not address.startswith("data:")]
    shared = [address for address in own if address.startswith(f"{url}{BASE}assets/")]
    assert len(own) - len(shared) <= 3
    assert len(shared) <= 6
    assert all(address.startswith(url) for address in own)
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'),"
        "{textContent: 'window.evil = 1'}))"
    )
    assert page.evaluate("window.evil") is None
    assert "Content Security Policy" in "".join(messages)


def test_the_policy_holds_on_a_disk(page, site: Path) -> None:  # type: ignore[no-untyped-def]
    """Where everything works as well."""
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.goto((site / BRIEFING.strip("/") / "index.html").as_uri())
    page.click(".set")
    page.check("input[value=dark]")
    assert style(page, "colorScheme") == "dark"
    assert messages == []
