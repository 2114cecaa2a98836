"""Tables in texts: whether the files that they name can be shown, and drawn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from dossier.content.documents import Document, DocumentProblem
from dossier.content.tables.files import TableFiles
from dossier.site.entries import Entry


def table_problems(
    document: Document, entry: Entry[Any], tables: TableFiles
) -> Iterator[DocumentProblem]:
    """Read the tables of a document, and find what is wrong with them."""
    for target, chart in document.outline.tables:
        path = entry.targets[target]
        path = unquote(path) if isinstance(path, str) else ""
        if path not in tables:
            continue  # a missing file is found with the dead links
        from dossier.content.tables.read import TableError
        from dossier.content.tables.series import chart_data

        try:
            table = tables.read(path)
            if chart:
                chart_data(table, chart)
        except TableError as error:
            where = f"{path}, line {error.line}" if error.line else path
            yield DocumentProblem(document.path, target, f"{where}: {error.message}", error.hint)
