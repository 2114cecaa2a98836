"""The command line. Exit 0: done; 1: the content has errors; 2: the command line is wrong."""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple, NoReturn

from dossier.build.inputs import Options
from dossier.commands.build import build_site
from dossier.commands.console import fail
from dossier.problems import ProblemError, file_problem


class Command(NamedTuple):
    """A command with its options; what a failure leaves undone; the format of problems."""

    run: Callable[[], int]
    undone: str = "nothing was published"
    form: str = "text"


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
    command = _read_command(sys.argv[1:] if arguments is None else arguments)
    try:
        status = command.run()
        sys.stdout.flush()
        return status
    except ProblemError as error:
        return fail(error.problems, command.form, error.outcome or command.undone)
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:  # whoever read the output has seen enough: `templates | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except OSError as error:
        return fail([file_problem(error)], "text", command.undone)


def _read_command(given: Sequence[str]) -> Command:
    if not given:  # the most usual command needs no parser, which takes a while to load
        return Command(partial(build_site, Options()))
    from dossier.commands.parser import parse_command

    parsed = parse_command(given)
    form = getattr(parsed, "format", "text")
    return Command(partial(parsed.run, parsed), parsed.undone, form)
