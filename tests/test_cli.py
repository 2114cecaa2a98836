"""The command line: exit statuses, what is printed where, and never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path

import pytest

from dossier import __version__
from dossier.cli import main
from tests.helpers.smallsite import ENTITIES, NEXT_YEAR, ROOT, SmallSite, briefing

Make = Callable[[str], SmallSite]


def run(site: SmallSite, *arguments: str) -> int:
    """Run the command on a small site, with the project's templates."""
    command = arguments[0] if arguments and not arguments[0].startswith("-") else "build"
    options = [argument for argument in arguments if argument != command]
    folders = ["--content", str(site.folder / "content"), "--templates", str(ROOT / "templates")]
    if command == "build":
        folders += ["--output", str(site.folder / "output")]
    with chdir(site.folder):
        return main([command, *folders, *options])


def test_a_build_says_what_it_did(small_site: Make, capsys: pytest.CaptureFixture[str]) -> None:
    """In three lines: pages, files, time; what is held back until when; and what comes next."""
    site = small_site(
        briefing("a") + briefing("b", status="draft") + briefing("c", date=f"{NEXT_YEAR}-01-01")
    )
    assert run(site) == 0
    out, err = capsys.readouterr()
    first, second, third = out.splitlines()
    assert first.startswith("12 pages in ")
    assert "12 rendered in" in first
    assert f"{len(site.output())} files written, 0 unchanged, 0 removed" in first
    assert second == f"2 held back: b (draft), c (until {NEXT_YEAR}-01-01)"
    assert third == f"next: “Title of c” on {NEXT_YEAR}-01-01"
    assert err == ""


def test_a_second_build_writes_nothing(
    small_site: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every file is unchanged."""
    site = small_site(briefing("a"))
    run(site)
    run(site)
    unchanged = len(site.output())
    assert (
        f"0 files written, {unchanged} unchanged, 0 removed"
        in capsys.readouterr().out.splitlines()[-1]
    )


def test_errors_end_with_status_1_and_keep_the_last_good_site(
    small_site: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    """They go to standard error, with the line, a caret and a way out."""
    site = small_site(ENTITIES + briefing("a"))
    run(site)
    before = site.output()
    site.write(briefing("b", companies="[tiktk]"))
    capsys.readouterr()
    assert run(site) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines()[0].endswith("briefings/b.md:5:13: error: unknown company 'tiktk'")
    assert err.splitlines()[1:] == [
        "    companies: [tiktk]",
        "                ^",
        "    did you mean 'tiktok'?",
        "1 problem: nothing was published",
    ]
    assert site.output() == before


def test_all_problems_of_all_files_come_in_one_run(small_site: Make) -> None:
    """Sorted by file and line: front matter, bodies, references and site.yaml together."""
    site = small_site(
        briefing("a", "[x](javascript:y)", titel="x", date="2022-13-01")
        + briefing("b", "# Heading", topics="[nope]")
        + "-- content/companies/c.md --\nno front matter\n"
    )
    assert site.messages() == [
        "briefings/a.md:3:7: '2022-13-01' is not a date: there is no month 13",
        "briefings/a.md:5:1: unknown field 'titel'",
        "briefings/a.md:8:5: 'javascript:y' is not an address that a page can link to",
        "briefings/b.md:8:1: a heading of the first level: the title is the only one",
        "companies/c.md:1:1: the front matter is missing",
    ]
    site.write("-- content/site.yaml --\ntitel: x\n")
    assert site.messages()[-3:] == [
        "site.yaml:1:1: the field 'base_url' is missing",
        "site.yaml:1:1: the field 'title' is missing",
        "site.yaml:1:1: unknown field 'titel'",
    ]
    assert len(site.messages()) == 8


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["--nope"], "--nope"),
        (["--as-of", "tomorrow"], "is not a date"),
        (["--as-of", "2022-02-30"], "February 2022 has 28 days"),
        (["--base-url", "example.org"], "not a web address"),
    ],
)
def test_a_wrong_command_line_ends_with_status_2(
    small_site: Make, capsys: pytest.CaptureFixture[str], arguments: list[str], text: str
) -> None:
    """It says what is wrong."""
    with pytest.raises(SystemExit) as caught:
        run(small_site(), *arguments)
    assert caught.value.code == 2
    assert text in capsys.readouterr().err


def test_warnings_do_not_stop_a_build_unless_it_is_strict(
    small_site: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that Dossier does not know is ignored, and said."""
    site = small_site("-- content/notes.txt --\nx\n-- content/briefings/.hidden.md --\nx\n")
    assert run(site) == 0
    assert "notes.txt: warning: this file is ignored" in capsys.readouterr().err
    assert run(site, "--strict") == 1


def test_check_publishes_nothing_and_prints_json(
    small_site: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    """Problems as a list of objects, for editors."""
    site = small_site(briefing("a", topics="[x]"))
    assert run(site, "check", "--json") == 1
    (problem,) = json.loads(capsys.readouterr().out)
    assert (problem["line"], problem["message"]) == (5, "unknown topic 'x'")
    site.write(briefing("a"))
    assert run(site, "check") == 0
    assert not (site.folder / "output").exists()


def test_missing_folders_are_problems(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command in a wrong folder says where to run it."""
    monkeypatch.chdir(tmp_path)
    assert main([]) == 1
    assert "content: error: folder not found" in capsys.readouterr().err


@pytest.mark.parametrize("output", ["content", ".", "content/output", "templates"])
def test_the_output_is_never_the_source(
    small_site: Make, monkeypatch: pytest.MonkeyPatch, output: str
) -> None:
    """A build cannot write over what it is made from."""
    site = small_site("-- templates/x.html --\n")
    monkeypatch.chdir(site.folder)
    assert main(["build", "--output", output]) == 1


def test_an_output_that_cannot_be_written_is_a_message(
    small_site: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not a traceback."""
    site = small_site()
    (site.folder / "output").write_text("a file in the way")
    assert run(site) == 1
    assert "output" in capsys.readouterr().err


def test_the_address_comes_from_the_command_line_where_it_is_given(small_site: Make) -> None:
    """Canonical links and the root of 404.html follow it."""
    site = small_site(briefing("a"))
    assert run(site, "--base-url", "https://user.github.io/repo") == 0
    assert "https://user.github.io/repo/briefings/a/" in site.read("briefings/a/index.html")
    assert 'href="/repo/briefings/"' in site.read("404.html")


def test_today_may_come_from_the_environment(
    small_site: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SOURCE_DATE_EPOCH, as reproducible-builds.org has it."""
    site = small_site(briefing("a", date="2022-07-07"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1657065600")  # 2022-07-06
    assert site.build(as_of=None).held[0].until == "2022-07-07"


def test_a_missing_dependency_is_one_line_with_the_command(tmp_path: Path) -> None:
    """`python build.py` before the installation says what to run."""
    blocked = tmp_path / "sitecustomize.py"
    blocked.write_text("import sys\nsys.modules['msgspec'] = None\n")
    done = subprocess.run(
        [sys.executable, str(ROOT / "build.py")],
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "python -m pip install -e ." in done.stderr


def test_the_version_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """Before any folder is looked for."""
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"Dossier {__version__}\n"


def test_a_reader_who_has_seen_enough_is_no_error() -> None:
    """`python build.py templates | head -1` ends in silence."""
    command = [sys.executable, str(ROOT / "build.py"), "templates"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141  # as a shell says of SIGPIPE
