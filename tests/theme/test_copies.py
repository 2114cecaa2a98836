"""Copies of packaged templates, and what is said of them after an update."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dossier import __version__
from dossier.cli import main
from dossier.problems import ProblemError
from dossier.theme.checks import find_theme_problems
from dossier.theme.copies import accept_original, compare_template, copy_template
from dossier.theme.files import Theme
from dossier.theme.listing import describe_templates, list_theme
from tests.helpers.smallsite import ROOT, SmallSite, briefing

Make = Callable[[str], SmallSite]


@pytest.fixture
def theme(tmp_path: Path) -> Theme:
    """A site without templates of its own, and a small theme."""
    packaged = tmp_path / "packaged"
    (packaged / "pages").mkdir(parents=True)
    (packaged / "pages/home.html").write_text('{% extends "base.html" %}\nHome\n')
    (packaged / "base.html").write_text("{% block main %}{% endblock %}\n")
    (packaged / "style.css").write_text("a{}\n")
    return Theme(tmp_path / "templates", packaged)


def messages(theme: Theme) -> list[str]:
    """The warnings, as `file:line: message | hint`."""
    prefix = f"{theme.overlay.as_posix()}/"
    return [
        f"{p.path.removeprefix(prefix)}:{p.line}: {p.message} | {p.hint}"
        for p in find_theme_problems(theme)
    ]


def test_a_copy_says_what_it_was_copied_from(theme: Theme) -> None:
    """Its first line is a comment of its kind; the rest is the original."""
    home = copy_template(theme, "pages/home.html").read_text()
    first, rest = home.split("\n", 1)
    assert first.startswith(f"{{# Copied from Dossier {__version__}, ")
    assert rest == (theme.packaged / "pages/home.html").read_text()
    assert copy_template(theme, "style.css").read_text().startswith("/* Copied from Dossier ")
    assert messages(theme) == []


def test_a_copy_never_overwrites(theme: Theme) -> None:
    """Nor is there one of what Dossier does not have."""
    copy_template(theme, "base.html")
    with pytest.raises(ProblemError, match="the file exists"):
        copy_template(theme, "base.html")
    for name in ("pages/hom.html", "../secret.html", "pages"):
        with pytest.raises(ProblemError, match="no such template"):
            copy_template(theme, name)


def test_a_copy_whose_original_has_changed_is_a_warning(theme: Theme) -> None:
    """Until its author has compared the two, and says so."""
    copy_template(theme, "base.html")
    (theme.packaged / "base.html").write_text(
        "{% block main %}{% endblock %}\n{% block new %}{% endblock %}\n"
    )
    assert messages(theme) == [
        f"base.html:1: copied from Dossier {__version__}; the original has changed since | "
        "to compare: python build.py templates diff base.html\n"
        "    once the copy has what it needs: python build.py templates accept base.html"
    ]
    assert "-{% block new %}{% endblock %}" in compare_template(theme, "base.html")
    accept_original(theme, "base.html")
    assert messages(theme) == []
    assert len((theme.overlay / "base.html").read_text().splitlines()) == 2


def test_a_copy_whose_original_is_gone_is_a_warning(theme: Theme) -> None:
    """It names the version that it is from."""
    copy_template(theme, "style.css")
    (theme.packaged / "style.css").unlink()
    assert "has no such template" in messages(theme)[0]


def test_a_block_that_fills_nothing_is_a_warning(theme: Theme) -> None:
    """As when an update renames it."""
    (theme.overlay / "pages").mkdir(parents=True)
    page = theme.overlay / "pages/home.html"
    page.write_text('{% extends "dossier/pages/home.html" %}\n{% block mains %}x{% endblock %}\n')
    assert messages(theme) == [
        "pages/home.html:2: the block 'mains' is in none of the templates that this one extends | "
        "did you mean 'main'?"
    ]
    page.write_text('{% extends "dossier/pages/home.html" %}\n{% block main %}x{% endblock %}\n')
    assert messages(theme) == []


def test_a_file_that_nothing_uses_is_a_warning(theme: Theme) -> None:
    """Most often its name is misspelt; one that another includes is used."""
    (theme.overlay / "pages").mkdir(parents=True)
    (theme.overlay / "pages/hme.html").write_text('{% include "note.html" %}')
    (theme.overlay / "note.html").write_text("x")
    [message] = messages(theme)
    assert message.startswith("pages/hme.html:0: no template of this name")
    assert message.endswith("did you mean 'pages/home.html'?")


def test_a_build_warns_and_a_strict_one_stops(small_site: Make) -> None:
    """The warning comes with those of the content."""
    site = small_site(
        briefing("a")
        + "-- templates/pages/home.html --\n{# Copied from Dossier 0.0.1, 0123456789ab #}\n"
        + (ROOT / "templates/pages/home.html").read_text("utf-8")
    )
    [warning] = site.build().warnings
    assert warning.message == "copied from Dossier 0.0.1; the original has changed since"
    assert site.build().warnings == (warning,)
    with pytest.raises(ProblemError):
        site.build(strict=True)


def test_every_file_of_the_theme_is_described() -> None:
    """In a line, from its view or its first comment."""
    for name, about in describe_templates(Theme(ROOT / "templates")).items():
        assert about, name


def test_the_list_says_what_a_site_overrides(theme: Theme) -> None:
    """And how."""
    (theme.overlay / "assets/css").mkdir(parents=True)
    (theme.overlay / "assets/css/site.css").write_text("a{}")
    (theme.overlay / "base.html").write_text('{% extends "dossier/base.html" %}')
    copy_template(theme, "style.css")
    own = {file.name: file.own for file in list_theme(theme)}
    assert own == {
        "assets/css/site.css": "added",
        "base.html": "extends the packaged one",
        "pages/home.html": "",
        "style.css": f"copied from {__version__}",
    }


def test_the_command_lists_copies_and_compares(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`templates`, `templates copy`, `templates diff`."""
    folder = ["--templates", str(tmp_path / "templates")]
    assert main(["templates", *folder]) == 0
    assert "pages/company.html " in capsys.readouterr().out
    assert main(["templates", *folder, "copy", "pages/company.html"]) == 0
    made = Path(capsys.readouterr().out.strip())
    assert made == tmp_path / "templates/pages/company.html"
    made.write_text(made.read_text("utf-8") + "more\n", "utf-8")
    assert main(["templates", *folder, "diff", "pages/company.html"]) == 0
    assert capsys.readouterr().out.endswith("+more\n")
    assert main(["templates", *folder, "copy", "pages/compny.html"]) == 1
    assert "did you mean 'pages/company.html'?" in capsys.readouterr().err
