"""A site to measure on: written once, edited and emptied of what builds left in it."""

from __future__ import annotations

import os
import platform
import shutil
from pathlib import Path

from benchmarks.corpus import Briefing, Corpus, edit_text
from benchmarks.formats import write_site

ROOT = Path(__file__).parent.parent
LAYOUTS = Path(__file__).parent / "peers_layouts"
TOKENS = ("zqbody", "zqtitle")
CASES = ("cold", "nothing changed", "one body edited", "one title edited")


class SiteFolder:
    """The folder of one generator's site, as its author would have it."""

    def __init__(self, folder: Path, corpus: Corpus, form: str, claims: bool = False) -> None:
        self.folder = folder
        self.edited: Briefing = corpus.to_edit()
        layouts = LAYOUTS / form
        if layouts.is_dir():
            shutil.copytree(layouts, folder)
        self._file = folder / write_site(corpus, folder, form, claims)
        self._text = self._file.read_bytes().decode()
        self._own = set(os.listdir(folder))
        self._trash = folder.with_name(f"{folder.name}-old")
        self._trash.mkdir()

    def prepare(self, case: str, run: int) -> tuple[str, str]:
        """Make the folder ready for a case; the words that its body and its title now have."""
        body, title = (f"{token}{run}" for token in TOKENS)
        if case == "cold":
            self._clean()
        body = body if case in CASES[2:] else ""
        title = title if case in CASES[3:] else ""
        if case != "nothing changed":
            self.save(body, title)
        return body, title

    def save(self, body: str, title: str) -> None:
        """Write the edited briefing as it was, with words added to its body and its title."""
        self._file.write_bytes(edit_text(self._text, self.edited, body, title).encode())

    def _clean(self) -> None:
        """Move away what builds made. Deleting it would slow down the files that come next."""
        target = self._trash / str(len(os.listdir(self._trash)))
        target.mkdir()
        for name in set(os.listdir(self.folder)) - self._own:
            (self.folder / name).rename(target / name)


def child_environment() -> dict[str, str]:
    """The environment of a measured process: the same locale, zone and byte-code for all."""
    changed = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "NO_COLOR": "1"}
    dropped = ("PYTHONDONTWRITEBYTECODE", "SOURCE_DATE_EPOCH")
    return {name: v for name, v in os.environ.items() if name not in dropped} | changed


def machine() -> str:
    """What the measurements were made on, in a few words."""
    affinity = getattr(os, "sched_getaffinity", None)
    cores = len(affinity(0)) if affinity else os.cpu_count()
    python = platform.python_version()
    return f"{platform.system()} {platform.machine()}, {cores} cores, Python {python}"
