"""Start of the preview: it listens at once, reads the site, and then answers every request.

Of a large site, another process answers with first pages until it is read. That process is started
before anything is imported that only the preview itself needs.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from types import FrameType
from typing import TYPE_CHECKING

from dossier.build.inputs import Options
from dossier.content.settings_file import read_settings
from dossier.fingerprint import walk_folder
from dossier.preview.host_check import open_sockets
from dossier.preview.options import PreviewOptions, home_address
from dossier.problems import ProblemError, missing_folder

if TYPE_CHECKING:
    from dossier.preview.first.process import FirstAnswering

_WORTH_A_PROCESS = 200
"""Markdown files from which reading takes long enough to show something before."""

_INTERRUPTS = (signal.SIGINT, signal.SIGTERM)


def serve(options: Options, preview: PreviewOptions) -> None:
    """Serve a site until Ctrl-C. Raises `ProblemError` where it cannot start."""
    if not options.content.is_dir():
        raise missing_folder(options.content.as_posix(), "--content")
    end_now = partial(_end_now, os.getpid())
    handlers = {number: signal.signal(number, end_now) for number in _INTERRUPTS}
    try:
        _serve(options, preview)
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)


def _serve(options: Options, preview: PreviewOptions) -> None:
    sockets = open_sockets(preview.host, preview.port)
    first = _answer_first(options, preview, sockets)
    from dossier.preview.preview import Preview  # imports much, while first pages are answered

    running = Preview(options, preview, sockets)
    running.read()
    for number in _INTERRUPTS:
        signal.signal(number, _interrupt)
    try:
        running.begin(is_known=first is not None)
        if first:
            first.hand_over()
            print("all files are read", flush=True)
        running.desk.run()
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
    finally:
        if first:
            first.stop()
        running.stop()


def _answer_first(
    options: Options, preview: PreviewOptions, sockets: Sequence[socket.socket]
) -> FirstAnswering | None:
    """Start to answer with first pages where reading takes a while, and say where."""
    count = sum(path.endswith(".md") for path in walk_folder(options.content))
    if count < _WORTH_A_PROCESS:
        return None
    from dossier.preview.first.process import FirstAnswering  # a small site needs none

    url = home_address(sockets, _base_path(options))
    first = FirstAnswering(options, sockets, preview.host, count, url if preview.open else "")
    print(f"{url}  (stop with Ctrl-C)", flush=True)
    print(f"{count:,} files are being read: pages say so until they are complete", flush=True)
    return first


def _base_path(options: Options) -> str:
    with suppress(ProblemError):  # told once all is read
        return read_settings(options.content, base_url=options.base_url).base_path
    return "/"


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _end_now(preview: int, _signal: int, _frame: FrameType | None) -> None:
    """Stop at once while reading: nothing needs cleaning up, and workers need not finish.

    Workers are copies of the preview's process, and end when they hear no more of it.
    """
    if os.getpid() == preview:
        for answering in multiprocessing.active_children():
            answering.kill()
        print("stopped", file=sys.stderr, flush=True)
    os._exit(0)
