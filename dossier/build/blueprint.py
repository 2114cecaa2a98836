"""Blueprint: a planned site without errors, ready to be published."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from dossier.build.manifest import Gone, Held, Next
from dossier.content.documents import Document
from dossier.content.settings import Settings
from dossier.pages.builders import Builders
from dossier.problems import Problem
from dossier.views.outputs import Output, PageOutput


class Blueprint(msgspec.Struct, frozen=True):
    """A planned site.

    `outputs` are by output file, `fingerprints` by content file; `lacking` says that something is
    left out that a later build may be able to make.
    """

    settings: Settings
    documents: tuple[Document, ...]
    fingerprints: Mapping[str, str]
    outputs: Mapping[str, Output]
    builders: Builders
    held: tuple[Held, ...]
    next: Next | None
    warnings: tuple[Problem, ...]
    gone: Mapping[str, Gone]
    lacking: bool = False

    @property
    def shown_files(self) -> Mapping[str, str]:
        """The fingerprints of files that are shown as tables or images, by path."""
        site = self.builders.site
        return {**site.tables.fingerprints, **site.images.fingerprints}

    @property
    def pages(self) -> tuple[PageOutput, ...]:
        """The pages among the outputs."""
        return self.builders.pages
