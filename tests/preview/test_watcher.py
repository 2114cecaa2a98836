"""What the watcher tells of, and the order in which the desk does things."""

from __future__ import annotations

import os
import queue
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from dossier.preview import task_queue
from dossier.preview import watcher as watch_module
from dossier.preview.task_queue import Desk
from dossier.preview.watcher import Touched, Watcher
from tests.helpers.served import PATIENCE
from tests.helpers.smallsite import ROOT

Told = queue.SimpleQueue[Touched]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two files and one in a folder below."""
    root = tmp_path / "content"
    (root / "below").mkdir(parents=True)
    for name in ("a.md", "b.md", "below/c.md"):
        (root / name).write_text("x", "utf-8")
    return root.resolve()


@pytest.fixture(params=["events", "polling"])
def told(folder: Path, request: pytest.FixtureRequest) -> Iterator[Told]:
    """What a watcher that has begun to see tells; whichever way it sees."""
    found: Told = queue.SimpleQueue()
    watcher = Watcher([folder], found.put, print, poll=request.param == "polling")
    watcher.begin()
    assert found.get(timeout=PATIENCE) is None
    yield found
    watcher.stop()


def wait_for(told: Told, path: Path) -> set[Path]:
    """All that is told until a path is."""
    seen: set[Path] = set()
    while path not in seen:
        seen |= told.get(timeout=PATIENCE) or set()
    return seen


def test_a_save_is_told(told: Told, folder: Path) -> None:
    """The absolute path of the file, and no other."""
    (folder / "a.md").write_text("another text", "utf-8")
    assert wait_for(told, folder / "a.md") == {folder / "a.md"}


def test_new_and_deleted_files_and_folders_are_told(told: Told, folder: Path) -> None:
    """At any depth."""
    (folder / "new").mkdir()
    (folder / "new/d.md").write_text("x", "utf-8")
    seen: set[Path] = set()
    while not seen & {folder / "new", folder / "new/d.md"}:
        seen |= told.get(timeout=PATIENCE) or set()
    (folder / "b.md").unlink()
    wait_for(told, folder / "b.md")
    shutil.rmtree(folder / "below")
    wait_for(told, folder / "below/c.md")


def test_what_editors_leave_behind_is_not_told(told: Told, folder: Path) -> None:
    """Backups, locks and hidden files."""
    for name in (".#a.md", "a.md~", ".a.md.swp", "#a.md#", ".git"):
        (folder / name).write_text("x", "utf-8")
    (folder / "b.md").write_text("another text", "utf-8")
    assert wait_for(told, folder / "b.md") == {folder / "b.md"}


def test_a_burst_is_told_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a checkout changes in many files is one word."""
    monkeypatch.setattr(watch_module, "_STEP", 500)  # the machine may be busy with other things
    beside = folder.with_name("beside")
    beside.mkdir()
    prepared = [beside / f"new-{n}.md" for n in range(301)]
    for file in prepared:
        file.write_text("New.", "utf-8")
    found: Told = queue.SimpleQueue()
    watcher = Watcher([folder], found.put, print)
    watcher.begin()
    found.get(timeout=PATIENCE)
    for file in prepared:
        file.rename(folder / file.name)
    seen = found.get(timeout=PATIENCE)
    watcher.stop()
    assert seen
    assert len(seen) == 301
    assert found.empty()


def test_a_folder_that_is_replaced_is_watched_again(told: Told, folder: Path) -> None:
    """Moved away and put back, as a checkout may do: all of it may have changed."""
    away = folder.with_name("away")
    os.replace(folder, away)
    shutil.copytree(away, folder)
    while told.get(timeout=PATIENCE) is not None:
        pass
    (folder / "a.md").write_text("another text", "utf-8")
    wait_for(told, folder / "a.md")


NO_SPACE = OSError('OS file watch limit reached. about ["/content/d8"]')
NO_FILES = RuntimeError("Error creating recommended watcher: Too many open files (os error 24)")
NO_EVENTS = RuntimeError("Function not implemented")


@pytest.mark.parametrize("error", [NO_SPACE, NO_FILES, NO_EVENTS])
def test_where_nothing_can_be_watched_it_polls(
    folder: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """And says so once."""

    def refuse(*_: object, **__: object) -> object:
        raise error

    monkeypatch.setattr(watch_module, "watch", refuse)
    told, said = polled(folder)
    assert told == [{folder / "a.md"}, {folder / "below/new.md"}]
    assert len(said) == 1
    assert ("fs.inotify.max_user_watches" in said[0]) == (error is not NO_EVENTS)


@pytest.mark.parametrize(
    ("limit", "allowed"),
    [("max_inotify_watches", 0), ("max_inotify_watches", 2), ("max_inotify_instances", 0)],
)
def test_a_limit_of_the_system_is_noticed(folder: Path, limit: str, allowed: int) -> None:
    """Reached at once, or by the first new folder: the library says nothing of it."""
    script = (
        "import sys; from pathlib import Path; from tests.preview.test_watcher import polled;"
        "told, said = polled(Path(sys.argv[1]));"
        "assert any(p.name == 'new.md' for paths in told for p in paths or ()), told;"
        "assert len(said) == 1, said"
    )
    shell = f'echo {allowed} > /proc/sys/user/{limit} || exit 77; exec "$@"'
    command = ["unshare", "-Ur", "sh", "-c", shell, "sh", sys.executable, "-c", script, str(folder)]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE)
    except FileNotFoundError:
        pytest.skip("no unshare here")
    if done.returncode == 77 or "unshare failed" in done.stderr:
        pytest.skip("no limits of one's own here")
    assert done.returncode == 0, done.stderr


def polled(folder: Path) -> tuple[list[Touched], list[str]]:
    """What a watcher tells of a save and of a new file, and what it warns of."""
    found: Told = queue.SimpleQueue()
    said: list[str] = []
    told: list[Touched] = []
    watcher = Watcher([folder], found.put, said.append)
    watcher.begin()
    assert found.get(timeout=PATIENCE) is None
    (folder / "a.md").write_text("another text", "utf-8")
    told.append(found.get(timeout=PATIENCE))
    (folder / "below/deeper").mkdir()
    while not said:
        found.get(timeout=PATIENCE)
    (folder / "below/new.md").write_text("x", "utf-8")
    while not told[-1] or folder / "below/new.md" not in told[-1]:
        told.append(found.get(timeout=PATIENCE))
    watcher.stop()
    return told, said


@pytest.mark.parametrize("poll", [False, True])
@pytest.mark.parametrize("target", ["../outside.txt", ".hidden/target.txt", "b.md"])
def test_a_link_is_told_when_its_target_changes(folder: Path, target: str, poll: bool) -> None:
    """Wherever the target is, whether it was there before, also after it was replaced."""
    file, link = folder / target, folder / "below/link.txt"
    file.parent.mkdir(exist_ok=True)
    link.symlink_to(file)
    found: Told = queue.SimpleQueue()
    watcher = Watcher([folder], found.put, print, poll=poll)
    watcher.begin()
    assert found.get(timeout=PATIENCE) is None
    file.write_text("written", "utf-8")
    wait_for(found, link)
    beside = file.with_name("beside.txt~")
    beside.write_text("replaced", "utf-8")
    beside.replace(file)
    wait_for(found, link)
    another = folder / "another.txt"
    another.symlink_to(file)
    wait_for(found, another)
    file.write_text("written again", "utf-8")
    wait_for(found, another)
    watcher.stop()


def test_ten_thousand_saves_are_told_in_a_few_words(folder: Path) -> None:
    """The first at once, and the last: after so many events, any file may have changed."""
    found: Told = queue.SimpleQueue()
    watcher = Watcher([folder], found.put, print)
    watcher.begin()
    found.get(timeout=PATIENCE)
    for n in range(10_000):
        (folder / f"new-{n}.md").write_text("New.", "utf-8")
    told = [found.get(timeout=PATIENCE)]
    while told[-1] is not None and folder / "new-9999.md" not in told[-1]:
        told.append(found.get(timeout=PATIENCE))
    assert len(told) < 1000
    (folder / "a.md").write_text("another text", "utf-8")
    while (one := found.get(timeout=PATIENCE)) is not None and folder / "a.md" not in one:
        pass  # None says that any file may have changed, so this one too
    watcher.stop()


def test_what_never_rests_is_told_all_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that something writes all the time does not keep a save back."""
    monkeypatch.setattr(watch_module, "_LONGEST", 0.3)
    found: Told = queue.SimpleQueue()
    watcher = Watcher([folder], found.put, print)
    watcher.begin()
    found.get(timeout=PATIENCE)
    ended = threading.Event()

    def write() -> None:
        while not ended.wait(0.005):
            (folder / "b.md").write_text("x", "utf-8")
            (folder / "below/c.md").write_text("x", "utf-8")

    writer = threading.Thread(target=write)
    writer.start()
    (folder / "a.md").write_text("another text", "utf-8")
    wait_for(found, folder / "a.md")
    ended.set()
    writer.join()
    watcher.stop()


def test_the_desk_does_one_thing_after_another() -> None:
    """In the thread that runs it, and results come back."""
    desk, seen = Desk(), []
    first = desk.ask(lambda: seen.append(threading.current_thread()))
    second = desk.ask(lambda: 6 * 7)
    desk.close()
    desk.run()
    assert first.done()
    assert second.result() == 42
    assert seen == [threading.current_thread()]


def test_what_fails_at_the_desk_fails_for_who_asked() -> None:
    """And for no one else."""
    desk = Desk()

    def leave() -> None:
        raise SystemExit(3)

    failed, done = desk.ask(leave), desk.ask(lambda: 1)
    desk.close()
    desk.run()
    assert isinstance(failed.exception(), SystemExit)
    assert done.result() == 1


def test_what_can_wait_is_done_in_between() -> None:
    """Step by step, and never before what is asked for."""
    desk, done = Desk(), []

    def steps() -> Iterator[None]:
        done.append("step")
        yield
        desk.ask(lambda: done.append("asked"))
        yield
        done.append("last step")
        desk.close()

    desk.do_later(steps())
    desk.ask(lambda: done.append("first"))
    desk.run()
    assert done == ["first", "step", "asked", "last step"]


def test_what_can_wait_waits_for_a_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks for a page asks for more; but nothing waits for ever."""
    desk, done = Desk(), []

    def step() -> Iterator[None]:
        done.append("step")
        desk.close()
        yield

    def ask_again() -> None:
        done.append("asked")
        threading.Timer(0.02, desk.ask, [lambda: done.append("asked again")]).start()

    monkeypatch.setattr(task_queue, "_CALM", 1.0)
    monkeypatch.setattr(task_queue, "_LONGEST", 60.0)
    desk.ask(ask_again)
    desk.do_later(step())
    desk.run()
    assert done == ["asked", "asked again", "step"]

    desk = Desk()
    monkeypatch.setattr(task_queue, "_LONGEST", 0.0)
    desk.ask(ask_again)
    desk.do_later(step())
    desk.run()
    assert done[3:] == ["asked", "step"]
