"""The parser of the command line, which the command without a word does without."""

from __future__ import annotations

import subprocess
import sys

from dossier.build.inputs import Options
from dossier.commands.options import build_options
from dossier.commands.parser import parse_command
from tests.helpers.smallsite import ROOT


def test_without_a_word_the_site_is_built_as_by_build() -> None:
    """With the same options, though nothing is parsed."""
    assert build_options(parse_command([])) == build_options(parse_command(["build"])) == Options()


def test_the_usual_command_loads_no_parser() -> None:
    """A build with nothing to do takes a tenth less."""
    script = "import sys, dossier.cli; sys.exit('argparse' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT).returncode == 0
