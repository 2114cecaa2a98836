"""What the preview answers, whom it refuses, and how it begins and ends."""

from __future__ import annotations

import json
import os
import signal
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tornado.httputil import HTTPHeaders
from tornado.ioloop import IOLoop
from tornado.websocket import websocket_connect

from dossier.cli import main
from dossier.preview.author_bar import editor_link
from dossier.preview.host_check import is_own_host, is_own_origin
from dossier.preview.start import _end_now
from dossier.processes.channel import forked
from dossier.processes.workers import CAN_FORK
from dossier.render.csp import without_policy
from tests.helpers.served import Served, free_port, served
from tests.helpers.smallsite import ENTITIES, ROOT, SmallSite, briefing

Make = Callable[[str], SmallSite]
WRITTEN = ENTITIES + briefing("a", companies="[tiktok]", aliases="[/old/]")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One preview for all questions."""
    site = SmallSite(
        tmp_path_factory.mktemp("site"), WRITTEN + "-- content/files/note.txt --\nA note.\n"
    )
    with served(site) as preview:
        yield preview


def test_a_page_is_the_build_s_and_the_scripts_come_last(running: Served) -> None:
    """But for its policy and what is added before the end of its body, to the byte."""
    running.site.build()
    for path in ("", "briefings/a/", "companies/tiktok/", "old/"):
        status, headers, text = running.get(f"/site/{path}")
        assert status == 200
        assert headers["Content-Type"] == "text/html; charset=utf-8"
        start = text.index('<script src="/-/preview/author.js"')
        end = text.index("</body>", start)
        page = running.site.read(f"{path}index.html")
        assert without_policy(text[:start] + text[end:]) == without_policy(page)
    for path in ("sitemap.xml", "robots.txt"):
        assert running.get(f"/site/{path}")[2] == running.site.read(path)
    (running.site.folder / "output").rename(running.site.folder / "built")


def test_the_site_is_below_its_base_path_alone(running: Served) -> None:
    """A link that breaks where the site is published breaks here."""
    assert running.url.endswith("/site/")
    assert running.get("/")[1]["Location"] == "/site/"
    assert running.get("/site")[1]["Location"] == "/site/"
    status, _, text = running.get("/briefings/a/")
    assert status == 404
    assert "outside the site" in text
    assert running.get("/site/briefings/a")[0] == 301
    assert running.get("/site/briefings/a")[1]["Location"] == "/site/briefings/a/"
    assert running.get("/site/briefings/a/?x=1")[0] == 200


def test_what_is_not_there_is_the_site_s_404_page(running: Served) -> None:
    """With its status, at any depth."""
    status, _, text = running.get("/site/no/such/page/")
    assert status == 404
    assert "Page not found" in text
    assert "author.js" in text


def test_files_are_sent_as_they_are(running: Served) -> None:
    """With their type, and nothing added."""
    status, headers, text = running.get("/site/files/note.txt")
    assert (status, text) == (200, "A note.\n")
    assert headers["Content-Type"] == "text/plain; charset=utf-8"


def test_styles_and_scripts_are_those_of_a_build(running: Served) -> None:
    """With their types; whatever version is asked for, it is the current one."""
    running.site.build()
    for file, kind in (("assets/briefing.css", "text/css"), ("assets/base.js", "text/javascript")):
        status, headers, text = running.get(f"/site/{file}?v=00000000")
        assert (status, text) == (200, running.site.read(file))
        assert headers["Content-Type"] == f"{kind}; charset=utf-8"
    assert running.get("/site/assets/search.css")[0] == 404
    (running.site.folder / "output").rename(running.site.folder / "built again")


@pytest.mark.parametrize(
    "path",
    [
        "/site/../content/site.yaml",
        "/site/..%2fcontent/site.yaml",
        "/site/%2e%2e/content/site.yaml",
        "/site/..%5ccontent%5csite.yaml",
        "/site/files/..%2f..%2fcontent%2fsite.yaml",
        "/site//etc/passwd",
        "/%2fetc/passwd",
        "/../../../../etc/passwd",
        "/-/preview/..%2fsession.py",
        "/-/preview/../session.py",
        "/content/site.yaml",
        "/site/.nojekyll%00.html",
    ],
)
def test_no_path_leads_out_of_the_site(running: Served, path: str) -> None:
    """Encoded or not."""
    status, _, text = running.get(path)
    assert status == 404
    assert "base_url:" not in text
    assert "root:" not in text


def test_a_link_out_of_the_content_folder_is_refused(tmp_path: Path) -> None:
    """It is named, as by a build, and nothing of it is sent."""
    site = SmallSite(tmp_path / "site", WRITTEN + "-- content/files/note.txt --\nA note.\n")
    (tmp_path / "secret.txt").write_text("the secret", "utf-8")
    (site.folder / "content/files/link.txt").symlink_to(tmp_path / "secret.txt")
    with served(site) as preview:
        status, _, text = preview.get("/site/files/link.txt")
        assert status in (403, 404)
        assert "the secret" not in text
        assert "leads out of the folder" in preview.get("/-/preview/state")[2]


@pytest.mark.parametrize("path", ["/site/", "/-/preview/state", "/livereload.js", "/livereload"])
def test_a_request_by_another_name_or_of_another_page_is_refused(
    running: Served, path: str
) -> None:
    """A name that was led here, and a page of another server on this machine."""
    own = f"127.0.0.1:{running.port}"
    assert running.get(path, {"Host": f"evil.example:{running.port}"})[0] == 403
    assert running.get(path, {"Host": "127.0.0.1.evil.example"})[0] == 403
    assert running.get(path, {"Origin": "https://evil.example"})[0] == 403
    assert running.get(path, {"Origin": "null"})[0] == 403
    assert running.get(path, {"Origin": "http://127.0.0.1:1"})[0] == 403
    assert running.get(path, {"Host": own, "Origin": f"http://{own}"})[0] != 403


def test_no_one_may_call_for_a_reload(running: Served) -> None:
    """What livereload offers for it is not there."""
    assert running.get("/forcereload?path=*")[0] == 404


def test_a_web_socket_of_another_page_is_refused(running: Served) -> None:
    """A page of the preview itself may have one, and is told at once to look."""
    url = f"ws://127.0.0.1:{running.port}/livereload"

    async def connect(origin: str) -> list[str]:
        from tornado.httpclient import HTTPRequest

        request = HTTPRequest(url, headers=HTTPHeaders({"Origin": origin}))
        socket = await websocket_connect(request)
        await socket.write_message(json.dumps({"command": "hello"}))
        await socket.write_message(json.dumps({"command": "info", "url": running.url}))
        said = [str(await socket.read_message()) for _ in range(2)]
        socket.close()
        return [json.loads(one)["command"] for one in said]

    def run(origin: str) -> list[str]:
        return IOLoop(make_current=False).run_sync(lambda: connect(origin))

    def ask(origin: str) -> list[str]:
        with ThreadPoolExecutor() as pool:  # Playwright's loop runs in this thread
            return pool.submit(run, origin).result()

    assert ask(f"http://127.0.0.1:{running.port}") == ["hello", "reload"]
    with pytest.raises(Exception, match="403"):
        ask("https://evil.example")


@pytest.mark.parametrize(
    ("header", "bound", "own"),
    [
        ("localhost:8000", "127.0.0.1", True),
        ("127.0.0.1", "127.0.0.1", True),
        ("[::1]:8000", "127.0.0.1", True),
        ("LOCALHOST.", "127.0.0.1", True),
        ("192.168.0.7:8000", "127.0.0.1", False),
        ("192.168.0.7:8000", "0.0.0.0", True),
        (f"{socket.gethostname()}:8000", "0.0.0.0", True),
        ("desk.example:8000", "desk.example", True),
        ("evil.example", "0.0.0.0", False),
        ("localhost.evil.example", "127.0.0.1", False),
        ("evil.example#localhost", "127.0.0.1", False),
        ("", "127.0.0.1", False),
        ("[::1", "127.0.0.1", False),
    ],
)
def test_the_names_of_a_server(header: str, bound: str, own: bool) -> None:
    """Addresses, the machine's name, the one it was bound to: none that others can lead here."""
    assert is_own_host(header, bound) is own


def test_the_origins_of_a_server() -> None:
    """Its own pages, at the same port."""
    assert is_own_origin("http://127.0.0.1:8000", "127.0.0.1:8000")
    assert not is_own_origin("http://127.0.0.1:8001", "127.0.0.1:8000")


def test_the_state_tells_problems_with_their_lines(running: Served) -> None:
    """As JSON, for the script of the page."""
    state = json.loads(running.get("/-/preview/state?path=%2Fsite%2Fbriefings%2Fa%2F")[2])
    assert state["source"]["path"] == "content/briefings/a.md"
    assert state["problems"] == []
    assert state["notice"] == ""


def test_a_file_that_changes_behind_its_address_changes_the_page(small_site: Make) -> None:
    """A picture that is saved again is loaded again, on the pages that show it and no others."""
    image = briefing("a", "![A picture](</files/a b.svg>)")
    with served(small_site(image + briefing("b"))) as preview:
        preview.site.folder.joinpath("content/files").mkdir()
        (preview.site.folder / "content/files/a b.svg").write_text("<svg/>", "utf-8")
        preview.wait_for("all problems fixed")
        before = [frame(preview, "a"), frame(preview, "b")]
        (preview.site.folder / "content/files/a b.svg").write_text("<svg> </svg>", "utf-8")
        preview.wait_for("change")
        assert frame(preview, "a") != before[0]
        assert frame(preview, "b") == before[1]


def frame(preview: Served, id_: str) -> str:
    """The fingerprint by which the page of a briefing knows that it is up to date."""
    state = preview.get(f"/-/preview/state?path=%2Fsite%2Fbriefings%2F{id_}%2F")[2]
    return str(json.loads(state)["frame"])


@pytest.mark.parametrize(
    ("pattern", "link"),
    [
        ("vscode://file/{path}:{line}", "vscode://file/a%20b/c.md:3"),
        ("idea://open?file={path}&line={line}", "idea://open?file=/a%20b/c.md&line=3"),
        ("x:{path}:{line}:{column}", "x:/a%20b/c.md:3:7"),
    ],
)
def test_the_link_into_an_editor_is_configurable(pattern: str, link: str) -> None:
    """With the absolute path, the line and the column."""
    assert editor_link(pattern, Path("/a b/c.md"), 3, 7) == link


@pytest.mark.parametrize("signal_number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_ends_it_at_once(small_site: Make, signal_number: int) -> None:
    """Without a traceback, with status 0; the port is free again."""
    many = "".join(briefing(f"b-{n}") for n in range(100))
    port = free_port()  # a preview of another test process takes the usual one at once
    with served(small_site(WRITTEN + many), "--port", str(port)) as preview:
        assert preview.get("/site/")[0] == 200
        assert preview.children() == []
        assert preview.stop(signal_number) == 0
        preview.wait_for("stopped")
        assert not any("Traceback" in line for line in preview.said)
    with served(small_site(""), "--port", str(port)) as again:
        assert again.port == port


def test_a_port_in_use_is_a_clear_message(
    small_site: Make, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it was asked for; otherwise the next free one is taken."""
    site = small_site(WRITTEN)
    monkeypatch.chdir(site.folder)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        templates = str(ROOT / "templates")
        assert main(["serve", "--templates", templates, "--port", str(port)]) == 1
    assert f"in use: {port}" in capsys.readouterr().err
    with served(site) as first, served(site) as second:
        assert first.port != second.port


def test_a_host_that_others_can_reach_is_said(small_site: Make) -> None:
    """What it means: everyone in the network can read it."""
    with served(small_site(WRITTEN), "--host", "0.0.0.0", "--port", str(free_port())) as preview:
        assert "including drafts" in preview.wait_for("network")


def test_a_missing_folder_is_a_problem(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is nothing to serve."""
    monkeypatch.chdir(tmp_path)
    assert main(["serve"]) == 1
    assert "folder not found" in capsys.readouterr().err
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("name", ["author.js", "author.css"])
def test_the_preview_serves_its_own_files(running: Served, name: str) -> None:
    """The script without which no page follows, and its style sheet."""
    status, _, text = running.get(f"/-/preview/{name}")
    assert status == 200
    assert text


def test_a_page_that_was_renamed_leads_on(small_site: Make) -> None:
    """A tab that has it open reloads, and is at the new address."""
    with served(small_site(WRITTEN)) as preview:
        assert preview.get("/site/briefings/a/")[0] == 200
        file = preview.site.folder / "content/briefings/a.md"
        file.rename(file.with_name("b.md"))
        preview.wait_for("briefings/b.md")
        status, headers, _ = preview.get("/site/briefings/a/")
        assert (status, headers["Location"]) == (302, "/site/briefings/b/")
        assert preview.get("/site/briefings/c/")[0] == 404


@pytest.mark.skipif(not CAN_FORK, reason="only Linux forks safely")
def test_a_process_that_reads_says_nothing_when_the_preview_is_stopped(
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Ctrl-C reaches it too, and what it is told is told once."""
    here = os.getpid()
    with forked(lambda _asker: _end_now(here, signal.SIGINT, None)):
        pass
    assert capfd.readouterr() == ("", "")
