"""The palette: the colours of the style sheet, read for what no style sheet reaches."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from dossier.content.brand.palette import PLAIN, TOKENS, Colour, Palette, read_palette
from dossier.problems import ProblemError
from tests.helpers.smallsite import ROOT, SmallSite, briefing
from tests.helpers.templates import project_templates

Make = Callable[[str], SmallSite]
_COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|color)a?\(|:(?:white|black)\b", re.I)
SHEET = (
    "--paper:#fff;--panel:#fff;--ink:#000;--soft:#555;"
    "--accent:light-dark( #ABCDEF , #abc );--band:#123456}"
)


def read(folder: Path, sheet: str) -> Palette:
    """The palette of a sheet."""
    path = folder / TOKENS
    path.parent.mkdir(parents=True)
    path.write_text(sheet, "utf-8")
    return read_palette(folder)


def test_colours_stand_in_one_file() -> None:
    """No other style sheet, template or module of ours names one, but for the lines of charts."""
    templates = ROOT / "templates"
    files = [*templates.rglob("*.css"), *templates.rglob("*.html")]
    for sheet in (TOKENS, "assets/css/chart-colours.css"):
        files.remove(templates / sheet)
    named = [path.name for path in files if _COLOUR.search(path.read_text("utf-8"))]
    assert not named
    accent = read_palette(templates).accent.light
    modules = (ROOT / "dossier").rglob("*.py")
    assert not [path for path in modules if accent in path.read_text("utf-8").lower()]


def test_a_colour_has_a_value_for_light_and_one_for_dark(tmp_path: Path) -> None:
    """Or one for both; in six digits or three."""
    palette = read(tmp_path, SHEET)
    assert palette.accent == Colour("abcdef", "aabbcc")
    assert palette.soft == Colour("555555", "555555")


def test_a_colour_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    """With the file and what to write."""
    with pytest.raises(ProblemError) as caught:
        read(tmp_path, SHEET.replace("#555", "slategrey"))
    (problem,) = caught.value.problems
    assert problem.path.endswith(TOKENS)
    assert "--soft" in problem.message


def test_templates_without_the_sheet_are_black_on_white(tmp_path: Path) -> None:
    """They may have colours of their own, which nobody else knows."""
    assert read_palette(tmp_path) == PLAIN


def test_the_icon_and_the_bar_of_the_browser_follow(small_site: Make) -> None:
    """A colour that changes in the sheet changes in every page, also where nothing else did."""
    site = small_site(briefing("a") + project_templates())
    site.build()
    accent = read_palette(ROOT / "templates").accent.light
    path = site.folder / "templates" / TOKENS
    path.write_text(path.read_text("utf-8").replace(accent, "123456"), "utf-8")
    site.build()
    page = site.read("briefings/a/index.html")
    assert accent not in page
    assert "fill='%23123456'" in page
    assert '<meta name="theme-color" content="#123456"' in page
