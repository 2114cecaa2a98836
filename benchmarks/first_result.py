"""Measures how long a search takes on a slow phone: until the first result, and to the end.

The phone is Chromium's emulation: 400 ms until each answer, 50 kB a second, a fourth of the speed.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, sync_playwright

from benchmarks.site_folder import ROOT
from dossier.build.inputs import Options
from dossier.pipeline import build

QUERIES = ("tiktok", "amazn", "tik tok shop uk", "enquête", "live shoping")
NETWORK = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 50_000,
    "uploadThroughput": 50_000,
}
FOUND = "#search\\:found"


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


def measure(browser: Browser, url: str) -> tuple[float, float]:
    """Open a search with nothing in the cache: seconds to the first result, and to the end."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    phone = context.new_cdp_session(page)
    phone.send("Network.enable")
    phone.send("Network.emulateNetworkConditions", NETWORK)
    phone.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    started = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.wait_for_selector(f"{FOUND} li")
    first = time.perf_counter() - started
    page.wait_for_selector(f"{FOUND}[aria-busy=false]")
    ended = time.perf_counter() - started
    context.close()
    return first, ended


def main() -> None:
    """Build the content of the project, and print the medians for some searches."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        build(
            Options(
                content=ROOT / "content",
                templates=ROOT / "templates",
                output=folder / "output",
                cache=folder / "cache",
            )
        )
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        print("| search | first result | all texts |\n|---|---|---|")
        with _served(folder / "output") as root:
            for query in QUERIES:
                took = [measure(browser, f"{root}search/?q={quote(query)}") for _ in range(runs)]
                first, ended = (statistics.median(column) for column in zip(*took, strict=True))
                print(f"| {query} | {first:.1f} s | {ended:.1f} s |")
        browser.close()


if __name__ == "__main__":
    main()
