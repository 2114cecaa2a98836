"""Where the time and the memory of a build go: `python -m benchmarks.phases --n 1000`.

Each build runs in a process of its own, on a made-up site in a temporary folder.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import Corpus, add_options
from benchmarks.phase_list import ROWS
from benchmarks.site_folder import CASES, ROOT, SiteFolder, child_environment, machine
from benchmarks.tables import table

Figures = Mapping[str, float]


@dataclass(frozen=True)
class Result:
    """What one build took by phase, and how many pages it rendered."""

    figures: Figures
    missing: tuple[str, ...]
    rendered: int


def measure(site: SiteFolder, jobs: int, memory: bool) -> Result:
    """Build a site in a new process."""
    command = [sys.executable, "-m", "benchmarks.stopwatch", "--jobs", str(jobs)]
    command += ["--templates", str(ROOT / "templates"), *(["--memory"] if memory else [])]
    environment = child_environment() | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [*command, "--started", repr(time.time())],
        cwd=site.folder,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    return Result(found["figures"], tuple(found["missing"]), found["rendered"])


def run(site: SiteFolder, repeat: int, jobs: int) -> Iterator[tuple[str, Figures, Figures, Result]]:
    """By case: seconds and bytes of each phase, medians of some rounds, and the last result.

    The first round takes the memory, and warms up what a first build on a machine has to wait for.
    """
    rounds = [
        {case: _measure_case(site, case, number, jobs) for case in CASES}
        for number in range(repeat + 1)
    ]
    for case in CASES:
        seconds = {
            row: statistics.median(results[case].figures.get(row, 0.0) for results in rounds[1:])
            for row in ROWS
        }
        yield case, seconds, rounds[0][case].figures, rounds[-1][case]


def _measure_case(site: SiteFolder, case: str, number: int, jobs: int) -> Result:
    site.prepare(case, number)
    return measure(site, jobs, memory=number == 0)


def _table(title: str, columns: Mapping[str, Figures], last: str, how: Callable[..., str]) -> str:
    """A Markdown table of phases; the last row, `sum` or `max`, is what they come to."""
    rows = [[row, *(how(fs.get(row, 0.0)) for fs in columns.values())] for row in ROWS]
    values = [figures.values() for figures in columns.values()]
    cells = (how(max(column) if last == "max" else sum(column)) for column in values)
    return table([title, *columns], [*rows, [f"**{last}**", *cells]], numbers=True)


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:,.1f}" if seconds else "–"


def _megabytes(size: float) -> str:
    return f"{size / 1e6:,.0f}" if size else "–"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.phases", description="Times the phases of a build."
    )
    parser.add_argument("--n", type=int, default=1000, help="the number of briefings")
    parser.add_argument("--repeat", type=int, default=3, help="builds of which to take the median")
    parser.add_argument("--jobs", type=int, default=1, help="processes; phases part only with 1")
    add_options(parser)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        corpus = Corpus(given.n, given.seed)
        site = SiteFolder(Path(folder) / "site", corpus, "dossier", given.claims)
        found = list(run(site, given.repeat, given.jobs))
    print(f"{given.n:,} briefings, {machine()}, --jobs {given.jobs}, median of {given.repeat}\n")
    rendered = ", ".join(f"{case}: {result.rendered:,}" for case, _, _, result in found)
    print(f"Pages rendered: {rendered}\n")
    print(_table("ms", {case: seconds for case, seconds, _, _ in found}, "sum", _milliseconds))
    print()
    print(_table("peak MB", {case: peaks for case, _, peaks, _ in found}, "max", _megabytes))
    absent = sorted({place for _, _, _, result in found for place in result.missing})
    if absent:
        print(f"\nNot in the code any more, mend benchmarks/phase_list.py: {', '.join(absent)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
