"""Steps of a build, as a table of contents: read, resolve, plan, decide, render, publish."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from dossier.build.blueprint import Blueprint
from dossier.build.detect import detect
from dossier.build.inputs import BuildResult, Inputs, Options, report_unchanged
from dossier.build.lock import exclusive
from dossier.build.manifest import EMPTY, Held, Next, read_manifest
from dossier.build.missing_addresses import (
    another_site_problem,
    find_gone,
    find_renames,
    gone_problems,
    is_another_site,
)
from dossier.build.publish import Publication
from dossier.build.run import commit, index_search, produce, report
from dossier.build.search_index import missing_program
from dossier.content.brand.accent import accent_problem, with_accent
from dossier.content.brand.palette import TOKENS, Palette, read_palette
from dossier.content.cache import DocumentCache
from dossier.content.documents import DocumentProblem
from dossier.content.images.files import ImageFiles
from dossier.content.reader import FILES_FOLDER, locate_problem, read_content
from dossier.content.settings import FALLBACK, SETTINGS_FILE, Settings, read_settings
from dossier.fingerprint import engine_fingerprint
from dossier.pages.builders import Builders
from dossier.pages.checks.collisions import find_collisions
from dossier.pages.plan import plan_site
from dossier.problems import Problem, ProblemError, missing_folder, raise_errors
from dossier.progress import ProgressCallback, no_progress
from dossier.render.pdf import missing_library
from dossier.render.renderer import Renderer
from dossier.site.reads import recording
from dossier.site.resolve import build_site
from dossier.site.site import Site
from dossier.theme.checks import find_theme_problems
from dossier.theme.files import Theme
from dossier.views.parts import TemplateView
from dossier.workers import default_jobs


def build(
    options: Options, inputs: Inputs | None = None, progress: ProgressCallback = no_progress
) -> BuildResult:
    """Bring the output folder up to date.

    Raises `ProblemError` with all problems; nothing was published unless its outcome says so.
    """
    _check_folders(options)
    inputs = inputs or Inputs(options)
    unchanged = report_unchanged(options, inputs)
    if unchanged is not None:
        return unchanged
    with exclusive(options.output):
        inputs.refresh_manifest()
        return _build(options, inputs, progress)


def _build(options: Options, inputs: Inputs, progress: ProgressCallback) -> BuildResult:
    renderer = Renderer(options.templates, inputs.engine if options.cache else "")
    blueprint = _with_assets(plan(options, inputs, progress), renderer, options)
    detected = detect(blueprint, options, inputs, renderer)
    index = index_search(blueprint, detected, options)
    publication = Publication(options.output, index.files.union(blueprint.outputs), inputs.manifest)
    made = produce(blueprint, detected, index, publication, renderer, options, progress)
    manifest, removed = commit(blueprint, detected, index, made, publication, inputs)
    return report(blueprint, detected, index, made, manifest, removed, renderer, options)


def check(options: Options) -> Blueprint:
    """Build without publishing, and find judgements and reviews that are overdue.

    Raises `ProblemError` as `build` does.
    """
    renderer = Renderer(options.templates, engine_fingerprint() if options.cache else "")
    blueprint = _with_assets(plan(options), renderer, options)
    renderer.fingerprints(page.template for page in blueprint.pages)
    for page in blueprint.pages:
        with recording():
            view = blueprint.builders.view(page)
        assert isinstance(view, TemplateView)
        renderer.render(page.template, view)
    # an overdue judgement is not a content error, since only time has passed
    overdue = _located(blueprint.builders.record.overdue(), options.content)
    found = _find_file_warnings(blueprint, options)
    problems = (*blueprint.warnings, *overdue, *found, *_changed_readings(blueprint, options))
    raise_errors(problems, options.strict)
    return msgspec.structs.replace(blueprint, warnings=problems)


def _with_assets(blueprint: Blueprint, renderer: Renderer, options: Options) -> Blueprint:
    """Add the style sheets and scripts that pages link to.

    Raises `ProblemError` where a file of the content has the address of one.
    """
    names = renderer.linked(page.template for page in blueprint.pages)
    folders = tuple({f"{name.partition('/')[0]}/" for name in names})
    beside = [one for one in blueprint.outputs.values() if one.file.lower().startswith(folders)]
    blueprint = blueprint.with_assets(names)
    found = find_collisions((*blueprint.assets, *beside))
    raise_errors(_located(found, options.content), options.strict)
    return blueprint


def _find_file_warnings(blueprint: Blueprint, options: Options) -> list[Problem]:
    """Find what should be better about images and files, which no build needs to know."""
    from dossier.pages.checks.images import find_file_warnings

    theme = Theme(options.templates)
    texts = [theme.path(name).read_text("utf-8", "replace") for name in theme.own_files()]
    texts += [
        (options.content / path).read_text("utf-8", "replace")
        for path in blueprint.fingerprints
        if path.endswith((".css", ".html", ".js", ".md", ".svg"))
    ]
    site, prefix = blueprint.builders.site, f"{FILES_FOLDER}/"
    files = [path for path in blueprint.fingerprints if path.startswith(prefix)]
    with recording():
        return _located(find_file_warnings(site, files, "\n".join(texts)), options.content)


def _changed_readings(blueprint: Blueprint, options: Options) -> list[Problem]:
    """Find what this version reads differently than the one that the site was made with."""
    from dossier.update.readings import find_changed_readings
    from dossier.update.site_version import older_version, read_named_version

    named = read_named_version(options.content.resolve().parent / "pyproject.toml")
    version = older_version(named, read_manifest(options.output).dossier)
    found = find_changed_readings(blueprint.settings, blueprint.documents, version)
    return _located(found, options.content)


def plan(
    options: Options,
    inputs: Inputs | None = None,
    progress: ProgressCallback = no_progress,
    pdf: bool = True,
) -> Blueprint:
    """Read the content and plan the site, without PDFs where `pdf` is false.

    Raises `ProblemError` with all problems.
    """
    settings, problems = _read_settings(options)
    engine = inputs.engine if inputs else engine_fingerprint()
    cache = DocumentCache(options.cache)
    content = read_content(
        options.content,
        settings or FALLBACK,
        inputs.content if inputs else None,
        cache,
        engine,
        options.jobs or default_jobs(),
        progress,
    )
    problems += content.problems
    if settings is None:
        raise ProblemError(*problems)
    problems += find_theme_problems(Theme(options.templates))
    if settings.search:
        problems += missing_program(options.content / SETTINGS_FILE)
    lacking = missing_library(options.content / SETTINGS_FILE) if pdf and settings.pdf else []
    problems += lacking
    if lacking or not pdf:
        settings = msgspec.structs.replace(settings, pdf=False)
    before = inputs.manifest if inputs else EMPTY
    static = {path: content.fingerprints[path] for path in content.files}
    images = ImageFiles(options.content, static, options.cache, engine)
    site, found = build_site(
        content.documents,
        content.bodies,
        settings,
        content.failed,
        content.tables,
        find_renames(before, content.fingerprints),
        content.files,
        images,
    )
    images.save()
    problems += _located(found, options.content)
    raise_errors(problems, options.strict)
    builders = Builders(site)
    site_plan = plan_site(builders, content.files)
    problems += _located(site_plan.problems, options.content)
    raise_errors(problems, options.strict)
    outputs = {output.file: output for output in site_plan.outputs}
    waiting = {entry.source for entry in site.held.values()}
    gone = find_gone(before, outputs, waiting, content.fingerprints)
    if is_another_site(before, outputs, gone, waiting):
        problems.append(another_site_problem(gone, options.content.as_posix()))
        gone = {}
    problems += gone_problems(gone, options.content.as_posix(), content.documents)
    raise_errors(problems, options.strict)
    return Blueprint(
        site.settings,
        content.documents,
        content.fingerprints,
        outputs,
        builders,
        _held(site),
        _next(site),
        tuple(problems),
        gone,
        bool(lacking),
    )


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
        palette = read_palette(Theme(options.templates).folder_of(TOKENS))
        if settings.accent:
            palette = _accented(palette, settings.accent, options.content)
    except ProblemError as error:
        return None, list(error.problems)
    return msgspec.structs.replace(settings, palette=palette), []


def _accented(palette: Palette, accent: str, content: Path) -> Palette:
    """Apply the accent of the site. Raises `ProblemError` where it is too faint."""
    if problem := accent_problem(palette, accent):
        found = DocumentProblem(SETTINGS_FILE, ("accent",), *problem)
        raise ProblemError(locate_problem(found, content))
    return with_accent(palette, accent)


def _located(problems: Iterable[DocumentProblem], content: Path) -> list[Problem]:
    return [locate_problem(problem, content) for problem in problems]


def _held(site: Site) -> tuple[Held, ...]:
    held = sorted(site.held.values(), key=lambda entry: (entry.instant, entry.id))
    return tuple(Held(e.id, e.moment, e.facts.status == "draft") for e in held)


def _next(site: Site) -> Next | None:
    if not site.waiting:
        return None
    due = site.waiting[0]
    return Next(due.source, due.what, due.moment)


def _check_folders(options: Options) -> None:
    """Refuse to publish into or above the folders of content and templates."""
    output = options.output.resolve()
    for source in (options.content.resolve(), options.templates.resolve()):
        if output == source or output in source.parents or source in output.parents:
            name = options.output.as_posix()
            message = f"the output cannot be in, or above, '{source.name}/'"
            raise ProblemError(Problem(name, 0, 0, message, "choose another folder with --output"))
