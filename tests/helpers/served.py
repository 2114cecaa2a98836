"""A preview that runs: the command in a process of its own, on a small site."""

from __future__ import annotations

import http.client
import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.helpers.smallsite import ROOT, SmallSite

PATIENCE = 180
"""Seconds after which a test gives up waiting for something that has to come."""


_HELD = """
import sys
from dossier.preview import start
from dossier.preview.session import Session

update, start._WORTH_A_PROCESS = Session.update, 1

def held(session, touched=None):
    Session.update = update
    update(session, touched)
    print("held", flush=True)
    open("gate").read()

Session.update = held
from dossier.cli import main
sys.exit(main())
"""
"""A preview that has read the site, and knows it only once a pipe was opened: `Served.release`."""


class Served:
    """A running preview. `url` is the address of the front page.

    One that is `held` is still reading the site until it is released.
    """

    def __init__(self, site: SmallSite, *options: str, held: bool = False) -> None:
        if held:
            os.mkfifo(site.folder / "gate")
        templates = site.folder / "templates"
        self.site = site
        self.process = subprocess.Popen(
            [
                *(sys.executable, *(("-c", _HELD) if held else (str(ROOT / "build.py"),)), "serve"),
                *("--templates", str(templates if templates.is_dir() else ROOT / "templates")),
                *options,
            ],
            cwd=site.folder,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.said: list[str] = []
        self.url = self.wait_for("http://").split()[0]

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(re.findall(r":(\d+)/", self.url)[0])

    def wait_for(self, words: str) -> str:
        """The next line of the terminal that has some words."""
        while True:
            try:
                line = self._lines.get(timeout=PATIENCE)
            except queue.Empty:
                raise AssertionError("\n".join([f"no {words!r} in:", *self.said])) from None
            self.said.append(line)
            if words in line:
                return line

    def said_so_far(self, words: str) -> list[str]:
        """The lines of the terminal until now that have some words."""
        while not self._lines.empty():
            self.said.append(self._lines.get())
        return [line for line in self.said if words in line]

    def get(
        self, path: str, headers: dict[str, str] | None = None
    ) -> tuple[int, http.client.HTTPMessage, str]:
        """The answer to a request, its path sent as it is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", path, headers=headers or {})
            response = connection.getresponse()
            return response.status, response.headers, response.read().decode("utf-8", "replace")
        finally:
            connection.close()

    def release(self) -> None:
        """Let a preview that is held have read the site, and wait until it answers."""
        (self.site.folder / "gate").write_bytes(b"")
        self.wait_for("all files are read")

    def children(self) -> list[int]:
        """The processes that it has started and that are still there."""
        process = self.process.pid
        told = f"/proc/{process}/task/{process}/children"
        with open(told, encoding="utf-8") as file:
            return [int(one) for one in file.read().split()]

    def stop(self, signal_number: int = signal.SIGINT) -> int:
        """Interrupt it; its exit status."""
        self.process.send_signal(signal_number)
        status = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        return status

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._lines.put(line.rstrip("\n"))


@contextmanager
def served(site: SmallSite, *options: str, held: bool = False) -> Iterator[Served]:
    """Serve a small site for a while."""
    running = Served(site, *options, held=held)
    try:
        yield running
    finally:
        if running.process.poll() is None:
            running.stop()


def free_port() -> int:
    """A port at which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
