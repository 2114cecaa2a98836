"""Links to files: found however their names are written, encoded wherever they lead."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.helpers.pictures import picture
from tests.helpers.smallsite import SmallSite, briefing

Make = Callable[[str], SmallSite]


def site_with(small_site: Make, body: str, *names: str) -> SmallSite:
    """Make a site with a text and with files of these names."""
    site = small_site(briefing("2024/a", body))
    folder = site.folder / "content/files"
    folder.mkdir(parents=True)
    for name in names:
        (folder / name).write_bytes(picture() if name.endswith(".png") else b"x")
    return site


@pytest.mark.parametrize(
    ("body", "name", "address"),
    [
        ("[p](/files/two%20words.pdf)", "two words.pdf", "two%20words.pdf"),
        ("[p](</files/two words.pdf>)", "two words.pdf", "two%20words.pdf"),
        ("[p](/files/cr%C3%A8che.pdf)", "crèche.pdf", "cr%C3%A8che.pdf"),
        ("[p](/files/cre\u0300che.pdf)", "cr\u00e8che.pdf", "cr%C3%A8che.pdf"),
        ("[p](/files/cr\u00e8che.pdf)", "cre\u0300che.pdf", "cre%CC%80che.pdf"),
        ("[p](/files/no%231.pdf)", "no#1.pdf", "no%231.pdf"),
        ("[p](/files/no#1.pdf)", "no#1.pdf", "no%231.pdf"),
        ("[p](/files/why?.pdf)", "why?.pdf", "why%3F.pdf"),
        ("[p](/files/plan.pdf#page=3)", "plan.pdf", "plan.pdf#page=3"),
        ("[p](/files/100%.pdf)", "100%.pdf", "100%25.pdf"),
        ("[p](../../files/plan.pdf)", "plan.pdf", "plan.pdf"),
        ("![p](../../files/plan.png)", "plan.png", "plan.png"),
        ("[p]\n\n[p]: ../../files/a%20b.pdf", "a b.pdf", "a%20b.pdf"),
    ],
)
def test_a_link_finds_its_file(small_site: Make, body: str, name: str, address: str) -> None:
    """In the page, the feed and the Markdown, with a whole address where it is read elsewhere."""
    site = site_with(small_site, body, name)
    assert site.problems() == []
    assert f'"../../files/{address}"' in site.read("briefings/a/index.html")
    assert f"https://example.org/site/files/{address}" in site.read("feed.xml")
    assert f"https://example.org/site/files/{address}" in site.read("briefings/a/a.markdown")


@pytest.mark.parametrize(
    ("link", "message", "hint"),
    [
        (
            "![p](/files/capcity.png)",
            "there is no file content/files/capcity.png",
            "did you mean 'files/capacity.png'?",
        ),
        (
            "[p](../../files/Capacity.png)",
            "there is no file content/files/Capacity.png",
            "did you mean 'files/capacity.png'?",
        ),
        (
            "[p](/files/other.pdf)",
            "there is no file content/files/other.pdf",
            "put it into content/files/",
        ),
        (
            "[p](/site/briefings/a/)",
            "this site has no page at '/site/briefings/a/'",
            "write '/briefings/a/'",
        ),
        ("[p](/briefings/aa/)", "this site has no page at '/briefings/aa/'", "/briefings/a/"),
    ],
)
def test_what_a_link_does_not_find_is_named(
    small_site: Make, link: str, message: str, hint: str
) -> None:
    """With the nearest that there is."""
    (problem,) = site_with(small_site, link, "capacity.png").problems()
    assert problem.message == message
    assert hint in problem.hint


def test_a_page_is_linked_by_its_address(small_site: Make) -> None:
    """With a fragment, or with a query for the search."""
    body = "[a](/briefings/#y2024) [b](/briefings/a/?x=1) [c](/about/)"
    site = small_site(
        briefing("a", body) + "-- content/pages/about.md --\n---\ntitle: About\n---\nText.\n"
    )
    assert site.problems() == []
    assert 'href="../../briefings/#y2024"' in site.read("briefings/a/index.html")
