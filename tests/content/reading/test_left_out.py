"""What is in a content folder and not published: it is said once, and nothing hangs or leaks."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from dossier.content.reading.left_out import find_left_out
from tests.helpers.smallsite import SmallSite, briefing

needs_links = pytest.mark.skipif(os.name == "nt", reason="links and pipes are of POSIX systems")


def said(folder: Path) -> list[tuple[str, str, str]]:
    """Find what is left out: names, severities and messages."""
    found = find_left_out(folder)
    return sorted((Path(one.path).name, one.severity, one.message) for one in found)


def test_hidden_and_temporary_files_are_named(tmp_path: Path) -> None:
    """But not what systems and editors leave behind, which nobody meant to publish."""
    for name in (".b.md", "c.tmp", "#d.md", "a.md", ".DS_Store", ".#a.md", "#a.md#", "a.md~"):
        (tmp_path / name).write_text("x")
    for name in (".git", ".obsidian", ".well-known"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.txt").write_text("x")
    assert said(tmp_path) == [
        ("#d.md", "warning", "this looks like a temporary file, and is left out"),
        (".b.md", "warning", "hidden files are left out"),
        ("c.tmp", "warning", "this looks like a temporary file, and is left out"),
        ("x.txt", "warning", "files in hidden folders are left out"),
    ]


@needs_links
def test_links_that_are_not_followed_are_named(tmp_path: Path) -> None:
    """One that leads out could publish any file of the machine."""
    content, outside = tmp_path / "content", tmp_path / "outside"
    content.mkdir()
    outside.mkdir()
    (outside / "secret.txt").write_text("x")
    (content / "a.md").write_text("x")
    (content / "fine.md").symlink_to("a.md")
    (content / "gone.md").symlink_to("nowhere.md")
    (content / "folder").symlink_to(outside)
    (content / "out.txt").symlink_to(outside / "secret.txt")
    assert said(content) == [
        ("folder", "warning", "this link to a folder is not followed"),
        ("gone.md", "warning", "this link leads nowhere"),
        ("out.txt", "warning", "this link leads out of the folder, and is left out"),
    ]


@needs_links
@pytest.mark.parametrize("place", ["content/briefings/f.md", "content/files/f", "templates/f.html"])
def test_a_pipe_does_not_hold_up_a_build(
    small_site: Callable[[str], SmallSite], place: str
) -> None:
    """Reading it would wait for ever."""
    site = small_site(briefing("a"))
    pipe = site.folder / place
    pipe.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(pipe)
    site.build()
    assert site.read("briefings/a/index.html")
    named = [one for one in site.problems() if one.path.endswith(pipe.name)]
    assert bool(named) == place.startswith("content")


@needs_links
def test_a_link_out_of_content_publishes_nothing(
    small_site: Callable[[str], SmallSite], tmp_path: Path
) -> None:
    """It is left out, and named; everything else is published."""
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    site = small_site(briefing("a"))
    files = site.folder / "content/files"
    files.mkdir(parents=True)
    (files / "out.txt").symlink_to(secret)
    (site.folder / "content/briefings/far.md").symlink_to(secret)
    problems = [(one.path, one.severity) for one in site.problems()]
    assert problems == [("briefings/far.md", "warning"), ("files/out.txt", "warning")]
    assert site.read("briefings/a/index.html")
    assert not any(b"the secret" in data for data in site.output().values())
