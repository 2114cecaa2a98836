"""Dossier beside Hugo, Pelican and Eleventy: `python -m benchmarks.peers --n 1000 --runs 3`.

Every tool builds the same briefings, in turn, case by case. Prints Markdown tables.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.contender import (
    Contender,
    memory_rows,
    output_rows,
    run_builds,
    time_rows,
)
from benchmarks.corpus import Corpus, add_options
from benchmarks.preview import EVENTS, run_preview
from benchmarks.site_folder import machine
from benchmarks.tables import Row, comparison, table
from benchmarks.tools import FOLDER, PACKAGES, prepare

REFERENCE = "Hugo"


def time_table(contenders: Sequence[Contender]) -> str:
    """Wall time of builds."""
    return _beside_reference("build", contenders, time_rows(contenders))


def preview_table(contenders: Sequence[Contender]) -> str:
    """Seconds until the preview shows something."""
    return _beside_reference("preview", contenders, time_rows(contenders, EVENTS))


def memory_table(contenders: Sequence[Contender]) -> str:
    """Peak memory of builds."""
    return _beside_reference("peak memory", contenders, memory_rows(contenders))


def output_table(contenders: Sequence[Contender]) -> str:
    """How much each makes."""
    return _beside_reference("output", contenders, output_rows(contenders))


def tool_table(contenders: Sequence[Contender]) -> str:
    """What was compared."""
    return table(["tool", "version"], [[c.tool.name, c.tool.version] for c in contenders])


def _beside_reference(title: str, contenders: Sequence[Contender], rows: Sequence[Row]) -> str:
    """A column for each tool, with the ratio to the reference where that takes part."""
    names = [contender.tool.name for contender in contenders]
    reference = names.index(REFERENCE) if REFERENCE in names else None
    bases = [None if name == REFERENCE else reference for name in names]
    return comparison(title, names, rows, bases)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.peers", description="Times Dossier beside other generators."
    )
    parser.add_argument("--n", type=int, default=1000, help="the number of briefings")
    parser.add_argument("--runs", type=int, default=3, help="timed builds of each case")
    add_options(parser)
    parser.add_argument("--tools", default=",".join(PACKAGES), help="which others to measure")
    parser.add_argument(
        "--tools-dir",
        type=Path,
        default=FOLDER,
        metavar="DIR",
        help="where the others are installed, or will be",
    )
    parser.add_argument(
        "--preview", action="store_true", help="time the development servers as well"
    )
    given = parser.parse_args(arguments)
    names = [name for name in given.tools.split(",") if name]
    if unknown := sorted(set(names) - PACKAGES.keys()):
        parser.error(f"unknown: {', '.join(unknown)}; known are {', '.join(PACKAGES)}")
    if given.n < 1 or given.runs < 1:
        parser.error("--n and --runs are at least 1")
    tools = prepare(names, given.tools_dir)
    with tempfile.TemporaryDirectory() as folder:
        corpus = Corpus(given.n, given.seed)
        contenders = [Contender(tool, Path(folder), corpus, given.claims) for tool in tools]
        run_builds(contenders, given.runs)
        if given.preview:
            run_preview(contenders, given.runs)
    print(f"{given.n:,} briefings, {machine()}, median of {given.runs}\n")
    tables = [time_table, *([preview_table] if given.preview else [])]
    tables += [memory_table, output_table, tool_table]
    print(*(show(contenders) for show in tables), sep="\n\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
