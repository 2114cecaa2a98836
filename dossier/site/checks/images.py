"""Images in texts and of briefings: whether the files that they name can be shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dossier.content.documents import Document, DocumentProblem
from dossier.content.images.files import ImageFiles
from dossier.content.images.model import ImageError
from dossier.problems import suggest
from dossier.site.entries import Entry

_SHARED = ("image", "file")
_PREVIEWED = ("JPEG", "PNG", "WEBP", "GIF")


def image_problems(
    document: Document, entry: Entry[Any], images: ImageFiles
) -> Iterator[DocumentProblem]:
    """Read the images of a document, and find what is wrong with them."""
    shared = getattr(entry.facts, "image", None)
    for target, path in entry.images.items():
        in_text = target in document.outline.images
        place = target if in_text else _SHARED
        if path not in images:
            if not in_text:  # others are found with the dead links
                hint = suggest(path, images.paths) or "put it into content/files/"
                message = f"there is no file content/{path}"
                yield DocumentProblem(document.path, place, message, hint)
            continue
        try:
            facts = images.read(path)
        except ImageError as error:
            yield DocumentProblem(document.path, place, f"{path}: {error.message}", error.hint)
            continue
        if not facts.format:
            message = f"{path} is no image yet; readers see only its text"
            yield DocumentProblem(document.path, place, message, "put the image there", "warning")
        elif shared and shared.file == target and facts.format not in _PREVIEWED:
            message = f"{path}: networks show no {facts.format} image where a page is shared"
            hint = "save it as JPEG or PNG"
            yield DocumentProblem(document.path, _SHARED, message, hint, "warning")
