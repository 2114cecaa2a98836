"""Dossier beside Hugo, Pelican and Eleventy: `python -m benchmarks.peers --n 1000 --runs 3`.

Every tool builds the same briefings, in turn, case by case. Prints Markdown tables.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.briefing_text import slugify
from benchmarks.corpus import SEED, Corpus
from benchmarks.measuring import measure_memory, measure_seconds
from benchmarks.site_folder import CASES, SiteFolder, child_environment, machine
from benchmarks.tools import PACKAGES, Tool, prepare

REFERENCE = "Hugo"


class Contender:
    """A tool, its site, and what was measured: by case, a figure for each run."""

    def __init__(self, tool: Tool, folder: Path, corpus: Corpus, claims: bool) -> None:
        form = tool.name.lower()
        self.tool = tool
        self.site = SiteFolder(folder / form, corpus, form, claims)
        self.seconds: dict[str, list[float]] = defaultdict(list)
        self.memory: dict[str, float] = {}
        self.pages = self.files = self.size = 0
        self._output = self.site.folder / tool.output
        self._log = folder / f"{form}.log"
        self._environment = child_environment() | dict(tool.environment)

    def build(self, case: str, run: int) -> None:
        """Build once and see that the edit is in the pages. Run 0 is for the memory."""
        words = self.site.prepare(case, run)
        measure = measure_seconds if run else measure_memory
        found = measure(self.tool.command, self.site.folder, self._environment, self._log)
        if run:
            self.seconds[case].append(found)
        else:
            self.memory[case] = found
        for stale in self._stale(*words):
            raise SystemExit(f"{self.tool.name}, {case}: the edit is not in {stale}")

    def count(self) -> None:
        """Count what is in the output."""
        files = [path for path in self._output.rglob("*") if path.is_file()]
        self.pages = sum(path.suffix == ".html" for path in files)
        self.files = len(files)
        self.size = sum(path.stat().st_size for path in files)

    def ratio(self, case: str, other: Contender) -> float:
        """How many times as long as another's its builds take: the median over the runs."""
        pairs = zip(self.seconds[case], other.seconds[case], strict=True)
        return statistics.median(own / others for own, others in pairs)

    def _stale(self, body: str, title: str) -> Iterator[str]:
        """Pages that lack the words that they should have; those of a term are a folder."""
        edited = self.site.edited
        article = f"briefings/{edited.id}"
        wanted = [(article, edited.marker), (article, body), (article, title)]
        for folder, names in (("companies", edited.companies), ("regions", edited.regions)):
            wanted += [(f"{folder}/{slugify(name)}", title) for name in names]
        for place, word in wanted:
            pages = (self._output / place).rglob("*.html")
            if not any(word.encode() in page.read_bytes() for page in pages):
                yield place


def run(contenders: Sequence[Contender], runs: int) -> None:
    """Build every case with every tool in turn; another begins each time."""
    for number in range(runs + 1):
        turn = number % len(contenders)
        for case in CASES:
            for contender in (*contenders[turn:], *contenders[:turn]):
                print(f"run {number}: {contender.tool.name}, {case}", file=sys.stderr)
                contender.build(case, number)
    for contender in contenders:
        contender.count()


def time_table(contenders: Sequence[Contender]) -> str:
    """Wall time by case and tool, with the ratio to the reference where it takes part."""
    reference = next((c for c in contenders if c.tool.name == REFERENCE), None)
    rows = []
    for case in CASES:
        row = [case]
        for contender in contenders:
            cell = _seconds(statistics.median(contender.seconds[case]))
            if reference and contender is not reference:
                cell += f" · {contender.ratio(case, reference):.2f}×"
            row.append(cell)
        rows.append(row)
    return _table(["build", *(c.tool.name for c in contenders)], rows)


def memory_table(contenders: Sequence[Contender]) -> str:
    """Peak memory by case and tool."""
    rows = [[case, *(_megabytes(c.memory[case]) for c in contenders)] for case in CASES]
    return _table(["peak memory", *(c.tool.name for c in contenders)], rows)


def tool_table(contenders: Sequence[Contender]) -> str:
    """What was compared: versions, and how much each makes."""
    rows = [
        [c.tool.name, c.tool.version, f"{c.pages:,}", f"{c.files:,}", _megabytes(c.size)]
        for c in contenders
    ]
    return _table(["tool", "version", "HTML pages", "files", "size"], rows)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    line = "|---" * len(head) + "|"
    return "\n".join([f"| {' | '.join(head)} |", line, *(f"| {' | '.join(r)} |" for r in rows)])


def _seconds(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds < 10 else f"{seconds:.1f} s"


def _megabytes(size: float) -> str:
    return f"{size / 1e6:,.0f} MB" if size else "–"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.peers", description="Times Dossier beside other generators."
    )
    parser.add_argument("--n", type=int, default=1000, help="the number of briefings")
    parser.add_argument("--runs", type=int, default=3, help="timed builds of each case")
    parser.add_argument("--seed", type=int, default=SEED, help="another seed, another site")
    parser.add_argument("--claims", action="store_true", help="give Dossier figures and moves too")
    parser.add_argument("--tools", default=",".join(PACKAGES), help="which others to measure")
    parser.add_argument(
        "--tools-dir",
        type=Path,
        default=Path(tempfile.gettempdir()) / "dossier-benchmark-tools",
        metavar="DIR",
        help="where the others are installed, or will be",
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
        run(contenders, given.runs)
    print(f"{given.n:,} briefings, {machine()}, median of {given.runs}\n")
    print(time_table(contenders), memory_table(contenders), tool_table(contenders), sep="\n\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
