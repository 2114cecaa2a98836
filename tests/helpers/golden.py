"""The expected output of the tiny site: `python -m tests.helpers.golden` writes it again."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.helpers.smallsite import ROOT, SmallSite

GOLDEN = ROOT / "tests" / "golden"
SITE = GOLDEN / "site.txt"
EXPECTED = GOLDEN / "output"
_INLINE = re.compile(r"<(style|script)((?: data-[^>]*)?)>.*?</\1>", re.DOTALL)
_HASH = re.compile(r"'sha256-[^']*'")
_LEFT_OUT = re.compile(r"pagefind/|market/.+/index\.html")
"""The search index; and the market by year and topic, whose pages repeat the map of the first."""


def build_golden(folder: Path) -> dict[str, str]:
    """Build the tiny site; styles, scripts and their hashes are left out of its files."""
    site = SmallSite(folder, SITE.read_text("utf-8"))
    site.build()
    return {
        path: _HASH.sub("'sha256-'", _INLINE.sub(r"<\1\2></\1>", data.decode()))
        for path, data in site.output().items()
        if not _LEFT_OUT.match(path)
    }


def read_golden() -> dict[str, str]:
    """Read the expected output."""
    return {
        path.relative_to(EXPECTED).as_posix(): path.read_bytes().decode()
        for path in EXPECTED.rglob("*")
        if path.is_file()
    }


def update() -> None:
    """Write what the tiny site makes now as the expected output."""
    shutil.rmtree(EXPECTED, ignore_errors=True)
    work = ROOT / ".cache" / "golden"
    shutil.rmtree(work, ignore_errors=True)
    for name, text in build_golden(work).items():
        target = EXPECTED / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())


if __name__ == "__main__":
    update()
