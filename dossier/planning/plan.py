"""Planning of a site: from all of its content, or from what was kept and the files that changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import partial
from pathlib import Path

import msgspec

from dossier.build.blueprint import Blueprint
from dossier.build.inputs import Inputs, Options
from dossier.build.manifest import EMPTY, Gone, Held, Manifest, Next
from dossier.build.missing_addresses import (
    another_site_problem,
    find_gone,
    find_renames,
    gone_problems,
    is_another_site,
)
from dossier.build.search_index import missing_program
from dossier.content.cache import DocumentCache
from dossier.content.documents import DocumentProblem, PartFingerprints, placed
from dossier.content.images.files import ImageFiles
from dossier.content.reading.reader import Content, read_content
from dossier.content.settings import FALLBACK, SETTINGS_FILE, Settings
from dossier.fingerprint import engine_fingerprint
from dossier.pages.builders import Builders
from dossier.pages.plan import plan_site
from dossier.planning.ahead import NOTHING, Ahead
from dossier.planning.kept_site import KeptSite, given_fingerprint
from dossier.problems import Problem, ProblemError, raise_errors
from dossier.progress import ProgressCallback, no_progress
from dossier.site.resolve import build_site
from dossier.site.site import Site
from dossier.theme.files import Theme
from dossier.theme.site_settings import read_site_settings
from dossier.views.outputs import Output, Overview, look_over


class _Planned(msgspec.Struct, frozen=True):
    """A site with its outputs; what is wrong with files, as they were `read`, and with the site."""

    content: Content
    site: Site
    builders: Builders
    outputs: Mapping[str, Output]
    overview: Overview
    parts: Mapping[str, PartFingerprints]
    shown: Mapping[str, str]
    read: Sequence[Problem]
    found: Sequence[DocumentProblem]


def plan(
    options: Options,
    inputs: Inputs | None = None,
    progress: ProgressCallback = no_progress,
    pdf: bool = True,
    kept: KeptSite | None = None,
    ready: Callable[[str], None] = lambda _language: None,
    ahead: Ahead = NOTHING,
) -> Blueprint:
    """Read the content and plan the site, without PDFs where `pdf` is false.

    What is `kept` serves as long as no facts change. `ready` is told the language of the site once
    it is known; other processes may read `ahead`. Raises `ProblemError` with all problems.
    """
    known = _known_settings(options, inputs, kept, ahead) if inputs else None
    settings, problems = read_site_settings(
        options.content,
        options.templates,
        base_url=options.base_url,
        as_of=options.as_of,
        drafts=options.drafts,
        known=known,
    )
    stale = inputs is not None and known is None and inputs.is_stale(SETTINGS_FILE)
    engine = inputs.engine if inputs else engine_fingerprint()
    read = partial(
        read_content,
        options.content,
        settings or FALLBACK,
        partial(_scan, inputs) if inputs else None,
        DocumentCache(options.cache),
        engine,
        options.processes,
        progress,
        ready=ahead.documents,
    )
    if settings is None:
        raise ProblemError(*problems, *read().problems)
    settings, lacking = _with_pdfs(settings, options, pdf)
    others = _find_theme_problems(Theme(options.templates))
    others += missing_program(options.content / SETTINGS_FILE) if settings.search else []
    others += lacking
    before = inputs.manifest if inputs else EMPTY
    ready(settings.language)
    planned = _plan_again(kept, options, inputs, settings, read) if kept and inputs else None
    gone = _find_gone(before, planned) if planned else {}
    if planned is None or gone:
        planned = _plan_anew(options, before, settings, engine, read, others)
        gone = _find_gone(before, planned)
    blueprint = _blueprint(planned, options, before, others, gone, bool(lacking))
    if stale:  # the next build looks again, and trusts nothing that follows from them
        read_anew = {**blueprint.fingerprints, SETTINGS_FILE: ""}
        return msgspec.structs.replace(blueprint, fingerprints=read_anew)
    given = "" if lacking or not inputs else inputs.of_settings
    return msgspec.structs.replace(blueprint, settings_given=given)


def _known_settings(
    options: Options, inputs: Inputs, kept: KeptSite | None, ahead: Ahead
) -> Settings | None:
    """Return the settings if they need not be read: kept, or read by another process."""
    if kept:
        return kept.settings_again(inputs.of_settings, options.as_of)
    if ahead.settings:
        fingerprint, settings = ahead.settings
        inputs.learn({SETTINGS_FILE: fingerprint})
        return settings
    return None


def _scan(inputs: Inputs, read: Mapping[str, str]) -> Mapping[str, str]:
    """Take the fingerprints of the content, where those of some files were `read` already."""
    inputs.learn(read)
    return inputs.content


def _find_theme_problems(theme: Theme) -> list[Problem]:
    if not theme.own_files():
        return []
    from dossier.theme.checks import find_theme_problems  # loads Jinja's parser

    return find_theme_problems(theme)


def _blueprint(
    planned: _Planned,
    options: Options,
    before: Manifest,
    others: Iterable[Problem],
    gone: Mapping[str, Gone],
    lacking: bool,
) -> Blueprint:
    """Put a plan and all that is wrong with it together. Raises `ProblemError` for errors."""
    content, site, folder = planned.content, planned.site, options.content.as_posix()
    problems = [*planned.read, *others, *locate_all(planned.found, options.content)]
    raise_errors(problems, options.strict)
    if is_another_site(before, planned.outputs.keys(), gone, _held_sources(site)):
        problems.append(another_site_problem(gone, folder))
        gone = {}
    problems += gone_problems(gone, folder, content.documents)
    raise_errors(problems, options.strict)
    return Blueprint(
        settings=site.settings,
        documents=content.documents,
        parts=planned.parts,
        fingerprints=content.fingerprints,
        shown=planned.shown,
        outputs=planned.outputs,
        overview=planned.overview,
        builders=planned.builders,
        held=_held(site),
        next=_next(site),
        found=tuple(planned.found),
        warnings=tuple(problems),
        gone=gone,
        lacking=lacking,
    )


def _plan_anew(
    options: Options,
    before: Manifest,
    settings: Settings,
    engine: str,
    read: Callable[[], Content],
    others: Iterable[Problem],
) -> _Planned:
    """Resolve and plan a site from all documents. Raises `ProblemError`, `others` included."""
    content = read()
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
    located = locate_all(found, options.content)
    raise_errors((*content.problems, *others, *located), options.strict)
    builders = Builders(site)
    site_plan = plan_site(builders, content.files)
    return _Planned(
        content=content,
        site=site,
        builders=builders,
        outputs={output.file: output for output in site_plan.outputs},
        overview=look_over(site_plan.outputs),
        parts={one.path: one.fingerprints for one in content.documents},
        shown={**site.tables.fingerprints, **site.images.fingerprints},
        read=content.problems,
        found=(*found, *site_plan.problems),
    )


def _plan_again(
    kept: KeptSite,
    options: Options,
    inputs: Inputs,
    settings: Settings,
    read: Callable[..., Content],
) -> _Planned | None:
    """Take the plan that is kept, with the words of files that changed; None if facts did."""
    given = given_fingerprint(settings, inputs.engine)
    changed = kept.find_changed(given, inputs.content, settings.now)
    if changed is None:
        return None
    content = read(only=changed)
    if content.failed or not all(map(kept.is_reworded, content.documents)):
        return None
    static = {path: inputs.content[path] for path in content.files}
    images = ImageFiles(options.content, static, options.cache, inputs.engine)
    site = kept.revive(content, settings, images)
    warnings = [w for path, of in kept.warnings.items() for w in placed(of, options.content / path)]
    return _Planned(
        content=content,
        site=site,
        builders=Builders(site, kept.outputs, kept.overview.menu),
        outputs=kept.outputs,
        overview=kept.overview,
        parts=kept.parts.updated({one.path: one.fingerprints for one in content.documents}),
        shown=kept.shown,
        read=(*content.problems, *warnings),
        found=kept.found,
    )


def _find_gone(before: Manifest, planned: _Planned) -> dict[str, Gone]:
    held, contents = _held_sources(planned.site), planned.content.fingerprints
    return find_gone(before, planned.outputs.keys(), held, contents)


def _held_sources(site: Site) -> Set[str]:
    return {entry.source for entry in site.held.values()}


def _with_pdfs(settings: Settings, options: Options, pdf: bool) -> tuple[Settings, list[Problem]]:
    """Leave PDFs out where they are not wanted, or cannot be made, with a warning."""
    lacking: list[Problem] = []
    if pdf and settings.pdf:
        from dossier.render.pdf import missing_library  # few sites need it

        lacking = missing_library(options.content / SETTINGS_FILE)
    if lacking or not pdf:
        settings = msgspec.structs.replace(settings, pdf=False)
    return settings, lacking


def locate_all(problems: Iterable[DocumentProblem], content: Path) -> list[Problem]:
    """Find the lines of problems of the site."""
    found = list(problems)
    if not found:
        return []
    from dossier.content.reading.locate import locate_problem  # loads YAML

    return [locate_problem(problem, content) for problem in found]


def _held(site: Site) -> tuple[Held, ...]:
    held = sorted(site.held.values(), key=lambda entry: (entry.instant, entry.id))
    return tuple(Held(e.id, e.moment, e.facts.status == "draft") for e in held)


def _next(site: Site) -> Next | None:
    if not site.waiting:
        return None
    due = site.waiting[0]
    return Next(due.source, due.what, due.moment)
