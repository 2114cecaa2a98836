"""The version of Dossier that a site is written for, as its pyproject.toml names it."""

from __future__ import annotations

import tomllib
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

DISTRIBUTION = "dossier-briefings"
_LOWER_BOUNDS = ("~=", ">=", "==", ">")


def older_version(*versions: str) -> str:
    """Return the oldest of some versions; those that are empty or malformed do not count."""
    return min((v for v in versions if _is_version(v)), key=Version, default="")


def read_named_version(pyproject: Path) -> str:
    """Return the lowest version that a site's pyproject.toml allows; empty where it names none."""
    try:
        project = tomllib.loads(pyproject.read_text("utf-8")).get("project", {})
        found = [Requirement(text) for text in project.get("dependencies", [])]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, InvalidRequirement):
        return ""  # pip reports what is wrong with it
    bounds = [
        bound.version.removesuffix(".*")
        for requirement in found
        if canonicalize_name(requirement.name) == DISTRIBUTION
        for bound in requirement.specifier
        if bound.operator in _LOWER_BOUNDS
    ]
    return older_version(*bounds)


def _is_version(text: str) -> bool:
    try:
        Version(text)
    except InvalidVersion:
        return False
    return True
