"""Runs a command: how long it takes, or how much memory it and all its processes need at most."""

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

PROC = Path("/proc")
INTERVAL = 0.02
"""Seconds between two looks at the memory."""

_PSS = re.compile(rb"^Pss:\s+(\d+) kB", re.MULTILINE)
_RSS = re.compile(rb"^VmRSS:\s+(\d+) kB", re.MULTILINE)


def measure_seconds(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], log: Path
) -> float:
    """Wall time from starting a command to its end."""
    if hasattr(os, "sync"):
        os.sync()  # what the last build left to write is not this one's to wait for
    started = time.perf_counter()
    with _started(command, folder, environment, log) as process:
        process.wait()
        ended = time.perf_counter()
    return ended - started


def measure_memory(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], log: Path
) -> float:
    """The highest sum of memory of a command's processes, in bytes; 0 where there is no /proc.

    Looking costs the processes time: a build is either timed or looked at.
    """
    highest = 0
    with _started(command, folder, environment, log) as process:
        while process.poll() is None:
            highest = max(highest, group_memory(process.pid))
            time.sleep(INTERVAL)
    return highest


def group_memory(group: int) -> int:
    """The memory of all processes of a group, in bytes; what they share counts once."""
    return sum(map(_process_memory, _members(group)))


def _members(group: int) -> Iterator[Path]:
    for folder in PROC.glob("[0-9]*"):
        try:
            after_name = (folder / "stat").read_bytes().rpartition(b")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        if int(after_name[2]) == group:
            yield folder


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
def _started(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """A process in a group of its own, which its children belong to.

    Left before its end, the group is killed; having failed, it ends this program, with its output.
    """
    with log.open("wb") as output:
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
            if process.poll() is None:
                _kill(process)
    if process.returncode:
        last = "\n".join(log.read_text("utf-8", "replace").splitlines()[-20:])
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}:\n{last}")


def _kill(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
