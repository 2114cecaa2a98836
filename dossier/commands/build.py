"""The command `build`, which most people give without a word."""

from __future__ import annotations

import gc
import sys
import time
from typing import TYPE_CHECKING

from dossier.build.inputs import (
    BuildResult,
    Inputs,
    Options,
    nothing_is_known,
    report_unchanged,
)
from dossier.build.manifest import Held
from dossier.problems import render_problems
from dossier.progress import ProgressBar
from dossier.site.due_text import moment_text, read_due_text

if TYPE_CHECKING:  # imported only where something changed
    from dossier.planning.ahead import Ahead


def build_site(options: Options) -> int:
    """Build the site, and print what was done. Raises `ProblemError`."""
    started = time.perf_counter()
    gc.disable()  # saves a third of the time: a build ends soon and leaves few cycles
    report = _build(options)
    if report.warnings:
        print(render_problems(report.warnings), file=sys.stderr)
    print(_summary(report, options, time.perf_counter() - started))
    return 0


def _build(options: Options) -> BuildResult:
    """Build the site while other processes work ahead, unless nothing changed."""
    if nothing_is_known(options):
        from dossier.planning.ahead import work_ahead_from_nothing

        with work_ahead_from_nothing(options) as (inputs, ahead):
            return _build_with(options, inputs, ahead)
    inputs = Inputs(options)
    report = report_unchanged(options, inputs)
    if report is not None:
        return report
    from dossier.planning.ahead import work_ahead

    with work_ahead(options, inputs) as ahead:
        return _build_with(options, inputs, ahead)


def _build_with(options: Options, inputs: Inputs, ahead: Ahead) -> BuildResult:
    from dossier.pipeline import build

    with ProgressBar() as progress:
        return build(options, inputs, progress, ahead)


def _summary(report: BuildResult, options: Options, seconds: float) -> str:
    lines = [
        f"{report.pages} pages in {options.output.as_posix()}/, {report.rendered} rendered in "
        f"{seconds:.1f} s: {report.written} files written, {report.unchanged} unchanged, "
        f"{report.removed} removed"
    ]
    if report.held:
        lines.append(f"{len(report.held)} held back: " + ", ".join(map(_held_text, report.held)))
    if due := report.next:
        lines.append(f"next: {read_due_text(options.content / due.source, due.what, due.moment)}")
    if report.explanation:
        lines.append(report.explanation)
    return "\n".join(lines)


def _held_text(held: Held) -> str:
    return f"{held.id} (draft)" if held.draft else f"{held.id} (until {moment_text(held.until)})"
