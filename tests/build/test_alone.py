"""A build is alone: it asks no other machine for anything, and starts no shell."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.helpers.smallsite import ENTITIES, ROOT, SmallSite, briefing

GUARDED = """
import sys
FORBIDDEN = ("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec",
             "os.posix_spawn")
LINKERS = ("ldconfig", "gcc", "cc", "ld", "objdump")
def guard(event, args):
    started = event in ("subprocess.Popen", "os.posix_spawn")
    if started and str(args[0]).rpartition("/")[2] in LINKERS:
        return  # ctypes asks them where Pango is; WeasyPrint needs it
    if event in FORBIDDEN:
        print("forbidden:", event, args, file=sys.stderr, flush=True)
        sys.exit(86)
sys.addaudithook(guard)
from dossier.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize("pdf", [False, True], ids=["pages", "pdf"])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_build_needs_no_network_and_no_shell(
    small_site: Callable[[str], SmallSite], pdf: bool, jobs: str
) -> None:
    """Neither it nor its workers, nor the library that prints PDFs; links stay links."""
    if pdf:
        pytest.importorskip("weasyprint")
    text = "A [link](https://example.com/) and [[tiktok]].\n\n![x](/files/a.svg)"
    site = small_site(
        ENTITIES
        + "-- content/site.yaml --\ntitle: T\nbase_url: https://example.org/\nsocial_cards: true\n"
        + f"pdf: {str(pdf).lower()}\n"
        + briefing("a", text, companies="[tiktok]")
        + "-- content/files/a.svg --\n<svg xmlns='http://www.w3.org/2000/svg'>"
        + "<image href='https://example.com/x.png'/></svg>\n"
    )
    command = [sys.executable, "-c", GUARDED, "build", "--jobs", jobs]
    done = subprocess.run(
        command, cwd=site.folder, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True
    )
    assert "forbidden" not in done.stderr
    assert done.returncode == 0, done.stderr
