"""Blueprint: a planned site without errors, ready to be published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

import msgspec

from dossier.build.manifest import Gone, Held, Next
from dossier.content.documents import Document, DocumentProblem, PartFingerprints
from dossier.content.settings import Settings
from dossier.kept_rows import KeptRows
from dossier.pages.builders import Builders
from dossier.problems import Problem
from dossier.views.outputs import AssetFile, Output, Overview, PageOutput


class Blueprint(msgspec.Struct, frozen=True):
    """A planned site.

    `outputs` are by output file; by content file are `fingerprints`, those of `parts` of documents
    and those of files `shown` as tables or images. `documents` are those that were read: all,
    unless what was kept of the last build had the others. `found` are warnings of the site, without
    their lines. `assets` are the style sheets and scripts among the outputs; the `overview` is that
    of all others. `lacking` says that something is left out that a later build may be able to make.
    `settings_given` is the fingerprint of what settings were read from; empty where it is unsure.
    """

    settings: Settings
    documents: tuple[Document, ...]
    parts: Mapping[str, PartFingerprints]
    fingerprints: Mapping[str, str]
    shown: Mapping[str, str]
    outputs: Mapping[str, Output]
    overview: Overview
    builders: Builders
    held: tuple[Held, ...]
    next: Next | None
    found: tuple[DocumentProblem, ...]
    warnings: tuple[Problem, ...]
    gone: Mapping[str, Gone]
    assets: tuple[AssetFile, ...] = ()
    lacking: bool = False
    settings_given: str = ""

    @property
    def pages(self) -> tuple[PageOutput, ...]:
        """The pages among the outputs."""
        return self.builders.pages

    @property
    def templates(self) -> Set[str]:
        """The templates of all outputs."""
        return self.overview.templates.union(one.file for one in self.assets)

    def with_assets(self, names: Iterable[str]) -> Blueprint:
        """Return the blueprint with the style sheets and scripts that pages link to."""
        wanted = {name: AssetFile(file=name) for name in names}
        there = {one.file for one in self.assets}
        if wanted.keys() == there:
            return self
        outputs = self.outputs
        if there - wanted.keys():
            outputs = {file: one for file, one in outputs.items() if file not in there}
        more = outputs.updated(wanted) if isinstance(outputs, KeptRows) else {**outputs, **wanted}
        return msgspec.structs.replace(self, outputs=more, assets=tuple(wanted.values()))
