"""One content, one output: whatever the hash seed, the processes, the locale, zone and folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.smallsite import ROOT
from tests.helpers.twin_builds import assert_same, read_files

UNLIKE = {
    "one": {"PYTHONHASHSEED": "1", "JOBS": "1", "LC_ALL": "C", "PYTHONUTF8": "0", "TZ": "UTC"},
    "two/deeper": {"PYTHONHASHSEED": "2", "JOBS": "3", "LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Tokyo"},
    "été": {"PYTHONHASHSEED": "3", "JOBS": "2", "LC_ALL": "C.UTF-8", "TZ": "America/Los_Angeles"},
}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Folders in which the full site was built, each in an environment unlike the others."""
    root = tmp_path_factory.mktemp("reproducible")
    script = [sys.executable, "-m", "tests.helpers.build_elsewhere"]
    building = [
        subprocess.Popen([*script, str(root / name)], cwd=ROOT, env={**os.environ, **environment})
        for name, environment in UNLIKE.items()
    ]
    assert [process.wait() for process in building] == [0] * len(building)
    return [root / name for name in UNLIKE]


@pytest.mark.parametrize("templates", ["own", "printed"])
def test_builds_differ_in_no_byte(folders: list[Path], templates: str) -> None:
    """No set is walked into an output, no default of the machine is used."""
    first, *others = (read_files(folder / templates / "output") for folder in folders)
    assert len(first) > 100
    for other in others:
        assert_same(other, first)
