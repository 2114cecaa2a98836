"""Runs commands: how long one takes, and what memory and processor time all its processes need."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

PROC = Path("/proc")
INTERVAL = 0.02
"""Seconds between two looks at the memory, at least."""

_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
_PSS = re.compile(rb"^Pss:\s+(\d+) kB", re.MULTILINE)
_RSS = re.compile(rb"^VmRSS:\s+(\d+) kB", re.MULTILINE)


def measure_seconds(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], log: Path
) -> float:
    """Wall time from starting a command to its end."""
    settle_disk()
    since = time.perf_counter()
    with started(command, folder, environment, log) as process:
        process.wait()
        ended = time.perf_counter()
    return ended - since


def settle_disk() -> None:
    """Wait for what the last build left to write, which is not the next one's to wait for."""
    if hasattr(os, "sync"):
        os.sync()


def measure_memory(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], log: Path
) -> float:
    """The highest sum of memory of a command's processes, in bytes; 0 where there is no /proc.

    Looking costs the processes time: a build is either timed or looked at.
    """
    highest = 0
    with started(command, folder, environment, log) as process:
        while process.poll() is None:
            since = time.perf_counter()
            highest = max(highest, group_memory(process.pid))
            # a look at gigabytes takes long: two thirds of the time they are left alone
            time.sleep(max(INTERVAL, 2 * (time.perf_counter() - since)))
    return highest


def group_memory(group: int) -> int:
    """The memory of all processes of a group, in bytes; what they share counts once."""
    return sum(_process_memory(folder) for folder, _ in _members(group))


def group_processor_seconds(group: int) -> float:
    """Processor time that a group's processes have used so far; 0 where there is no /proc."""
    return sum(int(n) for _, stat in _members(group) for n in stat[11:13]) / _TICKS


def _members(group: int) -> Iterator[tuple[Path, list[bytes]]]:
    """The folders of a group's processes in /proc, with the fields of `stat` after the name."""
    for folder in PROC.glob("[0-9]*"):
        try:
            after_name = (folder / "stat").read_bytes().rpartition(b")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        if int(after_name[2]) == group:
            yield folder, after_name


def _process_memory(folder: Path) -> int:
    """The proportional set size, which splits shared pages among their users; else the resident."""
    try:
        match = _PSS.search((folder / "smaps_rollup").read_bytes())
        if match:
            return int(match[1]) * 1024
    except OSError:  # an old kernel, or the process has ended meanwhile
        pass
    try:
        match = _RSS.search((folder / "status").read_bytes())
    except OSError:
        return 0
    return int(match[1]) * 1024 if match else 0


@contextmanager
def started(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    log: Path,
    endless: bool = False,
) -> Iterator[subprocess.Popen[bytes]]:
    """A process in a group of its own, which its children belong to.

    Left before its end, or when this program is told to end, the group is killed, which is no
    failure of an `endless` one; having failed, it ends this program, with its output.
    """
    with _end_in_order(), log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            running = process.poll() is None
            if running:
                _kill(process)
    if process.returncode and not (running and endless):
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}:\n{last_lines(log)}")


def last_lines(log: Path) -> str:
    """The end of what a process printed."""
    return "\n".join(log.read_text("utf-8", "replace").splitlines()[-20:])


@contextmanager
def _end_in_order() -> Iterator[None]:
    """Let SIGTERM end this program by an exception: a server would go on without it."""

    def end(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _kill(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
