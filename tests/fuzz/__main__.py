"""Fuzzing of a target for some seconds: `python -m tests.fuzz file --seconds 20`.

Atheris changes the inputs by what of the code they reach. One that breaks a promise is kept in
`tests/fuzz/corpus/<target>/`, where the test suite tries it again.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import atheris

CORPUS = Path(__file__).with_name("corpus")
LONGEST = 2048  # bytes of an input; longer ones reach no other code, and take longer

with atheris.instrument_imports(include=["dossier", "markdown", "markdown_it", "yaml"]):
    from tests.fuzz.targets import TARGETS


def main() -> None:
    """Fuzz the target of the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("target", choices=list(TARGETS))
    parser.add_argument("--seconds", type=int, default=20)
    chosen = parser.parse_args()
    corpus = CORPUS / chosen.target
    with tempfile.TemporaryDirectory() as found:
        atheris.Setup(
            [
                sys.argv[0],
                f"-max_total_time={chosen.seconds}",
                f"-max_len={LONGEST}",
                "-timeout=10",
                "-rss_limit_mb=2048",
                "-print_final_stats=1",
                f"-artifact_prefix={corpus}/",
                found,
                str(corpus),
            ],
            TARGETS[chosen.target],
        )
        atheris.Fuzz()


main()
