"""Answers to the first requests: pages at once, and all else once the preview itself answers.

A small server in threads: the one of the preview takes longer to load. What waits is then asked of
the preview, at the same address, and handed on.
"""

from __future__ import annotations

import http.client
import mimetypes
import shutil
import socket
import threading
from collections.abc import Callable
from concurrent.futures import Future
from http.server import BaseHTTPRequestHandler
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from socketserver import TCPServer, ThreadingMixIn
from typing import Any

from dossier.preview.first.page import FirstPage
from dossier.preview.host_check import OWN_HEADERS, refusal
from dossier.preview.responses import ASSETS, Answer, with_script

_SILENT = 30.0
"""Seconds after which a connection is closed on which nothing is asked or read."""
_HTML = "text/html; charset=utf-8"
_SCRIPT = "text/javascript; charset=utf-8"
_SOCKET = "/livereload"
_ASSETS = (".css", ".js")
_ONE_HOP = frozenset({"connection", "keep-alive", "transfer-encoding", "server", "date"})
"""Headers that are not handed on."""

Ask = Callable[[str], "Future[FirstPage]"]
"""Asks for the page at a percent-encoded path."""


class FirstAnswers(ThreadingMixIn, TCPServer):
    """Answers on a socket that already listens. `host` is where it was asked to listen.

    Once `complete` is set, the preview answers, and everything is handed on.
    """

    block_on_close = True

    def __init__(
        self, listening: socket.socket, ask: Ask, complete: threading.Event, host: str
    ) -> None:
        super().__init__(listening.getsockname(), _Handler, bind_and_activate=False)
        self.socket.close()
        self.socket = listening
        self.ask, self.complete, self.host = ask, complete, host

    def handle_error(self, *_: Any) -> None:
        """Pass over a connection that broke: whoever asked is gone."""


class _Handler(BaseHTTPRequestHandler):
    server: FirstAnswers
    timeout = _SILENT

    def do_GET(self) -> None:
        """Answer with a page or a script at once, and with anything else later."""
        host = self.headers.get("Host", "")
        path = self.path.partition("?")[0]
        if reason := refusal(host, self.headers.get("Origin"), self.server.host):
            self._send(403, b"", _HTML, reason=reason)
        elif (script := _find_script(path)) is not None:
            self._send(200, script.read_bytes(), _SCRIPT)
        elif _is_shown(path) and not self.server.complete.is_set():
            self._answer_page(path, host)
        else:
            self._wait(path)

    do_HEAD = do_GET  # noqa: N815 - as above

    def _answer_page(self, path: str, host: str) -> None:
        page = self.server.ask(path).result()
        if self.server.complete.is_set():
            self._hand_on()
        elif page.asset:
            self._send(200, page.text.encode(), mimetypes.guess_type(path)[0] or _SCRIPT)
        elif path.endswith(_ASSETS):
            self._wait(path)
        elif page.location:
            self._send(page.status, b"", _HTML, {"Location": page.location})
        else:
            # no page has such marks, so that the script loads it again once it knows the real ones
            answer = Answer(page.status, page.text.encode(), marks=("", ""))
            later = {"Retry-After": "1"} if page.status == 503 else {}
            self._send(page.status, with_script(answer, host), _HTML, later)

    def _wait(self, path: str) -> None:
        """Wait for the preview and let it answer; pages open their web sockets to it again."""
        self.server.complete.wait()
        if path != _SOCKET:
            self._hand_on()

    def _hand_on(self) -> None:
        """Ask the preview, which answers at the same address by now, and send on what it says."""
        host, port = self.connection.getsockname()[:2]
        asked = http.client.HTTPConnection(host, port)
        try:
            asked.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in self.headers.items():
                if name.lower() not in _ONE_HOP:
                    asked.putheader(name, value)
            asked.endheaders()
            found = asked.getresponse()
            self.send_response_only(found.status, found.reason)
            for name, value in found.getheaders():
                if name.lower() not in _ONE_HOP:
                    self.send_header(name, value)
            self.end_headers()
            shutil.copyfileobj(found, self.wfile)
        finally:
            asked.close()

    def _send(
        self,
        status: int,
        body: bytes,
        kind: str,
        headers: dict[str, str] | None = None,
        reason: str | None = None,
    ) -> None:
        self.send_response_only(status, reason)
        given = {"Content-Type": kind, "Content-Length": str(len(body))}
        for name, value in (OWN_HEADERS | given | (headers or {})).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing: the preview reports what matters."""


def _is_shown(path: str) -> bool:
    """Tell whether a path is that of a page, or of its styles, and not of a file for programs."""
    if path.startswith((_SOCKET, ASSETS)):
        return False
    name = path.rpartition("/")[2]
    return "." not in name or name.endswith((".html", *_ASSETS))


def _find_script(path: str) -> Path | None:
    """Find a script that pages of the preview load; None for any other path."""
    if path == f"{ASSETS}author.js":
        return Path(str(files("dossier.preview").joinpath("assets", "author.js")))
    if path == f"{_SOCKET}.js" and (library := find_spec("livereload")):
        folder = (library.submodule_search_locations or [""])[0]
        return Path(folder, "vendors", "livereload.js")
    return None
