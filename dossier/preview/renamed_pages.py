"""Pages of files that were renamed while the preview runs: an open page follows its file."""

from __future__ import annotations

from collections.abc import Mapping

from dossier.build.blueprint import Blueprint


class RenamedPages:
    """What content files were called before, known by their bytes, and the pages they had."""

    def __init__(self) -> None:
        self._contents: Mapping[str, str] = {}
        self._lost: dict[str, str] = {}
        self._renamed: dict[str, str] = {}
        self._sources: dict[str, str] = {}

    def note(self, contents: Mapping[str, str]) -> None:
        """Compare the fingerprints of content files, by path, with those before."""
        before, self._contents = self._contents, contents
        if before.keys() == contents.keys():
            return
        for path in before.keys() - contents.keys():
            self._lost[before[path]] = path
        for path in contents.keys() - before.keys() if before else ():
            if old := self._lost.pop(contents[path], ""):
                self._renamed[old] = path
                self._renamed.pop(path, None)

    def keep(self, blueprint: Blueprint) -> None:
        """Remember which file each page of a site was made from, before another replaces it."""
        self._sources |= {page.file: page.source for page in blueprint.pages if page.source}

    def follow(self, blueprint: Blueprint, file: str) -> str | None:
        """Find the path of the page that took the place of one that is gone."""
        source = self._sources.get(file, "")
        while source in self._renamed:
            source = self._renamed[source]
        pages = (page for page in blueprint.pages if page.source == source and page.sitemap)
        return next((page.path for page in pages if source), None)
