"""What an older version read differently is reported to sites that name that version."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from dossier import __version__
from dossier.build.manifest import NAME, read_manifest
from dossier.pipeline import check
from dossier.update.readings import CHANGED_READINGS
from dossier.update.site_version import older_version, read_named_version
from tests.helpers.smallsite import SmallSite, briefing

Make = Callable[[str], SmallSite]
SITE = "-- content/site.yaml --\ntitle: T\nbase_url: https://e.org/\nmenu: []\n" + briefing("a")


def named(requirement: str) -> str:
    """A pyproject.toml that names a version."""
    return f'-- pyproject.toml --\n[project]\nname = "x"\ndependencies = ["{requirement}"]\n'


@pytest.mark.parametrize(
    ("requirement", "version"),
    [
        ("dossier-briefings~=0.1.0", "0.1.0"),
        ("Dossier_Briefings[pdf] >=0.1.2,<1 ; python_version > '3'", "0.1.2"),
        ("dossier-briefings==0.1.*", "0.1"),
        ("dossier-briefings<2", ""),
        ("dossier-briefings", ""),
        ("dossier~=9.0", ""),
        ("no requirement at all!", ""),
    ],
)
def test_a_site_names_its_version_by_a_range(
    tmp_path: Path, requirement: str, version: str
) -> None:
    """The lowest version in it counts."""
    path = tmp_path / "pyproject.toml"
    path.write_text(named(requirement).split("--\n")[1], "utf-8")
    assert read_named_version(path) == version
    assert read_named_version(tmp_path / "missing.toml") == ""


def test_the_older_of_two_versions_counts() -> None:
    """By their numbers, not their signs."""
    assert older_version("0.10.0", "0.9.1", "") == "0.9.1"
    assert older_version("", "what") == ""


def test_check_warns_a_site_that_names_an_older_version(small_site: Make) -> None:
    """At the line, with what to change, until the site names the newer one."""
    site = small_site(SITE + named("dossier-briefings~=0.0.9"))
    [warning] = check(site.options).warnings
    assert (Path(warning.path).name, warning.line, warning.severity) == ("site.yaml", 3, "warning")
    assert warning.message.startswith("since Dossier 0.1.0: an empty menu is no menu at all")
    assert warning.hint.startswith("for the standard menu, remove the line")
    site.write(named(f"dossier-briefings~={__version__}"))
    assert check(site.options).warnings == ()
    (site.folder / "pyproject.toml").unlink()
    assert check(site.options).warnings == ()


def test_a_build_by_an_older_version_counts_too(small_site: Make) -> None:
    """Where the range was raised before anybody looked."""
    site = small_site(SITE + named("dossier-briefings~=0.1.0"))
    site.build()
    manifest = read_manifest(site.options.output)
    assert manifest.dossier == __version__
    older = msgspec.structs.replace(manifest, dossier="0.0.9")
    (site.options.output / NAME).write_bytes(msgspec.json.encode(older))
    assert len(check(site.options).warnings) == 1


def test_the_table_is_in_order_and_of_versions_that_there_are() -> None:
    """No line is about a version that is still to come."""
    versions = [change.since for change in CHANGED_READINGS]
    assert versions == sorted(versions, key=lambda text: tuple(map(int, text.split("."))))
    assert older_version(__version__, versions[-1]) == versions[-1]
