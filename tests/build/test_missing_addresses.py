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


def test_a_renamed_company_needs_a_former_id(site: SmallSite) -> None:
    """One warning for its page, its list and its feeds, which the line in it brings back."""
    site.write(briefing("c", companies="[tiktok]"))
    site.build()
    file = site.folder / "content/companies/tiktok.md"
    file.rename(file.with_name("tt.md"))
    site.write(briefing("c", companies="[tt]"))
    line = "former_ids: [tiktok]"
    assert warnings(site) == [
        f"companies/tt.md: the address /companies/tiktok/ {NOTHING} | add  {line}"
    ]
    site.write(f"-- content/companies/tt.md --\n---\nname: TikTok\n{line}\n---\n")
    assert warnings(site) == []
    assert "companies/tt/" in site.read("companies/tiktok/index.html")
    assert site.read("companies/tiktok/feed.xml") == site.read("companies/tt/feed.xml")


def test_a_reference_to_what_was_renamed_names_the_line_that_it_needs(site: SmallSite) -> None:
    """The old id is unknown before its address is missed: in fields, in texts, in links."""
    site.write(briefing("c", "[[tiktok]], [x](../companies/tiktok.md)", companies="[tiktok]"))
    site.build()
    site.remove("content/companies/tiktok.md")
    site.write("-- content/companies/tt.md --\n---\nname: TT\nformer_ids: [musically]\n---\n")
    hints = {problem.hint for problem in site.problems()}
    line = "former_ids: [musically, tiktok]"
    assert hints == {f"if 'companies/tt.md' is its new file, add there  {line}"}
    site.write(f"-- content/companies/tt.md --\n---\nname: TT\n{line}\n---\n")
    assert warnings(site) == []


def test_a_reference_to_a_renamed_briefing_is_to_be_written_anew(site: SmallSite) -> None:
    """Only its address has an alias."""
    site.write(briefing("c", "See [[a]]."))
    site.build()
    file = site.folder / "content/briefings/a.md"
    file.rename(file.with_name("news.md"))
    (problem,) = site.problems()
    assert problem.hint == "if 'briefings/news.md' is its new file, write news"


@pytest.mark.parametrize("kind", ["companies", "regions", "topics", "pages"])
def test_one_that_is_renamed_and_edited_at_once_is_probably_the_new_file(
    small_site: Make, kind: str
) -> None:
    """Of each kind; the line has the ids that are there, and the former id comes back first."""
    name = "title" if kind == "pages" else "name"
    site = small_site(
        f"-- content/{kind}/b.md --\n---\n{name}: N\nformer_ids: [a]\n---\n" + ENTITIES
    )
    site.build()
    site.remove(f"content/{kind}/b.md")
    site.write(f"-- content/{kind}/c.md --\n---\n{name}: M\n---\n")
    folder = "" if kind == "pages" else f"{kind}/"
    told = f"{kind}/b.md: the address /{folder}%s/ {NOTHING} | if '{kind}/c.md' took its place, "
    assert warnings(site) == [
        told % "a" + "add there  former_ids: [a]",
        told % "b" + "add there  former_ids: [b]",
    ]
    site.write(f"-- content/{kind}/c.md --\n---\n{name}: M\nformer_ids: [b]\n---\n")
    assert warnings(site) == [told % "a" + "add there  former_ids: [a, b]"]
    site.write(f"-- content/{kind}/c.md --\n---\n{name}: M\nformer_ids: [a, b]\n---\n")
    assert warnings(site) == []


def test_a_company_that_was_deleted_is_named_with_what_can_be_done(site: SmallSite) -> None:
    """Nothing new is there that could have taken its place."""
    site.remove("content/companies/tiktok.md")
    assert warnings(site) == [
        f"companies/tiktok.md: the address /companies/tiktok/ {NOTHING} | add  former_ids: [tiktok]"
        "  to the file that took its place, or put the file back"
    ]


def test_a_topic_s_market_is_no_warning_of_its_own(small_site: Make) -> None:
    """When a former id is taken away, several addresses are gone, and one line brings them back."""
    move = "[{company: tiktok, product: TikTok Shop, regions: [FR], stage: pilot, date: 2022,"
    move += " basis: official, sources: [s]}]"
    told = briefing("a", topics="[live-shopping]", sources="[{id: s, title: T}]", moves=move)
    shopping = "-- content/topics/live-shopping.md --\n---\nname: Live\nformer_ids: [%s]\n---\n"
    site = small_site(ENTITIES + told + shopping % "old, older")
    site.build()
    assert "market/topics/live-shopping/" in site.read("market/topics/old/index.html")
    site.write(shopping % "older")
    assert warnings(site) == [
        f"topics/live-shopping.md: the address /topics/old/ {NOTHING}"
        " | add it to the former_ids again: former_ids: [old, older]"
    ]


def test_a_page_in_another_language_cannot_keep_its_address(small_site: Make) -> None:
    """Its id is the same, so that a former id would not help."""
    page = "-- content/pages/about.md --\n---\ntitle: About\n%s---\n"
    site = small_site(ENTITIES + page % "")
    site.build()
    site.write(page % "lang: fr\n")
    (warning,) = warnings(site)
    assert warning.startswith(
        f"pages/about.md: the address /about/ {NOTHING} | its language changed"
    )


def test_the_line_for_a_briefing_has_its_other_aliases_and_the_signs_that_yaml_needs(
    site: SmallSite,
) -> None:
    """It can be copied as it is."""
    aliases = """["/x,y/", /old/b/, /two%20words/]"""
    site.write(briefing("b", aliases=aliases))
    assert warnings(site) == []
    site.write(briefing("b", aliases="[/old/b/, /new/b/]"))
    line = 'aliases: ["/x,y/", /old/b/, /new/b/]'
    assert f"briefings/b.md: the address /x,y/ {NOTHING} | add it to the aliases again: {line}" in (
        warnings(site)
    )
    assert any("aliases: [/two%20words/, /old/b/, /new/b/]" in one for one in warnings(site))


def test_a_translation_that_is_renamed_needs_an_alias_in_its_language(small_site: Make) -> None:
    """Its address begins with the language."""
    site = small_site(briefing("a") + briefing("a-fr", lang="fr", translation_of="a"))
    site.build()
    file = site.folder / "content/briefings/a-fr.md"
    file.rename(file.with_name("b-fr.md"))
    assert warnings(site) == [
        f"briefings/b-fr.md: the address /fr/briefings/a-fr/ {NOTHING}"
        " | add  aliases: [/fr/briefings/a-fr/]"
    ]


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
