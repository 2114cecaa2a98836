"""Incremental builds: the bytes of a clean build, and no more work than the edit asks for."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from dossier import fingerprint
from dossier.build.inputs import Inputs
from dossier.pages.builders import Builders
from dossier.pipeline import build
from dossier.problems import ProblemError
from dossier.site.urls import MARKET_DATA
from dossier.views.outputs import ViewOutput
from dossier.views.parts import View
from tests.helpers.smallsite import ENTITIES, ROOT, SITE_YAML, SmallSite, briefing

Make = Callable[[str], SmallSite]

MOVES = (
    "[{company: amazon, product: Live, regions: [FR], stage: pilot, date: 2022, basis: official, "
    "sources: [s]}]"
)
M = {
    "companies": "[amazon]",
    "date": "2022-06-01",
    "sources": "[{id: s, title: S}]",
    "judgements": "[{text: It stays, likelihood: likely, confidence: low, by: 2030}]",
}
SITE = (
    f"-- content/site.yaml --\n{SITE_YAML}social_cards: true\nmenu: [briefings, companies]\n"
    + ENTITIES
    + briefing("a", "The body of a.", companies="[tiktok]", regions="[FR]", date="2022-07-03")
    + briefing("b", "The body of b.", companies="[twitch]", date="2022-07-02")
    + briefing("c", "See [[b]].", topics="[live-shopping]", date="2022-07-01")
    + briefing("d", "Seul.", lang="fr", translation_of="c", date="2022-07-01")
    + briefing("m", **M, moves=MOVES)
)


@pytest.fixture
def built(built_site: Make) -> SmallSite:
    """A site that was built once."""
    return built_site(SITE)


def changed_pages(site: SmallSite) -> set[str]:
    """Build, and tell which files of the output are new, gone or have other bytes than before."""
    before = site.output()
    report = site.build()
    after = site.output()
    changed = {p for p in before.keys() | after.keys() if before.get(p) != after.get(p)}
    assert report.written + report.removed == len(changed)
    return changed


def rendered(site: SmallSite) -> int:
    """Build, and tell how many pages were rendered."""
    return site.build().rendered


def test_nothing_changed_renders_nothing(built: SmallSite) -> None:
    """A build with nothing to do neither renders nor writes."""
    report = built.build()
    assert (report.rendered, report.written, report.removed) == (0, 0, 0)
    assert report.unchanged == len(built.output())


def test_touching_a_file_renders_nothing(built: SmallSite) -> None:
    """A modification time is no change of content."""
    (built.folder / "content/briefings/a.md").touch()
    assert rendered(built) == 0


FIGURE = "{label: Users, value: %s, unit: people, as_of: %s, source: s, company: tiktok}"
JUDGEMENT = "{text: It opens, likelihood: %s, confidence: low, by: 2030}"
SOURCES = "[{id: s, title: The source}]"

B = {"companies": "[twitch]", "date": "2022-07-02"}
EVERY_LIST = {"", "404", "briefings", "llms.txt"}
TELLING = {"briefings/m", "briefings/m/m.markdown"}
MARKET = {"market", "market/2022"}
SHOWING_MOVES = {"companies/amazon", "regions/france", "regions/europe"}


def feeds(*folders: str) -> set[str]:
    """The files of feeds, by the folders that they are in."""
    return {f"{folder}feed.{form}" for folder in folders for form in ("xml", "json")}


NAMED_TIKTOK = (
    EVERY_LIST
    | {"companies", "companies/tiktok", "briefings/a", "briefings/a/card.png"}
    | {"regions/france", "regions/europe", "follow"}
    | feeds("", "companies/tiktok/", "regions/france/", "regions/europe/")
)
BOTH = {"briefings/b", "briefings/b/b.markdown"}
ABOUT_B = BOTH | feeds("", "companies/twitch/", "companies/amazon/")
EDITS = {
    "the body of a briefing": (briefing("b", "Another.", **B), BOTH | feeds("")),
    "the body of a translation": (
        briefing("d", "Toujours.", lang="fr", translation_of="c", date="2022-07-01"),
        {"fr/briefings/d", "fr/briefings/d/d.markdown"} | feeds("fr/"),
    ),
    "the title of a briefing": (
        briefing("b", "The body of b.", title="New", **B),
        EVERY_LIST
        | {"briefings/a", "briefings/c", "briefings/c/c.markdown", "fr/briefings/d"}
        | {"companies/twitch", "companies/amazon"}
        | {"briefings/b/card.png"}
        | ABOUT_B
        | feeds("changes/"),
    ),
    "the summary of a briefing": (
        briefing("b", "The body of b.", summary="New.", **B),
        EVERY_LIST | {"companies/twitch", "companies/amazon"} | ABOUT_B | feeds("changes/"),
    ),
    "the code of a region": (
        ENTITIES.replace('code: "150"', 'code: "151"'),
        {"regions", "regions/france", "regions/europe"},
    ),
    "the website of a company": (
        ENTITIES.replace("name: Twitch", "name: Twitch\nwebsite: https://www.twitch.tv/"),
        {"companies/twitch"},
    ),
    "a source of a briefing": (
        briefing("b", "The body of b.", sources="[{id: x, title: A source}]", **B),
        BOTH | {"sources"},
    ),
    "the authors of a briefing": (
        briefing("b", "The body of b.", authors="[A. Analyst]", **B),
        ABOUT_B,
    ),
    "a correction of a briefing": (
        briefing(
            "b", "The body of b.", changes="[{date: 2022-08-01, kind: correction, note: N}]", **B
        ),
        ABOUT_B | {"", "changes"} | feeds("changes/"),
    ),
    "a link to a briefing": (
        briefing("b", "See [[a]].", **B),
        BOTH | {"briefings/a"} | feeds(""),
    ),
    "an alias of a briefing": (
        briefing("b", "The body of b.", aliases="[/old/]", **B),
        {"old"},
    ),
    "the body of a briefing that tells a move": (
        briefing("m", "Another.", **M, moves=MOVES),
        TELLING | feeds(""),
    ),
    "the title of a briefing that tells a move": (
        briefing("m", title="New", **M, moves=MOVES),
        {"", "briefings", "briefings/c", "fr/briefings/d", "record", "sources", "llms.txt"}
        | TELLING
        | {"briefings/m/card.png"}
        | feeds("", "companies/amazon/", "changes/")
        | SHOWING_MOVES
        | MARKET,
    ),
    "the stage of a move": (
        briefing("m", **M, moves=MOVES.replace("pilot", "launched")),
        TELLING | set(MARKET_DATA) | SHOWING_MOVES | MARKET,
    ),
    "the year of a move": (
        briefing("m", **M, moves=MOVES.replace("2022", "2021")),
        TELLING | {"sitemap.xml", "market", "market/2021", *MARKET_DATA} | SHOWING_MOVES,
    ),
    "a briefing that is withdrawn": (
        briefing(
            "b",
            "The body of b.",
            status="withdrawn",
            withdrawn="{date: 2022-07-03, reason: R}",
            **B,
        ),
        EVERY_LIST
        | {"briefings/b/card.png", "changes", "companies/twitch", "companies/amazon"}
        | ABOUT_B
        | feeds("changes/"),
    ),
    "a briefing that is replaced": (
        briefing("b", "The body of b.", status="superseded", superseded_by="[c]", **B),
        EVERY_LIST
        | {"briefings/b/card.png", "changes", "companies/twitch", "companies/amazon"}
        | {"briefings/c", "fr/briefings/d"}
        | ABOUT_B
        | feeds("changes/"),
    ),
    "a briefing that is held back": (briefing("e", status="draft"), set()),
    "the name of a company": (ENTITIES.replace("name: TikTok", "name: TikTok Inc"), NAMED_TIKTOK),
    "the body of a topic": (
        "-- content/topics/live-shopping.md --\n---\nname: Live shopping\n---\nA definition.\n",
        {"topics/live-shopping"},
    ),
    "a judgement": (
        briefing("b", "The body of b.", judgements=f"[{JUDGEMENT % 'likely'}]", **B),
        {"briefings/b", "briefings/b/b.markdown", "record"},
    ),
    "a figure": (
        briefing("b", "The body of b.", sources=SOURCES, figures=f"[{FIGURE % (1, 2021)}]", **B),
        {"", "briefings/b", "briefings/b/b.markdown", "companies/tiktok", "sources"}
        | {"figures.csv", "figures.json"},
    ),
    "a file": ("-- content/files/x.txt --\nhello\n", {"files/x.txt"}),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_renders_the_pages_that_show_it(built: SmallSite, name: str) -> None:
    """And no others; the output is that of a clean build."""
    edit, pages = EDITS[name]
    built.write(edit)
    before = built.output()
    report = built.build()
    after = built.output()
    built.build(force=True)
    assert after == built.output()
    changed = {path for path, data in after.items() if before.get(path) != data}
    names = {path.removesuffix("index.html").removesuffix(".html").rstrip("/") for path in changed}
    assert names == pages
    assert report.rendered == sum(path.endswith(".html") for path in changed)


def test_a_body_edit_renders_one_page(built: SmallSite) -> None:
    """The page itself: its neighbours show its title, not its text."""
    built.write(briefing("b", "Another.", companies="[twitch]", date="2022-07-02"))
    assert rendered(built) == 1


def test_how_texts_are_read_reaches_the_pages_that_show_them(built_site: Make) -> None:
    """Where neither their words change, nor anything that fills their gaps."""
    raw = briefing("raw", "It <b>grew</b> fast.", date="2022-07-01")
    site = built_site(f"-- content/site.yaml --\n{SITE_YAML}" + ENTITIES + raw)
    assert "It <b>grew</b> fast" not in site.read("briefings/raw/index.html")
    site.write(f"-- content/site.yaml --\n{SITE_YAML}html: sanitised\n")
    assert changed_pages(site) == {"briefings/raw/index.html", "feed.xml", "feed.json"}
    assert "It <b>grew</b> fast" in site.read("briefings/raw/index.html")


RICH = (
    SITE
    + briefing("e", "Links [[a]] and [[c]].", companies="[amazon]", regions="[FR]")
    + briefing("f", status="superseded", superseded_by="[a]", date="2022-06-01")
    + briefing("g", lang="fr", translation_of="b", date="2022-07-02", aliases="[/old/g/]")
    + briefing("h", sources=SOURCES, figures=f"[{FIGURE % (1, 2020)}]")
    + briefing(
        "i",
        sources=SOURCES,
        figures=f"[{FIGURE % (2, 2021)}]",
        judgements=f"[{JUDGEMENT % 'likely'}]",
    )
    + "".join(
        briefing(f"n-{n}", companies="[tiktok]", date=f"2021-01-{n % 28 + 1:02}") for n in range(60)
    )
)


@pytest.mark.parametrize(
    ("kind", "page"),
    [
        ("companies", "companies/c/index.html"),
        ("regions", "regions/c/index.html"),
        ("topics", "topics/c/index.html"),
        ("pages", "c/index.html"),
    ],
)
def test_a_title_reaches_the_texts_that_link_to_it(small_site: Make, kind: str, page: str) -> None:
    """A profile, a note or a standing page prints the titles of the briefings it links to."""
    name = "title" if kind == "pages" else "name"
    text = f"-- content/{kind}/c.md --\n---\n{name}: C\n---\n\nRead [[b]].\n"
    site = small_site(briefing("b") + text)
    site.build()
    site.write(briefing("b", title="Another title"))
    site.build()
    assert "Another title" in site.read(page)
    after = site.output()
    site.build(force=True)
    assert site.output() == after


def test_a_body_edit_looks_at_few_views(small_site: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that read the text: the page, the Markdown, the feeds of the site."""
    texts = (briefing(f"n-{n}", companies="[tiktok]") for n in range(9))
    site = small_site(ENTITIES + "".join(texts))
    site.build()
    looked_at = []
    build_view = Builders.view

    def view(self: Builders, output: ViewOutput) -> View:
        looked_at.append(output.file)
        return build_view(self, output)

    monkeypatch.setattr(Builders, "view", view)
    site.write(briefing("n-3", "Another body.", companies="[tiktok]"))
    site.build()
    assert sorted(looked_at) == [
        "briefings/n-3/index.html",
        "briefings/n-3/n-3.markdown",
        "feed.json",
        "feed.xml",
    ]


def test_a_title_edit_reaches_every_page_that_shows_it(built: SmallSite) -> None:
    """Lists, neighbours and the pages that link to it."""
    built.write(
        briefing("b", "The body of b.", title="New", companies="[twitch]", date="2022-07-02")
    )
    changed = changed_pages(built)
    assert changed >= {
        "index.html",
        "briefings/index.html",
        "briefings/a/index.html",
        "briefings/b/index.html",
        "briefings/c/index.html",
        "companies/twitch/index.html",
        "companies/amazon/index.html",
    }
    assert "companies/tiktok/index.html" not in changed


@pytest.mark.parametrize("damage", ["changed", "removed"])
def test_an_output_file_that_was_damaged_is_restored(built: SmallSite, damage: str) -> None:
    """Though nothing else changed."""
    before = built.output()
    target = built.folder / "output/briefings/a/index.html"
    target.unlink() if damage == "removed" else target.write_text("mine")
    assert rendered(built) == 1
    assert built.output() == before


def test_a_deleted_briefing_takes_its_page_along(built: SmallSite) -> None:
    """And its place in every list."""
    built.remove("content/briefings/a.md")
    built.build()
    assert not (built.folder / "output/briefings/a").exists()
    assert "briefings/a/" not in built.read("index.html")


def test_another_day_may_publish_what_was_held_back(built: SmallSite) -> None:
    """Today is an input like any other."""
    built.write(briefing("later", date="2026-06-01"))
    assert built.build(as_of="2026-05-31").held[0].id == "later"
    assert built.build(as_of="2026-06-01").held == ()


def test_force_renders_everything(built: SmallSite) -> None:
    """And writes what changed: nothing."""
    report = built.build(force=True)
    assert (report.rendered, report.written) == (report.pages, 0)


def test_an_upgrade_renders_everything(built: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another version of Dossier or of a dependency is another engine."""
    monkeypatch.setattr(fingerprint, "DEPENDENCIES", ("jinja2",))
    monkeypatch.setattr(fingerprint, "_engine", [])
    report = built.build()
    assert report.rendered == report.pages


def test_a_template_renders_the_pages_that_are_made_with_it(small_site: Make) -> None:
    """Those of its own, or every page where every page includes it."""
    site = small_site(SITE)
    shutil.copytree(ROOT / "templates", site.folder / "templates")
    pages = site.build().pages
    for name, count in (("pages/topics.html", 1), ("assets/css/base.css", pages)):
        path = site.folder / "templates" / name
        path.write_text(path.read_text("utf-8") + "\n", "utf-8")
        assert rendered(site) in (count, count - 1), name  # a redirect has no style


@pytest.mark.parametrize("garbage", [b"", b"\x00", b"{}", b"\x81\xa1x"])
def test_a_corrupt_cache_is_a_miss(built: SmallSite, garbage: bytes) -> None:
    """The build goes on, and gives the same bytes."""
    before = built.output()
    (built.folder / ".cache/documents").write_bytes(garbage)
    (built.folder / "output/.dossier-manifest.json").write_bytes(garbage)
    built.write(briefing("e", status="draft"))
    built.build()
    assert built.output() == before


def test_the_cache_keeps_what_the_last_build_used(built: SmallSite) -> None:
    """It is bounded: what no build asks for is dropped."""

    def remembered() -> int:
        with sqlite3.connect(built.folder / ".cache/documents") as database:
            (count,) = database.execute("SELECT count(*) FROM bodies").fetchone()
        return int(count)

    assert remembered() == 12 - 1
    built.remove("content/briefings/a.md")
    built.build()
    assert remembered() == 10


def test_the_number_of_workers_changes_nothing(small_site: Make, tmp_path: Path) -> None:
    """The same bytes from one process and from three."""
    many = SITE + "".join(briefing(f"n-{n}", f"Text {n}.", date="2022-06-01") for n in range(150))
    one, three = SmallSite(tmp_path / "1", many), SmallSite(tmp_path / "3", many)
    one.build(jobs=1)
    three.build(jobs=3)
    assert one.output() == three.output()
    assert small_site  # the fixture's folder is not used


def test_a_problem_in_a_worker_is_an_ordinary_problem(small_site: Make) -> None:
    """With its file and line; and a template that fails in one worker publishes nothing."""
    site = small_site("".join(briefing(f"n-{n}") for n in range(150)))
    site.write(briefing("n-77", companies="[nope]") + briefing("n-78", "# Heading"))
    assert site.messages(jobs=3) == [
        "briefings/n-77.md:5:13: unknown company 'nope'",
        "briefings/n-78.md:7:1: a heading of the first level: the title is the only one",
    ]
    site.write(briefing("n-77") + briefing("n-78"))
    shutil.copytree(ROOT / "templates", site.folder / "templates")
    page = site.folder / "templates/pages/briefing.html"
    page.write_text(
        page.read_text("utf-8") + "{% block main %}{{ view.nope }}{% endblock %}", "utf-8"
    )
    with pytest.raises(ProblemError) as caught:
        site.build(jobs=3)
    assert caught.value.problems[0].path.endswith("templates/pages/briefing.html")
    assert site.output() == {}


def test_processes_that_inherit_nothing_make_the_same(
    small_site: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where forking is not safe, they are spawned, and given what they need."""
    text = ENTITIES + "".join(briefing(f"n-{n}", companies="[tiktok]") for n in range(6))
    forked, spawned = SmallSite(tmp_path / "forked", text), small_site(text)
    forked.build(jobs=1)
    monkeypatch.setattr("dossier.processes.workers.CAN_FORK", False)
    monkeypatch.setattr("dossier.build.run.WORTH_A_WORKER", 1)
    spawned.build(jobs=2)
    assert spawned.output() == forked.output()


def test_a_file_that_goes_away_during_the_build_is_a_problem(small_site: Make) -> None:
    """It is named; nothing is published."""
    site = small_site(briefing("a") + "-- content/files/a.txt --\nText.\n")
    site.build()
    before, options = site.output(), msgspec.structs.replace(site.options, force=True)
    inputs = Inputs(options)
    site.remove("content/files/a.txt")
    with pytest.raises(ProblemError, match="No such file"):
        build(options, inputs)
    assert site.output() == before


def test_a_save_during_a_build_is_not_taken_for_what_was_hashed_before(small_site: Make) -> None:
    """Even where it is undone after the build."""
    site = small_site(briefing("a") + briefing("b"))
    site.build()
    site.write(briefing("a", title="Second"))
    inputs = Inputs(site.options)
    site.write(briefing("a", title="Third"))
    build(site.options, inputs)
    assert "Third" in site.read("index.html")
    site.write(briefing("a", title="Second"))
    site.build()
    assert "Second" in site.read("index.html")


def test_a_file_that_takes_too_long_is_an_error_that_names_it(
    small_site: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not a hang."""
    import time

    from dossier.content.reading import document_parser as content

    monkeypatch.setattr(content, "PARSING_LIMIT", 0.05)
    monkeypatch.setattr(content, "parse_document", lambda *_: time.sleep(5))
    (problem,) = small_site(briefing("a")).problems()
    assert problem.path == "briefings/a.md"
    assert "takes longer than 0.05 seconds" in problem.message


@pytest.mark.parametrize(
    ("edit", "path", "words"),
    [
        ("", "briefings/a", "is left as it is"),
        (briefing("a", "New."), "/briefings/a/", "its content changed: briefings/a.md"),
        (
            briefing("b", title="New"),
            "index.html",
            "it shows something that changed: the words (title, summary, notes) of briefings/b.md",
        ),
        (briefing("new"), "briefings/new/", "it is new"),
        ("", "nowhere/", "is not a page of this site"),
        (
            "-- content/site.yaml --\n" + SITE_YAML.replace("Small Site", "Other"),
            "about",
            "is not a page of this site",
        ),
        (
            "-- content/site.yaml --\n" + SITE_YAML.replace("Small Site", "Other"),
            "",
            "site.yaml, an option or the day changed",
        ),
    ],
)
def test_explain_says_why(built: SmallSite, edit: str, path: str, words: str) -> None:
    """In plain words, for a page rendered and for one left as it is."""
    built.write(edit)
    assert words in built.build(explain=path).explanation
