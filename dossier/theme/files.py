"""The files of the theme: a site's own first, the packaged ones second.

A name such as `pages/briefing.html` is looked up in both folders, in that order; with `dossier/`
before it, it is a packaged one. Imports little: a build with nothing to do asks for the files too.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from functools import cached_property
from os.path import isfile
from pathlib import Path

from dossier.fingerprint import rescan_folder, scan_folder, walk_folder
from dossier.fingerprint_memory import FingerprintMemory
from dossier.theme.packaged import packaged_path

PREFIX = "dossier/"
"""Before the name of a packaged template, wherever a site has one of the same name."""
SITE_STYLES = "assets/css/site.css"
"""The style sheet that a site adds to those of the theme."""
SUFFIXES = (".html", ".css", ".js")


class Theme:
    """The templates of a site. `overlay` is the site's folder, which may be missing."""

    def __init__(self, overlay: Path, packaged: Path | None = None) -> None:
        self.overlay = overlay
        self.packaged = packaged or packaged_path("templates")

    @cached_property
    def folders(self) -> tuple[Path, ...]:
        """The folders in the order of looking up; one, where the packaged folder is the site's."""
        if self.overlay.resolve() == self.packaged.resolve():
            return (self.overlay,)
        return self.overlay, self.packaged

    def path(self, name: str) -> Path:
        """Return the file of a template; one that is missing would be in the site's folder."""
        if name.startswith(PREFIX):
            return self.packaged / name.removeprefix(PREFIX)
        return self.find(name) or self.overlay / name

    def find(self, name: str) -> Path | None:
        """Return the file of a template; None if it is missing."""
        inner = name.removeprefix(PREFIX)
        folders = self.folders if inner == name else (self.packaged,)
        found = (file for folder in folders if isfile(file := f"{folder}/{inner}"))
        return next(map(Path, found), None)

    def folder_of(self, name: str) -> Path:
        """Return the folder that a name is found in; the packaged one where it is in neither."""
        return next((folder for folder in self.folders if (folder / name).is_file()), self.packaged)

    def own_files(self) -> list[str]:
        """List what is in the site's own folder, in order; none where that is the packaged one."""
        return _list_files(self.overlay) if len(self.folders) > 1 else []

    def packaged_files(self) -> list[str]:
        """List the packaged templates, style sheets and scripts, in order."""
        return _list_files(self.packaged)

    def scan(self, memory: FingerprintMemory | None = None) -> Mapping[str, str]:
        """Return the fingerprint of each file by its name, the packaged ones with their prefix."""
        return self._named([scan_folder(folder, memory=memory) for folder in self.folders])

    def rescan(self, before: Mapping[str, str], touched: Set[Path]) -> Mapping[str, str]:
        """Return what `scan` finds once some absolute paths were touched; reads no other file."""
        scans = []
        for folder, prefix in zip(self.folders, ("", PREFIX), strict=False):
            root = folder.resolve()
            below = {p.relative_to(root).as_posix() for p in touched if p.is_relative_to(root)}
            old = {
                name.removeprefix(prefix): fingerprint
                for name, fingerprint in before.items()
                if name.startswith(PREFIX) == bool(prefix)
            }
            scans.append(rescan_folder(folder, old, below) if below else old)
        return self._named(scans)

    def scanned_path(self, name: str) -> Path:
        """Return the file of a name that `scan` gives, whether it is still there or not."""
        return self.path(name) if name.startswith(PREFIX) else self.overlay / name

    def _named(self, scans: list[Mapping[str, str]]) -> dict[str, str]:
        own, *packaged = scans
        return {
            **own,
            **{PREFIX + name: print_ for scan in packaged for name, print_ in scan.items()},
        }


def _list_files(folder: Path) -> list[str]:
    return sorted(path for path in walk_folder(folder) if path.endswith(SUFFIXES))


def is_asset(name: str) -> bool:
    """Tell whether a file in the templates folder is a style sheet or script."""
    return name.endswith((".css", ".js"))
