"""What a build does, as a table of contents: read, build the site, plan, render, publish."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from dossier.content import locate_problem, read_content
from dossier.documents import DocumentProblem
from dossier.plan import Plan, plan_site
from dossier.problems import Problem, ProblemError
from dossier.publish import Published, publish
from dossier.render import Renderer
from dossier.resolve import build_site
from dossier.settings import FALLBACK, Settings, read_settings
from dossier.site import Site


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What the command line says. `as_of` is a day."""

    content: Path = Path("content")
    templates: Path = Path("templates")
    output: Path = Path("output")
    base_url: str | None = None
    as_of: str | None = None
    drafts: bool = False
    strict: bool = False


class Held(msgspec.Struct, frozen=True):
    """A briefing that is not published yet: a draft, or one that waits for its date."""

    id: str
    until: str
    draft: bool


class Planned(msgspec.Struct, frozen=True):
    """A site that can be rendered: no errors stand in its way."""

    plan: Plan
    held: tuple[Held, ...]
    warnings: tuple[Problem, ...]


class Report(msgspec.Struct, frozen=True):
    """What a build did. `seconds` is wall time."""

    pages: int
    published: Published
    held: tuple[Held, ...]
    warnings: tuple[Problem, ...]
    seconds: float


def build(options: Options) -> Report:
    """Build the site into the output folder.

    Raises `ProblemError` with every problem found; nothing is published then.
    """
    started = time.perf_counter()
    _check_folders(options)
    planned = plan(options)
    files = render(planned.plan, options)
    published = publish(options.output, files)
    seconds = time.perf_counter() - started
    pages = len(planned.plan.pages)
    return Report(pages, published, planned.held, planned.warnings, seconds)


def check(options: Options) -> Planned:
    """All that a build does but for publishing. Raises `ProblemError` as `build` does."""
    planned = plan(options)
    render(planned.plan, options)
    return planned


def plan(options: Options) -> Planned:
    """Read the content and plan the site. Raises `ProblemError` with every problem found."""
    settings, problems = _read_settings(options)
    content = read_content(options.content, settings or FALLBACK)
    problems += content.problems
    if settings is None:
        raise ProblemError(*problems)
    site, found = build_site(content.documents, settings, content.failed)
    problems += _located(found, options.content)
    _raise_errors(problems, options.strict)
    site_plan = plan_site(site, content.files)
    problems += _located(site_plan.problems, options.content)
    _raise_errors(problems, options.strict)
    return Planned(site_plan, _held(site), tuple(problems))


def render(site_plan: Plan, options: Options) -> dict[str, bytes]:
    """Every file of the output, by its path. Raises `ProblemError` where a template is wrong."""
    renderer = Renderer(options.templates)
    problems = renderer.check({page.template for page in site_plan.pages})
    _raise_errors(problems, options.strict)
    files = {
        page.file: renderer.render(page.template, page.view).encode("utf-8")
        for page in site_plan.pages
    }
    for file in site_plan.files:
        files[file.file] = (
            (options.content / file.source).read_bytes() if file.source else file.data
        )
    return files


def _read_settings(options: Options) -> tuple[Settings | None, list[Problem]]:
    if not options.content.is_dir():
        hint = "run the command where content/ is, or name the folder with --content"
        name = options.content.as_posix()
        raise ProblemError(Problem(name, 0, 0, "there is no such folder", hint))
    try:
        return read_settings(
            options.content,
            base_url=options.base_url,
            as_of=options.as_of,
            drafts=options.drafts,
        )
    except ProblemError as error:
        return None, list(error.problems)


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
