"""Last steps of a build: produce files, commit them, report the result."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import partial

import msgspec

from dossier import __version__
from dossier.build.blueprint import Blueprint
from dossier.build.decide import First, Reason, explain
from dossier.build.detect import Detected
from dossier.build.inputs import BuildResult, Inputs, Options
from dossier.build.manifest import Manifest
from dossier.build.output.produce import Producer
from dossier.build.output.publish import PARTLY, Publication
from dossier.build.output.staging import Made, Stager
from dossier.build.search_index import EMPTY as NO_INDEX
from dossier.build.search_index import SearchIndex, make_index
from dossier.content.images.renditions import Renditions
from dossier.problems import ProblemError, raise_errors
from dossier.processes.channel import Channel
from dossier.processes.two_phases import PartlyDoneError, commit_all, hand_over, in_two_phases
from dossier.processes.workers import jobs_for
from dossier.progress import ProgressCallback
from dossier.render.renderer import Renderer
from dossier.views.outputs import Output, PageOutput, PdfOutput, PublishedImage

WORTH_A_WORKER = 100
"""Pages that make another process worth starting; a PDF or an image costs even more."""


def index_search(blueprint: Blueprint, detected: Detected, options: Options) -> SearchIndex:
    """Build the search index where necessary. Raises `ProblemError` in strict mode."""
    if not blueprint.settings.search:
        return NO_INDEX
    index = make_index(
        blueprint.builders.search,
        blueprint.fingerprints,
        detected.state.engine,
        detected.before.files,
        detected.intact,
        options.force,
    )
    raise_errors(index.problems, options.strict)
    return index


def produce(
    blueprint: Blueprint,
    detected: Detected,
    index: SearchIndex,
    publication: Publication,
    renderer: Renderer,
    options: Options,
    progress: ProgressCallback,
    helper: Channel | None = None,
) -> dict[str, Made]:
    """Make all files that have to be made, then move them into place; return them by path.

    Pages of small edits are rendered by a `helper`, if there is one. Raises `ProblemError` with all
    problems, and then publishes nothing.
    """
    todo = [
        (blueprint.outputs[file], first)
        for file, first in detected.reasons.items()
        if first != "same"
    ]
    done = 0

    def advance(step: int) -> None:
        nonlocal done
        done += step
        progress("rendering", done, len(todo))

    effort = sum(_effort(one, blueprint, detected) for one, _ in todo)
    jobs = jobs_for(effort, options.processes, WORTH_A_WORKER)
    if jobs > 1:
        if helper:
            helper.close()  # which ends it: others share the work
            helper = None
        made_with = (output.template for output, _ in todo if output.template)
        with suppress(ProblemError):  # reported by the pages that use it
            renderer.prepare(made_with, blueprint.settings.language)
    todo.sort(key=_subject if not helper else _pages_first)
    renditions = Renditions(options.cache)
    stager = Stager(renderer, publication, options.content, renditions)
    producer = _producer(blueprint, detected, stager, helper)
    publication.prepare()
    try:
        indexed = [_stage_index(file, index, publication) for file in index.made]
        made = in_two_phases(
            todo, jobs, producer.make, publication.begin, stager.place, advance, _subject, helper
        )
        made += commit_all(indexed, stager.place)
    except PartlyDoneError as error:
        publication.abandon()
        raise ProblemError(*error.problems, outcome=PARTLY) from None
    except BaseException:
        publication.abandon()
        raise
    images = blueprint.overview.images
    renditions.prune((blueprint.fingerprints[one.source], one.copy) for one in images)
    return {one.file: one for one in made}


def _producer(
    blueprint: Blueprint, detected: Detected, stager: Stager, helper: Channel | None
) -> Producer:
    return Producer(
        blueprint.builders,
        stager,
        blueprint.fingerprints,
        blueprint.parts,
        detected.before,
        detected.intact,
        detected.reads,
        partial(hand_over, helper) if helper else None,
    )


def _subject(todo: tuple[Output, First]) -> str:
    """Name what a file is about: what is worked out for one file serves others about the same."""
    output = todo[0]
    return output.source or output.file


def _pages_first(todo: tuple[Output, First]) -> bool:
    """Put pages first, which the helper renders while this process makes what else there is."""
    return not isinstance(todo[0], PageOutput)


def _effort(output: Output, blueprint: Blueprint, detected: Detected) -> int:
    """Weigh the work on a file; an image is looked at in each build, but seldom made."""
    if isinstance(output, PublishedImage):
        before = detected.before.files.get(output.file)
        known = before and before.recipe.content == blueprint.fingerprints[output.source]
        return 0 if known else WORTH_A_WORKER
    return WORTH_A_WORKER if isinstance(output, PdfOutput) else 1


def commit(
    blueprint: Blueprint,
    detected: Detected,
    index: SearchIndex,
    made: Mapping[str, Made],
    publication: Publication,
    inputs: Inputs,
) -> tuple[Manifest, int]:
    """Write the manifest and remove old files; return their number."""
    settings, files = blueprint.settings, detected.before.files
    wanted = blueprint.outputs.keys() | index.made.keys()
    entries = {
        file: made[file].entry if file in made else files[file]
        for file in sorted(files if files.keys() == wanted else wanted)
    }
    reads = detected.reads.updated(
        {file: one.reads for file, one in made.items() if one.reads is not None}, entries
    )
    saved_meanwhile = blueprint.fingerprints != inputs.content
    to_be_continued = saved_meanwhile or index.problems or blueprint.lacking
    manifest = Manifest(
        dossier=__version__,
        engine=detected.state.engine,
        settings=detected.state.settings,
        settings_given=blueprint.settings_given,
        parsing=msgspec.Raw(msgspec.json.encode(settings.parsing)),
        inputs="" if to_be_continued else inputs.fingerprint,
        timezone=settings.timezone,
        period=blueprint.builders.site.period,
        next=blueprint.next,
        templates=detected.state.templates,
        theme=detected.state.theme,
        pages=blueprint.overview.pages,
        held=blueprint.held,
        warnings=blueprint.warnings,
        documents=detected.documents,
        files=entries | dict(index.kept),
        drafts=settings.drafts,
        gone=blueprint.gone,
    )
    return manifest, publication.finish(manifest, reads.encode())


def report(
    blueprint: Blueprint,
    detected: Detected,
    index: SearchIndex,
    made: Mapping[str, Made],
    manifest: Manifest,
    removed: int,
    renderer: Renderer,
    options: Options,
) -> BuildResult:
    """Report the result of a build."""
    written = sum(one.waiting != "" for one in made.values())
    rendered = [
        one
        for one in made.values()
        if one.reason != "same" and isinstance(blueprint.outputs.get(one.file), PageOutput)
    ]
    return BuildResult(
        pages=blueprint.overview.pages,
        rendered=len(rendered),
        written=written,
        unchanged=len(manifest.files) - written,
        removed=removed,
        held=blueprint.held,
        next=blueprint.next,
        warnings=(*blueprint.warnings, *index.problems),
        explanation=_explain(options.explain, blueprint, detected, made, manifest, renderer),
    )


def _stage_index(file: str, index: SearchIndex, publication: Publication) -> Made:
    waiting, entry = publication.stage(file, index.made[file], index.recipes[file])
    return Made(file, "new", entry, waiting)


def _explain(
    path: str | None,
    blueprint: Blueprint,
    detected: Detected,
    made: Mapping[str, Made],
    manifest: Manifest,
    renderer: Renderer,
) -> str:
    """Explain why an output file was made or not, for `--explain`."""
    if path is None:
        return ""
    wanted = path.strip("/")
    for file in (wanted, f"{wanted}/index.html".lstrip("/")):
        if file in blueprint.outputs:
            one = made.get(file)
            reason: Reason = one.reason if one else "same"
            reads = detected.reads.unpack(one.reads) if one and one.reads else []
            recipe = manifest.files[file].recipe
            return explain(
                file,
                reason,
                recipe,
                renderer.describe(recipe.template) if recipe.template else "",
                detected.before,
                detected.state,
                detected.changes,
                reads,
            )
    return f"{path} is not a page of this site"
