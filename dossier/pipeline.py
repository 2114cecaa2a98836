"""Steps of a build, as a table of contents: read, resolve, plan, decide, render, publish."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import msgspec

from dossier.build.blueprint import Blueprint
from dossier.build.detect import detect, find_linked
from dossier.build.inputs import BuildResult, Inputs, Options, report_unchanged
from dossier.build.kept_renderer import kept_renderer
from dossier.build.lock import exclusive
from dossier.build.manifest import read_manifest
from dossier.build.output.publish import Publication
from dossier.build.run import commit, index_search, produce, report
from dossier.content.reading.content_files import FILES_FOLDER
from dossier.fingerprint import engine_fingerprint
from dossier.language.formatting import load_formats
from dossier.pages.checks.collisions import find_collisions
from dossier.planning.ahead import NOTHING, Ahead
from dossier.planning.kept_site import read_kept_site, site_kept
from dossier.planning.plan import locate_all, plan
from dossier.problems import Problem, ProblemError, raise_errors
from dossier.progress import ProgressCallback, no_progress
from dossier.render.renderer import Renderer
from dossier.site.reads import recording
from dossier.theme.files import Theme
from dossier.views.parts import TemplateView


def build(
    options: Options,
    inputs: Inputs | None = None,
    progress: ProgressCallback = no_progress,
    ahead: Ahead = NOTHING,
) -> BuildResult:
    """Bring the output folder up to date, with what is done `ahead`.

    Raises `ProblemError` with all problems; nothing was published unless its outcome says so.
    """
    _check_folders(options)
    inputs = inputs or Inputs(options)
    unchanged = report_unchanged(options, inputs)
    if unchanged is not None:
        return unchanged
    inputs.expect_altered(ahead.altered)
    with exclusive(options.output):
        if inputs.refresh_manifest():
            ahead.forget_output()
        with kept_renderer(options, inputs) as renderer:
            return _build(options, inputs, renderer, progress, ahead)


def _build(
    options: Options,
    inputs: Inputs,
    renderer: Renderer,
    progress: ProgressCallback,
    ahead: Ahead,
) -> BuildResult:
    kept = None if options.force else read_kept_site(options.cache)

    ready = partial(_get_ready, options, inputs, renderer, ahead, kept is not None)
    blueprint = plan(options, inputs, progress, kept=kept, ready=ready, ahead=ahead)
    blueprint = _with_assets(blueprint, find_linked(blueprint, inputs, renderer), options)
    detected = detect(blueprint, options, inputs, renderer)
    index = index_search(blueprint, detected, options)
    publication = Publication(options.output, index.files.union(blueprint.outputs), inputs.manifest)
    made = produce(
        blueprint, detected, index, publication, renderer, options, progress, ahead.helper
    )
    with site_kept(options.cache, inputs.engine, blueprint, options.processes):
        manifest, removed = commit(blueprint, detected, index, made, publication, inputs)
        return report(blueprint, detected, index, made, manifest, removed, renderer, options)


def _get_ready(
    options: Options,
    inputs: Inputs,
    renderer: Renderer,
    ahead: Ahead,
    is_edit: bool,
    language: str,
) -> None:
    """Use the time until documents are read, where another process reads them."""
    if not ahead.is_reading:
        return
    if is_edit:
        ahead.start_helper(options, inputs, language)
    else:
        renderer.load(language)
        load_formats(language)
    from dossier.render import files  # noqa: F401 - what this process writes needs it soon

    if not ahead.looks_at_output:
        _ = inputs.intact  # is known from now on


def check(options: Options) -> Blueprint:
    """Build without publishing, and find judgements and reviews that are overdue.

    Raises `ProblemError` as `build` does.
    """
    renderer = Renderer(options.templates, engine_fingerprint() if options.cache else "")
    blueprint = plan(options)
    linked = renderer.linked(page.template for page in blueprint.pages)
    blueprint = _with_assets(blueprint, linked, options)
    renderer.fingerprints(page.template for page in blueprint.pages)
    for page in blueprint.pages:
        with recording():
            view = blueprint.builders.view(page)
        assert isinstance(view, TemplateView)
        renderer.render(page.template, view)
    # an overdue judgement is not a content error, since only time has passed
    overdue = locate_all(blueprint.builders.record.overdue(), options.content)
    found = _find_file_warnings(blueprint, options)
    problems = (*blueprint.warnings, *overdue, *found, *_changed_readings(blueprint, options))
    raise_errors(problems, options.strict)
    return msgspec.structs.replace(blueprint, warnings=problems)


def _with_assets(blueprint: Blueprint, names: Sequence[str], options: Options) -> Blueprint:
    """Add the style sheets and scripts that pages link to.

    Raises `ProblemError` where a file of the content has the address of one.
    """
    folders = tuple({f"{name.partition('/')[0]}/" for name in names})
    letters = {letter for name in folders for letter in (name[0], name[0].upper())}
    beside = [
        blueprint.outputs[file]
        for file in blueprint.outputs
        if file[0] in letters and file.lower().startswith(folders)
    ]
    blueprint = blueprint.with_assets(names)
    found = find_collisions((*blueprint.assets, *beside))
    raise_errors(locate_all(found, options.content), options.strict)
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
        return locate_all(find_file_warnings(site, files, "\n".join(texts)), options.content)


def _changed_readings(blueprint: Blueprint, options: Options) -> list[Problem]:
    """Find what this version reads differently than the one that the site was made with."""
    from dossier.update.readings import find_changed_readings
    from dossier.update.site_version import older_version, read_named_version

    named = read_named_version(options.content.resolve().parent / "pyproject.toml")
    version = older_version(named, read_manifest(options.output).dossier)
    found = find_changed_readings(blueprint.settings, blueprint.documents, version)
    return locate_all(found, options.content)


def _check_folders(options: Options) -> None:
    """Refuse to publish into or above the folders of content and templates."""
    output = options.output.resolve()
    for source in (options.content.resolve(), options.templates.resolve()):
        if output == source or output in source.parents or source in output.parents:
            name = options.output.as_posix()
            message = f"the output cannot be in, or above, '{source.name}/'"
            raise ProblemError(Problem(name, 0, 0, message, "choose another folder with --output"))
