"""Collisions of planned files: at one address, or one where another needs a folder."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.pages.checks.collisions import find_collisions
from dossier.pipeline import check
from dossier.problems import ProblemError
from dossier.views.outputs import CopiedFile
from tests.helpers.smallsite import NEXT_YEAR, SmallSite, briefing

Make = Callable[[str], SmallSite]

PICTURE = "-- content/files/a.png --\nx\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            briefing("a", aliases="[/one/, /feed.xml]"),
            "/feed.xml/ cannot be published: the site itself has the file /feed.xml",
        ),
        (
            briefing("a", aliases="[/one/, /robots.txt/]"),
            "/robots.txt/ cannot be published: the site itself has the file /robots.txt",
        ),
        (
            PICTURE + briefing("a", aliases="[/one/, /files/a.png/]"),
            "/files/a.png/ cannot be published: 'files/a.png' has the file /files/a.png",
        ),
        (
            PICTURE + briefing("a", aliases="[/one/, /files/a.png/x/y.html]"),
            "/files/a.png/x/y.html cannot be published: 'files/a.png' has the file /files/a.png",
        ),
        (
            briefing("a", aliases="[/two.html/x/, /two.html]"),
            "/two.html/x/ cannot be published: 'briefings/a.md' has the file /two.html",
        ),
        (
            briefing("a", aliases="[/one/, /two.html]") + briefing("b", aliases="[/two.html/x/]"),
            "/two.html cannot be a file: 'briefings/b.md' needs it as a folder for /two.html/x/",
        ),
        (
            briefing("a", aliases="[/one/, /companies/tiktok/Feed.XML/]"),
            "/companies/tiktok/Feed.XML/ cannot be published: 'companies/tiktok.md' has the file "
            "/companies/tiktok/feed.xml",
        ),
        (
            briefing("a", aliases="[/one/, /Companies/]"),
            "the address /Companies/ differs only in letter case from /companies/, which "
            "the site itself has",
        ),
        (
            briefing("a", aliases="[/one/, /straße/]") + briefing("b", aliases="[/STRASSE/]"),
            "the address /straße/ is taken: 'briefings/b.md' has it too, in other letters",
        ),
    ],
)
def test_a_file_that_others_leave_no_room_for_is_found_by_check(
    small_site: Make, text: str, message: str
) -> None:
    """With the line of the alias and what to do; the build finds the same."""
    tiktok = "-- content/companies/tiktok.md --\n---\nname: TikTok\n---\n"
    fields = {"companies": "[tiktok]"}
    site = small_site(tiktok + text + briefing("c", **fields))
    with pytest.raises(ProblemError) as failed:
        check(site.options)
    (problem,) = failed.value.problems
    assert problem.message == message
    assert problem.hint == "remove it from `aliases`, or write another address"
    assert problem.path.endswith("briefings/a.md")
    assert (problem.line, problem.column > 10) == (5, True)
    assert [one.message for one in site.problems()] == [message]
    assert site.output() == {}


def test_what_waits_for_its_date_is_compared_too(small_site: Make) -> None:
    """A build that nobody watches must not fail on that day; a draft may be unfinished."""
    text = briefing("b", aliases="[/old/]")
    later = briefing("a", date=f"{NEXT_YEAR}-01-01", aliases="[/one/, /old/]")
    (problem,) = small_site(text + later).problems()
    assert problem.message == "the address /old/ is taken: 'briefings/b.md' has it too"
    assert (problem.path, problem.line) == ("briefings/a.md", 5)
    draft = briefing("a", status="draft", aliases="[/one/, /old/]")
    assert small_site(text + draft).problems() == []


def test_a_file_is_to_be_renamed_where_no_field_is_at_fault(small_site: Make) -> None:
    """Of two files, one is named as the place and the other in the message."""
    site = small_site("-- content/files/Map.svg --\nx\n-- content/files/map.svg --\nx\n")
    (problem,) = site.problems()
    assert problem.path == "files/Map.svg"
    assert "/files/map.svg, which 'files/map.svg' has" in problem.message
    assert problem.hint == "rename the file"


def test_two_unicode_forms_of_a_name_are_one_address() -> None:
    """Disks of macOS take them for one."""
    names = [unicodedata.normalize(form, "files/é.png") for form in ("NFC", "NFD")]
    found = list(find_collisions([CopiedFile(file=name, source=name) for name in names]))
    assert [one.path for one in found] == [min(names)]


SEGMENTS = st.sampled_from(["a", "A", "b", "é", "e\u0301", "index.html"])


@given(st.lists(st.lists(SEGMENTS, min_size=1, max_size=3).map("/".join), unique=True, max_size=6))
def test_what_passes_fits_on_a_disk_that_ignores_case(files: list[str]) -> None:
    """Nothing is reported exactly where no file equals another or a folder of another."""

    def fold(path: str) -> str:
        return unicodedata.normalize("NFC", path).lower()

    folded = [fold(file) for file in files]
    folders = {"/".join(one.split("/")[:n]) for one in folded for n in range(1, one.count("/") + 1)}
    fits = len(set(folded)) == len(folded) and folders.isdisjoint(folded)
    planned = [CopiedFile(file=file, source=file) for file in files]
    assert fits == (not list(find_collisions(planned)))


@given(st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=4).map("/".join)))
def test_every_file_below_a_file_is_found(names: list[str]) -> None:
    """However many need the same folder, and however far above them the file is."""
    files = set(names)
    below = {one for one in files if any(one.startswith(f"{other}/") for other in files)}
    planned = [CopiedFile(file=file, source=file) for file in sorted(files)]
    assert {problem.path for problem in find_collisions(planned)} == {
        min(one, max((o for o in files if one.startswith(f"{o}/")), key=len)) for one in below
    }
    assert len(list(find_collisions(planned))) == len(below)
