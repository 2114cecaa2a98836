"""What earlier builds left is never trusted: damaged, foreign or gone, it makes no wrong page."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dossier.build.manifest import NAME as MANIFEST
from dossier.build.reads import NAME as READS
from dossier.fingerprint import engine_fingerprint
from dossier.pipeline import build
from dossier.problems import ProblemError
from dossier.render.compiled import compiled_folder
from tests.helpers.smallsite import ENTITIES, SmallSite, briefing

SITE = ENTITIES + "".join(
    briefing(f"b-{n}", f"Text {n} on [[tiktok]].", companies="[tiktok]") for n in range(6)
)
SITE += briefing("c", "![A](/files/a.svg)")
SITE += '-- content/files/a.svg --\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 5"/>\n'
KEPT = (
    ".cache/documents",
    ".cache/fingerprints",
    ".cache/images",
    ".cache/site",
    f"output/{MANIFEST}",
    f"output/{READS}",
)
"""What a build keeps for the next one, by path."""


@pytest.fixture
def own_templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of the user that no other test uses."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "user"))
    return tmp_path / "user"


def damages(data: bytes) -> Iterator[bytes]:
    """Truncate bytes, and flip single bits of them."""
    dice = random.Random(7)
    for length in (0, 1, len(data) // 3, len(data) - 1):
        yield data[:length]
    for _ in range(60):
        place = dice.randrange(len(data))
        yield data[:place] + bytes([data[place] ^ 1 << dice.randrange(8)]) + data[place + 1 :]


@pytest.mark.parametrize("kept", KEPT)
def test_damage_makes_no_wrong_page(
    built_site: Callable[[str], SmallSite], kept: str, tmp_path: Path
) -> None:
    """Every bit may be another: the build after it equals one from nothing."""
    site = built_site(SITE)
    file, state = site.folder / kept, tmp_path / "state"
    edit = briefing("b-1", "Another text on [[amazon]].", title="Another title")
    site.write(edit)
    right = site.output_of_a_clean_build()
    for folder in (".cache", "output"):
        shutil.copytree(site.folder / folder, state / folder)
    for damaged in damages(file.read_bytes()):
        for folder in (".cache", "output"):
            shutil.rmtree(site.folder / folder)
            shutil.copytree(state / folder, site.folder / folder)
        file.write_bytes(damaged)
        before = site.output()
        try:
            site.build()
        except ProblemError as error:  # without a manifest, files may be anybody's
            assert kept.endswith(MANIFEST)
            assert "not made by Dossier" in error.problems[0].message
            assert site.output() == before
        else:
            assert site.output() == right


def test_a_style_sheet_that_the_manifest_names_must_be_there(
    built_site: Callable[[str], SmallSite],
) -> None:
    """Of one whose name has another letter, nothing is published."""
    site = built_site(SITE)
    site.write(briefing("b-1", "Another text."))
    right = site.output_of_a_clean_build()
    manifest = site.folder / "output" / MANIFEST
    written = manifest.read_bytes()
    assert b'"assets/home.css"' in written
    manifest.write_bytes(written.replace(b'"assets/home.css"', b'"assets/hooe.css"'))
    site.build()
    assert site.output() == right


def test_a_damaged_template_is_compiled_again(
    small_site: Callable[[str], SmallSite], own_templates: Path
) -> None:
    """Its file begins with a checksum, since code with another bit could do anything."""
    site = small_site(SITE)
    site.build()
    right = site.output()
    files = [path for path in own_templates.rglob("*") if path.is_file()]
    assert len(files) > 10
    for file, damaged in zip(files, damages(files[0].read_bytes()), strict=False):
        file.write_bytes(damaged)
    site.build(force=True)
    assert site.output() == right


def test_nothing_in_a_site_is_run_as_code(
    small_site: Callable[[str], SmallSite], own_templates: Path
) -> None:
    """Compiled templates lie in the user's own folder, and only if nobody else may write there."""
    site = small_site(SITE)
    site.build()
    kept = {path.name for path in (site.folder / ".cache").rglob("*")}
    assert kept - {"formatted", "theme"} == {"documents", "fingerprints", "images", "site"}
    folder = compiled_folder(engine_fingerprint())
    assert folder and folder.is_relative_to(own_templates)
    folder.chmod(0o777)
    assert compiled_folder(engine_fingerprint()) is None
    site.build(force=True)


def test_a_cache_of_another_python_or_version_is_not_used(
    own_templates: Path,
) -> None:
    """What is compiled stands in a folder for each; one that nothing used for a month goes."""
    first = compiled_folder("one")
    assert first and first.is_relative_to(own_templates)
    os.utime(first, (0, 0))
    second = compiled_folder("another")
    assert second and second != first
    assert not first.exists()


def test_a_cache_deleted_while_a_build_runs_is_only_lost_time(
    built_site: Callable[[str], SmallSite],
) -> None:
    """Bodies that were still to be read are parsed again."""
    site = built_site(SITE)
    site.write(briefing("b-1", "Another text.", title="Another title"))
    right = site.output_of_a_clean_build()

    deleted = []

    def delete(_done: str, *_numbers: int) -> None:
        deleted.append((site.folder / ".cache/documents").exists())
        shutil.rmtree(site.folder / ".cache", ignore_errors=True)

    build(site.options, progress=delete)
    assert any(deleted)
    assert site.output() == right


@pytest.mark.parametrize("moment", [0, 4_000_000_000])
def test_the_clock_of_a_file_decides_nothing(
    built_site: Callable[[str], SmallSite], moment: int
) -> None:
    """A clock set back, or a file from the future: contents are compared."""
    site = built_site(SITE)
    path = site.folder / "content/briefings/b-1.md"
    before = path.stat()
    same_size = path.read_text("utf-8").replace("Text 1", "Text X")
    path.write_text(same_size, "utf-8")
    for times in ((before.st_atime, before.st_mtime), (moment, moment)):
        os.utime(path, times)
        site.build()
        assert b"Text X" in site.output()["briefings/b-1/index.html"]


def test_a_cache_that_cannot_be_written_is_only_lost_time(
    small_site: Callable[[str], SmallSite],
) -> None:
    """A file lies where its folder must be."""
    site = small_site(SITE)
    shutil.rmtree(site.folder / ".cache", ignore_errors=True)
    (site.folder / ".cache").write_text("mine", "utf-8")
    site.build()
    assert "briefings/b-1/index.html" in site.output()
