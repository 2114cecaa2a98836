"""Briefings as PDF: printed from their pages, made anew only with them, missed by nobody else."""

from __future__ import annotations

import ctypes.util
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from io import BytesIO

import pytest
from pypdf import PdfReader

from dossier.preview.session import Session
from dossier.problems import ProblemError
from tests.helpers.smallsite import ENTITIES, ROOT, SITE_YAML, SmallSite, briefing

Make = Callable[[str], SmallSite]

PDF_SITE = f"-- content/site.yaml --\n{SITE_YAML}pdf: true\n{ENTITIES}"
SOURCES = "[{id: ft, title: A report, publisher: FT, url: 'https://ft.example/staff-report?x=1'}]"
A = briefing(
    "a",
    "Said so.[@ft] ![A chart](/files/chart.svg)" + "\n\nA paragraph." * 60,
    title="What a briefing says",
    summary="The bottom line of it.",
    authors="[Ada Author]",
    companies="[tiktok]",
    updated="2022-08-01",
    changes="[{date: 2022-08-01, kind: update, note: More.}]",
    sources=SOURCES,
)
FRENCH = briefing("b", "Le texte.", lang="fr", title="Ce que dit la note")
SITE = (
    PDF_SITE
    + A
    + FRENCH
    + "-- content/files/chart.svg --\n"
    + "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'/>\n"
)
FILES = ["briefings/a/a.pdf", "fr/briefings/b/b.pdf"]

needs_pango = pytest.mark.skipif(
    not (find_spec("weasyprint") and ctypes.util.find_library("pangoft2-1.0"))
    and not os.environ.get("CI"),
    reason='PDFs need `pip install -e ".[pdf]"` and `apt-get install libpangoft2-1.0-0`',
)


def pdfs(site: SmallSite) -> dict[str, bytes]:
    """The PDFs of the output."""
    return {path: data for path, data in site.output().items() if path.endswith(".pdf")}


def without(library: str, error: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the import of a library fail as it does where something is missing."""

    class Missing:
        def find_spec(self, name: str, *_: object) -> None:
            if name == library:
                raise error(f"cannot load {name}")

    for name in [name for name in sys.modules if name.partition(".")[0] == library]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])


@needs_pango
def test_a_pdf_says_what_its_page_says(built_site: Make) -> None:
    """Title, summary and sources with their addresses; each sheet has version and address."""
    site = built_site(SITE)
    assert sorted(pdfs(site)) == FILES
    reader = PdfReader(BytesIO(pdfs(site)[FILES[0]]))
    text = " ".join(" ".join(sheet.extract_text() for sheet in reader.pages).split())
    for said in ("What a briefing says", "The bottom line of it.", "A report"):
        assert said in text
    assert "<https://ft.example/staff-report?x=1>" in text.replace(" ", "")
    assert len(reader.pages) > 1
    for sheet in reader.pages:
        foot = "Version of August 1, 2022 · https://example.org/site/briefings/a/"
        assert foot in " ".join(sheet.extract_text().split())
    assert "Copy link" not in text


@needs_pango
def test_a_pdf_says_what_it_is(built_site: Make) -> None:
    """Who wrote it, when, on what, in which language; its structure is marked (PDF/UA)."""
    site = built_site(SITE)
    reader = PdfReader(BytesIO(pdfs(site)[FILES[0]]))
    about = reader.metadata
    assert about
    assert (about.title, about.author) == ("What a briefing says", "Ada Author")
    assert about["/Keywords"] == "TikTok"
    assert about["/CreationDate"].startswith("D:20220707")
    assert about["/ModDate"].startswith("D:20220801")
    assert reader.root_object["/Lang"] == "en"
    assert reader.root_object["/MarkInfo"]["/Marked"]
    french = PdfReader(BytesIO(pdfs(site)[FILES[1]]))
    assert french.root_object["/Lang"] == "fr"


@needs_pango
def test_the_page_leads_to_its_pdf_where_there_is_one(built_site: Make) -> None:
    """Among its tools, and for programs."""
    site = built_site(SITE)
    href = 'href="a.pdf"'
    assert site.read("briefings/a/index.html").count(href) == 2
    site.write("-- content/site.yaml --\n" + SITE_YAML)
    site.build()
    assert not pdfs(site)
    assert ".pdf" not in site.read("briefings/a/index.html")


@needs_pango
def test_a_pdf_is_made_anew_only_when_its_page_is(built_site: Make) -> None:
    """An edit of one briefing makes its PDF, and no other."""
    site = built_site(SITE)
    before = pdfs(site)
    times = {file: (site.folder / "output" / file).stat().st_mtime_ns for file in FILES}
    site.write(FRENCH.replace("Le texte.", "Un autre texte."))
    assert site.build().rendered == 1
    assert pdfs(site)[FILES[0]] == before[FILES[0]]
    assert (site.folder / "output" / FILES[0]).stat().st_mtime_ns == times[FILES[0]]
    assert pdfs(site)[FILES[1]] != before[FILES[1]]
    assert "is left as it is" in site.build(explain=FILES[0]).explanation


@needs_pango
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_same_content_makes_the_same_bytes(built_site: Make, jobs: str) -> None:
    """In another process, after other PDFs or before them; no copy of a font is left behind."""
    site = built_site(SITE)
    first, temporary = pdfs(site), site.folder / "temporary"
    temporary.mkdir()
    command = [sys.executable, str(ROOT / "build.py"), "--as-of", "2026-01-01", "--force"]
    command += ["--templates", str(ROOT / "templates"), "--jobs", jobs]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "7"}
    environment |= {"TMPDIR": str(temporary)}
    done = subprocess.run(command, cwd=site.folder, env=environment, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
    assert pdfs(site) == first
    assert list(temporary.iterdir()) == []


@needs_pango
def test_no_request_leaves(small_site: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a page refers to, such as an image at the address of the site."""
    asked: list[object] = []

    def refuse(*arguments: object, **_: object) -> None:
        asked.append(arguments)
        raise OSError("no network")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    site = small_site(SITE)
    site.build(jobs=1)
    assert sorted(pdfs(site)) == FILES
    assert asked == []


@needs_pango
def test_a_preview_makes_no_pdf(small_site: Make) -> None:
    """And leads to none, as its pages are made while somebody waits."""
    site = small_site(SITE)
    session = Session(site.options)
    session.update()
    assert session.blueprint
    assert not [file for file in session.blueprint.outputs if file.endswith(".pdf")]
    assert ".pdf" not in session.page("briefings/a/index.html").text


@pytest.mark.parametrize(
    ("library", "error", "message", "way_out"),
    [
        ("weasyprint", ImportError, "WeasyPrint is not installed", "python -m pip install"),
        ("font_source_sans_pro", ImportError, "WeasyPrint is not installed", "pip install"),
        ("weasyprint", OSError, "WeasyPrint does not find Pango", "apt-get install libpango-1.0-0"),
    ],
)
def test_without_the_library_all_else_is_built(
    small_site: Make,
    monkeypatch: pytest.MonkeyPatch,
    library: str,
    error: type[Exception],
    message: str,
    way_out: str,
) -> None:
    """One warning says the way out; no page leads to a PDF; `--strict` makes it an error."""
    without(library, error, monkeypatch)
    site = small_site(SITE)
    for _ in range(2):
        (warning,) = site.build().warnings
        assert (warning.severity, warning.message) == (
            "warning",
            f"no PDFs: {message}",
        )
        assert way_out in warning.hint
        assert "`pdf: false`" in warning.hint
    assert not pdfs(site)
    assert ".pdf" not in site.read("briefings/a/index.html")
    with pytest.raises(ProblemError):
        site.build(strict=True)


@needs_pango
def test_pdfs_are_made_as_soon_as_the_library_is_found(
    small_site: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build without it does not count as done, though the content is what it was."""
    site = small_site(SITE)
    with monkeypatch.context() as patched:
        without("weasyprint", OSError, patched)
        site.build()
    report = site.build()
    assert not report.warnings
    assert sorted(pdfs(site)) == FILES


def test_nothing_is_loaded_where_no_pdf_is_asked_for(
    small_site: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The library is slow to load."""
    without("weasyprint", OSError, monkeypatch)
    assert small_site(ENTITIES + FRENCH).build().warnings == ()
