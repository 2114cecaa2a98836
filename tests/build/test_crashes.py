"""Builds that are cut short, at every step: each file is whole, and the next build heals."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp

import pytest

from dossier.build import lock, run
from dossier.build.inputs import Inputs
from dossier.build.output.publish import PARTLY, Publication, clean
from dossier.cli import main
from dossier.pipeline import build
from dossier.problems import ProblemError
from tests.helpers.smallsite import ENTITIES, ROOT, SmallSite, briefing

BEFORE = ENTITIES + briefing("one", companies="[tiktok]") + briefing("two") + briefing("gone")
AFTER = briefing("one", "Another body.", companies="[amazon]") + briefing("three")
CHANGES = ("mkdir", "open", "replace", "unlink", "rmdir")
"""The functions of `os` through which a build changes a folder."""


def contents(folder: Path) -> dict[str, bytes]:
    """The published files and their bytes."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    return {
        name: path.read_bytes()
        for name, path in found.items()
        if path.is_file() and not name.startswith(".dossier")
    }


def cut_short(site: SmallSite, step: int, act: Callable[[], object]) -> tuple[int, str]:
    """Build in a process of its own that acts at a step of its changes; its status, its messages.

    A build that ends by itself adds how many steps it took.
    """
    read, write = os.pipe()
    if child := os.fork():
        os.close(write)
        with open(read, encoding="utf-8") as pipe:
            said = pipe.read()
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said
    status = 3
    try:
        os.close(read)
        os.dup2(write, 2)
        sys.stderr = os.fdopen(write, "w", encoding="utf-8")
        taken = count_changes(step, act)
        os.chdir(site.folder)
        options = ["--as-of", "2026-01-01", "--jobs", "1"]
        status = main(["build", "--templates", str(ROOT / "templates"), *options])
        print(f"{taken()} steps", file=sys.stderr)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def count_changes(step: int, act: Callable[[], object]) -> Callable[[], int]:
    """Act at one of the changes to the output in this process; count them."""
    done = 0

    def counted(name: str) -> Callable[..., object]:
        original = getattr(os, name)

        def changed(path: str | Path, *arguments: int, **options: object) -> object:
            nonlocal done
            reading = name == "open" and not (arguments and arguments[0] & os.O_CREAT)
            whole = Path(os.fspath(path))
            if not reading and "output" in whole.parts:
                done += 1
                if done == step:
                    act()
            return original(path, *arguments, **options)

        return changed

    for name in CHANGES:
        setattr(os, name, counted(name))
    return lambda: done


def kill() -> None:
    """End this process at once, as `kill -9` does."""
    os.kill(os.getpid(), signal.SIGKILL)


def fill_disk() -> None:
    """Fail as on a full disk."""
    raise OSError(errno.ENOSPC, "No space left on device", "output")


def interrupt() -> None:
    """Interrupt this process as Ctrl-C does."""
    raise KeyboardInterrupt


@pytest.fixture
def edited(tmp_path: Path, built_folders: Callable[[str], Path]) -> Callable[[], SmallSite]:
    """Make copies of a site that was built, then edited: a file changed, a new one, one fewer."""

    def make() -> SmallSite:
        folder = Path(mkdtemp(dir=tmp_path))
        shutil.copytree(built_folders(BEFORE), folder, symlinks=True, dirs_exist_ok=True)
        site = SmallSite(folder)
        site.write(AFTER)
        site.remove("content/briefings/gone.md")
        return site

    return make


STATUSES = {kill: {-signal.SIGKILL}, fill_disk: {0, 1}, interrupt: {130}}


@pytest.mark.parametrize("act", STATUSES, ids=lambda act: act.__name__)
def test_a_build_cut_short_leaves_whole_files_and_the_next_one_heals(
    edited: Callable[[], SmallSite], act: Callable[[], object]
) -> None:
    """At any step: by a kill, a full disk, an interrupt. Every file is the old or the new one."""
    old = contents(edited().folder / "output")
    whole = edited()
    status, said = cut_short(whole, 0, act)
    assert status == 0
    new, steps = contents(whole.folder / "output"), int(said.split()[-2])
    assert steps > 40
    for step in range(1, steps + 1):
        site = edited()
        status, said = cut_short(site, step, act)
        assert status in STATUSES[act], (step, said)
        assert "Traceback" not in said
        left = contents(site.folder / "output")
        for path, data in left.items():
            assert data in (old.get(path), new.get(path)), (step, path)
        if status == 0:
            assert left == new, step  # it needed no space for that
        elif "nothing was published" in said:
            assert left == old, step
        elif act is fill_disk:
            assert "No space left on device" in said, said
            assert PARTLY in said, said
        site.build()
        assert contents(site.folder / "output") == new, step


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_fails_while_files_are_put_in_place_is_told_as_such(
    edited: Callable[[], SmallSite], monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    """In this process or in a worker: the site is partly new, until the next build."""
    site, begin = edited(), Publication.begin
    target = site.folder / "output/briefings/three/index.html"

    def obstruct(publication: Publication) -> None:
        begin(publication)
        (target / "mine").mkdir(parents=True)

    monkeypatch.setattr(run, "WORTH_A_WORKER", 1)
    with monkeypatch.context() as patched:
        patched.setattr(Publication, "begin", obstruct)
        with pytest.raises(ProblemError) as raised:
            site.build(jobs=jobs)
    assert raised.value.outcome == PARTLY
    assert "directory" in raised.value.problems[0].message
    shutil.rmtree(target)
    site.build(jobs=jobs)
    assert "Another body." in (site.folder / "output/briefings/one/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("briefings/three/index.html/mine", "would overwrite it"),
        ("briefings/three", "needs a folder here"),
    ],
)
def test_what_lies_in_the_way_is_found_before_anything_is_published(
    edited: Callable[[], SmallSite], path: str, message: str
) -> None:
    """A folder where a file must be, a file where a folder must be."""
    site = edited()
    before = contents(site.folder / "output")
    target = site.folder / "output" / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(b"mine")
    with pytest.raises(ProblemError) as raised:
        site.build()
    assert message in raised.value.problems[0].message
    assert not raised.value.outcome
    assert contents(site.folder / "output") == before | {path: b"mine"}


def test_a_linked_folder_in_the_output_is_not_written_through(
    edited: Callable[[], SmallSite], tmp_path: Path
) -> None:
    """What it leads to belongs to somebody else; a linked output is the owner's choice."""
    site, elsewhere = edited(), tmp_path / "elsewhere"
    elsewhere.mkdir()
    (site.folder / "output/briefings/three").symlink_to(elsewhere)
    with pytest.raises(ProblemError, match="a link"):
        site.build()
    assert not any(elsewhere.iterdir())
    (site.folder / "output/briefings/three").unlink()
    (site.folder / "output").rename(tmp_path / "real")
    (site.folder / "output").symlink_to(tmp_path / "real")
    site.build()
    assert (tmp_path / "real/briefings/three/index.html").is_file()
    assert clean(site.folder / "output") > 0
    assert not contents(tmp_path / "real")


def test_one_build_at_a_time_writes_into_a_folder(
    edited: Callable[[], SmallSite], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second is refused with a message; a lock does not outlive its process."""
    site = edited()
    monkeypatch.setattr(lock, "PATIENCE", 0.1)
    with lock.exclusive(site.folder / "output"):
        with pytest.raises(ProblemError, match="another build is writing into this folder"):
            site.build()
        with pytest.raises(ProblemError, match="another build"):
            clean(site.folder / "output")
    assert cut_short(site, 5, kill)[0] == -signal.SIGKILL
    assert site.build().written


def test_a_build_that_waited_sees_what_the_other_one_published(
    edited: Callable[[], SmallSite],
) -> None:
    """It takes up the manifest of the other, not the one that it read before."""
    site = edited()
    inputs = Inputs(site.options)
    assert inputs.manifest.files
    site.build()
    assert build(site.options, inputs).written == 0


def full_disk(folder: Path, size: str) -> bool:
    """Mount a small file system at a folder, where this process may."""
    folder.mkdir(exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("size", ["200k", "700k", "1000k"])
def test_a_disk_that_is_really_full_is_told_and_nothing_is_lost(
    edited: Callable[[], SmallSite], size: str
) -> None:
    """On a file system without room for the site, or for a second copy of it."""
    site = edited()
    output = site.folder / "small"
    if not full_disk(output, size):
        pytest.skip("only root may mount a file system")
    try:
        with pytest.raises(ProblemError, match="No space left") as raised:
            for number in range(200):
                site.write(briefing(f"new-{number}"))
                before = contents(output)
                site.build(output=output)
        after = contents(output)
        assert [name for name, data in after.items() if not data] in ([], [".nojekyll"])
        assert raised.value.outcome or after == before
    finally:
        subprocess.run(["umount", str(output)], check=True)


def test_a_folder_that_cannot_be_written_is_a_clear_message(
    edited: Callable[[], SmallSite],
) -> None:
    """Nothing is published, and nothing changes."""
    site = edited()
    output = site.folder / "fixed"
    if not full_disk(output, "4m"):
        pytest.skip("only root may mount a file system")
    try:
        site.build(output=output)
        before = contents(output)
        subprocess.run(["mount", "-o", "remount,ro", str(output)], check=True)
        site.write(briefing("one", "A third body."))
        with pytest.raises((ProblemError, OSError), match="Read-only"):
            site.build(output=output)
        assert contents(output) == before
    finally:
        subprocess.run(["umount", str(output)], check=True)
