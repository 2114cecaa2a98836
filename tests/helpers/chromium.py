"""Chromium and the built site for it: fixtures. Chromium is `$CHROMIUM` or /usr/bin/chromium."""

from __future__ import annotations

import fcntl
import http.server
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial, wraps
from pathlib import Path
from typing import Any

import pytest

from dossier.build.inputs import Options
from dossier.pipeline import build
from tests.helpers.served import PATIENCE
from tests.helpers.smallsite import ROOT

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BASE = "/some/repo/"
KINDS = (
    "",
    "briefings/",
    "briefings/tiktok-shelves-live-shopping/",
    "fr/briefings/tiktok-renonce-au-live-shopping/",
    "companies/",
    "companies/tiktok/",
    "regions/",
    "regions/europe/",
    "topics/",
    "topics/live-shopping/",
    "sources/",
    "search/",
    "about/",
)
SAMPLE = ROOT / "tests/sample"
"""Content of every kind, in two languages: the tests' own, which stays when a site's changes."""


@pytest.fixture(scope="session")
def site(shared_folder: Path) -> Path:
    """The sample content, built for a project site; its folder is the server's root.

    It is built by the first process of the test session that asks for it, and never changed.
    """
    root = shared_folder / "pages"
    options = Options(
        content=SAMPLE,
        as_of="2026-11-01",
        templates=ROOT / "templates",
        output=root / BASE.strip("/"),
        cache=shared_folder / "cache",
        base_url=f"https://example.org{BASE}",
    )
    with (shared_folder / "pages.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not options.output.exists():
            build(options)
    return root


@pytest.fixture(scope="session")
def browser():  # type: ignore[no-untyped-def]
    """Chromium; without it the tests are skipped, and in CI that is a failure.

    Its pages wait as long as all tests do: the machine may be busy with other things.
    """
    if not Path(CHROMIUM).exists():
        message = f"no browser at {CHROMIUM}: `apt-get install chromium`, or set CHROMIUM"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        chromium.new_page = _patient(chromium.new_page)
        chromium.new_context = _patient(chromium.new_context)
        yield chromium
        chromium.close()


def _patient(make: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(make)
    def made(**options: object) -> Any:
        result = make(**options)
        result.set_default_timeout(1000 * PATIENCE)
        return result

    return made


class Pages(http.server.SimpleHTTPRequestHandler):
    """The files of a folder, as they are now; nothing is said in the terminal."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def at_server(folder: Path, handler: type[Pages] = Pages) -> Iterator[str]:
    """Serve a folder for a while; gives the address of its root."""
    served = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(handler, directory=str(folder))
    )
    thread = threading.Thread(target=served.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{served.server_port}/"
    finally:
        served.shutdown()
        thread.join()
        served.server_close()


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[tuple[str, list[str]]]:
    """A server of the folder above the site, and the paths for which it had nothing."""
    missing: list[str] = []

    class Handler(Pages):
        def send_error(self, code: int, *_: object) -> None:
            missing.append(self.path)
            body = (site / BASE.strip("/") / "404.html").read_bytes()
            self.send_response(code)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    with at_server(site, Handler) as url:
        yield url.removesuffix("/"), missing
