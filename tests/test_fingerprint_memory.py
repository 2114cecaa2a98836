"""Which files are read again to find out whether they changed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from dossier import fingerprint, fingerprint_memory
from dossier.fingerprint import scan_folder
from dossier.fingerprint_memory import NAME, FingerprintMemory

pytestmark = pytest.mark.skipif(os.name != "posix", reason="there, all files are read")


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files count as settled at once."""
    monkeypatch.setattr(fingerprint_memory, "SETTLED", -(10**9))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The names of the files that are read."""
    names: list[str] = []
    read_digest = fingerprint._read_digest

    def note(file: str) -> str:
        names.append(Path(file).name)
        return read_digest(file)

    monkeypatch.setattr(fingerprint, "_read_digest", note)
    yield names


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two files."""
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "a.md").write_text("one")
    (folder / "b.md").write_text("two")
    return folder


def scan(folder: Path) -> dict[str, str]:
    """Scan a folder as a build does, with the memory of the last one."""
    memory = FingerprintMemory(folder.parent / "cache")
    found = scan_folder(folder, memory=memory)
    memory.save()
    return dict(found)


@pytest.mark.usefixtures("settled")
def test_a_file_that_was_not_touched_is_not_read_again(folder: Path, read: list[str]) -> None:
    """And its fingerprint is the one of its bytes."""
    first = scan(folder)
    assert read == ["a.md", "b.md"]
    assert scan(folder) == first == scan_folder(folder)
    assert read == ["a.md", "b.md"] * 2  # the last scan has no memory


@pytest.mark.usefixtures("settled")
def test_an_edit_with_the_same_size_and_time_is_noticed(folder: Path, read: list[str]) -> None:
    """Programs can set the time of the last writing; that of the last change, they cannot."""
    before = scan(folder)
    found = os.stat(folder / "a.md")
    (folder / "a.md").write_text("ONE")
    os.utime(folder / "a.md", ns=(found.st_atime_ns, found.st_mtime_ns))
    read.clear()
    after = scan(folder)
    assert (read, after["b.md"]) == (["a.md"], before["b.md"])
    assert after["a.md"] != before["a.md"]


@pytest.mark.usefixtures("settled")
def test_another_file_in_its_place_is_read(folder: Path, read: list[str]) -> None:
    """Even one that is older: a file moved, or a link that leads elsewhere."""
    scan(folder)
    (folder / "c.md").symlink_to("a.md")
    scan(folder)
    (folder / "c.md").unlink()
    (folder / "c.md").symlink_to("b.md")
    (folder / "b.md").rename(folder / "d.md")
    (folder / "a.md").rename(folder / "b.md")
    read.clear()
    assert scan(folder) == scan_folder(folder)
    assert set(read) == {"b.md", "c.md", "d.md"}


def test_a_file_that_was_just_written_is_read_again(folder: Path, read: list[str]) -> None:
    """Within the grain of a file system's clock it could change twice and look the same."""
    scan(folder)
    read.clear()
    scan(folder)
    assert read == ["a.md", "b.md"]


def test_the_same_files_are_found_with_and_without_a_memory(folder: Path) -> None:
    """Links to files are files; what is hidden or no file is not, and folders are not followed."""
    (folder / "below").mkdir()
    for name in ("below/c.md", ".hidden", "left~", "#left#"):
        (folder / name).write_text(name)
    (folder / "link.md").symlink_to("below/c.md")
    (folder / "linked").symlink_to("below")
    (folder / "nowhere.md").symlink_to("nowhere.md")
    os.mkfifo(folder / "pipe")
    found = scan_folder(folder)
    assert list(found) == ["a.md", "b.md", "below/c.md", "link.md"]
    assert list(scan(folder).items()) == list(found.items())
    assert scan_folder(folder / "gone", memory=FingerprintMemory(None)) == {}


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("data", [b"", b"\0", b"12345678", b"\0\0\0\0\x80"])
def test_a_damaged_memory_is_an_empty_one(folder: Path, read: list[str], data: bytes) -> None:
    """Only time is lost."""
    scan(folder)
    (folder.parent / "cache" / NAME).write_bytes(data)
    read.clear()
    assert scan(folder) == scan_folder(folder)
    assert read[:2] == ["a.md", "b.md"]
