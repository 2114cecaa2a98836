"""Warnings about images and files, for `check`: no credit, too heavy, never used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import PurePosixPath
from typing import Any

from dossier.content.documents import DocumentProblem
from dossier.content.reading.content_files import FILES_FOLDER
from dossier.site.entries import Entry, file_path
from dossier.site.site import Site
from dossier.views.texts.images import is_whole

HEAVY = 2_000_000
"""Bytes of an image above which it is worth making it smaller."""


def find_file_warnings(
    site: Site, files: Iterable[str], named_elsewhere: str
) -> Iterator[DocumentProblem]:
    """Find what should be better about images and files.

    `named_elsewhere` are texts that may name files as well, such as templates. Bodies are read.
    """
    entries = [*site.entries, *site.held.values()]
    for entry in entries:
        yield from _heavy_images(site, entry)
        if site.settings.image_credits:
            yield from _without_credit(site, entry)
    yield from _unused_files(site, entries, files, named_elsewhere)


def _heavy_images(site: Site, entry: Entry[Any]) -> Iterator[DocumentProblem]:
    for target, path in entry.images.items():
        weight = site.images.read(path).weight if path in site.images else 0
        if weight > HEAVY:
            size = f"{weight / 10**6:.1f}"
            message = f"{path} weighs {size} MB; readers wait for more than {HEAVY // 10**6} MB"
            hint = "make it smaller, or save it as JPEG or WebP"
            place = ("image", "file") if _is_shared(entry, target) else target
            yield DocumentProblem(entry.source, place, message, hint, "warning")


def _without_credit(site: Site, entry: Entry[Any]) -> Iterator[DocumentProblem]:
    body = site.body(entry)
    for number, slot in enumerate(body.slots):
        if not slot.image or slot.image.credit:
            continue
        if is_whole(*body.parts[number : number + 2]):
            message = f"the image '{slot.target}' has no credit"
            hint = 'name who made it: ![…](… "Caption. Photo: A. Name")'
            yield DocumentProblem(entry.source, slot.target, message, hint, "warning")


def _unused_files(
    site: Site, entries: Iterable[Entry[Any]], files: Iterable[str], named_elsewhere: str
) -> Iterator[DocumentProblem]:
    logo, icon = site.settings.logo, site.settings.favicon
    used = {path.lstrip("/") for path in (logo.file if logo else "", icon or "")}
    for entry in chain(entries, (site.frame.entry,)):
        used.update(map(file_path, entry.targets.values()), entry.images.values())
    for path in files:
        if path not in used and PurePosixPath(path).name not in named_elsewhere:
            message = "no page shows this file or links to it, but it is published"
            hint = f"link to it, or move it out of content/{FILES_FOLDER}/"
            yield DocumentProblem(path, (), message, hint, "warning")


def _is_shared(entry: Entry[Any], target: str) -> bool:
    shared = getattr(entry.facts, "image", None)
    return bool(shared and shared.file == target and target not in entry.targets)
