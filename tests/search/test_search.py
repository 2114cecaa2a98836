"""Search: what the index is given, when it is made, whose its files are, and what goes wrong."""

from __future__ import annotations

import re
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from dossier.build.manifest import read_manifest
from dossier.planning import plan as planning
from dossier.problems import ProblemError
from dossier.search import pagefind
from dossier.search.page import SearchPage
from dossier.search.pagefind import PagefindError, build_index
from dossier.search.views import SearchRecord, SearchView
from tests.helpers.plans import view_at
from tests.helpers.smallsite import ENTITIES, SITE_YAML, SmallSite, briefing

Make = Callable[[str], SmallSite]

ON = "-- content/site.yaml --\n" + SITE_YAML + "search: true\n"
SITE = (
    ENTITIES
    + ON
    + briefing("a", "The *bodies* of [[tiktok]].", companies="[twitch]", regions="[FR]")
    + briefing("b", "Un texte.", lang="fr", topics="[live-shopping]")
)


@pytest.fixture
def built(built_site: Make) -> SmallSite:
    """A site with search that was built once."""
    site = built_site(SITE)
    assert site.problems() == []
    return site


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The languages of the indexes that were made, as they are made."""
    languages: list[str] = []

    def make(program, lang, records):  # type: ignore[no-untyped-def]
        languages.append(lang)
        return build_index(program, lang, records)

    monkeypatch.setattr(pagefind, "build_index", make)
    return languages


def index_files(site: SmallSite) -> dict[str, bytes]:
    """The files of the indexes."""
    return {path: data for path, data in site.output().items() if path.startswith("pagefind/")}


def search_pages(site: SmallSite) -> SearchPage:
    """The maker of records for a site."""
    return planning.plan(site.options).builders.search


def test_each_language_has_an_index_that_belongs_to_the_build(built: SmallSite) -> None:
    """Its files are in the manifest, among them the one that names the others."""
    files = index_files(built)
    assert {"pagefind/en/pagefind-entry.json", "pagefind/fr/pagefind-entry.json"} <= files.keys()
    assert files.keys() <= read_manifest(built.folder / "output").files.keys()
    assert not [path for path in files if re.search(r"-ui\.|highlight|worker|unknown", path)]


def test_a_record_has_the_words_of_a_briefing(small_site: Make) -> None:
    """Also the names of its subjects and sources; no marks of citations, no markup."""
    sources = "[{id: s, title: A Report, publisher: PRWeek, url: 'https://e.org/'}]"
    body = "Said *so* [@s] & more.\n\n## Next\n\n| A | B |\n|---|---|\n| 1 | 2 |\n"
    fields = {"companies": "[twitch]", "regions": "[FR]", "sources": sources}
    site = small_site(ENTITIES + ON + briefing("a", body, **fields))
    (record,) = search_pages(site).records("en")
    assert record == SearchRecord(
        path="briefings/a/",
        fields={"title": "Title of a", "companies": "Twitch", "cited": "PRWeek A Report"},
        text="The summary. Said so & more. Next. A, B. 1, 2.",
    )


def test_a_briefing_is_found_by_the_former_names_of_its_subjects(small_site: Make) -> None:
    """They are in its record, and beside the name of today where the search is narrowed."""
    renamed = SITE.replace("name: Twitch\n", "name: Twitch\nformer_names: [Justin.tv, Socialcam]\n")
    search = search_pages(small_site(renamed))
    (record,) = search.records("en")
    assert record.fields["formerly"] == "Justin.tv, Socialcam"
    view = search.view(next(search.plan()))
    labels = [choice.label for choice in view.companies]
    assert labels == ["Amazon", "Twitch (formerly Justin.tv, Socialcam)"]


def test_the_page_offers_what_there_are_briefings_about(built: SmallSite) -> None:
    """By name, with their number; every index is named, the site's own language first."""
    blueprint = planning.plan(built.options)
    view = view_at(blueprint, "search/index.html")
    assert isinstance(view, SearchView)
    assert [(choice.label, choice.count) for choice in view.companies] == [
        ("Amazon", 1),
        ("Twitch", 1),
    ]
    assert [choice.value for choice in view.regions] == ["europe", "france"]
    assert [choice.value for choice in view.topics] == ["live-shopping"]
    assert [choice.value for choice in view.years] == ["2022"]
    assert view.indexes == ("en", "fr")


REPLACED = {"status": "superseded", "superseded_by": "[b]"}


def test_the_years_have_all_briefings_also_those_that_were_replaced(small_site: Make) -> None:
    """They stand below their replacement, which may be of another year: there the year leads."""
    old = briefing("old", date="2021-03-01", **REPLACED) + briefing("a", **REPLACED)
    site = small_site(ON + old + briefing("b", date="2023-01-01") + briefing("c"))
    site.build()
    years = view_at(planning.plan(site.options), "search/index.html").years
    assert [(year.value, year.count, year.path) for year in years] == [
        ("2023", 1, "briefings/#year:2023"),
        ("2022", 2, "briefings/#year:2022"),
        ("2021", 1, "briefings/"),
    ]
    assert "briefings/old/" in site.read("briefings/index.html")


@pytest.mark.parametrize(
    ("edit", "languages"),
    [
        ("", []),
        (briefing("b", "Autre.", lang="fr", topics="[live-shopping]"), ["fr"]),
        (briefing("c", status="draft"), []),
        (briefing("c", "More."), ["en"]),
        (ENTITIES.replace("name: TikTok", "name: TikTok Inc"), ["en"]),
        ("-- content/companies/amazon.md --\n---\nname: Amazon\n---\nA profile.\n", []),
    ],
    ids=["nothing", "a body", "a draft", "a new briefing", "a name in a body", "a profile"],
)
def test_only_an_index_that_reads_what_changed_is_made_anew(
    built: SmallSite, asked: list[str], edit: str, languages: list[str]
) -> None:
    """The others are left as they are, byte for byte."""
    before = index_files(built)
    built.write(edit)
    built.build()
    assert asked == languages
    for path, data in index_files(built).items():
        if path.split("/")[1] not in languages:
            assert data == before[path]


@pytest.mark.parametrize(
    ("edit", "rendered"),
    [
        (briefing("a", title="Other", companies="[twitch]", regions="[FR]"), False),
        (briefing("c", companies="[tiktok]"), True),
        ("-- content/companies/twitch.md --\n---\nname: Twich\nparent: amazon\n---\n", True),
    ],
    ids=["a title", "a new briefing", "a name"],
)
def test_the_page_is_rendered_where_its_choices_change(
    built: SmallSite, edit: str, rendered: bool
) -> None:
    """It shows no briefing."""
    before = built.read("search/index.html")
    built.write(edit)
    verdict = "is rendered" if rendered else "is left as it is"
    assert f"search/index.html {verdict}" in built.build(explain="search/").explanation
    assert (built.read("search/index.html") != before) == rendered


def test_the_index_is_that_of_a_clean_build(built: SmallSite, tmp_path: Path) -> None:
    """Byte for byte, also where only one language was made anew."""
    built.write(briefing("b", "Autre.", lang="fr", topics="[live-shopping]"))
    built.build()
    clean = SmallSite(tmp_path / "clean", SITE)
    clean.write(briefing("b", "Autre.", lang="fr", topics="[live-shopping]"))
    clean.build()
    assert built.output() == clean.output()


@pytest.mark.parametrize("damage", ["changed", "removed"])
def test_a_damaged_index_is_made_anew(built: SmallSite, damage: str) -> None:
    """Though nothing else changed."""
    target = built.folder / "output/pagefind/fr/pagefind-entry.json"
    target.unlink() if damage == "removed" else target.write_text("mine")
    built.build()
    assert "pagefind/fr/pagefind-entry.json" in index_files(built)
    assert b"mine" not in target.read_bytes()
    assert built.build().written == 0


def test_what_an_index_no_longer_has_is_removed(built: SmallSite) -> None:
    """With a language, or with the search as a whole; somebody else's file stays."""
    other = built.folder / "output/pagefind/mine.txt"
    other.write_text("mine")
    built.remove("content/briefings/b.md")
    built.build()
    assert {path.split("/")[1] for path in index_files(built)} == {"en", "mine.txt"}
    built.write(ON.replace("search: true", "search: false"))
    built.build()
    assert list(index_files(built)) == ["pagefind/mine.txt"]
    assert "search/index.html" not in built.output()
    assert "search/" not in built.read("index.html")


def test_somebody_elses_file_in_the_way_publishes_nothing(small_site: Make) -> None:
    """It is named, and nothing is overwritten."""
    site = small_site(SITE)
    site.write("-- output/pagefind/en/pagefind.js --\nmine\n")
    (problem,) = site.problems()
    assert problem.message == "this file was not made by Dossier, which would overwrite it"
    assert site.output() == {"pagefind/en/pagefind.js": b"mine\n"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (briefing("c", aliases="[/pagefind/]"), "the address /pagefind/ is taken"),
        (briefing("c", aliases="[/search/]"), "the address /search/ is taken"),
    ],
)
def test_an_address_of_the_search_is_not_given_away(
    small_site: Make, text: str, message: str
) -> None:
    """Nor to an alias."""
    assert message in small_site(SITE + text).problems()[0].message


def test_without_the_program_all_else_is_built(
    small_site: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A warning says how to get it; the last index stays."""
    site = small_site(SITE)
    monkeypatch.setattr(pagefind, "find_program", lambda: None)
    (problem,) = site.problems()
    assert (problem.path, problem.severity) == ("site.yaml", "warning")
    assert "pip install pagefind-bin" in problem.hint
    assert "search/index.html" in site.output()
    assert index_files(site) == {}
    monkeypatch.undo()
    site.build(force=True)
    before = index_files(site)
    monkeypatch.setattr(pagefind, "find_program", lambda: None)
    site.write(briefing("a", "Other."))
    site.build()
    assert index_files(site) == before != {}
    with pytest.raises(ProblemError):
        site.build(strict=True)


def test_a_program_that_is_not_installed_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """The package that carries it may be missing where it has no wheel."""
    monkeypatch.setitem(__import__("sys").modules, "pagefind_bin", None)
    assert pagefind.find_program() is None


def program(folder: Path, script: str) -> Path:
    """A program that does something else than Pagefind."""
    path = folder / "program"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def test_a_program_that_fails_is_a_warning_and_is_tried_again(
    built: SmallSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The site is published, the last index stays; `--strict` makes it an error."""
    failing = program(tmp_path, "exit 3")
    monkeypatch.setattr(pagefind, "find_program", lambda: failing)
    before = index_files(built)
    built.write(briefing("a", "Other."))
    with pytest.raises(ProblemError):
        built.build(strict=True)
    assert "Other." not in built.read("briefings/a/index.html")
    (problem,) = built.build().warnings
    assert "the search index could not be built for the language 'en'" in problem.message
    assert "it ended unexpectedly" in problem.message
    assert "Other." in built.read("briefings/a/index.html")
    assert index_files(built) == before
    monkeypatch.undo()
    assert built.build().warnings == ()
    assert index_files(built) != before


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("exit 3", "it ended unexpectedly"),
        ("echo 'usage: program [OPTIONS],'", "it sent an unknown reply"),
        # {"payload":{"type":"Error","message":"no"}}
        (
            "echo eyJwYXlsb2FkIjp7InR5cGUiOiJFcnJvciIsIm1lc3NhZ2UiOiJubyJ9fQ==,",
            "^no$",
        ),
    ],
)
def test_what_the_program_says_when_it_fails_is_told(
    tmp_path: Path, script: str, message: str
) -> None:
    """Its own words where it has any."""
    with pytest.raises(PagefindError, match=message):
        build_index(program(tmp_path, script), "en", [])


def test_a_program_that_never_answers_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It does not hold up a build for ever."""
    monkeypatch.setattr(pagefind, "PATIENCE", (0.05, 0))
    with pytest.raises(PagefindError, match="it ended unexpectedly"):
        build_index(program(tmp_path, "exec sleep 60"), "en", [])


def test_a_program_that_cannot_be_started_is_told(tmp_path: Path) -> None:
    """In the words of the system."""
    with pytest.raises(PagefindError, match="No such file"):
        build_index(tmp_path / "nothing", "en", [])
