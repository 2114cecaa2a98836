"""Where the files are that a wheel carries within the package, and a checkout has at its root."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from dossier.fingerprint import PACKAGE

_IN_WHEEL = {
    "templates": "templates",
    ".github/workflows/pages.yml": "scaffold/starter/.github/workflows/pages.yml",
    ".github/dependabot.yml": "scaffold/starter/.github/dependabot.yml",
}
"""By path in a checkout: the path in the package that pyproject.toml gives it in a wheel."""


@cache
def packaged_path(path: str) -> Path:
    """Return where a file or folder of a checkout is, for whoever installed a wheel too."""
    installed = PACKAGE / _IN_WHEEL[path]
    return installed if installed.exists() else PACKAGE.parent / path
