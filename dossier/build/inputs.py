"""Inputs of a build as fingerprints, and its result where none of them changed.

Imports little, so that a build with nothing to do ends before parsers and templates are loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Set
from functools import cached_property
from pathlib import Path

import msgspec

from dossier.build.manifest import Held, Manifest, Next, intact_files, manifest_times, read_manifest
from dossier.content.moments import find_instant, find_now
from dossier.fingerprint import digest, engine_fingerprint, rescan_folder, scan_folder
from dossier.fingerprint_memory import FingerprintMemory
from dossier.problems import Problem
from dossier.processes.workers import default_jobs
from dossier.theme.files import Theme

CACHE = Path(".cache") / "dossier"


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """The options of the command line.

    `as_of` is a day or a moment; `jobs` 0 means one for each processor.
    `templates` is the folder of overrides, which may be missing. `cache` is the cache folder, or
    None for no cache.
    """

    content: Path = Path("content")
    templates: Path = Path("templates")
    output: Path = Path("output")
    base_url: str | None = None
    as_of: str | None = None
    drafts: bool = False
    strict: bool = False
    force: bool = False
    jobs: int = 0
    explain: str | None = None
    cache: Path | None = CACHE

    @property
    def processes(self) -> int:
        """How many processes share the work at most."""
        return self.jobs or default_jobs()


class BuildResult(msgspec.Struct, frozen=True, kw_only=True):
    """The result of a build: pages in all and those rendered, files written, kept and removed."""

    pages: int
    rendered: int
    written: int
    unchanged: int
    removed: int
    held: tuple[Held, ...] = ()
    next: Next | None = None
    warnings: tuple[Problem, ...] = ()
    explanation: str = ""


class Inputs:
    """The fingerprints of everything that a build reads, taken once, and the last manifest.

    With earlier inputs and `touched` (absolute paths that may have changed since), no other file
    is read. Those of a `first` build take the fingerprints of the content when they are asked for
    them, and may have learned most of them by then.
    """

    def __init__(
        self,
        options: Options,
        before: Inputs | None = None,
        touched: Set[Path] | None = None,
        first: bool = False,
    ) -> None:
        self.options = options
        self._learned: dict[str, str] = {}
        self._written: tuple[int, ...] = ()
        self._find_altered: Callable[[], Collection[str] | None] = lambda: None
        theme = Theme(options.templates)
        if before is None or touched is None:
            self._memory = FingerprintMemory(options.cache)
            self.templates = theme.scan(self._memory)
            self.engine = engine_fingerprint(self._memory)
            if not first:
                _ = self.content
        else:
            self.engine = before.engine
            self.content = _rescan(options.content, before.content, touched)
            self.templates = theme.rescan(before.templates, touched)

    @cached_property
    def content(self) -> Mapping[str, str]:
        """The fingerprints of the content files."""
        found = scan_folder(self.options.content, memory=self._memory, known=self._learned)
        self._memory.save()
        return found

    def learn(self, fingerprints: Mapping[str, str]) -> None:
        """Learn those of content files that others have read."""
        self._learned |= fingerprints

    @cached_property
    def manifest(self) -> Manifest:
        """The manifest of the output folder."""
        self._written = manifest_times(self.options.output)
        return read_manifest(self.options.output)

    def refresh_manifest(self) -> bool:
        """Forget the manifest if another build has written one in the meantime, and tell if so."""
        if self._written == manifest_times(self.options.output):
            return False
        self.__dict__.pop("manifest", None)
        self.__dict__.pop("intact", None)
        return True

    def expect_altered(self, find: Callable[[], Collection[str] | None]) -> None:
        """Ask a function for the altered files of the output; it returns None if it is unknown."""
        self._find_altered = find

    @cached_property
    def intact(self) -> Set[str]:
        """The files of the output that are as the manifest says, by size and time."""
        files = self.manifest.files
        altered = self._find_altered()
        if altered is None:
            return intact_files(self.options.output, files)
        return frozenset(files).difference(altered)

    def is_stale(self, path: str) -> bool:
        """Tell whether a content file has other bytes by now, or is gone."""
        now = rescan_folder(self.options.content, self.content, {path})
        return now.get(path) != self.content.get(path)

    @cached_property
    def of_settings(self) -> str:
        """The fingerprint of all that settings follow from but the time and the theme."""
        from dossier.content.settings import SETTINGS_FILE  # with models, which take long to load

        options, file = self.options, self.content.get(SETTINGS_FILE, "")
        return digest(self.engine, file, options.base_url or "", str(options.drafts))

    @cached_property
    def theme(self) -> str:
        """The fingerprint of all files of the theme, the site's own included."""
        return digest(*(part for item in self.templates.items() for part in item))

    @cached_property
    def fingerprint(self) -> str:
        """The fingerprint of all inputs but the time."""
        options = self.options
        given = (options.content, options.templates, options.base_url, options.drafts)
        scanned = (*self.content.items(), *self.templates.items())
        files = [part for item in scanned for part in item]
        return digest(self.engine, repr((*map(str, given), options.strict)), *files)


def _rescan(folder: Path, before: Mapping[str, str], touched: Set[Path]) -> Mapping[str, str]:
    root = folder.resolve()
    below = {path.relative_to(root).as_posix() for path in touched if path.is_relative_to(root)}
    return rescan_folder(folder, before, below) if below else before


def nothing_is_known(options: Options) -> bool:
    """Tell whether no build has left anything, in the output or in the cache."""
    has_cache = options.cache is not None and options.cache.exists()
    return not has_cache and not any(manifest_times(options.output))


def report_unchanged(options: Options, inputs: Inputs) -> BuildResult | None:
    """Return the result of a build with nothing to do; None if there may be something."""
    manifest = inputs.manifest
    if not manifest.inputs or options.force or options.explain:
        return None
    zone = manifest.timezone
    if not manifest.period.covers(find_instant(find_now(options.as_of, zone), zone)):
        return None
    if inputs.fingerprint != manifest.inputs:
        return None
    if len(inputs.intact) != len(manifest.files):
        return None
    return BuildResult(
        pages=manifest.pages,
        rendered=0,
        written=0,
        unchanged=len(manifest.files),
        removed=0,
        held=manifest.held,
        next=manifest.next,
        warnings=manifest.warnings,
    )
