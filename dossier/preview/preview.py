"""Live preview: a site is served while you write, and every open page follows each save.

`session` has the site, `responses` and `author_bar` answer requests, `watcher` reports saves,
`server` listens, and the `task_queue` runs one task after another.
"""

from __future__ import annotations

import gc
import socket
import sys
import threading
import webbrowser
from collections.abc import Iterator, Sequence

from dossier.build.inputs import Options
from dossier.preview.affected_pages import Save, summarise
from dossier.preview.host_check import is_loopback
from dossier.preview.options import PreviewOptions, home_address
from dossier.preview.server import Server
from dossier.preview.session import Session
from dossier.preview.task_queue import Desk
from dossier.preview.watcher import Touched, Watcher
from dossier.problems import render_problems
from dossier.theme.files import Theme

_SHOWN = 10
"""The most lines about what waits."""


class Preview:
    """A preview that can be started and stopped; `desk.run` works in between."""

    def __init__(
        self, options: Options, preview: PreviewOptions, sockets: Sequence[socket.socket]
    ) -> None:
        self._preview = preview
        self.session = Session(options)
        self.desk = Desk()
        self.sockets = sockets
        watched = [options.content, *Theme(options.templates).folders]
        self._watcher = Watcher(watched, self._tell, _warn, preview.poll)
        self._server = Server(
            self.session, self.desk, self._watcher, self.sockets, preview.host, preview.editor
        )
        self._lock = threading.Lock()
        self._waiting: Touched = frozenset()
        self._said = ""
        self._said_waiting: list[str] = []

    @property
    def url(self) -> str:
        """The address of the home page."""
        blueprint = self.session.blueprint
        return home_address(self.sockets, blueprint.settings.base_path if blueprint else "/")

    def read(self) -> None:
        """Read the content; requests wait until `begin` is called."""
        gc.disable()
        self.session.update()
        gc.freeze()  # keeps long-lived objects out of garbage collection
        gc.enable()
        self.session.share_nothing()
        self._say_problems()
        self._say_waiting()

    def begin(self, is_known: bool = False) -> None:
        """Start to answer requests and to watch files; say where, unless that is known."""
        self._server.begin()
        self._watcher.begin()
        self.desk.do_later(self.session.look_ahead())
        if not is_known:
            print(f"{self.url}  (stop with Ctrl-C)", flush=True)
        if not is_loopback(self._preview.host):
            print(
                f"--host {self._preview.host}: anyone who can reach this machine over the network"
                " can read this preview, including drafts",
                file=sys.stderr,
            )
        if self._preview.open and not is_known:
            threading.Thread(target=webbrowser.open, args=[self.url], daemon=True).start()

    def stop(self) -> None:
        """Stop everything."""
        self._watcher.stop()
        self._server.stop()

    def _tell(self, touched: Touched) -> None:
        """Note touched paths; those that arrive while the desk is busy become one update."""
        with self._lock:
            noted = self._waiting
            self._waiting = None if touched is None or noted is None else noted | touched
        self.desk.ask(self._take_in)

    def _take_in(self) -> None:
        with self._lock:
            touched, self._waiting = self._waiting, frozenset()
        if touched == frozenset() or not self.session.update(touched):
            return
        self._server.reload()
        self._say_problems()
        self._say_waiting()
        if self.session.save:
            self.desk.do_later(self._compare(self.session.save))

    def _compare(self, save: Save) -> Iterator[None]:
        """Find the pages that a save changes while nothing else is requested, then report them."""
        yield from save.compare()
        print(
            f"{', '.join(save.files[:3])}{' …' if len(save.files) > 3 else ''}: {summarise(save)}",
            flush=True,
        )
        self._server.reload()

    def _say_problems(self) -> None:
        said = render_problems(self.session.problems)
        if said != self._said:
            print(said or "all problems fixed", file=sys.stderr, flush=True)
        self._said = said

    def _say_waiting(self) -> None:
        """Print what a build does not tell yet, and until when."""
        waiting = self.session.waiting
        if waiting and waiting != self._said_waiting:
            more = f"\n  and {len(waiting) - _SHOWN} more" if len(waiting) > _SHOWN else ""
            print("waiting:\n  " + "\n  ".join(waiting[:_SHOWN]) + more, flush=True)
        self._said_waiting = waiting


def _warn(message: str) -> None:
    print(message, file=sys.stderr, flush=True)
