"""`new region`: groups with their members, parents that are offered once, slips that are seen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from babel import Locale

from dossier.scaffold.create import create_file
from dossier.scaffold.groups import GROUPS, find_group
from dossier.scaffold.request import Request
from dossier.scaffold.territories import COUNTRIES
from tests.helpers.smallsite import ENTITIES, SmallSite
from tests.scaffold.test_create import new, refusals, text_of

Make = Callable[[str], SmallSite]


@pytest.mark.parametrize(
    "title", ["European Union", "eu", "the European Union", "Union européenne"]
)
def test_a_well_known_group_has_its_members(small_site: Make, title: str) -> None:
    """Those that are regions of the site; the note names the others."""
    site = small_site(ENTITIES)
    made = new(site, "region", title, id="eu-27")
    assert text_of(made) == ("---\nname: European Union\nmembers: [france]\naliases: [EU]\n---")
    [note] = made.notes
    assert "has only these members: no regions of this site are AT, BE," in note
    assert " FR," not in note
    assert site.problems() == []
    [note] = [n for n in new(site, "region", "Spain").notes if "belongs" in n]
    assert note == (
        "Spain belongs to European Union: write spain into the `members` of regions/eu-27.md"
    )


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.english)
def test_a_group_consists_of_countries(group) -> None:  # type: ignore[no-untyped-def]
    """Each once, and each group is found by all of its names."""
    assert len(set(group.members)) == len(group.codes.split())
    assert set(group.members) <= set(COUNTRIES)
    for name in (group.english, group.french, group.short, group.name("de")):
        assert find_group(name, "de") == group
    if group.territory:
        assert group.name("de") == Locale("de").territories[group.territory].replace("e", "E", 0)


def test_there_are_as_many_members_as_each_organisation_has() -> None:
    """A slip in the table is seen by its number."""
    numbers = {"EU": 27, "EEA": 30, "Schengen": 29, "NATO": 32, "OECD": 38, "ASEAN": 11}
    found = {group.short: len(group.members) for group in GROUPS}
    assert {short: found[short] for short in numbers} == numbers


@pytest.mark.parametrize(
    ("title", "message", "hint"),
    [
        ("XX", "'XX' is not a region code", "write an ISO 3166-1 code"),
        ("999", "'999' is not a region code", "write an ISO 3166-1 code"),
        ("Frnace", "no region is called 'Frnace'", "did you mean 'France'?"),
        ("untied states", "no region is called 'untied states'", "did you mean 'United States'?"),
        ("Allemange", "no region is called 'Allemange'", "did you mean 'Allemagne'?"),
        ("Eurpoean Union", "no region is called 'Eurpoean Union'", "did you mean"),
    ],
)
def test_a_slip_is_no_region(small_site: Make, title: str, message: str, hint: str) -> None:
    """Unless the request says where the region is."""
    site = small_site(ENTITIES)
    site.write("-- content/site.yaml --\ntitle: T\nbase_url: https://e.org\nlanguages: [fr]\n")
    if title != "Allemange":
        site.write("-- content/site.yaml --\ntitle: T\nbase_url: https://e.org\n")
    [refusal] = refusals(site, "region", title)
    assert refusal.startswith(f"title: {message} | {hint}")
    assert "--parent" in refusal
    assert new(site, "region", title, parent="europe").notes == ()


def test_members_make_a_group_of_one_s_own(small_site: Make) -> None:
    """Its name may be any."""
    made = new(small_site(ENTITIES), "region", "Frnace", members=("FR", "150"))
    assert text_of(made) == "---\nname: Frnace\nmembers: [france, europe]\n---"


def test_a_missing_parent_is_offered_once(small_site: Make) -> None:
    """To the first country; the parent then says which files should name it."""
    site = small_site("")
    assert "Europe, which is not a region" in new(site, "region", "FR").notes[0]
    assert new(site, "region", "ES").notes == ()
    [note] = new(site, "region", "Europe").notes
    assert note == (
        "Europe contains other regions: write `parent: europe` into regions/france.md and "
        "regions/spain.md"
    )


def test_a_missing_parent_is_written_where_the_author_agrees(small_site: Make) -> None:
    """The new region names it."""
    site = small_site("")
    asked: list[str] = []

    def agree(name: str) -> bool:
        asked.append(name)
        return True

    content = site.folder / "content"
    made = create_file(Request(kind="region", title="FR", content=content), agree)
    assert made.parent == content / "regions/europe.md"
    assert "parent: europe" in text_of(made)
    create_file(Request(kind="region", title="ES", content=content), agree)
    assert asked == ["Europe"]
    made = new(site, "region", "JP", with_parent=True)
    assert made.parent == content / "regions/asia.md"
    assert site.problems() == []
