"""The corpus that is measured: the same for everybody, as large as asked for, without a problem."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.briefing_text import slugify
from benchmarks.corpus import Corpus, edit_text
from benchmarks.formats import BRIEFINGS, FORMATS, write_site
from benchmarks.phase_list import PHASES
from benchmarks.stopwatch import find
from tests.helpers.smallsite import SmallSite

N = 30


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


@pytest.mark.parametrize("form", FORMATS)
def test_a_seed_gives_the_same_bytes_again(form: str, tmp_path: Path) -> None:
    """Measurements of today and of next year are of the same site; another seed is another."""
    for folder, seed in (("first", 5), ("again", 5), ("other", 6)):
        write_site(Corpus(N, seed), tmp_path / folder, form, claims=True)
    first, again, other = (files(tmp_path / name) for name in ("first", "again", "other"))
    assert first == again
    assert first != other


@pytest.mark.parametrize("n", [1, 5, N])
def test_there_are_as_many_briefings_as_asked_for(n: int, tmp_path: Path) -> None:
    """Every format has a file for each, with the same body."""
    bodies = [briefing.body.encode() for briefing in Corpus(n).briefings()]
    for form in FORMATS:
        write_site(Corpus(n), tmp_path / form, form)
        written = files(tmp_path / form / BRIEFINGS)
        assert len(written) == n
        assert all(any(text.endswith(b"\n" + body) for text in written.values()) for body in bodies)


def test_a_briefing_depends_on_no_other() -> None:
    """Any one can be made alone."""
    assert list(Corpus(N).briefings())[7] == Corpus(N).briefing(7)


def test_every_company_and_region_has_a_briefing() -> None:
    """There are forty regions, and a company for every twenty-five briefings."""
    corpus = Corpus(100)
    assert (len(corpus.companies), len(corpus.regions)) == (4, 40)
    briefings = list(corpus.briefings())
    assert {name for b in briefings for name in b.companies} == set(corpus.companies)
    assert {name for b in briefings for name in b.regions} == {r.name for r in corpus.regions}


@pytest.mark.parametrize("claims", [False, True])
def test_the_corpus_builds_without_a_problem(claims: bool, tmp_path: Path) -> None:
    """Not one warning, and a page for each briefing."""
    site = SmallSite(tmp_path)
    write_site(Corpus(N), tmp_path, "dossier", claims)
    assert site.build().warnings == ()
    for briefing in Corpus(N).briefings():
        prefix = "fr/" if briefing.lang == "fr" else ""
        assert f"{prefix}briefings/{briefing.id}/index.html" in site.output()


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("n", [1, 5, 9, N])
def test_what_measurements_edit_is_there(n: int, form: str, tmp_path: Path) -> None:
    """The file exists, and its body and its title can be given new words."""
    corpus = Corpus(n)
    text = (tmp_path / write_site(corpus, tmp_path, form)).read_text("utf-8")
    edited = edit_text(text, corpus.to_edit(), "newbody", "newtitle")
    head, _, body = edited.partition(corpus.to_edit().marker)
    assert f"{corpus.to_edit().title} newtitle" in head
    assert body.startswith(" newbody. ")
    assert edited.replace(" newbody.", "").replace(" newtitle", "") == text


def test_an_edit_shows_in_the_article_and_on_its_index_pages(tmp_path: Path) -> None:
    """A new title is on the page of each company and region of the briefing."""
    site, corpus = SmallSite(tmp_path), Corpus(N)
    briefing, file = corpus.to_edit(), tmp_path / write_site(corpus, tmp_path, "dossier")
    file.write_text(edit_text(file.read_text("utf-8"), briefing, "newbody", "newtitle"), "utf-8")
    site.build()
    article = site.read(f"briefings/{briefing.id}/index.html")
    assert "newbody" in article and "newtitle" in article
    for folder, names in (("companies", briefing.companies), ("regions", briefing.regions)):
        for name in names:
            assert "newtitle" in site.read(f"{folder}/{slugify(name)}/index.html")


@pytest.mark.parametrize("place", [place for places in PHASES.values() for place in places])
def test_the_phases_name_functions_that_there_are(place: str) -> None:
    """Where one was renamed, benchmarks/phase_list.py has to follow."""
    assert find(place)
