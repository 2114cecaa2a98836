"""The tables of a content folder: each file is read once, where a document shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dossier.content.tables.read import Table


class TableFiles:
    """Reads the files of a folder that are shown as tables; `paths` are those that it has."""

    def __init__(self, folder: Path, paths: Iterable[str]) -> None:
        self._folder = folder
        self._paths = frozenset(paths)
        self._known: dict[str, Table] = {}

    def __contains__(self, path: str) -> bool:
        return path in self._paths

    def read(self, path: str) -> Table:
        """Read the table in a file, which must be one of the folder. Raises `TableError`."""
        if path not in self._known:
            from dossier.content.tables.read import read_table  # few sites need it

            self._known[path] = read_table(self._folder / path)
        return self._known[path]

    @property
    def fingerprints(self) -> Mapping[str, str]:
        """The fingerprints of the files that were read, by path."""
        return {path: self._known[path].fingerprint for path in sorted(self._known)}


NO_TABLES = TableFiles(Path(), ())
