"""A site that is built twice after each change: into the output that it has, and into none."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import msgspec

from dossier.build.inputs import BuildResult
from dossier.build.manifest import read_manifest
from dossier.build.missing_addresses import gone_problems
from dossier.build.reads import NAME as READS
from dossier.content.reading.reader import read_content
from dossier.content.settings import FALLBACK
from dossier.problems import Problem, ProblemError
from tests.helpers.site_values import SiteValues
from tests.helpers.smallsite import ROOT, SmallSite

FULL_SITE = (Path(__file__).parent / "full_site.txt").read_text("utf-8")
"""A site that uses every field."""

AS_OF = "2024-06-01"


class Outcome(NamedTuple):
    """What a build says, and the output after it."""

    failed: bool
    problems: frozenset[Problem]
    held: tuple[Any, ...]
    output: dict[str, bytes]
    reads: bytes
    """What each view read, as it was recorded for the next build."""


class TwinBuilds:
    """A folder with a site, its output, and the caches of two kinds of builds."""

    def __init__(self, folder: Path, printed: bool = True) -> None:
        self.values = SiteValues(FULL_SITE)
        self.site = SmallSite(folder)
        self._written: dict[str, str] = {}
        self._clean = folder / "clean"
        self.values.files |= printed_views() if printed else own_templates()

    def build(self) -> Outcome:
        """Build into the output that there is."""
        self._written = self.values.write(self.site.folder, self._written)
        return self._outcome(self.site.folder / "output", self.site.folder / ".cache")

    def build_clean(self) -> Outcome:
        """Build into a fresh folder; no cache but that of compiled templates is used."""
        cache = self.site.folder / ".clean-cache"
        shutil.rmtree(self._clean, ignore_errors=True)
        (cache / "documents").unlink(missing_ok=True)
        return self._outcome(self._clean, cache)

    def compare(self) -> bool:
        """Build both ways and compare; whether they succeeded."""
        before = read_files(self.site.folder / "output")
        incremental, clean = self.build(), self.build_clean()
        assert incremental.failed == clean.failed
        assert _unhinted(incremental.problems) == _unhinted(clean.problems)
        assert incremental.held == clean.held
        assert_same(incremental.output, before if clean.failed else clean.output)
        assert clean.failed or incremental.reads == clean.reads
        return not clean.failed

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Undo what is edited in the block, in the values and in the output."""
        values, output = self.values, self.site.folder / "output"
        kept = self.site.folder / "kept"
        shutil.copytree(output, kept)
        self.values = copy.deepcopy(values)
        try:
            yield
        finally:
            self.values = values
            shutil.rmtree(output)
            kept.rename(output)

    def _outcome(self, output: Path, cache: Path) -> Outcome:
        options = {"as_of": AS_OF, "jobs": 1, "output": output, "cache": cache}
        result: BuildResult | None = None
        try:
            result = self.site.build(**options | self.values.options)
            problems = result.warnings
        except ProblemError as error:
            problems = error.problems
        # only a folder with a past has addresses that are gone
        gone = gone_problems(
            read_manifest(output).gone,
            self.site.options.content.as_posix(),
            read_content(self.site.options.content, FALLBACK).documents,
        )
        return Outcome(
            failed=result is None,
            problems=frozenset(problems) - frozenset(gone),
            held=result.held if result else (),
            output=read_files(output),
            reads=(output / READS).read_bytes() if result else b"",
        )


def _unhinted(problems: frozenset[Problem]) -> set[Problem]:
    """Leave out ways out: only a folder with a past knows what a file was called before."""
    return {msgspec.structs.replace(problem, hint="") for problem in problems}


def read_files(folder: Path) -> dict[str, bytes]:
    """Every file of an output but those that Dossier keeps for itself."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".dossier-")
    }


def assert_same(actual: dict[str, bytes], expected: dict[str, bytes]) -> None:
    """Assert that two outputs are the same, and name the files that are not."""
    paths = sorted(actual.keys() | expected.keys())
    found = [path for path in paths if actual.get(path) != expected.get(path)]
    assert not found, f"not what a clean build makes: {', '.join(found)}"


def printed_views() -> dict[str, str]:
    """Templates that print all of their view: cheap, and no difference stays unseen."""
    pages = sorted((ROOT / "templates/pages").iterdir())
    text = '{% include "base.html" %}{{ view }}'
    return {f"templates/pages/{page.name}": text for page in pages} | {
        "templates/base.html": "<!doctype html>\n"
    }


def own_templates() -> dict[str, str]:
    """Those of the project."""
    found = sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())
    return {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in found}


@contextmanager
def plain_writers() -> Iterator[None]:
    """Instead of PDFs, cards and search indexes, write what they are made of: it takes no time."""

    def index(_: Path, lang: str, records: Any) -> dict[str, bytes]:
        return {"records.json": msgspec.json.encode((lang, list(records)))}

    def print_page(
        page: str, _: object, images: Mapping[str, Path], sheets: Mapping[str, str]
    ) -> bytes:
        text = page + "".join(sheets.values())
        return text.encode() + b"".join(file.read_bytes() for file in images.values())

    with (
        mock.patch("dossier.render.pdf.make_pdf", print_page),
        mock.patch("dossier.render.pdf.missing_library", lambda _: []),
        mock.patch("dossier.render.social_cards.draw_card", msgspec.json.encode),
        mock.patch("dossier.search.pagefind.build_index", index),
        mock.patch("dossier.search.pagefind.find_program", lambda: Path("pagefind")),
    ):
        yield
