"""The pages that a change adds, changes and removes, for whoever reviews it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from dossier.build.compare import compare_outputs, render_comparison
from tests.helpers.smallsite import SmallSite, briefing

Make = Callable[[str], SmallSite]


def test_pages_that_differ_are_listed(small_site: Make, tmp_path: Path) -> None:
    """With their titles, in Markdown that no title can break."""
    site = small_site(briefing("a") + briefing("b", title='"The [old] one"'))
    site.build()
    before = tmp_path / "before"
    shutil.copytree(site.folder / "output", before)
    assert render_comparison(compare_outputs(before, site.folder / "output")) == "No page changes."
    site.write(briefing("a", body="Other words.") + briefing("c"))
    site.remove("content/briefings/b.md")
    site.build()
    text = render_comparison(compare_outputs(before, site.folder / "output"))
    assert "- changed: Title of a · Small Site (`/briefings/a/`)" in text
    assert r"- removed: The \[old\] one · Small Site (`/briefings/b/`)" in text
    assert "- added: Title of c · Small Site (`/briefings/c/`)" in text
    assert "`/about/`" not in text


def test_without_an_earlier_build_there_is_nothing_to_compare(tmp_path: Path) -> None:
    """That is no error: the branch that is merged into may not build."""
    assert "no earlier build" in render_comparison(compare_outputs(tmp_path / "no", tmp_path))
