"""What a build does, as a table of contents: read, resolve, plan, decide, render, publish."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from dossier.build.decide import BuildState, Reason, decide, explain
from dossier.build.inputs import BuildResult, Inputs, Options, report_unchanged
from dossier.build.manifest import EMPTY, Gone, Held, Manifest, OutputFile, intact_files
from dossier.build.missing_addresses import find_gone, gone_problems
from dossier.build.produce import Maker
from dossier.build.publish import Publication
from dossier.build.reads import find_touched, trace_documents
from dossier.build.search_index import EMPTY as NO_INDEX
from dossier.build.search_index import make_index, missing_program
from dossier.content.cache import DocumentCache
from dossier.content.documents import Document, DocumentProblem
from dossier.content.reader import locate_problem, read_content
from dossier.content.settings import FALLBACK, SETTINGS_FILE, Settings, read_settings
from dossier.fingerprint import digest, engine_fingerprint
from dossier.pages.builders import Viewer
from dossier.pages.plan import plan_site
from dossier.problems import Problem, ProblemError, missing_folder
from dossier.progress import ProgressCallback, no_progress
from dossier.render.pdf import missing_library
from dossier.render.renderer import Renderer
from dossier.site.resolve import build_site
from dossier.site.site import Site
from dossier.views.outputs import Planned, PlannedPage, PlannedPdf
from dossier.workers import default_jobs, in_two_phases, jobs_for

WORTH_A_WORKER = 100
"""Pages to render that pay for starting a process; a PDF costs more than as many."""


class Blueprint(msgspec.Struct, frozen=True):
    """A site that can be rendered: no error stands in its way.

    `outputs` are by file of the output, `fingerprints` by file of the content; `lacking` says that
    something is left out which a later build may find the means to make.
    """

    settings: Settings
    documents: tuple[Document, ...]
    fingerprints: Mapping[str, str]
    outputs: Mapping[str, Planned]
    viewer: Viewer
    held: tuple[Held, ...]
    warnings: tuple[Problem, ...]
    gone: Mapping[str, Gone]
    lacking: bool = False

    @property
    def pages(self) -> list[PlannedPage]:
        """The pages among the files."""
        return [output for output in self.outputs.values() if isinstance(output, PlannedPage)]


def build(
    options: Options, inputs: Inputs | None = None, progress: ProgressCallback = no_progress
) -> BuildResult:
    """Bring the output folder up to date.

    Raises `ProblemError` with every problem found; nothing is published then.
    """
    _check_folders(options)
    inputs = inputs or Inputs(options)
    unchanged = report_unchanged(options, inputs)
    if unchanged is not None:
        return unchanged
    return _publish(plan(options, inputs, progress), options, inputs, progress)


def check(options: Options) -> Blueprint:
    """All that a build does but for publishing, and what an author has to look at again by now.

    Raises `ProblemError` as `build` does.
    """
    blueprint = plan(options)
    renderer = Renderer(options.templates, options.cache)
    renderer.fingerprints(page.template for page in blueprint.pages)
    for page in blueprint.pages:
        renderer.render(page.template, blueprint.viewer.view(page))
    # to be told is no fault of the content: it grows overdue by itself, and stops no build
    overdue = _located(blueprint.viewer.record.problems(), options.content)
    problems = (*blueprint.warnings, *overdue)
    _raise_errors(problems, options.strict)
    return msgspec.structs.replace(blueprint, warnings=problems)


def plan(
    options: Options,
    inputs: Inputs | None = None,
    progress: ProgressCallback = no_progress,
    pdf: bool = True,
) -> Blueprint:
    """Read the content and plan the site, without PDFs where `pdf` is false.

    Raises `ProblemError` with every problem found.
    """
    settings, problems = _read_settings(options)
    cache = DocumentCache(options.cache)
    content = read_content(
        options.content,
        settings or FALLBACK,
        inputs.content if inputs else None,
        cache,
        options.jobs or default_jobs(),
        progress,
    )
    problems += content.problems
    if settings is None:
        raise ProblemError(*problems)
    if settings.search:
        problems += missing_program(options.content / SETTINGS_FILE)
    lacking = missing_library(options.content / SETTINGS_FILE) if pdf and settings.pdf else []
    problems += lacking
    if lacking or not pdf:
        settings = msgspec.structs.replace(settings, pdf=False)
    site, found = build_site(content.documents, content.bodies, settings, content.failed)
    problems += _located(found, options.content)
    _raise_errors(problems, options.strict)
    viewer = Viewer(site)
    site_plan = plan_site(viewer, content.files)
    problems += _located(site_plan.problems, options.content)
    _raise_errors(problems, options.strict)
    before = inputs.manifest if inputs else EMPTY
    planned = (*site_plan.pages, *site_plan.pdfs, *site_plan.resources, *site_plan.files)
    outputs = {output.file: output for output in planned}
    waiting = {entry.source for entry in site.held.values()}
    gone = find_gone(before, outputs, waiting, content.fingerprints)
    problems += gone_problems(gone, options.content.as_posix())
    _raise_errors(problems, options.strict)
    return Blueprint(
        settings,
        content.documents,
        content.fingerprints,
        outputs,
        viewer,
        _held(site),
        tuple(problems),
        gone,
        bool(lacking),
    )


def _publish(
    blueprint: Blueprint, options: Options, inputs: Inputs, progress: ProgressCallback
) -> BuildResult:
    """Make what has to be made, leave the rest, remove what is no longer part of the site."""
    outputs = blueprint.outputs
    renderer = Renderer(options.templates, options.cache)
    before = inputs.manifest
    state = BuildState(
        engine=engine_fingerprint(),
        settings=digest(msgspec.json.encode(blueprint.settings)),
        templates=renderer.fingerprints(page.template for page in blueprint.pages),
    )
    settings = blueprint.settings
    comparable = before.engine == state.engine and before.settings == state.settings
    documents = trace_documents(
        blueprint.documents,
        blueprint.fingerprints,
        settings.language,
        before.documents if comparable else {},
    )
    touched = None
    if comparable:
        site = blueprint.viewer.site
        touched = find_touched(documents, before.documents, site, outputs.values())
    intact = intact_files(options.output, before.files)
    templates = {file: output.template for file, output in outputs.items()}
    reasons = decide(templates, state, before, intact, touched, options.force)
    todo = [(outputs[file], first) for file, first in reasons.items() if first != "same"]
    contents = blueprint.fingerprints
    index = NO_INDEX
    if settings.search:
        search = blueprint.viewer.search
        index = make_index(search, contents, before.files, intact, options.force)
        _raise_errors(index.problems, options.strict)
    publication = Publication(options.output, index.files.union(outputs), before)
    maker = Maker(blueprint.viewer, renderer, publication, options.content, contents, intact)
    done = 0

    def advance(step: int) -> None:
        nonlocal done
        done += step
        progress("rendering", done, len(todo))

    effort = sum(WORTH_A_WORKER if isinstance(one, PlannedPdf) else 1 for one, _ in todo)
    jobs = jobs_for(effort, options.jobs or default_jobs(), WORTH_A_WORKER)
    if jobs > 1:
        made_with = (output.template for output, _ in todo if output.template)
        with suppress(ProblemError):  # left to the pages that meet it
            renderer.prepare(made_with, settings.language)
    publication.prepare()
    try:
        staged = {file: publication.stage(file, data) for file, data in index.made.items()}
        results = in_two_phases(todo, jobs, maker.make, publication.begin, maker.commit, advance)
    except BaseException:
        publication.abandon()
        raise
    for file, (waiting, _) in staged.items():
        if waiting:
            publication.place(file, waiting)
    made = {one.file: one for one in results}
    entries = {
        file: made[file].entry if file in made else before.files[file] for file in sorted(outputs)
    }
    entries |= index.kept
    for file, (_, entry) in staged.items():
        entries[file] = msgspec.structs.replace(entry, recipe=index.recipes[file])
    saved_meanwhile = blueprint.fingerprints != inputs.content
    to_be_continued = saved_meanwhile or index.problems or blueprint.lacking
    manifest = Manifest(
        engine=state.engine,
        settings=state.settings,
        inputs="" if to_be_continued else inputs.fingerprint(settings.as_of),
        timezone=settings.timezone,
        templates=state.templates,
        pages=len(blueprint.pages),
        held=blueprint.held,
        warnings=blueprint.warnings,
        documents=documents,
        files=entries,
        drafts=settings.drafts,
        gone=blueprint.gone,
    )
    removed = publication.finish(manifest)
    written = sum(one.waiting != "" for one in results)
    written += sum(waiting != "" for waiting, _ in staged.values())
    final: dict[str, Reason] = {
        file: made[file].reason if file in made else "same" for file in outputs
    }
    return BuildResult(
        pages=len(blueprint.pages),
        rendered=sum(
            one.reason != "same" and isinstance(outputs[one.file], PlannedPage) for one in results
        ),
        written=written,
        unchanged=len(entries) - written,
        removed=removed,
        held=blueprint.held,
        warnings=(*blueprint.warnings, *index.problems),
        explanation=_explanation(options.explain, final, entries, before, state),
    )


def _explanation(
    path: str | None,
    reasons: Mapping[str, Reason],
    entries: Mapping[str, OutputFile],
    before: Manifest,
    state: BuildState,
) -> str:
    """Why a file of the output was or was not made, for `--explain`."""
    if path is None:
        return ""
    wanted = path.strip("/")
    for file in (wanted, f"{wanted}/index.html".lstrip("/")):
        if file in reasons:
            return explain(file, reasons[file], entries[file].recipe, before, state)
    return f"{path} is no page of this site"


def _read_settings(options: Options) -> tuple[Settings | None, list[Problem]]:
    if not options.content.is_dir():
        raise missing_folder(options.content.as_posix(), "--content")
    try:
        settings = read_settings(
            options.content,
            base_url=options.base_url,
            as_of=options.as_of,
            drafts=options.drafts,
        )
    except ProblemError as error:
        return None, list(error.problems)
    return settings, []


def _located(problems: Iterable[DocumentProblem], content: Path) -> list[Problem]:
    return [locate_problem(problem, content) for problem in problems]


def _raise_errors(problems: Sequence[Problem], strict: bool) -> None:
    if any(strict or problem.severity == "error" for problem in problems):
        raise ProblemError(*problems)


def _held(site: Site) -> tuple[Held, ...]:
    held = sorted(site.held.values(), key=lambda entry: (entry.moment, entry.id))
    return tuple(Held(e.id, e.moment[:10], e.record.status == "draft") for e in held)


def _check_folders(options: Options) -> None:
    """Refuse to publish into, or above, the folders that the site is made from."""
    output = options.output.resolve()
    for source in (options.content.resolve(), options.templates.resolve()):
        if output == source or output in source.parents or source in output.parents:
            name = options.output.as_posix()
            message = f"the output cannot be in, or above, '{source.name}/'"
            raise ProblemError(Problem(name, 0, 0, message, "choose another folder with --output"))
