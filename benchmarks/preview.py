"""Times a generator's development server: to the first page, and from a save to the fresh page.

The article and a page of one of its companies are asked for again and again until the words that
are waited for are in them.
"""

from __future__ import annotations

import http.client
import re
import socket
import subprocess
import time
from collections.abc import Callable, Sequence

from benchmarks.contender import Contender, in_turn, report
from benchmarks.measuring import group_processor_seconds, last_lines, settle_disk, started

FIRST_PAGE = "start → first page"
COMPLETE = "start → complete"
BODY = "body saved → article"
TITLE = "title saved → article"
TITLE_LISTED = "title saved → company"
EVENTS = (FIRST_PAGE, COMPLETE, BODY, TITLE, TITLE_LISTED)

_COMPLETING = re.compile(rb"<[a-z][^<>]*\sdata-completing[\s=/>]")
"""What an element of a page has that was made before the whole site was read."""

PAUSE = 0.005
"""Seconds between an answer and the next request."""

LIMIT = 900.0
"""Seconds after which a page that does not come ends the measurement."""

QUIET = 0.5
"""Seconds without work after which a server is idle."""

BUSY = 0.05
"""The share of a processor from which on it works."""

HOST = "127.0.0.1"


class Server:
    """The development server of a contender, as one who reads the site sees it."""

    def __init__(self, contender: Contender, process: subprocess.Popen[bytes], port: int) -> None:
        self._contender = contender
        self._process = process
        self._port = port

    def wait_for(self, path: str, since: float, word: str, complete: bool = False) -> float:
        """Ask for a page until it has a word; seconds since a moment of `perf_counter`.

        With `complete`, it must not say either that it is still being completed.
        """
        while True:
            page = self._get(path)
            passed = time.perf_counter() - since
            if word.encode() in page and not (complete and is_completing(page)):
                return passed
            if passed > LIMIT or self._process.poll() is not None:
                self._give_up(f"{path} has no {word} after {passed:.0f} s")
            time.sleep(PAUSE)

    def wait_until_idle(self) -> None:
        """Wait until the server and its children have done nothing for a while."""
        used = group_processor_seconds(self._process.pid)
        for _ in range(int(LIMIT / QUIET)):
            time.sleep(QUIET)
            before, used = used, group_processor_seconds(self._process.pid)
            if used - before < QUIET * BUSY:
                return
        self._give_up("is still at work")

    def _get(self, path: str) -> bytes:
        """A page; nothing where there is none yet, or nobody listens yet."""
        connection = http.client.HTTPConnection(HOST, self._port, timeout=LIMIT)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.read() if answer.status == 200 else b""
        except (OSError, http.client.HTTPException):
            return b""
        finally:
            connection.close()

    def _give_up(self, why: str) -> None:
        name, log = self._contender.tool.name, self._contender.log
        raise SystemExit(f"{name}: {why}\n{last_lines(log)}")


def is_completing(page: bytes) -> bool:
    """Whether a page says that it is still being completed; a style for that says nothing."""
    return _COMPLETING.search(page) is not None


def run_preview(contenders: Sequence[Contender], runs: int) -> None:
    """Time all events with every contender in turn; the last build of each had an edited title."""
    pages = {contender.tool.name: contender.company_page() for contender in contenders}
    for number in range(1, runs + 1):
        for contender in in_turn(contenders, number):
            report(f"run {number}: {contender.tool.name}, preview")
            _measure(contender, pages[contender.tool.name], number)


def _measure(contender: Contender, company: str, run: int) -> None:
    """Start a server on a site without a cache or output, save three times, stop it."""
    site, port = contender.site, _free_port()
    site.prepare("cold", run)
    article = f"/briefings/{site.edited.id}/"
    command = contender.tool.server(HOST, port)
    folder, environment, log = site.folder, contender.environment, contender.log
    settle_disk()
    since = time.perf_counter()
    with started(command, folder, environment, log, endless=True) as process:
        server = Server(contender, process, port)
        marker = site.edited.marker
        contender.seconds[FIRST_PAGE].append(server.wait_for(article, since, marker))
        server.wait_for(article, since, marker, complete=True)
        passed = server.wait_for(company, since, site.edited.id, complete=True)
        contender.seconds[COMPLETE].append(passed)

        # The first save may load what later ones find loaded. All words differ from any before.
        warm, body, title = (f"zq{word}{run}" for word in ("warm", "saved", "renamed"))
        since = _save(server, lambda: site.save(warm, warm))
        server.wait_for(article, since, warm)
        server.wait_for(company, since, warm)

        since = _save(server, lambda: site.save(body, warm))
        contender.seconds[BODY].append(server.wait_for(article, since, body))

        since = _save(server, lambda: site.save(body, title))
        contender.seconds[TITLE].append(server.wait_for(article, since, title))
        contender.seconds[TITLE_LISTED].append(server.wait_for(company, since, title))


def _save(server: Server, save: Callable[[], None]) -> float:
    """Save once the server is idle; the moment before."""
    server.wait_until_idle()
    since = time.perf_counter()
    save()
    return since


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind((HOST, 0))
        port: int = listening.getsockname()[1]
        return port
