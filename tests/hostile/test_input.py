"""Broken and hostile content: refused with its file, or handled; the published site stays."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from dossier.problems import render_problem
from dossier.time_limit import time_limit
from tests.helpers.pictures import picture
from tests.helpers.smallsite import ENTITIES, SmallSite, briefing

Make = Callable[[str], SmallSite]
SECONDS = 60
FRONT = "title: T\ndate: 2022-07-07\nsummary: S.\n"


def front(more: str) -> bytes:
    """A briefing with more front matter."""
    return f"---\n{FRONT}{more}\n---\n\nText.\n".encode()


def body(text: str) -> bytes:
    """A briefing with this text."""
    return f"---\n{FRONT}---\n\n{text}\n".encode()


LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{new}: &{new} [{','.join(f'*{old}' for _ in range(9))}]\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)

REFUSED: dict[str, tuple[bytes, str]] = {
    "aliases that multiply": (front(LAUGHS), "alias"),
    "lists 5,000 deep": (front("topics: " + "[" * 5000), "deep"),
    "records 5,000 deep": (front("topics: " + "{a: " * 5000), "deep"),
    "a tag that makes an object": (front("summary: !!python/object/apply:os.system ['x']"), "tag"),
    "a field given twice": (front("title: U"), "twice"),
    "a NUL": (b"---\ntitle: a\0b\n---\n", "U+0000"),
    "an escape sequence": (front('authors: ["\\e[2J"]'), "U+001B"),
    "half a character": (front('authors: ["\\ud800"]'), ""),
    "UTF-16": ("---\ntitle: é\n---\n".encode("utf-16"), "UTF-8"),
    "Latin-1": ("---\ntitle: é\n---\n".encode("latin-1"), "UTF-8"),
    "a file of 50 MB": (b"---\ntitle: " + b"a" * 50_000_000 + b"\n---\n", "the limit is"),
    "a number without end": (front("figures: [{label: L, value: 1e999999999}]"), ""),
    "a year of five digits": (front("updated: 10000-01-01"), ""),
    "a path that climbs": (front("aliases: [/../../etc/]"), "/../../etc/"),
    "a path of 5,000 characters": (front(f"aliases: [/{'a/' * 2500}]"), "longer than 1,000 bytes"),
    "a name of 300 characters in a path": (front(f"aliases: [/{'a' * 300}/]"), "long"),
    "a link that climbs": (body("[x](/../../etc/passwd)"), "/../../etc/passwd"),
    "a file that climbs": (body("![x](/files/../../../etc/passwd)"), "etc/passwd"),
    "an image of a script": (body("![x](javascript:alert)"), "javascript:alert"),
    "a body of 300 kB": (body("a" * 300_000), "the limit is"),
    "quotations 5,000 deep": (body("> " * 5000 + "a"), "nested too deeply"),
    "no front matter": (b"Text.\n", ""),
    "front matter without an end": (b"---\ntitle: T\n", "not closed"),
}


@pytest.fixture
def published(small_site: Make) -> SmallSite:
    """A site with one briefing, published."""
    site = small_site(ENTITIES + briefing("a"))
    site.build()
    return site


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_and_nothing_is_lost(published: SmallSite, name: str) -> None:
    """With its path and, where it can be read, with its line, in time."""
    data, message = REFUSED[name]
    before = published.output()
    (published.folder / "content/briefings/b.md").write_bytes(data)
    with time_limit(SECONDS):
        problems = [p for p in published.problems() if p.severity == "error"]
    assert problems, "it was accepted"
    assert {problem.path for problem in problems} == {"briefings/b.md"}
    shown = "\n".join(map(render_problem, problems))
    assert message in shown
    assert len(shown) < 20_000
    assert published.output() == before


@pytest.mark.parametrize(
    "text",
    [
        "[" * 50_000,
        "]" * 50_000,
        "*a " * 30_000,
        "`" * 50_000 + "a",
        "![" * 50_000,
        "<!--" * 40_000,
        "".join(f"{'  ' * (n % 60)}- a\n" for n in range(5_000)),
        "|a" * 10_000 + "|\n" + "|-" * 10_000 + "|\n",
        "[a]: /b\n" * 10_000,
        "a" * 250_000,
    ],
    ids=lambda text: text[:8].strip(),
)
def test_an_absurd_text_is_read_in_time(small_site: Make, text: str) -> None:
    """Published or refused, with a place; the time grows with the length alone."""
    site = small_site(briefing("a", text))
    with time_limit(SECONDS):
        problems = site.problems()
    assert all(p.line for p in problems if p.severity == "error")


@pytest.mark.parametrize("name", ["con", "aux", "nul", "com1", "prn"])
def test_a_name_that_windows_cannot_have_is_refused(small_site: Make, name: str) -> None:
    """As an id and as an address, since each is a folder's name."""
    (problem,) = small_site(briefing(name)).problems()
    assert name in problem.message
    (problem,) = small_site(briefing("a", aliases=f"[/{name}/]")).problems()
    assert name in problem.message


def test_a_name_too_long_for_its_copies_is_refused_before_anything_is_published(
    small_site: Make,
) -> None:
    """Those of an image are longer than its own."""
    name = "a" * 250 + ".jpg"
    site = small_site(briefing("a", f"![A](/files/{name})"))
    folder = site.folder / "content/files"
    folder.mkdir(parents=True)
    (folder / name).write_bytes(picture(900, 300))
    (problem,) = site.problems()
    assert problem.path == f"files/{name}"
    assert problem.message == "a name of its output has more than 255 bytes"
    assert site.output() == {}


def test_names_that_differ_in_case_alone_are_refused(small_site: Make) -> None:
    """They are one file on most machines."""
    site = small_site("-- content/files/Map.txt --\nx\n-- content/files/map.txt --\nx\n")
    assert any("map.txt" in problem.message for problem in site.problems())


def test_links_that_go_in_circles_hold_nothing_up(small_site: Make) -> None:
    """They lead nowhere, and are named."""
    site = small_site(briefing("a"))
    os.symlink("loop", site.folder / "content/briefings/loop")
    os.symlink("../content", site.folder / "content/again")
    with time_limit(SECONDS):
        problems = site.problems()
    assert {"briefings/loop", "again"} <= {problem.path for problem in problems}


TABLES: dict[str, bytes] = {
    "a NUL": b"a,b\nc,\0\n",
    "Latin-1": "a,b\n\xe9,2\n".encode("latin-1"),
    "rows of other lengths": b"a,b\n1\n1,2,3\n",
    "100,000 rows": b"a,b\n" + b"1,2\n" * 100_000,
    "10,000 columns": b",".join(b"a" for _ in range(10_000)) + b"\n",
    "a quotation mark without an end": b'a,b\n"1,2\n',
    "nothing": b"",
}


@pytest.mark.parametrize("name", TABLES)
def test_a_hostile_table_is_refused_in_its_place(small_site: Make, name: str) -> None:
    """Where the text shows it, with its name."""
    site = small_site(briefing("a", '![T](/files/t.csv "C")'))
    (site.folder / "content/files").mkdir(parents=True)
    (site.folder / "content/files/t.csv").write_bytes(TABLES[name])
    with time_limit(SECONDS):
        problems = site.problems()
    assert problems, "it was accepted"
    assert all(p.path == "briefings/a.md" or "t.csv" in p.path for p in problems)
    assert any("t.csv" in f"{p.path} {p.message}" for p in problems)
