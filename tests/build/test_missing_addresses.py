"""Published addresses are kept: a build says which lead nowhere, and what to write."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dossier.problems import ProblemError
from dossier.scaffold.new_site import SiteRequest, create_site
from tests.helpers.smallsite import ENTITIES, SmallSite, briefing

Make = Callable[[str], SmallSite]


@pytest.fixture
def site(built_site: Make) -> SmallSite:
    """A site that was published."""
    return built_site(
        ENTITIES + briefing("a", "The body of a.") + briefing("b", aliases="[/old/b/]")
    )


def warnings(site: SmallSite, **changes: object) -> list[str]:
    """What a build warns of, as `path: message | way out`."""
    return [f"{p.path}: {p.message} | {p.hint}" for p in site.problems(**changes)]


NOTHING = "was published and no longer exists"


def test_a_renamed_briefing_needs_an_alias(site: SmallSite) -> None:
    """The new file is known by its bytes; with the line that the warning asks for, all is well."""
    site.remove("content/briefings/a.md")
    site.write(briefing("a-new", "The body of a.", title="Title of a"))
    alias = "add  aliases: [/briefings/a/]"
    assert warnings(site) == [f"briefings/a-new.md: the address /briefings/a/ {NOTHING} | {alias}"]
    site.write(briefing("a-new", "The body of a.", aliases="[/briefings/a/]"))
    assert warnings(site) == []
    assert "briefings/a-new/" in site.read("briefings/a/index.html")


def test_a_deleted_briefing_is_warned_of_until_something_is_there(site: SmallSite) -> None:
    """Build after build, whatever else changes; the output is that of a clean build."""
    before = (site.folder / "content/briefings/a.md").read_text("utf-8")
    site.remove("content/briefings/a.md")
    for text in ("Another body.", "And another."):
        (warning,) = warnings(site)
        assert warning.startswith(f"briefings/a.md: the address /briefings/a/ {NOTHING}")
        assert "status: withdrawn" in warning
        site.write(briefing("c", text))
    (site.folder / "content/briefings/a.md").write_text(before, "utf-8")
    assert warnings(site) == []


def test_what_is_gone_changes_no_byte_of_the_output(site: SmallSite) -> None:
    """It is said, not published."""
    site.remove("content/briefings/a.md")
    site.build()
    told = site.output()
    site.build_clean(output=site.folder / "clean")
    assert told == {
        path.relative_to(site.folder / "clean").as_posix(): path.read_bytes()
        for path in (site.folder / "clean").rglob("*")
        if path.is_file() and not path.name.startswith(".dossier-")
    }


def test_an_alias_that_is_taken_away_is_missed(site: SmallSite) -> None:
    """Redirects are addresses as well."""
    site.write(briefing("b"))
    assert warnings(site) == [
        f"briefings/b.md: the address /old/b/ {NOTHING}"
        " | add it to the aliases again: aliases: [/old/b/]"
    ]


def test_a_renamed_company_should_have_kept_its_file_name(site: SmallSite) -> None:
    """Companies, regions and topics have no aliases that redirect."""
    site.remove("content/companies/tiktok.md")
    (warning,) = warnings(site)
    assert warning.startswith(f"companies/tiktok.md: the address /companies/tiktok/ {NOTHING}")
    assert "give the file its old name again" in warning


def test_another_language_is_another_address(site: SmallSite) -> None:
    """The file is there, but its page has moved."""
    site.write(briefing("a", lang="fr"))
    (warning,) = warnings(site)
    assert warning.startswith(f"briefings/a.md: the address /briefings/a/ {NOTHING}")


def test_what_waits_is_not_gone(site: SmallSite) -> None:
    """A draft, or a build as of an earlier day."""
    site.write(briefing("a", status="draft"))
    assert warnings(site) == []
    assert warnings(site, as_of="2021-01-01") == []


def test_a_draft_that_only_its_author_saw_may_go(site: SmallSite) -> None:
    """It was never published."""
    site.write(briefing("draft", status="draft"))
    site.build(drafts=True)
    site.remove("content/briefings/draft.md")
    assert warnings(site) == []


def test_where_warnings_are_errors_the_page_stays(site: SmallSite) -> None:
    """Nothing is published, and so nothing is gone."""
    site.remove("content/briefings/a.md")
    with pytest.raises(ProblemError, match="no longer exists"):
        site.build(strict=True)
    assert "Title of a" in site.read("briefings/a/index.html")


def test_another_site_in_the_same_folder_is_one_warning_once(site: SmallSite) -> None:
    """Where no briefing is left: a demo that was never published, with pages of the same names."""
    output = site.folder / "output"
    other = SmallSite(site.folder / "other", briefing("x"))
    other.write("-- content/companies/tiktok.md --\n---\nname: TikTok\n---\n")
    [warning] = other.build(output=output).warnings
    assert warning.message.startswith("no briefing is left of those that were built before")
    assert "if they were never published" in warning.hint
    other.write(briefing("y"))
    assert other.build(output=output).warnings == ()


def test_what_a_new_site_shows_first_may_be_removed(tmp_path: Path) -> None:
    """Whoever builds it, and then removes the example, is told once."""
    folder = tmp_path / "site"
    asked = {"title": "T", "base_url": "https://e.org/", "language": "en", "timezone": "UTC"}
    create_site(SiteRequest(folder=folder, **asked))
    site = SmallSite(folder)
    assert site.problems() == []
    for name in ("briefings", "companies", "regions", "topics", "files"):
        shutil.rmtree(folder / "content" / name)
    site.write(briefing("mine"))
    [warning] = site.problems()
    assert warning.message.startswith("no briefing is left")
    site.write(briefing("another"))
    assert site.problems() == []


def test_the_only_briefing_may_be_renamed_or_wait(small_site: Make) -> None:
    """Then the content was not replaced, and every address counts."""
    site = small_site(briefing("a", "The only text.") + ENTITIES)
    site.build()
    for path in ("companies/tiktok", "regions/europe", "regions/france", "topics/live-shopping"):
        site.remove(f"content/{path}.md")
    site.remove("content/briefings/a.md")
    site.write(briefing("b", "The only text.", title="Title of a"))
    assert len(site.problems()) > 3
