"""The process that answers first: it ends once the preview answers, and with it all that it took.

It is forked before there are threads, and shares nothing with the preview but the sockets.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import threading
import webbrowser
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection
from types import FrameType
from typing import Any

from dossier.build.inputs import Options
from dossier.preview.first.answers import FirstAnswers
from dossier.preview.first.page import FirstPage, FirstPages
from dossier.preview.task_queue import Desk
from dossier.processes.workers import CAN_FORK

_LOOKS = 0.5
"""Seconds between two looks whether the preview is still there."""
_POLL = 0.05
"""Seconds until a server notices that it has to end."""


class FirstAnswering:
    """A process that answers on some sockets until `hand_over` is called.

    With `url`, it opens a browser there.
    """

    def __init__(
        self,
        options: Options,
        sockets: Sequence[socket.socket],
        host: str,
        count: int,
        url: str = "",
    ) -> None:
        context: Any = multiprocessing.get_context("fork" if CAN_FORK else "spawn")
        self._pipe, there = context.Pipe()
        arguments = (there, tuple(sockets), options, host, count, url)
        self._process = context.Process(target=_answer, args=arguments, daemon=True)
        self._process.start()
        there.close()

    def hand_over(self) -> None:
        """Let the process end, now that the preview answers; what it still holds comes first."""
        with suppress(OSError):  # it was killed: then it holds nothing
            self._pipe.send(True)
        threading.Thread(target=self._process.join, daemon=True).start()

    def stop(self) -> None:
        """End the process at once."""
        self._process.kill()


def _answer(
    pipe: Connection,
    sockets: Sequence[socket.socket],
    options: Options,
    host: str,
    count: int,
    url: str,
) -> None:
    """Answer until the preview says that it does."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _end)
    desk, complete = Desk(), threading.Event()
    pages = FirstPages(options, count)

    def ask(path: str) -> Future[FirstPage]:
        return desk.ask(partial(pages.page, path))

    servers = [FirstAnswers(one, ask, complete, host) for one in sockets]
    for server in servers:
        _begin(partial(server.serve_forever, _POLL))
    _begin(partial(_wait_for_the_preview, pipe, servers, complete, desk))
    if url:
        _begin(partial(webbrowser.open, url))
    desk.run()
    os._exit(0)


def _wait_for_the_preview(
    pipe: Connection, servers: Sequence[FirstAnswers], complete: threading.Event, desk: Desk
) -> None:
    """Hand over once the preview asks for it; end at once if it is gone."""
    parent = multiprocessing.parent_process()
    while not pipe.poll(_LOOKS):
        # a forked worker of the preview may still hold what shows that it lives
        if parent and (not parent.is_alive() or (CAN_FORK and os.getppid() != parent.pid)):
            os._exit(0)
    complete.set()
    for server in servers:
        server.shutdown()
        server.server_close()  # waits for what is being sent
    desk.close()


def _begin(work: Callable[[], object]) -> None:
    threading.Thread(target=work, daemon=True).start()


def _end(_signal: int, _frame: FrameType | None) -> None:
    os._exit(0)
