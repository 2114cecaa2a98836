"""Fixtures that tests share."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.helpers.chromium import browser, server, site
from tests.helpers.smallsite import SmallSite

THOROUGH = "thorough"
"""The profile of Hypothesis under which tests of edits try many: it takes long."""

__all__ = ["browser", "server", "site", "small_site"]

ANY_SPEED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.register_profile("same", ANY_SPEED, derandomize=True)
settings.register_profile("new", ANY_SPEED)
settings.register_profile(THOROUGH, ANY_SPEED)
settings.load_profile("same")


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder for all processes of the test session."""
    folder = tmp_path_factory.getbasetemp()
    return folder if worker_id == "master" else folder.parent


@pytest.fixture(scope="session", autouse=True)
def _compiled_templates(shared_folder: Path) -> Iterator[None]:
    """Compile each template once for the session: it is nine tenths of a small build."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_CACHE_HOME", str(shared_folder / "caches"))
        yield


@pytest.fixture(scope="session")
def built_folders(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Small sites that were built, by their text; not to be changed."""

    @cache
    def build(text: str) -> Path:
        site = SmallSite(tmp_path_factory.mktemp("built"), text)
        site.build()
        return site.folder

    return build


@pytest.fixture
def built_site(tmp_path: Path, built_folders: Callable[[str], Path]) -> Callable[[str], SmallSite]:
    """Make a copy of a small site that was built once, with its output and its cache."""

    def make(text: str) -> SmallSite:
        shutil.copytree(built_folders(text), tmp_path, symlinks=True, dirs_exist_ok=True)
        return SmallSite(tmp_path, text)

    return make


@pytest.fixture
def small_site(tmp_path: Path) -> Callable[[str], SmallSite]:
    """Make a small site from a text; see smallsite.py."""

    def make(text: str = "") -> SmallSite:
        return SmallSite(tmp_path, text)

    return make
