"""Blueprint: a planned site without errors, ready to be published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from dossier.build.manifest import Gone, Held, Next
from dossier.content.documents import Document, DocumentProblem, PartFingerprints
from dossier.content.settings import Settings
from dossier.pages.builders import Builders
from dossier.problems import Problem
from dossier.views.outputs import AssetFile, Output, PageOutput


class Blueprint(msgspec.Struct, frozen=True):
    """A planned site.

    `outputs` are by output file; by content file are `fingerprints`, those of `parts` of documents
    and those of files `shown` as tables or images. `documents` are those that were read: all,
    unless what was kept of the last build had the others. `found` are warnings of the site, without
    their lines; `lacking` says that something is left out that a later build may be able to make.
    `settings_given` is the fingerprint of what settings were read from; empty where it is unsure.
    """

    settings: Settings
    documents: tuple[Document, ...]
    parts: Mapping[str, PartFingerprints]
    fingerprints: Mapping[str, str]
    shown: Mapping[str, str]
    outputs: Mapping[str, Output]
    builders: Builders
    held: tuple[Held, ...]
    next: Next | None
    found: tuple[DocumentProblem, ...]
    warnings: tuple[Problem, ...]
    gone: Mapping[str, Gone]
    lacking: bool = False
    settings_given: str = ""

    @property
    def pages(self) -> tuple[PageOutput, ...]:
        """The pages among the outputs."""
        return self.builders.pages

    @property
    def assets(self) -> tuple[AssetFile, ...]:
        """The style sheets and scripts among the outputs."""
        return tuple(one for one in self.outputs.values() if isinstance(one, AssetFile))

    def with_assets(self, names: Iterable[str]) -> Blueprint:
        """Return the blueprint with the style sheets and scripts that pages link to."""
        wanted = {name: AssetFile(file=name) for name in names}
        there = {one.file for one in self.assets}
        if wanted.keys() == there:
            return self
        outputs = {**self.outputs, **wanted}
        for name in there - wanted.keys():
            del outputs[name]
        return msgspec.structs.replace(self, outputs=outputs)
