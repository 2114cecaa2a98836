"""Chromium and the built site for it: fixtures. Chromium is `$CHROMIUM` or /usr/bin/chromium."""

from __future__ import annotations

import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from dossier.build.inputs import Options
from dossier.pipeline import build
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


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own content, built for a project site; its folder is the server's root."""
    root = tmp_path_factory.mktemp("pages")
    build(
        Options(
            content=ROOT / "content",
            templates=ROOT / "templates",
            output=root / BASE.strip("/"),
            cache=None,
            base_url=f"https://example.org{BASE}",
        )
    )
    return root


@pytest.fixture(scope="session")
def browser():  # type: ignore[no-untyped-def]
    """Chromium; without it the tests are skipped, and in CI that is a failure."""
    if not Path(CHROMIUM).exists():
        message = f"no browser at {CHROMIUM}: `apt-get install chromium`, or set CHROMIUM"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[tuple[str, list[str]]]:
    """A server of the folder above the site, and the paths for which it had nothing."""
    missing: list[str] = []

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def send_error(self, code: int, *_: object) -> None:
            missing.append(self.path)
            body = (site / BASE.strip("/") / "404.html").read_bytes()
            self.send_response(code)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    served = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Handler, directory=str(site))
    )
    threading.Thread(target=served.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{served.server_port}", missing
    served.shutdown()
