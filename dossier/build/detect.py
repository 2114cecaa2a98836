"""Detection of what a build has to make, and why, from the changes since the last one."""

from __future__ import annotations

from collections.abc import Mapping, Set

import msgspec

from dossier.build.blueprint import Blueprint
from dossier.build.changes import Changes, find_changes, fingerprint_documents
from dossier.build.decide import BuildState, First, decide
from dossier.build.inputs import Inputs, Options
from dossier.build.manifest import DocumentFingerprints, Manifest
from dossier.build.reads import ViewReads, read_reads
from dossier.fingerprint import digest
from dossier.render.renderer import Renderer
from dossier.theme.files import PREFIX, is_asset


class Detected(msgspec.Struct, frozen=True):
    """What a build knows before it makes anything.

    `changes` are those of the content, None if settings or engine changed.
    `reasons` are by file; `reads` are those of the last build.
    """

    before: Manifest
    state: BuildState
    documents: Mapping[str, DocumentFingerprints]
    changes: Changes | None
    reads: ViewReads
    intact: Set[str]
    reasons: Mapping[str, First]


def detect(blueprint: Blueprint, options: Options, inputs: Inputs, renderer: Renderer) -> Detected:
    """Compare a blueprint with the last build."""
    before = inputs.manifest
    templates = _fingerprint_templates(blueprint.templates, inputs.theme, before, renderer)
    state = BuildState(
        engine=inputs.engine,
        settings=digest(msgspec.json.encode(blueprint.settings)),
        templates=templates,
        theme=inputs.theme,
    )
    comparable = before.engine == state.engine and before.settings == state.settings
    documents = fingerprint_documents(
        blueprint.parts,
        blueprint.fingerprints,
        blueprint.shown,
        before.documents if comparable else {},
    )
    changes = find_changes(documents, before.documents) if comparable else None
    reads = read_reads(options.output, before, documents)
    met = _find_met(blueprint.outputs.keys(), changes, reads)
    reasons = decide(blueprint.outputs, state, before, inputs.intact, met, options.force)
    return Detected(before, state, documents, changes, reads, inputs.intact, reasons)


def find_linked(blueprint: Blueprint, inputs: Inputs, renderer: Renderer) -> list[str]:
    """List the style sheets and scripts that pages link to: those of the last build if it had the
    same theme, and made pages and files with the same templates.

    Raises `ProblemError` where a template names a file that is missing.
    """
    before = inputs.manifest
    if (before.engine, before.theme) == (inputs.engine, inputs.theme):
        assets = set(filter(is_asset, before.templates))
        there = all({name, PREFIX + name} & inputs.templates.keys() for name in assets)
        if there and blueprint.templates == before.templates.keys() - assets:
            return sorted(assets)
    return renderer.linked(page.template for page in blueprint.pages)


def _fingerprint_templates(
    needed: Set[str], theme: str, before: Manifest, renderer: Renderer
) -> Mapping[str, str]:
    """Fingerprint the templates of all pages and assets, or take those of the last build."""
    if before.theme == theme and needed <= before.templates.keys():
        return {name: before.templates[name] for name in sorted(needed)}
    return renderer.fingerprints(needed)


def _find_met(files: Set[str], changes: Changes | None, reads: ViewReads) -> frozenset[str] | None:
    """Find the files that may differ from the last build; None for any.

    As long as no facts change, only views that read something that changed can differ. Files that
    are made from no view have no reads, and are looked at.
    """
    if changes is None or changes.facts:
        return None
    known, met = reads.known, reads.meeting(changes.parts)
    return frozenset(file for file in files if file in met or file not in known)
