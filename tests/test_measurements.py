"""What the benchmarks measure and print. No time is asserted, only that there is one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks import growth, peers, preview
from benchmarks.contender import Contender, Output
from benchmarks.corpus import Corpus
from benchmarks.measuring import group_processor_seconds, started
from benchmarks.site_folder import CASES, ROOT
from benchmarks.tables import Row, comparison, count, megabytes, ratio, seconds
from benchmarks.tools import FOLDER, Tool, dossier

BUSY_CHILD = [
    sys.executable,
    "-c",
    "import subprocess, sys; subprocess.run([sys.executable, '-c', 'while True: pass'])",
]
PREVIEW = ["--n", "3", "--runs", "1", "--preview"]


def made_up(folder: Path, name: str, factor: float) -> Contender:
    """A contender that took and made so many times what the first one did, in two runs."""
    contender = Contender(Tool(name, "1.0", (), "output", ()), folder, Corpus(1), claims=False)
    for place, row in enumerate((*CASES, *preview.EVENTS), 1):
        contender.seconds[row] = [place * factor, 3 * place * factor]
    for case in CASES:
        contender.memory[case] = 1e6 * factor
    size = int(factor * 1_000_000)
    contender.output = Output(pages=size, files=2 * size, size=4 * size, page_size=3 * size)
    return contender


def rows(table: str) -> dict[str, list[str]]:
    """The cells of a Markdown table by those of the first column, without its two first lines."""
    lines = (line.strip("| ").split(" | ") for line in table.splitlines()[2:])
    return {name: cells for name, *cells in lines}


def has_a_figure(printed: str, row: str) -> bool:
    """Whether a row of seconds is printed."""
    lines = (line for line in printed.splitlines() if line.startswith(f"| {row} | "))
    return any(line.split(" | ")[1][0].isdigit() and " s" in line for line in lines)


def has_stopped(group: int) -> bool:
    """Whether no process of a group works any more."""
    before = group_processor_seconds(group)
    time.sleep(0.2)
    return group_processor_seconds(group) <= before


def test_a_table_has_medians_and_the_ratio_to_the_column_that_it_is_told() -> None:
    """The ratio is that of each run, so that a run on a busy machine spoils no other."""
    row = Row("cold", [[1.0, 2.0, 4.0], [2.0, 2.0, 12.0]], seconds)
    printed = comparison("build", ["A", "B"], [row], [None, 0])
    assert printed == "| build | A | B |\n|---|---|---|\n| cold | 2.00 s | 2.00 s · 2.00× |"


def test_there_is_no_ratio_to_what_was_not_seen() -> None:
    """Memory is 0 where the system does not say."""
    printed = comparison("memory", ["A", "B"], [Row("cold", [[0.0], [2e6]], megabytes)], [None, 0])
    assert rows(printed) == {"cold": ["–", "2 MB"]}


def test_a_ratio_to_what_was_measured_more_often_is_that_of_the_medians() -> None:
    """Large sites are built once."""
    assert ratio([9.0], [1.0, 3.0, 5.0]) == 3


def test_figures_have_the_digits_that_they_need() -> None:
    """Hundredths of a second are too coarse for a preview."""
    assert [seconds(n) for n in (0.0234, 0.234, 23.4)] == ["0.023 s", "0.23 s", "23.4 s"]
    assert [megabytes(n) for n in (12_345, 1.2e9)] == ["0.01 MB", "1,200 MB"]
    assert count(2478) == "2,478"


def test_the_tables_beside_others_give_the_ratio_to_hugo(tmp_path: Path) -> None:
    """Every kind of figure has it, and Hugo's own column none."""
    contenders = [made_up(tmp_path, "Hugo", 1), made_up(tmp_path, "Dossier", 2)]
    assert rows(peers.time_table(contenders))["nothing changed"] == ["4.00 s", "8.00 s · 2.00×"]
    found = rows(peers.preview_table(contenders))
    assert tuple(found) == preview.EVENTS
    assert found[preview.FIRST_PAGE] == ["10.0 s", "20.0 s · 2.00×"]
    assert rows(peers.memory_table(contenders))["cold"] == ["1 MB", "2 MB · 2.00×"]
    assert rows(peers.output_table(contenders)) == {
        "HTML pages": ["1,000,000", "2,000,000 · 2.00×"],
        "files": ["2,000,000", "4,000,000 · 2.00×"],
        "size of HTML pages": ["3 MB", "6 MB · 2.00×"],
        "size of all files": ["4 MB", "8 MB · 2.00×"],
    }
    assert rows(peers.tool_table(contenders)) == {"Hugo": ["1.0"], "Dossier": ["1.0"]}


def test_without_hugo_there_is_no_ratio(tmp_path: Path) -> None:
    """There is nothing that it could be to."""
    contenders = [made_up(tmp_path, "Pelican", 1), made_up(tmp_path, "Dossier", 2)]
    assert rows(peers.preview_table(contenders))[preview.BODY] == ["14.0 s", "28.0 s"]


def test_growth_gives_the_factor_to_the_size_before(tmp_path: Path) -> None:
    """Not to the first: what doubles twice has a factor of two each time."""
    contenders = [made_up(tmp_path / str(factor), "Dossier", factor) for factor in (1, 2, 4)]
    seconds_of, memory, output = growth.tables([10, 20, 40], contenders).split("\n\n")
    assert seconds_of.startswith("| build | 10 | 20 | 40 |")
    assert rows(seconds_of)["cold"] == ["2.00 s", "4.00 s · 2.00×", "8.00 s · 2.00×"]
    assert rows(memory)["one title edited"] == ["1 MB", "2 MB · 2.00×", "4 MB · 2.00×"]
    assert rows(output)["size of all files"] == ["4 MB", "8 MB · 2.00×", "16 MB · 2.00×"]


def test_large_sites_are_timed_once() -> None:
    """Smaller ones as often as asked for."""
    assert [growth.runs_of(n, 3) for n in (9_999, 10_000, 100_000)] == [3, 1, 1]


def test_growth_builds_each_size(capsys: pytest.CaptureFixture[str]) -> None:
    """All cases have figures, and the larger site is larger."""
    assert growth.main(["--n", "2,6", "--runs", "1"]) == 0
    heading, *tables = capsys.readouterr().out.strip().split("\n\n")
    assert "2: 1, 6: 1" in heading
    assert all(has_a_figure(tables[0], case) for case in CASES)
    pages = rows(tables[2])["HTML pages"]
    assert int(pages[0]) < int(pages[1].partition(" · ")[0])


@pytest.mark.parametrize("given", ["", "10,many", "0,10"])
def test_growth_refuses_what_is_no_size(given: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Before anything is built."""
    with pytest.raises(SystemExit):
        growth.main(["--n", given])
    assert "--n" in capsys.readouterr().err


def test_the_comparison_runs_as_its_readme_says(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """With this project alone, which needs nothing installed: every row has its figure."""
    assert peers.main([*PREVIEW, "--tools", "", "--tools-dir", str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    assert all(has_a_figure(printed, row) for row in (*CASES, *preview.EVENTS))


def test_the_preview_is_measured_beside_hugo(capsys: pytest.CaptureFixture[str]) -> None:
    """Every event has a figure of both, and a ratio."""
    if not (FOLDER / "hugo").is_dir():
        pytest.skip(f"Hugo is not installed in {FOLDER}; BENCHMARK_TOOLS names another folder")
    assert peers.main([*PREVIEW, "--tools", "hugo"]) == 0
    table = capsys.readouterr().out.split("\n\n")[2]
    assert table.startswith("| preview | Hugo | Dossier |")
    found = rows(table)
    assert tuple(found) == preview.EVENTS
    assert all(cells[0].endswith(" s") and cells[1].endswith("×") for cells in found.values())


def test_the_page_of_a_company_is_one_that_lists_the_edited_briefing(tmp_path: Path) -> None:
    """Lists are cut into pages; the first one may not have it."""
    contender = Contender(dossier(), tmp_path, Corpus(1), claims=False)
    company = contender.site.folder / "output/companies/amber-aisle"
    for place, text in (("", "none"), ("page/2/", "zqtitle1"), ("page/2/x/", "zqtitle1")):
        (company / place).mkdir(parents=True, exist_ok=True)
        (company / place / "index.html").write_text(text)
    assert contender.company_page() == "/companies/amber-aisle/page/2/"


@pytest.mark.parametrize(
    ("page", "completing"),
    [
        ("<p role=status data-completing>Being completed</p>", True),
        ('<body class="page" data-completing="">', True),
        ("<style>[data-completing] { color: red }</style><p>The page</p>", False),
        ("<p data-completing-style>The page</p>", False),
    ],
)
def test_a_page_is_complete_without_the_attribute(page: str, completing: bool) -> None:
    """Styles and scripts may name it all the same."""
    assert preview.is_completing(page.encode()) is completing


def test_a_server_that_ends_ends_the_measurement_with_what_it_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rather than waiting for a page that nobody serves."""
    monkeypatch.setattr(Contender, "company_page", lambda _: "/companies/x/")
    serve = (sys.executable, "-c", "raise SystemExit('no port is free')")
    contender = Contender(Tool("Dossier", "1", (), "output", serve), tmp_path, Corpus(1), False)
    with pytest.raises(SystemExit, match=r"(?s)Dossier: /briefings/.* has no .*no port is free"):
        preview.run_preview([contender], 1)


@pytest.mark.skipif(not Path("/proc/self/stat").is_file(), reason="there is no /proc")
def test_a_server_is_stopped_with_its_children(tmp_path: Path) -> None:
    """None of them goes on beside the next measurement."""
    with started(BUSY_CHILD, tmp_path, os.environ, tmp_path / "log", endless=True) as process:
        while group_processor_seconds(process.pid) < 0.3:
            assert process.poll() is None
    assert has_stopped(process.pid)


@pytest.mark.skipif(not Path("/proc/self/stat").is_file(), reason="there is no /proc")
def test_a_server_is_stopped_when_the_command_is(tmp_path: Path) -> None:
    """A time limit, say, ends the command alone, since the server is in a group of its own."""
    text = f"""
import os, time
from pathlib import Path
from benchmarks.measuring import started
with started({BUSY_CHILD!r}, Path("."), os.environ, Path("log"), endless=True) as process:
    print(process.pid, flush=True)
    time.sleep(60)
"""
    command = subprocess.Popen(
        [sys.executable, "-c", text],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    server = int(command.stdout.readline()) if command.stdout else 0
    command.terminate()
    command.communicate()
    assert command.returncode == 128 + signal.SIGTERM
    assert has_stopped(server)
