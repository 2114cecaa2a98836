"""A site of one's own through its life: restyled, of another subject, published, updated.

Its workflow's commands are run as they are written, but for installing Dossier, which needs a
network: `.ci/run` installs the wheel. An update is another copy of Dossier with a higher version.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from dossier import __version__
from dossier.scaffold.new_site import SiteRequest, create_site
from dossier.theme.copies import copy_template
from dossier.theme.files import Theme
from tests.helpers.linked import styles_of
from tests.helpers.smallsite import ROOT, SmallSite, briefing

ADDRESS = "https://bees.example/watch"
BRAND = """
accent: 7a4a00
logo: {file: /files/bee.svg, text: A bee}
"""
STYLE = """\
-- templates/pages/briefing.html --
{% extends "dossier/pages/briefing.html" %}
{% block before_text %}
<p class="advice">Ask your bee inspector.</p>
{% endblock %}
-- templates/assets/css/site.css --
.advice { border-left: 3px solid }
"""
SUBJECT = (
    "-- content/files/bee.svg --\n"
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>\n'
    "-- content/companies/apimondia.md --\n---\nname: Apimondia\n---\n"
    "-- content/regions/slovenia.md --\n---\nname: Slovenia\ncode: SI\n---\n"
    "-- content/topics/mites.md --\n---\nname: Mites\n---\nVarroa and its kin.\n"
    + briefing(
        "varroa",
        "Mites were found in three apiaries [@survey].",
        companies="[apimondia]",
        regions="[SI]",
        topics="[mites]",
        sources="[{id: survey, title: A survey of apiaries, date: 2025}]",
        figures="[{label: Apiaries with mites, value: 3, unit: apiaries, as_of: 2025,"
        " source: survey}]",
    )
    + briefing("honey", "A good year is expected.", status="draft")
)


@pytest.fixture
def site(tmp_path: Path) -> SmallSite:
    """A new site: an accent, a logo, one block, one style sheet, and content of its owner's."""
    folder = tmp_path / "site"
    asked = {"title": "Bee Watch", "base_url": ADDRESS, "language": "en", "timezone": "UTC"}
    create_site(SiteRequest(folder=folder, **asked))
    settings = (folder / "content/site.yaml").read_text("utf-8")
    for name in ("briefings", "companies", "regions", "topics", "files"):
        shutil.rmtree(folder / "content" / name)
    made = SmallSite(folder, STYLE + SUBJECT)
    made.write(f"-- content/site.yaml --\n{settings}{BRAND}")
    return made


def run(site: SmallSite, command: str, code: Path = ROOT, **variables: str) -> str:
    """Run a command of a shell in the folder of the site; it fails as a step of a workflow does."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", command],
        cwd=site.folder,
        env=os.environ | {"PATH": path, "PYTHONPATH": str(code)} | variables,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def run_job(site: SmallSite, job: str, **variables: str) -> list[str]:
    """Run the commands of a job of the site's own workflow, and return them."""
    workflow = yaml.safe_load((site.folder / ".github/workflows/pages.yml").read_text("utf-8"))
    commands = [step["run"] for step in workflow["jobs"][job]["steps"] if "run" in step]
    assert commands[0] == "python -m pip install -e ."
    for command in commands[1:]:
        run(site, command, **variables)
    return commands


def test_the_site_passes_the_commands_of_its_own_workflow(site: SmallSite) -> None:
    """What is published has its brand, its block and its styles, at the address of the site."""
    commands = run_job(site, "build", BASE_URL=ADDRESS)
    assert any("$BASE_URL" in command for command in commands)
    page = site.read("briefings/varroa/index.html")
    for shown in ("#7a4a00", "bee.svg", "Ask your bee inspector"):
        assert shown in page
    assert ".advice{border-left" in styles_of(site, "briefings/varroa/index.html")[-1]
    assert f'<link rel="canonical" href="{ADDRESS}/briefings/varroa/">' in page
    assert "honey" not in site.read("sitemap.xml")
    run(site, "python -m pytest -q")


def test_a_pull_request_shows_what_it_changes(site: SmallSite) -> None:
    """With drafts, beside the site as it is."""
    shutil.copytree(site.folder, site.folder / ".before")
    site.write(briefing("wasps", "They are back."))
    summary = site.folder / "summary.md"
    run_job(site, "preview", GITHUB_STEP_SUMMARY=str(summary))
    assert "briefings/wasps/" in summary.read_text("utf-8")
    assert "/about/" not in summary.read_text("utf-8")
    assert "A good year" in site.read("briefings/honey/index.html")


def test_an_update_reports_what_the_site_overrides(site: SmallSite, tmp_path: Path) -> None:
    """A copy whose original has changed, a block that is gone, a setting that is read differently.

    Without an update, and for what the update leaves as it is, nothing is said.
    """
    theme = Theme(site.folder / "templates")
    for name in ("pages/home.html", "pages/company.html"):
        copy_template(theme, name)
    assert "no problems" in run(site, "python build.py check")
    newer = _update(tmp_path / "newer")
    said = run(site, "python build.py check", newer)
    assert f"pages/home.html:1:1: warning: copied from Dossier {__version__}" in said
    assert "python build.py templates diff pages/home.html" in said
    assert "pages/company.html" not in said
    assert "pages/briefing.html:2:1: warning: the block 'before_text' is in none" in said
    assert ":8: warning: since Dossier 9.0.0: titles are read differently" in said
    assert said.count("warning:") == 3
    assert "pages in output/" in run(site, "python build.py", newer)


def _update(folder: Path) -> Path:
    """Make a copy of Dossier of a higher version, which changes what a site can depend on."""
    for name in ("dossier", "templates"):
        leave = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, folder / name, ignore=leave)
    _replace(folder / "dossier/__init__.py", f'"{__version__}"', '"9.0.0"')
    _replace(folder / "templates/pages/home.html", "{% block main %}", "{% block main %}\n")
    for name in ("pages/briefing.html", "pages/page.html"):
        path = folder / "templates" / name
        path.write_text(path.read_text("utf-8").replace("before_text", "above_text"), "utf-8")
    _replace(
        folder / "dossier/update/readings.py",
        "\nCHANGED_READINGS = (\n",
        "\nCHANGED_READINGS = (\n"
        '    ChangedReading("9.0.0", "titles are read differently", "write it otherwise",'
        ' lambda *_: iter([("site.yaml", ("title",))])),\n',
    )
    return folder


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")
