"""Livereload's server with our own handlers: every request is checked, pages are made on demand.

Unlike livereload: nothing is built on the event loop, no reload is dropped, and other sites cannot
use the server. Responses come from the task queue.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from importlib.resources import files
from typing import Any

import livereload
import msgspec
from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.web import Application, HTTPError, RequestHandler, StaticFileHandler

from dossier.preview.author_bar import author_state
from dossier.preview.host_check import OWN_HEADERS, is_own_origin, refusal
from dossier.preview.responses import ASSETS, answer, with_script
from dossier.preview.session import Session
from dossier.preview.task_queue import Desk
from dossier.preview.watcher import Watcher

_OPEN_FILES = 4096
_TYPES = {"js": "text/javascript", "css": "text/css"}


class Server(livereload.Server):  # type: ignore[misc]
    """Serves a session in its own thread, on sockets that already listen."""

    def __init__(
        self,
        session: Session,
        desk: Desk,
        watcher: Watcher,
        sockets: Sequence[socket.socket],
        host: str,
        editor: str,
    ) -> None:
        super().__init__(watcher=watcher)
        self.session, self.desk, self.sockets = session, desk, sockets
        self.bound, self.editor = host, editor
        self._loop: IOLoop | None = None
        self._thread = threading.Thread(target=self._run, name="server", daemon=True)

    def begin(self) -> None:
        """Start to answer requests."""
        _allow_connections()
        self._thread.start()

    def reload(self) -> None:
        """Tell every open page to check whether it is current; may be called from any thread."""
        if self._loop:
            self._loop.add_callback(_ReloadHandler.reload_all)

    def stop(self) -> None:
        """Stop; nothing listens any more when this returns."""
        if self._loop:
            self._loop.add_callback(self._loop.stop)
            self._thread.join()
        for one in self.sockets:
            one.close()

    def application(self, *_: Any, **__: Any) -> None:
        """Listen with our handlers, as livereload expects."""
        LiveReloadHandler.watcher = self.watcher
        LiveReloadHandler.live_css = True
        handlers: list[Any] = [
            (r"/livereload", _ReloadHandler),
            (r"/livereload\.js", _ReloadScriptHandler),
            (rf"{ASSETS}state", _StateHandler),
            (rf"{ASSETS}(author\.(?:css|js))", _AssetHandler),
            (r".*", _PageHandler, {"path": str(self.session.options.content.resolve())}),
        ]
        application = Application(handlers, log_function=lambda _: None, preview=self)
        HTTPServer(application).add_sockets(self.sockets)
        self._loop = IOLoop.current()

    def _run(self) -> None:
        asyncio.set_event_loop(asyncio.new_event_loop())
        self.serve()

    def _setup_logging(self) -> None:
        """Silence livereload's log: the preview reports events itself."""
        logging.getLogger("livereload").setLevel(logging.CRITICAL)


def _allow_connections() -> None:
    """Raise the number of files that may be open: each page holds connections; macOS allows 256."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, _OPEN_FILES)
    if soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


class _Guarded(RequestHandler):
    """Refuses requests for other hosts, and from pages of other sites."""

    @property
    def preview(self) -> Server:
        return self.application.settings["preview"]  # type: ignore[no-any-return]

    def prepare(self) -> Awaitable[None] | None:
        """Check a request before anything else."""
        host, origin = self.request.headers.get("Host", ""), self.request.headers.get("Origin")
        if reason := refusal(host, origin, self.preview.bound):
            raise HTTPError(403, reason=reason)
        return None

    def set_default_headers(self) -> None:
        """Forbid caching, and use by pages of other sites."""
        for name, value in OWN_HEADERS.items():
            self.set_header(name, value)

    async def ask(self, work: Callable[[], Any]) -> Any:
        """Run a task in the queue."""
        return await asyncio.wrap_future(self.preview.desk.ask(work))


class _ReloadHandler(_Guarded, LiveReloadHandler):  # type: ignore[misc]
    def check_origin(self, origin: str) -> bool:
        return is_own_origin(origin, self.request.headers.get("Host", ""))

    def on_message(self, message: str | bytes) -> None:
        """Shake hands; a page that connects first checks whether it is current."""
        super().on_message(message)
        if self in LiveReloadHandler.waiters:
            self._request_check()

    @classmethod
    def reload_all(cls) -> None:
        """Ask every open page to check, but those that have not read an earlier request yet."""
        for page in LiveReloadHandler.waiters.copy():
            if not page.ws_connection.stream.writing():
                page._request_check()

    def _request_check(self) -> None:
        self.send_message({"command": "reload", "path": "*"})


class _ReloadScriptHandler(_Guarded, LiveReloadJSHandler):  # type: ignore[misc]
    pass


class _StateHandler(_Guarded):
    async def get(self) -> None:
        path, preview = self.get_query_argument("path", "/"), self.preview
        state = await self.ask(partial(author_state, preview.session, path, preview.editor))
        self.set_header("Content-Type", "application/json")
        self.finish(msgspec.json.encode(state))


class _AssetHandler(_Guarded):
    def get(self, name: str) -> None:
        self.set_header("Content-Type", f"{_TYPES[name.rpartition('.')[2]]}; charset=utf-8")
        self.finish(files("dossier.preview").joinpath("assets", name).read_bytes())


class _PageHandler(_Guarded, StaticFileHandler):
    """Sends pages as they are made, and files of the content folder piece by piece, from disk."""

    async def get(self, _path: str = "", include_body: bool = True) -> None:
        found = await self.ask(partial(answer, self.preview.session, self.request.path))
        if found.location:
            self.redirect(found.location, status=found.status)
            return
        self.set_status(found.status)
        self._type = found.type
        if found.source:
            await super().get(found.source, include_body)
            return
        self.set_header("Content-Type", found.type)
        self.finish(with_script(found, self.request.headers["Host"]))

    def head(self, _path: str = "") -> Awaitable[None]:
        """Answer without a body."""
        return self.get(include_body=False)

    def get_content_type(self) -> str:
        """Use the type that a page would have."""
        return str(self._type)

    def compute_etag(self) -> None:
        """Send none: tornado would remember it when the file has changed."""

    def should_return_304(self) -> bool:
        """Send the file again: its time in seconds does not tell two saves apart."""
        return False

    def get_cache_time(self, *_: object) -> int:
        """Forbid caching, whatever the query says."""
        return 0
