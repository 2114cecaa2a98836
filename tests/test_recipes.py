"""The recipes of CONTRIBUTING.md, carried out on a copy of the project."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.helpers.smallsite import ROOT

_STEP = re.compile(
    r"^(?:New file `(?P<new>[^`]+)`|In `(?P<old>[^`]+)`, after `(?P<anchor>[^`]+)`):\n\n"
    r"```\w+\n(?P<code>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_CHECK = """
from pathlib import Path
from tests.helpers.smallsite import SmallSite, briefing, ENTITIES

settings = "title: T\\nbase_url: https://e.org/\\nlanguages: [de]\\ngreeting: Hello\\n"
site = SmallSite(
    Path("recipes"),
    "-- content/site.yaml --\\n" + settings + ENTITIES
    + briefing("a", dateline="Paris", companies="[tiktok, amazon]", authors="[A]") + briefing("b"),
)
site.build()
assert "<p>Hello</p>" in site.read("index.html")
assert "Neueste Berichte" in site.read("index.html")
assert "Paris" in site.read("briefings/a/index.html")
feed = site.read("shared/feed.xml")
assert "Title of a" in feed and "Title of b" not in feed
assert "shared/feed.xml" in site.read("follow/index.html")
assert "authors/" in site.read("sitemap.xml")
"""


def test_the_recipes_work_as_they_are_written(tmp_path: Path) -> None:
    """All of them, one after another; the tests that they bring pass."""
    for folder in ("dossier", "templates", "tests"):
        leave = shutil.ignore_patterns("__pycache__", "golden")
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=leave)
    steps = list(_STEP.finditer((ROOT / "CONTRIBUTING.md").read_text("utf-8")))
    assert len(steps) >= 14
    for step in steps:
        _carry_out(step, tmp_path)
    for arguments in (
        ["-m", "tests.helpers.catalogue"],
        ["-c", _CHECK],
        ["-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/pages/test_authors.py"],
    ):
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(tmp_path)},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def _carry_out(step: re.Match[str], folder: Path) -> None:
    if step["new"]:
        target = folder / step["new"]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(step["code"], "utf-8")
        return
    target = folder / step["old"]
    before, anchor, after = target.read_text("utf-8").partition(step["anchor"])
    assert anchor, f"{step['old']} has no {step['anchor']!r}"
    line, _, rest = after.partition("\n")
    target.write_text(before + anchor + line + "\n" + step["code"] + rest, "utf-8")
