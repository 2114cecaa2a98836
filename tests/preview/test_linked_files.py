"""Linked files: the preview sends what a build publishes, and follows the target of a link."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from dossier.preview.responses import answer
from dossier.preview.session import Session
from tests.helpers.served import served
from tests.helpers.smallsite import ENTITIES, SmallSite, briefing

Make = Callable[[str], SmallSite]
WRITTEN = (
    ENTITIES
    + briefing("a", "![A picture](/files/link.svg)")
    + "-- content/files/kept/note.txt --\nA note.\n"
    + "-- content/files/.hidden/note.txt --\nHidden.\n"
    + "-- outside.txt --\nOutside.\n"
)
TARGETS = {
    "a file": "kept/note.txt",
    "a hidden file": ".hidden/note.txt",
    "a briefing": "../briefings/a.md",
    "by an absolute path": "{content}/files/kept/note.txt",
    "out of the folder": "../../outside.txt",
    "out of the folder and back": "../../content/files/kept/note.txt",
    "a link to a file": "second.txt",
    "a link out of the folder": "third.txt",
    "nowhere": "no-such-file.txt",
    "a folder": "kept",
    "itself": "link.txt",
}


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
def test_a_linked_file_is_sent_exactly_where_it_is_published(small_site: Make, target: str) -> None:
    """With the same bytes; otherwise with the site's page for what is not there."""
    site = small_site(WRITTEN)
    site.write("-- content/files/link.svg --\n<svg/>\n")
    files = site.folder / "content/files"
    (files / "second.txt").symlink_to("kept/note.txt")
    (files / "third.txt").symlink_to("../../outside.txt")
    (files / "link.txt").symlink_to(target.format(content=(site.folder / "content").resolve()))
    site.build(drafts=True)
    with served(site) as preview:
        for file in ("files/link.txt", "files/kept/note.txt", "files/link.txt/note.txt"):
            published = site.folder / "output" / file
            status, _, text = preview.get(f"/site/{file}")
            assert status == (200 if published.is_file() else 404), file
            if published.is_file():
                assert text == published.read_text("utf-8")


@pytest.mark.parametrize("where", ["content/files/kept", "content/files/.hidden"])
def test_a_page_changes_with_the_target_of_a_link_that_it_shows(
    small_site: Make, where: str
) -> None:
    """A picture, and a briefing that is a link itself; also where the target is replaced."""
    site = small_site(WRITTEN)
    folder = site.folder / where
    (folder / "picture.svg").write_text("<svg/>", "utf-8")
    (site.folder / "content/files/link.svg").symlink_to(folder / "picture.svg")
    text = (site.folder / "content/briefings/a.md").read_text("utf-8")
    (folder / "linked.md").write_text(text.replace("A picture", "Linked"), "utf-8")
    (site.folder / "content/briefings/linked.md").symlink_to(folder / "linked.md")
    with served(site) as preview:
        assert "Linked" in preview.get("/site/briefings/linked/")[2]
        state = "/-/preview/state?path=%2Fsite%2Fbriefings%2Fa%2F"
        before = preview.get(state)[2]
        (folder / "picture.svg").write_text("<svg> </svg>", "utf-8")
        preview.wait_for("link.svg")
        assert preview.get("/site/files/link.svg")[2] == "<svg> </svg>"
        assert preview.get(state)[2] != before
        beside = folder / "linked.md~"
        beside.write_text(text.replace("A picture", "Linked again"), "utf-8")
        os.replace(beside, folder / "linked.md")
        preview.wait_for("linked.md")
        assert "Linked again" in preview.get("/site/briefings/linked/")[2]


def test_a_template_that_is_a_link_is_followed(small_site: Make, tmp_path: Path) -> None:
    """A theme may be kept elsewhere and linked into several sites."""
    shared = tmp_path / "shared.html"
    shared.write_text('{% extends "dossier/pages/not_found.html" %}', "utf-8")
    site = small_site(WRITTEN.replace("![A picture](/files/link.svg)", "A text."))
    (site.folder / "templates/pages").mkdir(parents=True)
    (site.folder / "templates/pages/not_found.html").symlink_to(shared)
    with served(site) as preview:
        assert preview.get("/site/no/such/page/")[0] == 404
        words = "{% block main %}<h1>Nothing</h1>{% endblock %}"
        shared.write_text('{% extends "dossier/pages/not_found.html" %}' + words, "utf-8")
        preview.wait_for("not_found.html")
        assert "<h1>Nothing</h1>" in preview.get("/site/no/such/page/")[2]


def test_a_file_that_was_removed_is_the_site_s_404_page(small_site: Make) -> None:
    """Before the preview knows of it as well."""
    site = small_site(WRITTEN.replace("![A picture](/files/link.svg)", "A text."))
    session = Session(site.options)
    session.update()
    assert answer(session, "/site/files/kept/note.txt").source == "files/kept/note.txt"
    site.remove("content/files/kept/note.txt")
    found = answer(session, "/site/files/kept/note.txt")
    assert found.status == 404
    assert b"Page not found" in found.body
