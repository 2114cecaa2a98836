"""One tiny site, every byte of it: `python -m tests.test_golden` writes what is expected anew."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.helpers.smallsite import ROOT, SmallSite

GOLDEN = Path(__file__).parent / "golden"
SITE = GOLDEN / "site.txt"
EXPECTED = GOLDEN / "output"
_INLINE = re.compile(r"<(style|script)((?: data-[^>]*)?)>.*?</\1>", re.DOTALL)
_HASH = re.compile(r"'sha256-[^']*'")


def build_golden(folder: Path) -> dict[str, str]:
    """The output of the tiny site, but for styles, scripts, their hashes and the search index."""
    site = SmallSite(folder, SITE.read_text("utf-8"))
    site.build()
    return {
        path: _HASH.sub("'sha256-'", _INLINE.sub(r"<\1\2></\1>", data.decode()))
        for path, data in site.output().items()
        if not path.startswith("pagefind/")
    }


def test_the_tiny_site_is_what_it_was(tmp_path: Path) -> None:
    """A change of any page is seen, and meant."""
    expected = {
        path.relative_to(EXPECTED).as_posix(): path.read_bytes().decode()
        for path in EXPECTED.rglob("*")
        if path.is_file()
    }
    actual = build_golden(tmp_path)
    assert sorted(actual) == sorted(expected)
    for path, text in actual.items():
        assert text == expected[path], path


if __name__ == "__main__":
    shutil.rmtree(EXPECTED, ignore_errors=True)
    work = ROOT / ".cache" / "golden"
    shutil.rmtree(work, ignore_errors=True)
    for name, text in build_golden(work).items():
        target = EXPECTED / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode())
