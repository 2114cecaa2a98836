"""Files of the content as they are published: images without metadata, others unchanged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from dossier.content.images.model import copy_path, narrow_copies
from dossier.content.images.renditions import CLEANED
from dossier.site.site import Site
from dossier.views.outputs import CopiedFile, Output, PublishedImage


def plan_files(site: Site, paths: Iterable[str]) -> Iterator[Output]:
    """List the files to publish, with narrower copies of the images that texts show."""
    shown: dict[str, str] = {}
    for entry in site.entries:
        for path in entry.images.values():
            shown.setdefault(path, entry.source)
    for path in paths:
        if PurePosixPath(path).suffix.lower() not in CLEANED:
            yield CopiedFile(file=path, source=path)
            continue
        source = shown.get(path, "")
        yield PublishedImage(file=path, source=path, shown_in=source)
        if source and path in site.images:
            for copy in narrow_copies(site.images.read(path)):
                file = copy_path(path, copy)
                yield PublishedImage(file=file, source=path, copy=copy, shown_in=source)
