"""A generator with its site: builds case by case, and what its builds took and made."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.briefing_text import slugify
from benchmarks.corpus import Corpus
from benchmarks.measuring import measure_memory, measure_seconds
from benchmarks.site_folder import CASES, TOKENS, SiteFolder, child_environment
from benchmarks.tables import Row, count, megabytes, seconds
from benchmarks.tools import Tool


@dataclass(frozen=True)
class Output:
    """What a build made: how many pages and files, and how large they are, in bytes."""

    pages: int = 0
    files: int = 0
    size: int = 0
    page_size: int = 0
    """The bytes of the HTML pages alone."""


class Contender:
    """A tool, its site, and what was measured: by case, a figure for each run."""

    def __init__(self, tool: Tool, folder: Path, corpus: Corpus, claims: bool) -> None:
        form = tool.name.lower()
        self.tool = tool
        self.site = SiteFolder(folder / form, corpus, form, claims)
        self.seconds: dict[str, list[float]] = defaultdict(list)
        """By case or by event of the preview: seconds in each run."""
        self.memory: dict[str, float] = {}
        """By case: bytes at most."""
        self.output = Output()
        self.log = folder / f"{form}.log"
        self.environment = child_environment() | dict(tool.environment)
        self._output = self.site.folder / tool.output

    def build(self, case: str, run: int) -> None:
        """Build once and see that the edit is in the pages. Run 0 is for the memory."""
        words = self.site.prepare(case, run)
        measure = measure_seconds if run else measure_memory
        found = measure(self.tool.command, self.site.folder, self.environment, self.log)
        if run:
            self.seconds[case].append(found)
        else:
            self.memory[case] = found
        for stale in self._stale(*words):
            raise SystemExit(f"{self.tool.name}, {case}: the edit is not in {stale}")

    def count(self) -> None:
        """Count what is in the output."""
        files = [path for path in self._output.rglob("*") if path.is_file()]
        sizes = {path: path.stat().st_size for path in files}
        pages = [path for path in files if path.suffix == ".html"]
        self.output = Output(
            pages=len(pages),
            files=len(files),
            size=sum(sizes.values()),
            page_size=sum(sizes[path] for path in pages),
        )

    def company_page(self) -> str:
        """The address of a page that lists the edited briefing, among those of its last company.

        Lists are cut into pages, so it is looked up in what was built last, with a title edited.
        """
        folder = self._output / "companies" / slugify(self.site.edited.companies[-1])
        word = TOKENS[1].encode()
        pages = [page for page in sorted(folder.rglob("*.html")) if word in page.read_bytes()]
        if not pages:
            raise SystemExit(f"{self.tool.name}: no page of {folder.name} has the edited title")
        first = min(pages, key=lambda page: len(page.parts))
        return f"/{first.relative_to(self._output).as_posix().removesuffix('index.html')}"

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


def run_builds(contenders: Sequence[Contender], runs: int) -> None:
    """Build every case with every contender in turn, then count what there is."""
    for number in range(runs + 1):
        for case in CASES:
            for contender in in_turn(contenders, number):
                report(f"run {number}: {contender.tool.name}, {case}")
                contender.build(case, number)
    for contender in contenders:
        contender.count()


def in_turn(contenders: Sequence[Contender], number: int) -> Sequence[Contender]:
    """All contenders in the order of a run: another begins each time."""
    turn = number % len(contenders)
    return (*contenders[turn:], *contenders[:turn])


def report(text: str) -> None:
    """Say what is measured now, beside the tables."""
    print(text, file=sys.stderr, flush=True)


def time_rows(contenders: Sequence[Contender], cases: Sequence[str] = CASES) -> list[Row]:
    """Wall time by case."""
    return [Row(case, [c.seconds[case] for c in contenders], seconds) for case in cases]


def memory_rows(contenders: Sequence[Contender]) -> list[Row]:
    """Peak memory by case."""
    return [Row(case, [[c.memory[case]] for c in contenders], megabytes) for case in CASES]


def output_rows(contenders: Sequence[Contender]) -> list[Row]:
    """How much was made."""
    outputs = [contender.output for contender in contenders]
    return [
        Row("HTML pages", [[output.pages] for output in outputs], count),
        Row("files", [[output.files] for output in outputs], count),
        Row("size of HTML pages", [[output.page_size] for output in outputs], megabytes),
        Row("size of all files", [[output.size] for output in outputs], megabytes),
    ]
