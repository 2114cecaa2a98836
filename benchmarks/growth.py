"""How builds grow with the site: `python -m benchmarks.growth --n 1000,10000,100000`.

Builds made-up sites of these sizes with Dossier alone. Prints Markdown tables, in which a factor is
that to the size before.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.contender import Contender, memory_rows, output_rows, report, run_builds, time_rows
from benchmarks.corpus import Corpus, add_options
from benchmarks.site_folder import machine
from benchmarks.tables import comparison
from benchmarks.tools import dossier

SIZES = "1000,10000,100000"
LARGE = 10_000
"""From how many briefings on each case is timed once: such builds take long and vary little."""


def measure(n: int, seed: int, claims: bool, runs: int) -> Contender:
    """Build a site of a size, in a temporary folder that is removed again."""
    report(f"{n:,} briefings")
    with tempfile.TemporaryDirectory() as folder:
        contender = Contender(dossier(), Path(folder), Corpus(n, seed), claims)
        run_builds([contender], runs_of(n, runs))
    return contender


def runs_of(n: int, runs: int) -> int:
    """How often each case of a size is timed."""
    return 1 if n >= LARGE else runs


def tables(sizes: Sequence[int], contenders: Sequence[Contender]) -> str:
    """Time, peak memory and output by size."""
    bases = [None, *range(len(sizes) - 1)]
    columns = [f"{n:,}" for n in sizes]
    groups = {
        "build": time_rows(contenders),
        "peak memory": memory_rows(contenders),
        "output": output_rows(contenders),
    }
    return "\n\n".join(comparison(title, columns, rows, bases) for title, rows in groups.items())


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.growth", description="Builds sites of several sizes."
    )
    parser.add_argument("--n", default=SIZES, help="numbers of briefings, the smallest first")
    parser.add_argument(
        "--runs", type=int, default=3, help=f"timed builds of each case, below {LARGE:,} briefings"
    )
    add_options(parser)
    given = parser.parse_args(arguments)
    try:
        sizes = [int(size) for size in given.n.split(",")]
    except ValueError:
        parser.error("--n is one number or some, with commas between")
    if min(sizes) < 1 or given.runs < 1:
        parser.error("--n and --runs are at least 1")
    contenders = [measure(n, given.seed, given.claims, given.runs) for n in sizes]
    runs = ", ".join(f"{n:,}: {runs_of(n, given.runs)}" for n in sizes)
    print(f"Dossier, {machine()}; timed builds of each case: {runs}\n")
    print(tables(sizes, contenders))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
