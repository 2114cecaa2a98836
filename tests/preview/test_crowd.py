"""Many open pages, slow readers and many saves at once: nobody waits for anybody else."""

from __future__ import annotations

import gc
import json
import resource
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from tornado.httpclient import HTTPRequest
from tornado.ioloop import IOLoop
from tornado.websocket import WebSocketClientConnection, websocket_connect

from tests.helpers.served import PATIENCE, Served, served
from tests.helpers.smallsite import ENTITIES, SmallSite, briefing

Make = Callable[[str], SmallSite]
WRITTEN = ENTITIES + "".join(briefing(f"b{n}", "See [[tiktok]].") for n in range(20))
TABS = 300
LARGE = 30_000_000


@contextmanager
def few_open_files(most: int) -> Iterator[None]:
    """Start what is started in the block as macOS does: with few open files unless it asks."""
    gc.collect()  # closes what earlier tests in this process have left open
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_hundreds_of_open_pages_are_told_of_each_save(small_site: Make) -> None:
    """Each of them, and they see the last state; the preview ends at once all the same."""
    site = small_site(WRITTEN)
    with few_open_files(256):
        running = Served(site)
    try:
        with ThreadPoolExecutor() as pool:  # Playwright's loop runs in this thread
            loop = IOLoop(make_current=False)
            pool.submit(loop.run_sync, lambda: open_pages(running, site)).result()
    finally:
        assert running.stop() == 0


async def open_pages(running: Served, site: SmallSite) -> None:
    """Open many pages, save a few times, and wait until each was told."""
    address = f"ws://127.0.0.1:{running.port}/livereload"
    origin = {"Origin": f"http://127.0.0.1:{running.port}"}
    pages = [await websocket_connect(HTTPRequest(address, headers=origin)) for _ in range(TABS)]
    for page in pages:
        await page.write_message(json.dumps({"command": "hello"}))
        await page.write_message(json.dumps({"command": "info", "url": running.url}))
        assert [await command(page) for _ in range(2)] == ["hello", "reload"]
    for text in ("Another text.", "A third text."):
        site.write(briefing("b7", text))
        for page in pages:
            assert await command(page) == "reload"
        assert text in running.get("/site/briefings/b7/")[2]
        for page in pages:  # once more, when it is known which pages change
            assert await command(page) == "reload"


async def command(page: WebSocketClientConnection) -> str:
    """What the preview says next to a page."""
    return str(json.loads(str(await page.read_message()))["command"])


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_a_slow_reader_holds_nobody_up(small_site: Make) -> None:
    """Forty that read a byte at a time: saves show, others read, and memory stays."""
    site = small_site(WRITTEN + "-- content/files/note.txt --\nA note.\n")
    (site.folder / "content/files/large.bin").write_bytes(bytes(LARGE))
    with served(site) as running:
        running.get("/site/")
        before = memory(running)
        slow = [reader(running, "/site/files/large.bin") for _ in range(40)]
        slow += [reader(running, "/livereload", "Upgrade: websocket") for _ in range(3)]
        for n in range(5):
            site.write(briefing("b7", f"Text number {n}."))
            for one in slow:
                one.recv(1)
            while f"Text number {n}." not in running.get("/site/briefings/b7/")[2]:
                time.sleep(0.02)
        assert len(running.get("/site/files/large.bin")[2]) == LARGE
        assert memory(running) - before < 60_000_000 < 40 * LARGE
        for one in slow:
            one.close()


def reader(running: Served, path: str, header: str = "Accept: */*") -> socket.socket:
    """A connection that asked for a file and has read nothing of it."""
    found = socket.socket()
    found.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    found.settimeout(PATIENCE)
    found.connect(("127.0.0.1", running.port))
    host = f"Host: 127.0.0.1:{running.port}"
    found.sendall(f"GET {path} HTTP/1.1\r\n{host}\r\n{header}\r\n\r\n".encode())
    return found


def memory(running: Served) -> int:
    """The memory of the preview, in bytes."""
    status = Path(f"/proc/{running.process.pid}/status").read_text("utf-8")
    return 1024 * int(status.split("VmRSS:")[1].split()[0])


def test_a_part_of_a_file_can_be_read(small_site: Make) -> None:
    """As where it is published: Safari plays no video without it. What is saved is sent at once."""
    site = small_site(WRITTEN + "-- content/files/note.txt --\nA note.\n")
    with served(site) as running:
        status, headers, text = running.get("/site/files/note.txt?v=1", {"Range": "bytes=2-5"})
        assert (status, text, headers["Content-Range"]) == (206, "note", "bytes 2-5/8")
        assert headers["Cache-Control"] == "no-store"
        seen = {"If-Modified-Since": headers["Last-Modified"]}
        (site.folder / "content/files/note.txt").write_text("A text.\n", "utf-8")
        assert running.get("/site/files/note.txt")[2] == "A text.\n"
        assert running.get("/site/files/note.txt", seen)[0] == 200


def test_ten_thousand_saves_are_few_updates(small_site: Make) -> None:
    """Each file is shown as it was saved last, and requests are answered meanwhile."""
    site = small_site(WRITTEN)
    with served(site) as running:
        for n in range(10_000):
            (site.folder / f"content/briefings/b{n % 20}.md").write_text(
                briefing("x", f"Text number {n}.").partition("--\n")[2], "utf-8"
            )
            if n % 2000 == 0:
                assert running.get("/site/")[0] == 200
        for n in range(9980, 10_000):
            wait_for_text(running, f"/site/briefings/b{n % 20}/", f"Text number {n}.")
        assert len(running.said_so_far("change")) < 100


def wait_for_text(running: Served, path: str, text: str) -> None:
    """Ask for a page until it has a text."""
    until = time.monotonic() + PATIENCE
    while text not in running.get(path)[2]:
        assert time.monotonic() < until
        time.sleep(0.05)
