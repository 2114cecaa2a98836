"""Files of the content as they are published: images without metadata, others unchanged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from dossier.content.images.model import variant_path, variant_widths
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
            for width in variant_widths(site.images.read(path)):
                file = variant_path(path, width)
                yield PublishedImage(file=file, source=path, width=width, shown_in=source)
