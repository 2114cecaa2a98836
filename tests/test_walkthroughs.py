"""The pages of the documentation that lead through something, carried out from top to bottom."""

from __future__ import annotations

from pathlib import Path

import pytest

from dossier.cli import main
from tests.helpers.smallsite import ROOT
from tests.helpers.walkthrough import walk
from tests.scaffold.test_new_site import make


def build_strictly(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Build a site of the folder, without a warning."""
    monkeypatch.chdir(folder)
    assert main(["--strict", "--as-of", "2026-01-01"]) == 0


def test_getting_started_leads_from_nothing_to_a_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the brand and the briefing of the page, and nothing of the example."""
    site = walk(ROOT / "docs/getting-started.md", tmp_path)
    assert site.name == "cell-watch"
    build_strictly(site, monkeypatch)
    home = (site / "output/index.html").read_text("utf-8")
    assert "Northvolt ships its first cells" in home
    assert "#0b6e4f" in home
    assert "Croatia" not in home


def test_customising_changes_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Brand, styles, a block and a copied file, in a site that builds without a warning."""
    site = walk(ROOT / "docs/customising.md", make(tmp_path / "cell-watch"))
    build_strictly(site, monkeypatch)
    page = next((site / "output/briefings").glob("*/index.html")).read_text("utf-8")
    for shown in (
        "#0b6e4f",
        'alt="Cell Watch"',
        "https://shop.example.org/",
        "CC BY 4.0",
        "A project of",
        "Write to us if you know more.",
    ):
        assert shown in page, shown
    styles = (site / "output/assets/css/site.css").read_text("utf-8")
    assert "letter-spacing:-0.02em" in styles
    assert "#fbfaf5" in styles
    assert (site / "output/pagefind/en/pagefind-entry.json").is_file()
    assert list((site / "templates/partials").iterdir()) == [site / "templates/partials/tally.html"]


@pytest.mark.parametrize("page", ["docs/updating.md", "dossier/scaffold/starter/site/README.md"])
def test_the_update_command_raises_what_a_site_is_built_with(page: str) -> None:
    """By itself, pip upgrades the site alone and leaves a Dossier that the range allows."""
    assert "pip install --upgrade --upgrade-strategy eager -e ." in (ROOT / page).read_text("utf-8")
