"""The command line. Exit 0: done; 1: the content has errors; 2: the command line is wrong."""

from __future__ import annotations

import argparse
import gc
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from dossier import __version__
from dossier.build.inputs import CACHE, BuildResult, Inputs, Options, report_unchanged
from dossier.build.manifest import Held
from dossier.content.value_types import parse_moment, parse_url
from dossier.new_options import add_new_kinds
from dossier.problems import (
    Problem,
    ProblemError,
    file_problem,
    missing_folder,
    render_annotations,
    render_problems,
)
from dossier.progress import ProgressBar
from dossier.site.due_text import moment_text, read_due_text
from dossier.site_commands import (
    TEMPLATES,
    add_compare,
    add_schema,
    add_templates,
    add_templates_folder,
    form_type,
)

EDITOR = "vscode://file/{path}:{line}"
"""Addresses that open a file in Visual Studio Code."""
COMMANDS = ("build", "serve", "check", "new", "templates", "compare", "schema", "clean")


FORMATS = ("text", "json", "github")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or (given[0] not in COMMANDS and given[0] not in ("-h", "--help", "--version")):
        given.insert(0, "build")
    parsed = _parser().parse_args(given)
    try:
        status = int(parsed.run(parsed))
        sys.stdout.flush()
        return status
    except ProblemError as error:
        form = getattr(parsed, "format", "text")
        return _fail(error.problems, form, error.outcome or parsed.undone)
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:  # whoever read the output has seen enough: `templates | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except OSError as error:
        return _fail([file_problem(error)], "text", parsed.undone)


def _build(parsed: argparse.Namespace) -> int:
    started = time.perf_counter()
    gc.disable()  # saves a third of the time: a build ends soon and leaves few cycles
    options = _options(parsed)
    inputs = Inputs(options)
    report = report_unchanged(options, inputs)
    if report is None:
        from dossier.pipeline import build

        with ProgressBar() as progress:
            report = build(options, inputs, progress)
    if report.warnings:
        print(render_problems(report.warnings), file=sys.stderr)
    print(_summary(report, parsed.content, parsed.output, time.perf_counter() - started))
    return 0


def _serve(parsed: argparse.Namespace) -> int:
    from dossier.preview.options import PreviewOptions
    from dossier.preview.start import serve

    preview = PreviewOptions(
        host=parsed.host,
        port=parsed.port,
        open=parsed.open,
        editor=parsed.editor,
        poll=parsed.poll,
    )
    try:
        serve(_options(parsed), preview)
    except ProblemError as error:
        print(render_problems(error.problems), file=sys.stderr)
        return 1
    return 0


def _check(parsed: argparse.Namespace) -> int:
    from dossier.pipeline import check

    blueprint = check(_options(parsed))
    _print_problems(blueprint.warnings, parsed.format)
    if parsed.format != "json" and not blueprint.warnings:
        print(f"{len(blueprint.pages)} pages, no problems")
    return 0


def _new(parsed: argparse.Namespace) -> int:
    from dossier.scaffold.ask import agreement
    from dossier.scaffold.create import RefusedError, create_file
    from dossier.scaffold.request import Request

    given = {name: value for name, value in vars(parsed).items() if value is not None}
    asked = {name: given[name] for name in Request.__struct_fields__ if name in given}
    try:
        made = create_file(Request(**asked, cache=CACHE), agreement())
    except RefusedError as error:
        _fail(error.problems, "text", parsed.undone)
        return 2
    for note in made.notes:
        print(note, file=sys.stderr)
    print("\n".join(path.as_posix() for path in (made.parent, made.path) if path))
    return 0


def _clean(parsed: argparse.Namespace) -> int:
    import shutil

    from dossier.build.publish import clean

    shutil.rmtree(CACHE, ignore_errors=True)
    print(f"{clean(parsed.output)} files removed from {parsed.output.as_posix()}/")
    return 0


def _summary(report: BuildResult, content: Path, output: Path, seconds: float) -> str:
    lines = [
        f"{report.pages} pages in {output.as_posix()}/, {report.rendered} rendered in "
        f"{seconds:.1f} s: {report.written} files written, {report.unchanged} unchanged, "
        f"{report.removed} removed"
    ]
    if report.held:
        lines.append(f"{len(report.held)} held back: " + ", ".join(map(_held_text, report.held)))
    if due := report.next:
        lines.append(f"next: {read_due_text(content / due.source, due.what, due.moment)}")
    if report.explanation:
        lines.append(report.explanation)
    return "\n".join(lines)


def _held_text(held: Held) -> str:
    return f"{held.id} (draft)" if held.draft else f"{held.id} (until {moment_text(held.until)})"


def _fail(problems: Sequence[Problem], form: str, undone: str) -> int:
    _print_problems(problems, form)
    if form == "json":
        return 1
    errors = len({p for p in problems if p.severity == "error"}) or len(set(problems))
    noun = "problem" if errors == 1 else "problems"
    print(f"{errors} {noun}: {undone}", file=sys.stderr)
    return 1


def _print_problems(problems: Sequence[Problem], form: str) -> None:
    """Print problems to standard error; for a program (`json`, `github`) to standard output."""
    if form == "json":
        print(_as_json(problems))
        return
    if form == "github" and problems:
        print(render_annotations(problems))
    if problems:
        print(render_problems(problems), file=sys.stderr)


def _as_json(problems: Sequence[Problem]) -> str:
    import json

    found = [msgspec.to_builtins(problem) for problem in sorted(set(problems))]
    return json.dumps(found, ensure_ascii=False, indent=2)


def _options(parsed: argparse.Namespace) -> Options:
    if parsed.templates != TEMPLATES and not parsed.templates.is_dir():
        raise missing_folder(parsed.templates.as_posix(), "--templates")
    return Options(
        content=parsed.content,
        templates=parsed.templates,
        output=getattr(parsed, "output", Path("output")),
        base_url=parsed.base_url,
        as_of=parsed.as_of,
        drafts=getattr(parsed, "drafts", True),
        strict=parsed.strict,
        force=getattr(parsed, "force", False),
        jobs=parsed.jobs,
        explain=getattr(parsed, "explain", None),
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="build.py", description="Build the briefing site. The default command is build."
    )
    parser.add_argument("--version", action="version", version=f"Dossier {__version__}")
    parser.set_defaults(undone="nothing was published")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    building = commands.add_parser("build", help="build the site into output/")
    _add_site_options(building)
    _add_drafts(building)
    _add_output(building)
    building.add_argument("--force", action="store_true", help="render every page again")
    building.add_argument("--explain", metavar="PATH", help="report why a page was rendered or not")
    building.set_defaults(run=_build)
    serving = commands.add_parser("serve", help="preview the site while you write")
    _add_site_options(serving)
    _add_serving(serving)
    serving.set_defaults(run=_serve)
    checking = commands.add_parser("check", help="report problems without publishing")
    _add_site_options(checking)
    _add_drafts(checking)
    add = checking.add_argument
    add("--format", choices=FORMATS, default="text", help="github: annotations of the lines")
    add("--json", action="store_const", const="json", dest="format", help="--format json")
    checking.set_defaults(run=_check)
    writing = commands.add_parser("new", help="write a new content file")
    writing.set_defaults(run=_new, undone="nothing was written")
    add_new_kinds(writing)
    add_templates(commands)
    add_compare(commands)
    add_schema(commands)
    cleaning = commands.add_parser("clean", help="remove all built files")
    _add_output(cleaning)
    cleaning.set_defaults(run=_clean)
    return parser


def _add_site_options(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--content", type=Path, default=Path("content"), metavar="DIR", help="the content folder")
    add_templates_folder(parser)
    add("--base-url", type=form_type(parse_url), metavar="URL", help="where the site is published")
    add(
        "--as-of",
        type=form_type(parse_moment),
        metavar="DATE",
        help="build as of the end of a day (2022-07-31), or a moment (2022-07-31T18:00+02:00)",
    )
    add("--jobs", type=int, default=0, metavar="N", help="worker processes (default: one per CPU)")
    add("--strict", action="store_true", help="treat warnings as errors")


def _add_drafts(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--drafts", action="store_true", help="show drafts and whatever has a future date"
    )


def _add_serving(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--host", default="127.0.0.1", metavar="HOST", help="address to listen on (0.0.0.0: all)")
    add(
        "--port",
        type=_port,
        metavar="N",
        help="port to listen on (default: the first free one from 8000)",
    )
    add("--open", action="store_true", help="open a browser")
    add("--editor", default=EDITOR, metavar="PATTERN", help=f"file links (default: {EDITOR})")
    add("--poll", action="store_true", help="poll for changes instead of watching")


def _add_output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--output", type=Path, default=Path("output"), metavar="DIR", help="the output folder"
    )


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(f"'{text}' is not a port: use a number from 0 to 65535")
