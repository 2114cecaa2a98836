"""Fixtures that tests share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.chromium import browser, server, site
from tests.helpers.smallsite import SmallSite

__all__ = ["browser", "server", "site", "small_site"]


@pytest.fixture
def small_site(tmp_path: Path) -> Callable[[str], SmallSite]:
    """Make a small site from a text; see smallsite.py."""

    def make(text: str = "") -> SmallSite:
        return SmallSite(tmp_path, text)

    return make
