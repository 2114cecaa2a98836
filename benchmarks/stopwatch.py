"""Runs one build in this process and tells its phases apart: `python -m benchmarks.stopwatch`.

Functions of the pipeline are wrapped, so that what is measured is the build itself. A phase's
figure is its own: while one runs within another, the outer one's clock stands still.
"""

from __future__ import annotations

import argparse
import functools
import importlib
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.phase_list import IMPORTS, PHASES, REST

_STATUS = Path("/proc/self/status")
_CLEAR = Path("/proc/self/clear_refs")


class Stopwatch:
    """What each phase took: seconds, or with `memory` the peak of its memory in bytes.

    One or the other, since asking the system for its memory would cost a short phase dearly.
    """

    def __init__(self, memory: bool) -> None:
        self.figures: dict[str, float] = defaultdict(float)
        self._memory = memory
        self._running = [IMPORTS]
        self._since = time.perf_counter()

    def enter(self, phase: str) -> None:
        """A phase begins, within the one that runs."""
        self._take()
        self._running.append(phase)

    def leave(self) -> None:
        """The innermost phase ends."""
        self._take()
        self._running.pop()

    def _take(self) -> None:
        phase = self._running[-1]
        if self._memory:
            self.figures[phase] = max(self.figures[phase], take_peak())
        else:
            self.figures[phase] += time.perf_counter() - self._since
            self._since = time.perf_counter()

    def watch(self, phase: str, place: str) -> bool:
        """Count a function as part of a phase; false where there is no such function."""
        found = find(place)
        if found is None:
            return False
        owner, name = found
        setattr(owner, name, self._wrapped(getattr(owner, name), phase))
        return True

    def _wrapped(self, function: Callable[..., Any], phase: str) -> Callable[..., Any]:
        @functools.wraps(function)
        def measured(*args: Any, **kwargs: Any) -> Any:
            self.enter(phase)
            try:
                return function(*args, **kwargs)
            finally:
                self.leave()

        return measured


def take_peak() -> float:
    """This process's peak memory since this was last asked, in bytes; since its start elsewhere."""
    if _CLEAR.exists():
        lines = _STATUS.read_text().splitlines()
        peak = next(line for line in lines if line.startswith("VmHWM"))
        _CLEAR.write_text("5")  # the peak begins anew
        return float(peak.split()[1]) * 1024
    if sys.platform == "win32":
        return 0.0
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit)


def find(place: str) -> tuple[Any, str] | None:
    """What holds a function of the list, and its name there; None where there is none."""
    module, _, path = place.partition(":")
    *outer, name = path.split(".")
    try:
        owner: Any = importlib.import_module(module)
        for part in outer:
            owner = getattr(owner, part)
    except (ImportError, AttributeError):
        return None
    return (owner, name) if hasattr(owner, name) else None


def main() -> int:
    """Build the site of the working folder; print the figures as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--started", type=float, required=True)
    parser.add_argument("--jobs", type=int, required=True)
    parser.add_argument("--templates", type=Path, required=True)
    given = parser.parse_args()
    watch = Stopwatch(given.memory)
    before = 0.0 if given.memory else time.time() - given.started

    from dossier import pipeline
    from dossier.build.inputs import Options

    absent = [place for phase in PHASES for place in PHASES[phase] if not watch.watch(phase, place)]
    watch.enter(REST)
    report = pipeline.build(Options(templates=given.templates, jobs=given.jobs, as_of="2030-01-01"))
    watch.leave()
    watch.figures[IMPORTS] += before
    found = {"figures": watch.figures, "missing": absent, "rendered": report.rendered}
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
