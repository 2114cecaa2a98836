"""One build at a time: a lock on the output folder, which the system releases with its process."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dossier.problems import Problem, ProblemError

PATIENCE = 2
"""Seconds to wait for another build, which may be ending."""

try:
    import fcntl
except ImportError:  # Windows: two builds at once are not noticed there
    fcntl = None  # type: ignore[assignment]


@contextmanager
def exclusive(output: Path) -> Iterator[None]:
    """Hold an output folder, which is made if it is missing and removed again if it stays empty.

    Raises `ProblemError` while another process holds it.
    """
    output.mkdir(parents=True, exist_ok=True)
    if fcntl is None:
        yield
        return
    folder = os.open(output, os.O_RDONLY)
    try:
        _lock(folder, output)
        yield
    finally:
        os.close(folder)
        with suppress(OSError):  # it is not empty
            output.rmdir()


def _lock(folder: int, output: Path) -> None:
    patience = time.monotonic() + PATIENCE
    while True:
        try:
            return fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > patience:
                hint = "wait until it ends, and build again"
                message = "another build is writing into this folder"
                raise ProblemError(Problem(output.as_posix(), 0, 0, message, hint)) from None
            time.sleep(0.05)
        except OSError:
            return None  # a file system without locks
