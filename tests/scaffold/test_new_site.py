"""`new site`: a folder that builds, passes its test, and publishes itself."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from dossier import __version__
from dossier.cli import main
from dossier.content.field_types import field_types
from dossier.content.models import Briefing
from dossier.content.settings import SiteFile
from dossier.content.settings_file import read_settings
from dossier.problems import ProblemError
from dossier.scaffold.new_site import SiteRequest, compatible_range, create_site
from dossier.scaffold.site_settings import render_site_settings
from tests.helpers.smallsite import ROOT


def make(folder: Path, **given: str) -> Path:
    """Make a site in a folder, and return it."""
    asked = {"title": "Cell Watch", "base_url": "https://example.org/", "language": "en"}
    create_site(SiteRequest(folder=folder, timezone="UTC", **(asked | given)))
    return folder


def run(site: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command in the folder of a site, with this very Dossier."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, *command], cwd=site, env=environment, capture_output=True, text=True
    )


@pytest.mark.parametrize("language", ["en", "fr", "en-GB", "de"])
def test_a_new_site_builds_without_a_warning(tmp_path: Path, language: str) -> None:
    """In the languages of the example, and in others."""
    site = make(tmp_path / "site", language=language)
    built = run(site, "build.py", "--strict", "--as-of", "2026-01-01")
    assert (built.returncode, built.stderr) == (0, "")
    home = (site / "output/index.html").read_text("utf-8")
    assert f'<html lang="{language}">' in home
    assert ("Feu vert pour l’euro" if language == "fr" else "green light for the euro") in home


def test_a_new_site_passes_its_own_test(tmp_path: Path) -> None:
    """And the test fails where the content has an error."""
    site = make(tmp_path / "site")
    assert run(site, "-m", "pytest", "-q").returncode == 0
    (site / "content/pages/about.md").write_text("---\ntitel: x\n---\n", "utf-8")
    assert run(site, "-m", "pytest", "-q").returncode == 1


def test_a_new_site_has_what_the_design_shows(tmp_path: Path) -> None:
    """And a git repository with nothing committed, where there is git."""
    site = make(tmp_path / "site")
    for path in (
        "build.py",
        "pyproject.toml",
        "README.md",
        ".gitignore",
        "content/site.yaml",
        "templates/README.md",
        "tests/test_site.py",
        ".github/workflows/pages.yml",
        ".github/dependabot.yml",
        ".vscode/tasks.json",
        ".vscode/settings.json",
        ".vscode/site.schema.json",
    ):
        assert (site / path).is_file(), path
    assert (site / ".git").is_dir() == (shutil.which("git") is not None)
    code = (site / "build.py").read_text("utf-8").splitlines()[1:]
    assert len([line for line in code if line.strip()]) == 3


def test_the_example_shows_what_a_briefing_knows(tmp_path: Path) -> None:
    """A source, a figure, a move, a judgement, a change and an image, in either language."""
    for language in ("en", "fr"):
        site = make(tmp_path / language, language=language)
        [path] = (site / "content/briefings").iterdir()
        front, _, body = path.read_text("utf-8").removeprefix("---\n").partition("\n---\n")
        fields = yaml.safe_load(front)
        assert {"sources", "figures", "moves", "judgements", "changes"} <= fields.keys()
        assert fields.keys() <= field_types(Briefing).keys()
        assert "![" in body
        for folder in ("companies", "regions", "topics", "pages", "files"):
            assert any((site / "content" / folder).iterdir())


def test_a_site_names_its_version_of_dossier_by_a_range(tmp_path: Path) -> None:
    """One that lets in what mends this version."""
    project = tomllib.loads((make(tmp_path / "site") / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["name"] == "cell-watch-site"
    wanted = f"dossier-briefings{compatible_range(__version__)}"
    assert project["project"]["dependencies"] == [wanted]
    assert compatible_range("0.1.2") == "~=0.1.2"
    assert compatible_range("1.4.2") == "~=1.4"


def test_a_folder_with_something_in_it_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is written into it, not even beside a hidden file."""
    (tmp_path / ".hidden").touch()
    assert main(["new", "site", str(tmp_path)]) == 2
    assert "the folder is not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == [".hidden"]
    assert main(["new", "site", str(tmp_path / ".hidden")]) == 2
    assert "there is a file of this name" in capsys.readouterr().err


def test_options_are_settings(tmp_path: Path) -> None:
    """Without a terminal nothing is asked."""
    folder = tmp_path / "site"
    options = ["--title", "It's: here", "--base-url", "https://x.example/a", "--language", "fr-CA"]
    assert main(["new", "site", str(folder), *options, "--timezone", "America/Toronto"]) == 0
    settings = read_settings(folder / "content")
    assert settings.title == "It's: here"
    assert settings.base_url == "https://x.example/a/"
    assert settings.languages == ("fr-CA",)
    assert settings.timezone == "America/Toronto"


def test_an_option_of_the_wrong_form_is_refused(tmp_path: Path) -> None:
    """With status 2, before anything is written."""
    with pytest.raises(SystemExit) as ended:
        main(["new", "site", str(tmp_path / "site"), "--timezone", "Paris"])
    assert ended.value.code == 2
    assert not (tmp_path / "site").exists()


def test_a_terminal_is_asked_for_what_no_option_gives(tmp_path: Path) -> None:
    """Again where an answer has the wrong form; an empty one is the default."""
    terminal, ours = pty.openpty()
    command = [
        sys.executable,
        "-m",
        "dossier.cli",
        "new",
        "site",
        "site",
        "--base-url",
        "https://x.example/",
    ]
    script = "from dossier.cli import main; raise SystemExit(main())"
    command[1:3] = ["-c", script]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=ours,
        stderr=ours,
        stdout=subprocess.PIPE,
    ) as process:
        os.write(terminal, b"Cell Watch\nEnglish\nen\n\n")
        assert process.wait(60) == 0
    settings = read_settings(tmp_path / "site/content")
    assert (settings.title, settings.languages) == ("Cell Watch", ("en",))
    os.close(terminal)
    os.close(ours)


def test_every_setting_is_in_the_new_settings_file() -> None:
    """With its description, and right as it is once its # is taken away."""
    text = render_site_settings({"title": "A", "base_url": "https://example.org/"})
    for name, field in field_types(SiteFile).items():
        assert f"# {field.description}\n" in text
        assert f"\n{name}: " in text or f"\n#{name}: " in text


def test_the_settings_work_once_they_are_uncommented(tmp_path: Path) -> None:
    """Each of them holds its default, or an example."""
    text = render_site_settings({"title": "A", "base_url": "https://example.org/"})
    lines = [line.removeprefix("#") if line[:2] != "# " else line for line in text.splitlines()]
    (tmp_path / "site.yaml").write_text("\n".join(lines), "utf-8")
    try:
        assert read_settings(tmp_path).languages == ("en",)
    except ProblemError as error:
        pytest.fail(str(error.problems))
