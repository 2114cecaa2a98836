"""Publishing: nothing is lost, nothing foreign is touched, only what changed is written."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from dossier.build.manifest import (
    NAME,
    UNDER_WAY,
    Manifest,
    OutputFile,
    Recipe,
    manifest_bytes,
    read_manifest,
)
from dossier.build.output.publish import Publication, clean
from dossier.build.reads import NAME as READS
from dossier.problems import ProblemError

ENTRY = '[1, 1, ["", ""]]'
RECIPE = Recipe("", "")


def publish(output: Path, files: dict[str, bytes], kill_at: str = "") -> tuple[int, int, int]:
    """Publish files as a build does; the numbers of those written, left and removed."""
    publication = Publication(output, files, read_manifest(output))
    publication.prepare()
    try:
        staged = {path: publication.stage(path, data, RECIPE) for path, data in files.items()}
    except ProblemError:
        publication.abandon()
        raise
    publication.begin()
    for path, (waiting, _) in staged.items():
        if path == kill_at:
            raise KeyboardInterrupt
        if waiting:
            publication.place(path, waiting)
    removed = publication.finish(
        Manifest(files={path: entry for path, (_, entry) in staged.items()}), b""
    )
    written = sum(waiting != "" for waiting, _ in staged.values())
    return written, len(files) - written, removed


@pytest.mark.parametrize(
    ("listed", "known"),
    [('["a", "new"]', {"a", "new"}), ('["../b", "/c"]', {"a"}), ('["ne', {"a"}), ("{}", {"a"})],
    ids=["whole", "leading elsewhere", "cut off", "something else"],
)
def test_a_list_of_new_files_tells_that_a_build_was_cut_short(
    tmp_path: Path, listed: str, known: set[str]
) -> None:
    """Nothing that was known of the output counts then, but for whose files they are."""
    publish(tmp_path, {"a": b"1"})
    (tmp_path / UNDER_WAY).write_text(listed)
    found = read_manifest(tmp_path)
    assert found.files.keys() == known
    assert found == Manifest(files=found.files)
    publish(tmp_path, {"a": b"1"})
    assert not (tmp_path / UNDER_WAY).exists()


def test_a_build_that_is_killed_twice_forgets_no_file(tmp_path: Path) -> None:
    """What either of them may have made is removed by the third."""
    for name in ("first", "second"):
        with pytest.raises(KeyboardInterrupt):
            publish(tmp_path, {name: b"1", "last": b"1"}, kill_at="last")
    publish(tmp_path, {"a": b"1"})
    assert files_of(tmp_path) == {"a"}


def files_of(folder: Path) -> set[str]:
    """The files below a folder, but for those that Dossier keeps for itself."""
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return found - {NAME, READS}


def test_the_output_holds_what_was_published(tmp_path: Path) -> None:
    """Every file is there, with its bytes, and nothing beside them."""
    assert publish(tmp_path, {"index.html": b"a", "x/index.html": b"b"}) == (2, 0, 0)
    assert (tmp_path / "x/index.html").read_bytes() == b"b"
    assert files_of(tmp_path) == {"index.html", "x/index.html"}


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    """An unchanged file keeps its inode: nothing was put in its place."""
    publish(tmp_path, {"a": b"1", "b": b"1"})
    before = (tmp_path / "a").stat().st_ino
    assert publish(tmp_path, {"a": b"1", "b": b"2"}) == (1, 1, 0)
    assert (tmp_path / "a").stat().st_ino == before


def test_what_the_last_build_made_and_this_one_does_not_is_removed(tmp_path: Path) -> None:
    """Stale files go, and the folders that they leave empty."""
    publish(tmp_path, {"a": b"1", "old/page/index.html": b"1"})
    assert publish(tmp_path, {"a": b"1"}) == (0, 1, 1)
    assert not (tmp_path / "old").exists()


def test_foreign_files_are_never_removed(tmp_path: Path) -> None:
    """What Dossier did not make stays, even in a folder that becomes stale."""
    publish(tmp_path, {"old/index.html": b"1"})
    (tmp_path / "CNAME").write_text("example.org")
    (tmp_path / "old" / "notes.txt").write_text("mine")
    publish(tmp_path, {"index.html": b"1"})
    assert files_of(tmp_path) == {"CNAME", "old/notes.txt", "index.html"}


def test_a_foreign_file_in_the_way_is_not_overwritten(tmp_path: Path) -> None:
    """It is a problem that names the file; nothing at all is published."""
    (tmp_path / "index.html").write_text("somebody's page")
    with pytest.raises(ProblemError) as caught:
        publish(tmp_path, {"a": b"1", "index.html": b"2"})
    assert caught.value.problems[0].path.endswith("index.html")
    assert files_of(tmp_path) == {"index.html"}
    assert (tmp_path / "index.html").read_text() == "somebody's page"


@pytest.mark.parametrize("damage", ["changed", "removed", "emptied"])
def test_an_output_file_that_was_damaged_by_hand_is_restored(tmp_path: Path, damage: str) -> None:
    """The next build brings it back."""
    publish(tmp_path, {"a/b": b"right"})
    target = tmp_path / "a/b"
    {
        "changed": lambda: target.write_bytes(b"wrong"),
        "removed": lambda: target.unlink(),
        "emptied": lambda: target.write_bytes(b""),
    }[damage]()
    publish(tmp_path, {"a/b": b"right"})
    assert target.read_bytes() == b"right"


@pytest.mark.parametrize(
    ("before", "after"),
    [({"a": b"1"}, {"a/b": b"2"}), ({"a/b": b"1"}, {"a": b"2"}), ({"a/b/c": b"1"}, {"a/b": b"2"})],
    ids=["file to folder", "folder to file", "deep folder to file"],
)
def test_a_file_may_become_a_folder(
    tmp_path: Path, before: dict[str, bytes], after: dict[str, bytes]
) -> None:
    """And a folder a file."""
    publish(tmp_path, before)
    publish(tmp_path, after)
    assert files_of(tmp_path) == set(after)


def test_a_build_that_was_killed_is_finished_by_the_next(tmp_path: Path) -> None:
    """The manifest is written first: what a killed build left is known, and its remains go."""
    publish(tmp_path, {"a": b"1"})

    with pytest.raises(KeyboardInterrupt):
        publish(tmp_path, {"a": b"1", "b": b"2", "c": b"3"}, kill_at="c")
    assert (tmp_path / "b").read_bytes() == b"2"
    assert publish(tmp_path, {"a": b"1"})[2] == 1
    assert files_of(tmp_path) == {"a"}


def test_a_manifest_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    """A forged manifest does not delete other people's files."""
    outside = tmp_path / "precious"
    outside.write_text("x")
    output = tmp_path / "output"
    output.mkdir()
    forged = f'{{"version": 2, "files": {{"../precious": {ENTRY}, "{outside}": {ENTRY}}}}}'
    (output / NAME).write_text(forged)
    publish(output, {"a": b"1"})
    clean(output)
    assert outside.exists()


@pytest.mark.parametrize("text", ["", "{", '{"files": 3}', "\x00"])
def test_a_corrupt_manifest_lists_nothing(tmp_path: Path, text: str) -> None:
    """It is as if there were none: nothing is deleted, and the build goes on."""
    (tmp_path / "mine").write_text("x")
    (tmp_path / NAME).write_text(text)
    publish(tmp_path, {"a": b"1"})
    assert files_of(tmp_path) == {"mine", "a"}


def test_clean_removes_what_was_made_and_nothing_else(tmp_path: Path) -> None:
    """Foreign files stay; an empty folder goes."""
    output = tmp_path / "output"
    publish(output, {"a": b"1", "b/c": b"2"})
    (output / "mine").write_text("x")
    assert clean(output) == 2
    assert files_of(output) == {"mine"}
    (output / "mine").unlink()
    publish(output, {"a": b"1"})
    clean(output)
    assert not output.exists()


def test_a_recipe_that_is_damaged_is_that_of_no_file(tmp_path: Path) -> None:
    """It is decoded late, where nothing may fail any more: the file is made again."""
    manifest = Manifest(files={"a": OutputFile.made(1, 2, Recipe("t", "v", "s", "c"))})
    written = manifest_bytes(manifest)
    assert msgspec.json.decode(written, type=Manifest).files["a"].recipe == Recipe(
        "t", "v", "s", "c"
    )
    for damaged in (b'["t"]', b'["t",1,"s","c"]', b'["\xff","v","s","c"]'):
        (tmp_path / NAME).write_bytes(written.replace(b'["t","v","s","c"]', damaged))
        assert read_manifest(tmp_path).files["a"].recipe == Recipe("", "")
