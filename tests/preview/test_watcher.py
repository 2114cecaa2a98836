"""What the watcher tells of, and the order in which the desk does things."""

from __future__ import annotations

import os
import queue
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from dossier.preview import watcher as watch_module
from dossier.preview.task_queue import Desk
from dossier.preview.watcher import Touched, Watcher
from tests.helpers.served import PATIENCE

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
    watcher = Watcher([folder], found.put, poll=request.param == "polling")
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
    watcher = Watcher([folder], found.put)
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


def test_without_events_it_polls(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the system allows no more watches."""

    def refuse(*_: object, **__: object) -> object:
        raise OSError("no space left on device")

    monkeypatch.setattr(watch_module, "watch", refuse)
    found: Told = queue.SimpleQueue()
    watcher = Watcher([folder], found.put)
    watcher.begin()
    assert found.get(timeout=PATIENCE) is None
    (folder / "a.md").write_text("another text", "utf-8")
    wait_for(found, folder / "a.md")
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
