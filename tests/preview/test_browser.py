"""The preview in a real browser: a save is on the screen without a hand on the browser."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator

import pytest

from tests.helpers.served import PATIENCE, Served, free_port, served
from tests.helpers.smallsite import ENTITIES, NEXT_YEAR, SmallSite, briefing
from tests.helpers.templates import project_templates

Make = Callable[[str], SmallSite]
WRITTEN = ENTITIES + briefing("a", "First text.", companies="[tiktok]") + briefing("b", "Other.")
LONG = "\n\n".join(f"Paragraph {n} of many." for n in range(200))


@pytest.fixture
def page(browser) -> Iterator:  # type: ignore[no-untyped-def, type-arg]
    """A page whose every error is one."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


@pytest.fixture
def running(small_site: Make) -> Iterator[Served]:
    """A preview of a small site."""
    with served(small_site(WRITTEN)) as preview:
        yield preview


def loads(page) -> int:  # type: ignore[no-untyped-def]
    """How often the page was loaded: counted where a reload keeps it."""
    return int(page.evaluate("Number(sessionStorage.loads || 0)"))


def count_loads(page) -> None:  # type: ignore[no-untyped-def]
    """Count loads from now on."""
    page.add_init_script("sessionStorage.loads = Number(sessionStorage.loads || 0) + 1")


def wait_until(page, condition: str) -> None:  # type: ignore[no-untyped-def]
    """Playwright's own waiting evaluates a text in the page, which its policy forbids."""
    deadline = time.monotonic() + PATIENCE
    while not page.evaluate(condition):
        assert time.monotonic() < deadline, condition
        page.wait_for_timeout(20)


def test_a_save_is_on_the_screen(page, running: Served) -> None:  # type: ignore[no-untyped-def]
    """A body, a title, and then what a list shows of it."""
    page.goto(f"{running.url}briefings/a/")
    running.site.write(briefing("a", "Second text.", companies="[tiktok]"))
    page.get_by_text("Second text.").wait_for()
    page.goto(f"{running.url}companies/tiktok/")
    running.site.write(briefing("a", title="Another title", companies="[tiktok]"))
    page.get_by_role("main").get_by_text("Another title").first.wait_for()


def test_ten_saves_in_quick_succession_end_at_the_last(page, running: Served) -> None:  # type: ignore[no-untyped-def]
    """Whichever of them were too quick to be seen."""
    page.goto(f"{running.url}briefings/a/")
    for n in range(10):
        running.site.write(briefing("a", f"Text number {n}.", companies="[tiktok]"))
    page.get_by_text("Text number 9.").wait_for()


def test_a_save_leaves_other_pages_alone(page, running: Served) -> None:  # type: ignore[no-untyped-def]
    """A page that does not change is not loaded anew; its bar says what did."""
    count_loads(page)
    page.goto(f"{running.url}briefings/b/")
    running.site.write(briefing("a", "Second text.", companies="[tiktok]"))
    page.get_by_text("This save changes 1 page").wait_for()
    assert loads(page) == 1
    page.get_by_text("This save changes 1 page").click()
    page.get_by_role("link", name="Title of a").last.click()
    page.get_by_text("Second text.").wait_for()


def test_a_burst_of_saves_is_one_reload(page, running: Served) -> None:  # type: ignore[no-untyped-def]
    """As when an editor saves all, or git checks out a branch."""
    count_loads(page)
    page.goto(f"{running.url}briefings/")
    page.get_by_text("templates/pages/briefings.html").wait_for()
    running.process.send_signal(signal.SIGSTOP)  # however slowly they are written here
    running.site.write("".join(briefing(f"new-{n}") for n in range(40)))
    running.process.send_signal(signal.SIGCONT)
    page.get_by_text("42 briefings").or_(page.get_by_text("Title of new-39")).first.wait_for()
    running.wait_for("change")
    assert loads(page) == 2
    assert sum("change" in line for line in running.said) == 1


def test_a_broken_front_matter_brings_the_overlay_and_its_repair_removes_it(  # type: ignore[no-untyped-def]
    page, running: Served
) -> None:
    """With message, place, lines and the way out, over the page as it was; the terminal agrees."""
    page.goto(f"{running.url}briefings/a/")
    running.site.write(briefing("a", "Second text.", companies="[tiktk]"))
    overlay = page.get_by_role("alert")
    overlay.get_by_text("unknown company 'tiktk'").wait_for()
    assert "content/briefings/a.md:5:13" in overlay.inner_text()
    assert "did you mean 'tiktok'?" in overlay.inner_text()
    assert "companies: [tiktk]" in overlay.inner_text()
    assert page.get_by_text("First text.").is_visible()
    href = overlay.get_by_role("link").first.get_attribute("href")
    path = (running.site.folder / "content/briefings/a.md").as_posix()
    assert href == f"vscode://file{path}:5"
    running.wait_for("unknown company 'tiktk'")
    running.site.write(briefing("b", "x", date="2022-13-01"))
    overlay.get_by_text("2 problems").wait_for()
    running.site.write(briefing("b", "Other."))
    overlay.get_by_text("1 problem").wait_for()
    running.site.write(briefing("a", "Third text.", companies="[tiktok]"))
    page.get_by_text("Third text.").wait_for()
    overlay.wait_for(state="hidden")


def test_a_site_that_is_broken_from_the_start_shows_why(page, small_site: Make) -> None:  # type: ignore[no-untyped-def]
    """And comes to life in the same tab."""
    with served(small_site(ENTITIES + briefing("a", companies="[tiktk]"))) as preview:
        page.goto(preview.url)
        page.get_by_role("alert").get_by_text("unknown company").wait_for()
        preview.site.write(WRITTEN)
        page.get_by_role("alert").wait_for(state="hidden")
        page.goto(f"{preview.url}site/briefings/a/")
        page.get_by_text("First text.").wait_for()


def test_styles_are_swapped_in_place(page, small_site: Make) -> None:  # type: ignore[no-untyped-def]
    """Without a reload, and where the page was scrolled to."""
    long = briefing("a", LONG, companies="[tiktok]")
    count_loads(page)
    with served(small_site(WRITTEN + long + project_templates())) as preview:
        page.goto(f"{preview.url}briefings/a/")
        page.get_by_text("Paragraph 199").wait_for()
        page.evaluate("scrollTo({top: 1500, behavior: 'instant'})")
        style = preview.site.folder / "templates/assets/css/components.css"
        style.write_text(style.read_text("utf-8") + "h1{color:rgb(1,2,3)}\n", "utf-8")
        wait_until(page, "getComputedStyle(document.querySelector('h1')).color == 'rgb(1, 2, 3)'")
        assert loads(page) == 1
        assert page.evaluate("scrollY") == 1500


def test_a_reload_keeps_the_place(page, small_site: Make) -> None:  # type: ignore[no-untyped-def]
    """A text that changes further down does not throw its author to the top."""
    with served(small_site(WRITTEN + briefing("a", LONG, companies="[tiktok]"))) as preview:
        page.goto(f"{preview.url}briefings/a/")
        page.get_by_text("Paragraph 199").wait_for()
        page.evaluate("scrollTo({top: 1500, behavior: 'instant'})")
        preview.site.write(briefing("a", f"{LONG}\n\nThe end.", companies="[tiktok]"))
        page.get_by_text("The end.").wait_for()
        wait_until(page, "scrollY == 1500")


def test_a_second_tab_follows(page, running: Served) -> None:  # type: ignore[no-untyped-def]
    """One save changes the article in one and the list in the other."""
    other = page.context.new_page()
    other.goto(f"{running.url}companies/tiktok/")
    page.goto(f"{running.url}briefings/a/")
    running.site.write(briefing("a", title="Another title", companies="[tiktok]"))
    page.get_by_role("heading", name="Another title").wait_for()
    other.get_by_role("main").get_by_text("Another title").first.wait_for()


def test_a_page_says_that_the_preview_has_ended(page, small_site: Make) -> None:  # type: ignore[no-untyped-def]
    """After Ctrl-C it stays open; once the preview is started again, it says so no longer."""
    site, port = small_site(WRITTEN), str(free_port())
    with served(site, "--port", port) as preview:
        page.goto(f"{preview.url}briefings/a/")
        page.get_by_text("content/briefings/a.md").wait_for()
    page.get_by_text("The preview has ended.").wait_for()
    with served(site, "--port", port):
        page.get_by_text("content/briefings/a.md").wait_for()
        assert page.get_by_text("The preview has ended.").count() == 0


def test_a_restarted_server_is_picked_up_again(page, small_site: Make) -> None:  # type: ignore[no-untyped-def]
    """A page that stayed open shows what was saved while the server was away."""
    site, port = small_site(WRITTEN), str(free_port())
    with served(site, "--port", port) as preview:
        page.goto(f"{preview.url}briefings/a/")
        page.get_by_text("content/briefings/a.md").wait_for()
    site.write(briefing("a", "While you were away.", companies="[tiktok]"))
    with served(site, "--port", port):
        page.get_by_text("While you were away.").wait_for()
        site.write(briefing("a", "And now.", companies="[tiktok]"))
        page.get_by_text("And now.").wait_for()


def test_a_page_that_is_new_takes_the_place_of_the_404_page(page, running: Served) -> None:  # type: ignore[no-untyped-def]
    """And the 404 page that of one that was deleted."""
    assert page.goto(f"{running.url}briefings/new/").status == 404
    running.site.write(briefing("new", "A new text."))
    page.get_by_text("A new text.").wait_for()
    running.site.remove("content/briefings/new.md")
    page.get_by_role("heading", name="Page not found").wait_for()


def test_what_is_held_back_says_so(page, running: Served) -> None:  # type: ignore[no-untyped-def]
    """On its page and beside links to it, with the day on which it appears."""
    running.site.write(
        briefing("later", companies="[tiktok]", date=f"{NEXT_YEAR}-01-02")
        + briefing("unfinished", companies="[tiktok]", status="draft")
    )
    running.wait_for("change")
    page.goto(f"{running.url}briefings/later/")
    page.get_by_text("Scheduled: published on").wait_for()
    page.goto(f"{running.url}briefings/unfinished/")
    page.get_by_text("Draft: published once its status changes").wait_for()
    page.goto(f"{running.url}companies/tiktok/")
    marks = page.locator("[data-preview-mark]")
    marks.first.wait_for()
    assert {"draft", f"from 2 January {NEXT_YEAR}"} <= set(marks.all_inner_texts())


@pytest.mark.parametrize("how", ["rename", "backup", "in place"])
def test_every_way_to_save_is_seen(page, running: Served, how: str) -> None:  # type: ignore[no-untyped-def]
    """Editors write a file anew, or write another and rename it, or keep a backup."""
    path = running.site.folder / "content/briefings/a.md"
    page.goto(f"{running.url}briefings/a/")
    for n in range(2):
        text = path.read_text("utf-8").replace("First text", "Text").replace("Text", f"Text {n}")
        if how == "rename":
            path.with_name("sedXyZ").write_text(text, "utf-8")
            os.replace(path.with_name("sedXyZ"), path)
        elif how == "backup":
            os.replace(path, path.with_name("a.md~"))
            path.write_text(text, "utf-8")
        else:
            path.write_text(text, "utf-8")
        page.get_by_text(f"Text {n}").wait_for()


def test_the_bar_names_the_source(page, running: Served) -> None:  # type: ignore[no-untyped-def]
    """The file, how many lines it has, and a link into the editor."""
    page.goto(f"{running.url}briefings/a/")
    link = page.get_by_role("link", name="content/briefings/a.md")
    path = (running.site.folder / "content/briefings/a.md").as_posix()
    assert link.get_attribute("href") == f"vscode://file{path}:1"
    assert page.get_by_text("8 lines").is_visible()


def test_a_first_page_becomes_the_whole_one_by_itself(page, small_site: Make) -> None:  # type: ignore[no-untyped-def]
    """While nobody touches the browser, and at the same place; it says which of both it is."""
    with served(small_site(WRITTEN + briefing("long", LONG)), held=True) as running:
        page.goto(f"{running.url}briefings/long/")
        page.get_by_text("This page is still being completed").wait_for()
        page.evaluate("scrollTo(0, 2000)")
        page.wait_for_timeout(6000)  # longer than livereload.js waits for an answer
        assert page.get_by_text("The preview has ended").count() == 0
        running.release()
        page.get_by_text("This page is still being completed").wait_for(state="detached")
        page.get_by_text("content/briefings/long.md").wait_for()
        assert page.evaluate("scrollY") == 2000
        running.site.write(briefing("long", "Another text."))
        page.get_by_text("Another text.").wait_for()


def test_an_address_that_waits_becomes_what_it_is_by_itself(page, small_site: Make) -> None:  # type: ignore[no-untyped-def]
    """Here the page that says that there is none."""
    with served(small_site(WRITTEN), held=True) as running:
        page.goto(f"{running.url}no/such/page/")
        page.get_by_role("status").get_by_text("This page is still being completed").wait_for()
        running.release()
        page.get_by_text("Page not found").first.wait_for()


def test_a_first_page_says_that_the_preview_has_ended(page, small_site: Make) -> None:  # type: ignore[no-untyped-def]
    """And follows again once it is started."""
    port = str(free_port())
    site = small_site(WRITTEN)
    with served(site, "--port", port, held=True) as running:
        page.goto(f"{running.url}briefings/a/")
        page.get_by_text("This page is still being completed").wait_for()
    page.get_by_text("The preview has ended").wait_for()
    with served(site, "--port", port):
        page.get_by_text("This page is still being completed").wait_for(state="detached")
        page.get_by_text("First text.").wait_for()
