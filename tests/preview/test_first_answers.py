"""The first pages of a large site: at once, while it is being read, and until it is."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from dossier.preview.first import process as process_module
from dossier.preview.first.process import FirstAnswering
from dossier.render.csp import without_policy
from tests.helpers.served import PATIENCE, Served, served
from tests.helpers.smallsite import ENTITIES, SmallSite, briefing

Make = Callable[[str], SmallSite]
WRITTEN = ENTITIES + briefing("a", "The own text.", companies="[tiktok]") + briefing("b", "B.")
NOTE = "This page is still being completed"
PAGE = "/site/briefings/a/"

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="reading is held up by a pipe")


@pytest.fixture
def held(small_site: Make) -> Iterator[Served]:
    """A preview that is still reading its site."""
    with served(small_site(WRITTEN), held=True) as preview:
        preview.wait_for("held")
        yield preview


@pytest.fixture
def later() -> Iterator[ThreadPoolExecutor]:
    """Where requests wait that are not answered yet."""
    with ThreadPoolExecutor() as pool:
        yield pool


def test_a_page_is_shown_while_the_rest_is_read(held: Served) -> None:
    """With its own text, and with the note that there may be more; at the address that is said."""
    assert held.url.endswith("/site/")
    status, headers, text = held.get(PAGE)
    assert status == 200
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Cache-Control"] == "no-store"
    assert "The own text." in text
    assert f"{NOTE}: 8 files are being read." in text
    assert text.index(NOTE) < text.index('<script src="/-/preview/author.js"')
    for script in ("/-/preview/author.js", "/livereload.js?host=127.0.0.1&port=1"):
        assert held.get(script)[0] == 200


def test_styles_of_a_page_come_at_once(held: Served, later: ThreadPoolExecutor) -> None:
    """No browser draws a page before; what the theme does not have waits like any other file."""
    page = held.get(PAGE)[2]
    address = page[page.index('href="../../assets/briefing.css') :].split('"')[1]
    status, headers, sheet = held.get(f"/site/{address.removeprefix('../../')}")
    assert (status, headers["Content-Type"]) == (200, "text/css")
    assert "--accent" in sheet
    unknown = later.submit(held.get, "/site/assets/../../no.css")
    assert held.get(PAGE)[0] == 200
    assert not unknown.done()
    held.release()
    assert unknown.result(PATIENCE)[0] == 404


def test_once_all_is_read_a_page_is_the_build_s(held: Served, later: ThreadPoolExecutor) -> None:
    """To the byte, but for its scripts; an open page is told, and the first process ends."""
    told = later.submit(held.get, f"/-/preview/state?path={PAGE}")
    before = held.get(PAGE)[2]
    assert not told.done()
    held.release()
    state = json.loads(told.result(PATIENCE)[2])
    assert 'data-frame=""' in before
    assert state["frame"]  # another than that of the page: its script loads it again
    held.site.build_clean()
    status, _, text = held.get(PAGE)
    start = text.index('<script src="/-/preview/author.js"')
    page = text[:start] + text[text.index("</body>", start) :]
    built = held.site.read("briefings/a/index.html")
    assert (status, without_policy(page)) == (200, without_policy(built))
    assert state["frame"] in text
    wait_until(lambda: held.children() == [])


def test_what_programs_ask_for_waits(held: Served, later: ThreadPoolExecutor) -> None:
    """Until it is whole: a sitemap without most pages would be a wrong one."""
    paths = ("sitemap.xml", "feed.xml", "briefings/a/a.markdown")
    asked = [later.submit(held.get, f"/site/{path}") for path in paths]
    head = later.submit(ask_for_head, held, "/site/sitemap.xml")
    assert held.get(PAGE)[0] == 200
    assert not any(one.done() for one in asked)
    held.release()
    held.site.build_clean()
    for path, one in zip(paths, asked, strict=True):
        status, headers, text = one.result(PATIENCE)
        assert (status, text) == (200, held.site.read(path))
        assert headers["Cache-Control"] == "no-store"
    assert head.result(PATIENCE) == (200, b"")


def ask_for_head(preview: Served, path: str) -> tuple[int, bytes]:
    """The answer to a request without a body."""
    connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=PATIENCE)
    connection.request("HEAD", path)
    response = connection.getresponse()
    return response.status, response.read()


def test_an_unknown_address_is_missing_only_in_the_end(held: Served) -> None:
    """Until then it may still come."""
    status, headers, text = held.get("/site/no/such/page/")
    assert (status, headers["Retry-After"]) == (503, "1")
    assert NOTE in text
    assert "author.js" in text
    held.release()
    assert held.get("/site/no/such/page/")[0] == 404


def test_an_error_is_shown_as_usual_in_the_end(small_site: Make) -> None:
    """Until then its page waits, and others are shown."""
    wrong = WRITTEN + briefing("c", date="never")
    with served(small_site(wrong), held=True) as preview:
        assert preview.get("/site/briefings/c/")[0] == 503
        assert preview.get(PAGE)[0] == 200
        preview.release()
        assert any("never" in line for line in preview.said)
        assert preview.get(PAGE)[0] == 500
        state = json.loads(preview.get(f"/-/preview/state?path={PAGE}")[2])
        assert "never" in json.dumps(state["problems"])


def test_a_save_meanwhile_is_not_lost(held: Served) -> None:
    """It is in the next first page, and in all pages once the preview looks for saves."""
    held.site.write(briefing("a", "Another text.", title="Another title", companies="[tiktok]"))
    assert "Another text." in held.get(PAGE)[2]
    held.release()
    wait_until(lambda: "Another text." in held.get(PAGE)[2])
    wait_until(lambda: "Another title" in held.get("/site/companies/tiktok/")[2])


@pytest.mark.parametrize("signal_number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_meanwhile_ends_everything(
    held: Served, later: ThreadPoolExecutor, signal_number: int
) -> None:
    """At once, with status 0, and with what waits; nothing listens any more."""
    waiting = later.submit(held.get, "/site/sitemap.xml")
    assert held.get(PAGE)[0] == 200
    assert held.stop(signal_number) == 0
    held.wait_for("stopped")
    assert isinstance(waiting.exception(PATIENCE), OSError | http.client.HTTPException)
    wait_until(lambda: not listens(held.port))
    assert not any("Traceback" in line for line in held.said)


def test_the_first_process_ends_with_a_preview_that_is_killed(held: Served) -> None:
    """Nothing is left behind that listens."""
    held.process.kill()
    wait_until(lambda: not listens(held.port))


def test_a_preview_outlives_the_first_process(held: Served) -> None:
    """Whatever killed it: requests then wait for the preview."""
    (first,) = held.children()
    os.kill(first, signal.SIGKILL)
    held.release()
    assert "The own text." in held.get(PAGE)[2]
    assert NOTE not in held.get(PAGE)[2]
    assert held.stop() == 0


@pytest.mark.parametrize("path", [PAGE, "/-/preview/author.js", "/-/preview/state", "/livereload"])
def test_other_hosts_and_pages_of_other_sites_are_refused(held: Served, path: str) -> None:
    """As by the preview itself."""
    assert held.get(path, {"Host": f"evil.example:{held.port}"})[0] == 403
    assert held.get(path, {"Origin": "https://evil.example"})[0] == 403


def test_a_connection_on_which_nothing_is_asked_holds_nothing_up(
    held: Served, later: ThreadPoolExecutor
) -> None:
    """Such as browsers open in advance; what is asked on it late is answered by the preview."""
    with socket.create_connection(("127.0.0.1", held.port), PATIENCE) as early:
        waiting = later.submit(held.get, "/site/sitemap.xml")
        assert held.get(PAGE)[0] == 200
        held.release()
        assert waiting.result(PATIENCE)[0] == 200  # from now on, the first process hands on
        assert NOTE not in held.get(PAGE)[2]
        host = f"Host: 127.0.0.1:{held.port}"
        early.sendall(f"GET {PAGE} HTTP/1.1\r\n{host}\r\n\r\n".encode())
        answer = early.makefile("rb").read().decode()
    assert answer.startswith("HTTP/1.0 200")
    assert "The own text." in answer
    assert NOTE not in answer


def test_the_browser_opens_at_once(small_site: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the site is being read, and once."""
    site = small_site(WRITTEN)
    script = site.folder / "browser"
    script.write_text('#!/bin/sh\necho "$1" >> opened\n', "utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(script))
    with served(site, "--open", held=True) as preview:
        wait_until((site.folder / "opened").exists)
        preview.release()
        assert preview.get(PAGE)[0] == 200
        assert (site.folder / "opened").read_text("utf-8").split() == [preview.url]


def test_a_small_site_needs_no_first_pages(small_site: Make) -> None:
    """It is read before anybody could look at them."""
    with served(small_site(WRITTEN)) as preview:
        assert not any("being read" in line for line in preview.said)
        assert NOTE not in preview.get(PAGE)[2]


def test_it_works_where_processes_are_spawned(
    small_site: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on macOS and Windows: sockets are sent to the process."""
    monkeypatch.setattr(process_module, "CAN_FORK", False)
    site = small_site(WRITTEN)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        port = listening.getsockname()[1]
        first = FirstAnswering(site.options, [listening], "127.0.0.1", 9)
        try:
            assert "The own text." in fetch(port, PAGE)
            with ThreadPoolExecutor() as pool:
                waiting: Future[str] = pool.submit(fetch, port, "/site/sitemap.xml")
                assert "The own text." in fetch(port, PAGE)
                answer_all(listening, "From the preview.")
                first.hand_over()
                assert waiting.result(PATIENCE) == "From the preview."
            wait_until(lambda: fetch(port, PAGE) == "From the preview.")
        finally:
            first.stop()


def fetch(port: int, path: str) -> str:
    """The body of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", path)
    return connection.getresponse().read().decode()


def answer_all(listening: socket.socket, text: str) -> None:
    """Answer every request on a socket with a text, in a thread."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(listening.getsockname(), Handler, bind_and_activate=False)
    server.socket.close()
    server.socket = listening.dup()
    threading.Thread(target=server.serve_forever, daemon=True).start()


def listens(port: int) -> bool:
    """Whether anybody accepts connections at a port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait for something that has to come."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)
