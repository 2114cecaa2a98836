"""The lock file: all that the project asks for, in versions that it accepts, each with its hash."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

import pytest
from packaging.requirements import Requirement

from tests.helpers.smallsite import ROOT

LOCK = (ROOT / "requirements-dev.txt").read_text("utf-8")
PINNED = re.compile(r"^([a-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)


def asked() -> Iterator[Requirement]:
    """What pyproject.toml asks for, with the extras of contributors."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    for text in (*project["dependencies"], *extras["pdf"], *extras["dev"]):
        requirement = Requirement(text)
        if requirement.name != project["name"]:
            yield requirement


@pytest.mark.parametrize("requirement", list(asked()), ids=lambda one: one.name)
def test_what_is_asked_for_is_locked_in_a_version_that_is_accepted(
    requirement: Requirement,
) -> None:
    """Renew the lock with the command in its first lines."""
    versions = [version for name, version in PINNED.findall(LOCK) if name == requirement.name]
    assert versions
    assert all(requirement.specifier.contains(version) for version in versions)


def test_every_file_has_a_hash_and_no_address() -> None:
    """Nobody can put another file in its place, and no host is named."""
    entries = re.split(r"\n(?=[a-z0-9])", LOCK)
    pinned = [entry for entry in entries if PINNED.match(entry)]
    assert len(pinned) > 20
    assert all("--hash=sha256:" in entry for entry in pinned)
    assert "://" not in LOCK
    assert "--index-url" not in LOCK.replace("--no-emit-index-url", "")
