"""The command line. Exit 0: done; 1: the content has errors; 2: the command line is wrong."""

from __future__ import annotations

import argparse
import atexit
import gc
import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

import msgspec

from dossier import __version__
from dossier.build.inputs import CACHE, BuildResult, Inputs, report_unchanged
from dossier.build.manifest import Held
from dossier.command_options import (
    add_drafts,
    add_output,
    add_serving,
    add_site_options,
    build_options,
)
from dossier.problems import (
    Problem,
    ProblemError,
    file_problem,
    render_annotations,
    render_problems,
)
from dossier.progress import ProgressBar
from dossier.site.due_text import moment_text, read_due_text
from dossier.site_commands import Commands, add_compare, add_schema, add_templates

FORMATS = ("text", "json", "github")


def run() -> NoReturn:
    """Run the command of this process, and end it without tidying up its memory.

    Freeing what a build of a large site holds would take a tenth of the time of an edit.
    """
    status = main()
    sys.stdout.flush()
    sys.stderr.flush()
    atexit._run_exitfuncs()  # libraries remove their temporary files
    os._exit(status)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or (given[0] not in COMMANDS and given[0] not in ("-h", "--help", "--version")):
        given.insert(0, "build")
    parsed = build_parser([given[0]] if given[0] in COMMANDS else COMMANDS).parse_args(given)
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
    options = build_options(parsed)
    inputs = Inputs(options)
    report = report_unchanged(options, inputs)
    if report is None:
        from dossier.planning.ahead import work_ahead

        with work_ahead(options, inputs) as ahead:
            from dossier.pipeline import build

            with ProgressBar() as progress:
                report = build(options, inputs, progress, ahead)
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
        serve(build_options(parsed), preview)
    except ProblemError as error:
        print(render_problems(error.problems), file=sys.stderr)
        return 1
    return 0


def _check(parsed: argparse.Namespace) -> int:
    from dossier.pipeline import check

    blueprint = check(build_options(parsed))
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

    from dossier.build.output.publish import clean

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


def build_parser(names: Iterable[str]) -> argparse.ArgumentParser:
    """Build the parser of some commands: of all for help, else of the one that is given."""
    parser = argparse.ArgumentParser(
        prog="build.py", description="Build the briefing site. The default command is build."
    )
    parser.add_argument("--version", action="version", version=f"Dossier {__version__}")
    parser.set_defaults(undone="nothing was published")
    # with its name, argparse need not format a usage to find it
    commands = parser.add_subparsers(
        title="commands", required=True, metavar="COMMAND", prog="build.py"
    )
    for name in names:
        COMMANDS[name](commands)
    return parser


def _add_build(commands: Commands) -> None:
    building = commands.add_parser("build", help="build the site into output/")
    add_site_options(building)
    add_drafts(building)
    add_output(building)
    building.add_argument("--force", action="store_true", help="render every page again")
    building.add_argument("--explain", metavar="PATH", help="report why a page was rendered or not")
    building.set_defaults(run=_build)


def _add_serve(commands: Commands) -> None:
    serving = commands.add_parser("serve", help="preview the site while you write")
    add_site_options(serving)
    add_serving(serving)
    serving.set_defaults(run=_serve)


def _add_check(commands: Commands) -> None:
    checking = commands.add_parser("check", help="report problems without publishing")
    add_site_options(checking)
    add_drafts(checking)
    add = checking.add_argument
    add("--format", choices=FORMATS, default="text", help="github: annotations of the lines")
    add("--json", action="store_const", const="json", dest="format", help="--format json")
    checking.set_defaults(run=_check)


def _add_new(commands: Commands) -> None:
    from dossier.new_options import add_new_kinds  # loads the models, which few commands need

    writing = commands.add_parser("new", help="write a new content file")
    writing.set_defaults(run=_new, undone="nothing was written")
    add_new_kinds(writing)


def _add_clean(commands: Commands) -> None:
    cleaning = commands.add_parser("clean", help="remove all built files")
    add_output(cleaning)
    cleaning.set_defaults(run=_clean)


COMMANDS: Mapping[str, Callable[[Commands], None]] = {
    "build": _add_build,
    "serve": _add_serve,
    "check": _add_check,
    "new": _add_new,
    "templates": add_templates,
    "compare": add_compare,
    "schema": add_schema,
    "clean": _add_clean,
}
"""What adds each command to the command line."""
