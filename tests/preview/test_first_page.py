"""Pages that are made of a few documents: what they show, and what they say of themselves."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from dossier.preview.first.documents import FewDocuments
from dossier.preview.first.page import FirstPage, FirstPages
from tests.helpers.smallsite import ENTITIES, SETTINGS, SmallSite, briefing

Make = Callable[[str], SmallSite]
NOTE = "This page is still being completed: 1,234 files are being read."
NOTE_IN_FRENCH = "Cette page se complète encore"


def page(site: SmallSite, path: str) -> FirstPage:
    """A page of a site below its base path, while 1,234 files are being read."""
    return FirstPages(site.options, 1234).page(f"/site/{path}")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("briefings/a/", "The own text."),
        ("companies/tiktok/", "TikTok Shop"),
        ("companies/", "Twitch"),
        ("", "Title of a"),
        ("briefings/", "Title of a"),
        ("about/", "Who we are."),
    ],
)
def test_a_page_has_its_own_text_and_says_that_it_is_incomplete(
    small_site: Make, path: str, text: str
) -> None:
    """Whichever kind of page it is; and it keeps its policy."""
    about = "-- content/pages/about.md --\n---\ntitle: About\n---\n\nWho we are.\n"
    site = small_site(ENTITIES + about + briefing("a", "The own text.", companies="[tiktok]"))
    found = page(site, path)
    assert found.status == 200
    assert text in found.text
    assert NOTE in found.text
    assert "Content-Security-Policy" in found.text


def test_it_says_so_in_the_language_of_the_page(small_site: Make) -> None:
    """At the address of that language."""
    found = page(small_site(briefing("a", "Le texte.", lang="fr")), "fr/briefings/a/")
    assert "Le texte." in found.text
    assert NOTE_IN_FRENCH in found.text


def test_what_a_briefing_refers_to_is_read_too(small_site: Make) -> None:
    """By its id, in its fields and its text, and what that refers to; other briefings are not."""
    site = small_site(
        ENTITIES
        + briefing("a", "See [[b]].", companies="[TikTok]", regions="[FR]")
        + briefing("b", "See [it](c.md).")
        + briefing("c", status="superseded", superseded_by="[d]")
        + briefing("d")
        + briefing("other")
    )
    few = FewDocuments(site.options.content, SETTINGS, "a")
    few.load()
    ids = {one.document.id for one in few.read.values() if one.document.kind == "briefing"}
    assert ids == {"a", "b", "c", "d"}
    text = page(site, "briefings/a/").text
    assert "Title of b" in text
    assert "France" in text


def test_a_briefing_in_a_folder_further_down_is_found(small_site: Make) -> None:
    """Its address does not say where it is."""
    text = briefing("a", "The own text.").replace("briefings/a.md", "briefings/2022/07/a.md")
    assert "The own text." in page(small_site(text), "briefings/a/").text


def test_a_reference_to_what_is_not_read_is_no_error(small_site: Make) -> None:
    """Such as one by a name of which it is not known whose it is."""
    found = page(small_site(briefing("a", "See [[Nobody]].", companies="[Nobody]")), "briefings/a/")
    assert NOTE in found.text


def test_lists_show_what_was_saved_last(small_site: Make) -> None:
    """Only some of it: they say that they are incomplete."""
    site = small_site("".join(briefing(f"b-{n:02}") for n in range(30)))
    for n in range(30):
        os.utime(site.folder / f"content/briefings/b-{n:02}.md", (n % 29, n % 29))
    text = page(site, "").text
    assert "Title of b-28" in text
    assert "Title of b-29" not in text


@pytest.mark.parametrize("path", ["no/such/page/", "briefings/b/", "briefings/../a/", "%00/"])
def test_what_cannot_be_made_waits_and_is_never_called_missing(small_site: Make, path: str) -> None:
    """It may be there once the site is read."""
    found = page(small_site(briefing("a")), path)
    assert found.status == 503
    assert NOTE in found.text


@pytest.mark.parametrize(
    "text",
    [
        briefing("a", date="never"),
        briefing("a") + "-- content/site.yaml --\ntitle: [\n",
        briefing("a") + "-- templates/pages/briefing.html --\n{{ no.such.thing }}\n",
        ENTITIES.replace("parent: amazon", "parent: twitch") + briefing("a"),
    ],
    ids=["the briefing", "the settings", "a template", "a contradiction"],
)
def test_an_error_is_not_told_yet(small_site: Make, text: str) -> None:
    """The page waits; all errors are told together once all is read."""
    found = page(small_site(text), "briefings/a/")
    assert found.status == 503
    assert "still being completed" in found.text


def test_an_error_of_another_document_is_told_later(small_site: Make) -> None:
    """The page of this one can be shown."""
    wrong = "-- content/companies/tiktok.md --\n---\nnam: TikTok\n---\n"
    assert page(small_site(briefing("a", "The text.") + wrong), "briefings/a/").status == 200


def test_a_link_out_of_the_folder_is_not_followed(small_site: Make, tmp_path: Path) -> None:
    """Whether it is asked for or found."""
    site = small_site(ENTITIES + briefing("a"))
    secret = tmp_path / "secret.md"
    secret.write_text("---\nname: The secret\ntitle: The secret\n---\n\nThe secret.\n", "utf-8")
    for kind in ("pages", "topics"):
        (site.folder / f"content/{kind}").mkdir(exist_ok=True)
        (site.folder / f"content/{kind}/secret.md").symlink_to(secret)
    for path in ("secret/", "topics/secret/", "topics/", ""):
        assert "The secret" not in page(site, path).text


def test_the_root_leads_to_the_base_path(small_site: Make) -> None:
    """As it does once the site is read."""
    found = FirstPages(small_site("").options, 1234).page("/")
    assert (found.status, found.location) == (302, "/site/")


def test_a_draft_is_shown(small_site: Make) -> None:
    """It is a preview."""
    assert page(small_site(briefing("a", "A draft.", status="draft")), "briefings/a/").status == 200


def test_a_save_is_in_the_next_page(small_site: Make) -> None:
    """Nothing is kept from one page to the next."""
    site = small_site(briefing("a", "First text."))
    pages = FirstPages(site.options, 1234)
    assert "First text." in pages.page("/site/briefings/a/").text
    site.write(briefing("a", "Second text."))
    assert "Second text." in pages.page("/site/briefings/a/").text
