"""Images in texts: whether the files that they name can be shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dossier.content.documents import Document, DocumentProblem
from dossier.content.images.files import ImageFiles
from dossier.content.images.model import ImageError
from dossier.site.entries import Entry


def image_problems(
    document: Document, entry: Entry[Any], images: ImageFiles
) -> Iterator[DocumentProblem]:
    """Read the images of a document, and find what is wrong with them."""
    for target, path in entry.images.items():
        if path not in images:
            continue  # a missing file is found with the dead links
        try:
            images.read(path)
        except ImageError as error:
            yield DocumentProblem(document.path, target, f"{path}: {error.message}", error.hint)
