"""The parser of the command line, with every command."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence

from dossier import __version__
from dossier.build.inputs import CACHE
from dossier.commands.build import build_site
from dossier.commands.console import FORMATS, fail, print_problems
from dossier.commands.options import (
    add_drafts,
    add_output,
    add_serving,
    add_site_options,
    build_options,
)
from dossier.commands.site import Commands, add_compare, add_schema, add_templates
from dossier.problems import ProblemError, render_problems


def parse_command(given: Sequence[str]) -> argparse.Namespace:
    """Parse a command line. `run` of the result is a function of it, `undone` what a failure says.

    Ends the process where the command line is wrong, or asks for help.
    """
    words = list(given)
    if not words or (words[0] not in COMMANDS and words[0] not in ("-h", "--help", "--version")):
        words.insert(0, "build")
    return build_parser([words[0]] if words[0] in COMMANDS else COMMANDS).parse_args(words)


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
    from dossier.commands.new import add_new_kinds  # loads the models, which few commands need

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


def _build(parsed: argparse.Namespace) -> int:
    return build_site(build_options(parsed))


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
    print_problems(blueprint.warnings, parsed.format)
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
        fail(error.problems, "text", parsed.undone)
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
