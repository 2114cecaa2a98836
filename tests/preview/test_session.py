"""The site while it is written: what each kind of save does, and that it equals a build."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from dossier.build.inputs import Options
from dossier.content.brand.palette import TOKENS, read_palette
from dossier.preview import session as session_module
from dossier.preview.author_bar import author_state
from dossier.preview.responses import page_marks
from dossier.preview.session import Session
from tests.helpers.smallsite import ENTITIES, NEXT_YEAR, SITE_YAML, SmallSite, briefing
from tests.helpers.templates import project_templates

Make = Callable[[str], SmallSite]
WRITTEN = ENTITIES + briefing("a", companies="[tiktok]") + briefing("b", "See [[a]].")


@pytest.fixture
def plans(monkeypatch: pytest.MonkeyPatch) -> list[Options]:
    """Every plan of a whole site that a session makes."""
    made: list[Options] = []
    plan = session_module.plan

    def counted(options: Options, *more: object, **named: object) -> object:
        made.append(options)
        return plan(options, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(session_module, "plan", counted)
    return made


def opened(site: SmallSite) -> Session:
    """A session that has read the site."""
    session = Session(site.options)
    session.update()
    return session


def save(session: Session, site: SmallSite, text: str) -> bool:
    """Save files of a site, and tell the session which."""
    site.write(text)
    paths = [line.split()[1] for line in text.splitlines() if line.startswith("-- ")]
    return session.update({(site.folder / path).resolve() for path in paths})


def changed_pages(session: Session) -> set[str]:
    """The paths of the pages that the last save changes."""
    assert session.save
    for _ in session.save.compare():
        pass
    assert session.save.whole
    return {page.path for page in session.save.pages}


def assert_equal_to_a_build(session: Session, site: SmallSite) -> None:
    """Every page is what a build with drafts writes, byte for byte."""
    site.build_clean(drafts=True)
    assert session.blueprint
    assert session.problems == ()
    output = site.output()
    for page in session.blueprint.pages:
        assert session.page(page.file).text.encode() == output[page.file], page.file
    assert output.keys() == session.blueprint.outputs.keys()


EDITS = {
    "a body": briefing("a", "Another body.", companies="[tiktok]"),
    "a long body": briefing("a", "Word. " * 900, companies="[tiktok]"),
    "a title": briefing("a", title="Another", companies="[tiktok]"),
    "a summary": briefing("a", summary="Other.", companies="[tiktok]"),
    "a date": briefing("a", date="2021-01-01", companies="[tiktok]"),
    "a company of a briefing": briefing("a", companies="[amazon]"),
    "a region of a briefing": briefing("a", companies="[tiktok]", regions="[FR]"),
    "a link of a body": briefing("b", "See [[tiktok]]."),
    "a new briefing": briefing("c", companies="[tiktok]"),
    "a draft": briefing("a", companies="[tiktok]", status="draft"),
    "a future date": briefing("a", companies="[tiktok]", date=f"{NEXT_YEAR}-01-01"),
    "an alias": briefing("a", companies="[tiktok]", aliases="[/old/]"),
    "a translation": briefing("a-fr", lang="fr", translation_of="a"),
    "a name": "-- content/companies/tiktok.md --\n---\nname: TikTok Inc\n---\n",
    "a profile": "-- content/companies/tiktok.md --\n---\nname: TikTok\n"
    "products: [TikTok Shop]\n---\n\nA profile.\n",
    "a parent": "-- content/companies/tiktok.md --\n---\nname: TikTok\nparent: amazon\n---\n",
    "the settings": "-- content/site.yaml --\ntitle: Other\nbase_url: https://example.org/x/\n"
    "languages: [en, fr]\n",
    "a page": "-- content/pages/about.md --\n---\ntitle: About\nmenu: About\n---\n\nWho we are.\n",
    "a file": "-- content/files/a.txt --\nText.\n",
}


@pytest.mark.parametrize("edit", EDITS)
def test_after_every_kind_of_save_the_pages_are_those_of_a_build(
    small_site: Make, edit: str
) -> None:
    """Saved, and then saved as it was: each time as if built from nothing."""
    site = small_site(WRITTEN)
    session = opened(site)
    assert_equal_to_a_build(session, site)
    before = {path: path.read_text("utf-8") for path in (site.folder / "content").rglob("*.md")}
    assert save(session, site, EDITS[edit])
    assert_equal_to_a_build(session, site)
    for path, text in before.items():
        path.write_text(text, "utf-8")
    added = set((site.folder / "content").rglob("*.md")) - before.keys()
    for path in added:
        path.unlink()
    assert session.update({*before, *added}) is (edit not in ("the settings", "a file"))
    assert_equal_to_a_build(session, site)


def test_a_save_of_words_plans_nothing_anew(small_site: Make, plans: list[Options]) -> None:
    """Neither a body nor a title relates a briefing to another; a company does."""
    site = small_site(WRITTEN)
    session = opened(site)
    save(session, site, EDITS["a body"])
    save(session, site, EDITS["a title"])
    assert len(plans) == 1
    save(session, site, EDITS["a company of a briefing"])
    assert len(plans) == 2


def test_a_save_of_words_keeps_what_follows_from_facts(small_site: Make) -> None:
    """Such as the series of all figures, and which briefings hold."""
    site = small_site(WRITTEN)
    session = opened(site)
    assert session.blueprint
    before = session.blueprint.builders
    save(session, site, briefing("a", "Other words.", companies="[tiktok]"))
    after = session.blueprint.builders
    assert after is not before
    assert after.parts.status is before.parts.status


def test_a_save_without_a_change_is_none(small_site: Make) -> None:
    """A file that is saved as it was matters to nobody."""
    site = small_site(WRITTEN)
    session = opened(site)
    assert not save(session, site, briefing("b", "See [[a]]."))


def test_renamed_and_deleted_folders_are_seen(small_site: Make) -> None:
    """Told of the folder alone, as some systems do."""
    site = small_site(WRITTEN)
    session = opened(site)
    assert session.blueprint
    folder = (site.folder / "content/briefings").resolve()
    folder.rename(site.folder / "away")
    assert session.update({folder})
    assert "briefings/a/index.html" not in session.blueprint.outputs
    (site.folder / "away").rename(folder)
    assert session.update({folder})
    assert_equal_to_a_build(session, site)


def test_a_name_in_another_normal_form_is_found(small_site: Make) -> None:
    """A system may tell of a decomposed name where the file has a composed one."""
    site = small_site(WRITTEN + "-- content/files/caf\u00e9.txt --\nOne.\n")
    session = opened(site)
    (site.folder / "content/files/caf\u00e9.txt").rename(
        site.folder / "content/files/cafe\u0301.txt"
    )
    assert session.update({(site.folder / "content/files/cafe\u0301.txt").resolve()})
    assert_equal_to_a_build(session, site)


def test_an_error_keeps_the_last_good_site_and_its_repair_brings_the_new_one(
    small_site: Make,
) -> None:
    """All problems are there at once, and all are gone at once."""
    site = small_site(WRITTEN)
    session = opened(site)
    before = session.page("briefings/a/index.html")
    save(session, site, "-- content/briefings/a.md --\nNo front matter.\n")
    save(session, site, briefing("b", companies="[nope]"))
    assert [Path(p.path).name for p in session.problems] == ["a.md", "b.md"]
    assert session.page("briefings/a/index.html").text == before.text
    save(session, site, EDITS["a body"] + briefing("b", "See [[a]]."))
    assert_equal_to_a_build(session, site)


def test_what_was_never_shown_is_still_the_last_good_page(small_site: Make) -> None:
    """The text from before the error is not lost with the file."""
    site = small_site(WRITTEN)
    session = opened(site)
    save(session, site, "-- content/briefings/a.md --\nNo front matter.\n")
    assert "The body." in session.page("briefings/a/index.html").text


def test_a_site_that_is_broken_from_the_start_comes_to_life(small_site: Make) -> None:
    """There is no site before it is mended."""
    site = small_site(briefing("a", companies="[nope]"))
    session = opened(site)
    assert session.blueprint is None
    assert len(session.problems) == 1
    save(session, site, WRITTEN)
    assert_equal_to_a_build(session, site)


def test_whatever_goes_wrong_is_a_problem_and_the_next_save_is_taken_in(
    small_site: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even something that asks Python to exit."""
    site = small_site(WRITTEN)
    session = opened(site)
    with monkeypatch.context() as patch:
        for error in (SystemExit(3), RuntimeError("no"), MemoryError()):

            def fail(*_: object, raised: BaseException = error, **_named: object) -> None:
                raise raised

            patch.setattr(session_module, "plan", fail)
            assert save(session, site, briefing("c", title=repr(error)))
            assert "internal error" in session.problems[0].message
    assert save(session, site, briefing("c", title="Last"))
    assert_equal_to_a_build(session, site)


def test_an_error_in_a_template_is_told_and_the_page_stays(small_site: Make) -> None:
    """Where it cannot be loaded, on every page; where it cannot be rendered, on the page."""
    site = small_site(WRITTEN + project_templates())
    session = opened(site)
    before = session.page("index.html").text
    save(session, site, "-- templates/pages/home.html --\n{% if %}\n")
    assert session.problems[0].path.endswith("templates/pages/home.html")
    assert session.page("index.html").text == before
    save(session, site, "-- templates/pages/home.html --\n{{ view.nothing }}\n")
    assert session.problems == ()
    assert session.page("index.html").text == before
    assert session.page("index.html").problems[0].line == 1
    save(session, site, project_templates())
    assert_equal_to_a_build(session, site)


def test_a_save_of_a_style_sheet_shows_at_once(small_site: Make) -> None:
    """The page links to another version, and has the new text there; nothing else of it differs."""
    site = small_site(f"{WRITTEN}-- templates/assets/css/site.css --\nb {{ top: 0 }}\n")
    session = opened(site)
    page = session.page("index.html").text
    assert session.blueprint
    [sheet] = [one for one in session.blueprint.assets if one.file == "assets/css/site.css"]
    assert session.asset(sheet) == "b{top:0}"
    made, frame = page_marks(session, page)
    save(session, site, "-- templates/assets/css/site.css --\nb { top: 1px }\n")
    assert session.asset(sheet) == "b{top:1px}"
    assert "assets/css/site.css?v=" in session.page("index.html").text
    made_now, frame_now = page_marks(session, session.page("index.html").text)
    assert made_now != made
    assert frame_now == frame
    (site.folder / "templates" / sheet.file).unlink()
    session.update()
    assert sheet not in session.blueprint.assets


def test_an_error_in_a_template_keeps_the_styles(small_site: Make) -> None:
    """Also where the content is saved meanwhile: the pages that stay still find them."""
    site = small_site(WRITTEN)
    session = opened(site)
    assert session.blueprint
    before = session.blueprint.assets
    save(session, site, "-- templates/base.html --\n{% include view %}\n")
    assert session.problems
    save(session, site, EDITS["a new briefing"])
    assert session.blueprint.assets == before
    assert all(session.asset(one) for one in before)


def test_a_save_says_which_pages_it_changes(small_site: Make) -> None:
    """Those whose views differ, and no others."""
    site = small_site(WRITTEN)
    session = opened(site)
    save(session, site, EDITS["a body"])
    assert changed_pages(session) == {"briefings/a/"}
    save(session, site, EDITS["a title"])
    assert changed_pages(session) == {
        "",
        "404.html",
        "briefings/",
        "briefings/a/",
        "briefings/b/",
        "companies/tiktok/",
    }
    save(session, site, EDITS["a new briefing"])
    assert {"briefings/c/", "companies/tiktok/", "companies/"} <= changed_pages(session)
    (site.folder / "content/briefings/c.md").unlink()
    session.update({(site.folder / "content/briefings/c.md").resolve()})
    assert "briefings/c/" in changed_pages(session)


def test_a_save_of_a_template_changes_the_pages_made_with_it(small_site: Make) -> None:
    """By what it includes, too."""
    site = small_site(WRITTEN + project_templates())
    session = opened(site)
    text = (site.folder / "templates/pages/home.html").read_text("utf-8")
    save(session, site, f"-- templates/pages/home.html --\n{text}<!-- x -->\n")
    assert changed_pages(session) == {""}
    style = (site.folder / "templates/assets/css/base.css").read_text("utf-8")
    save(session, site, f"-- templates/assets/css/base.css --\n{style}a{{color:red}}\n")
    assert session.blueprint
    assert len(changed_pages(session)) == len(session.blueprint.pages)


def test_nothing_is_written_into_the_output(small_site: Make) -> None:
    """Not even the folder."""
    site = small_site(WRITTEN)
    opened(site).page("index.html")
    assert not (site.folder / "output").exists()


def test_a_colour_of_the_style_sheet_reaches_the_bar_of_the_browser(small_site: Make) -> None:
    """It is read from the templates where the site is planned, so that a save of it plans again."""
    site = small_site(WRITTEN + project_templates())
    session = opened(site)
    sheet = f"templates/{TOKENS}"
    text = (site.folder / sheet).read_text("utf-8")
    accent = read_palette(site.folder / "templates").accent.light
    save(session, site, f"-- {sheet} --\n{text.replace(accent, '123456')}")
    assert 'name="theme-color" content="#123456"' in session.page("index.html").text


def rename(session: Session, site: SmallSite, old: str, new: str) -> None:
    """Give a content file another name, and tell the session of both."""
    before, after = site.folder / "content" / old, site.folder / "content" / new
    before.rename(after)
    session.update({before.resolve(), after.resolve()})


def test_the_page_of_a_renamed_file_leads_on(small_site: Make) -> None:
    """To its new address, by whatever steps it got there; with a former id, by a redirect page."""
    site = small_site(WRITTEN)
    session = opened(site)
    rename(session, site, "briefings/b.md", "briefings/c.md")
    assert session.moved_to("briefings/b/index.html") == "briefings/c/"
    rename(session, site, "briefings/c.md", "briefings/d.md")
    assert session.moved_to("briefings/b/index.html") == "briefings/d/"
    rename(session, site, "companies/tiktok.md", "companies/tt.md")
    assert session.moved_to("companies/tiktok/index.html") == "companies/tt/"
    save(session, site, "-- content/companies/tt.md --\n---\nname: TT\n---\n")
    assert [problem.message for problem in session.problems] == ["unknown company 'tiktok'"]
    assert session.moved_to("companies/tiktok/index.html") == "companies/tt/"
    save(session, site, briefing("a", companies="[tt]"))
    assert session.problems == ()
    assert session.moved_to("companies/tiktok/index.html") == "companies/tt/"
    save(session, site, "-- content/companies/tt.md --\n---\nname: TT\nformer_ids: [tiktok]\n---\n")
    assert "companies/tt/" in session.page("companies/tiktok/index.html").text
    assert_equal_to_a_build(session, site)
    rename(session, site, "briefings/d.md", "briefings/b.md")
    assert session.moved_to("briefings/d/index.html") == "briefings/b/"


def test_a_page_that_was_deleted_leads_nowhere(small_site: Make) -> None:
    """Even if another is written."""
    site = small_site(WRITTEN)
    session = opened(site)
    site.remove("content/briefings/b.md")
    session.update()
    save(session, site, briefing("new", "Another text."))
    assert session.moved_to("briefings/b/index.html") is None


AHEAD = (
    f"-- content/site.yaml --\n{SITE_YAML}timezone: Europe/Paris\n"
    + briefing("later", date="2026-11-25T17:30Z", status="draft", title="Not told")
    + briefing("soon", date="2026-11-25T17:30Z", title="Soon told")
    + briefing("gone", status="withdrawn", withdrawn="{date: 2026-12-24, reason: R}", title="Gone")
)


def test_what_waits_is_listed_with_its_time(small_site: Make) -> None:
    """The next first; a draft waits for nothing but its author."""
    session = opened(small_site(AHEAD))
    assert session.waiting == [
        "“Soon told” on 2026-11-25 at 18:30 UTC+01:00",
        "the withdrawal of “Gone” on 2026-12-24",
    ]


@pytest.mark.parametrize(
    ("id_", "notice", "mark"),
    [
        ("soon", "Scheduled: published on 25 November 2026 at 18:30", "from 25 November 2026"),
        (
            "later",
            "Draft: published once its status changes, but not before 25 November 2026 at 18:30",
            "draft",
        ),
        ("gone", "Withdrawal: published on 24 December 2026", None),
    ],
)
def test_a_page_says_what_of_it_waits(
    small_site: Make, id_: str, notice: str, mark: str | None
) -> None:
    """The briefing as a whole, which links to it say too, or a part of it."""
    session, path = opened(small_site(AHEAD)), f"/site/briefings/{id_}/"
    state = author_state(session, path, "")
    assert state.notice == notice
    assert str(state.held.get(path)).startswith(str(mark))


def test_memory_stays_the_same_over_many_edits(small_site: Make) -> None:
    """An hour of saves leaves nothing behind."""
    site = small_site(ENTITIES + "".join(briefing(f"b-{n}") for n in range(20)))
    session = Session(site.options)
    session.update()

    def save(times: int) -> None:
        for n in range(times):
            site.write(briefing(f"b-{n % 20}", f"Text {n}.", title=f"Title {n}"))
            session.update()
            assert f"Text {n}." in session.page(f"briefings/b-{n % 20}/index.html").text

    save(40)
    gc.collect()
    tracemalloc.start()
    try:
        save(200)
        gc.collect()
        left, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert left < 3_000_000
