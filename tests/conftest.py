"""Fixtures that tests share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from tests.helpers.chromium import browser, server, site
from tests.helpers.smallsite import SmallSite

THOROUGH = "thorough"
"""The profile of Hypothesis under which tests of edits try many: it takes long."""

settings.register_profile(THOROUGH)

__all__ = ["browser", "server", "site", "small_site"]


@pytest.fixture
def small_site(tmp_path: Path) -> Callable[[str], SmallSite]:
    """Make a small site from a text; see smallsite.py."""

    def make(text: str = "") -> SmallSite:
        return SmallSite(tmp_path, text)

    return make
