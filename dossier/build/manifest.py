"""Manifest of an output folder: the files that Dossier made there, and their inputs.

It is in the folder that it describes, so that one cannot be lost without the other. While a build
changes files there, a list beside it has those that the manifest does not know.
"""

# annotations are values here, not texts: decoders would evaluate texts again and again
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from dossier.content.moments import Period
from dossier.problems import Problem

NAME = ".dossier-manifest.json"
UNDER_WAY = ".dossier-under-way.json"
_OWN = frozenset({NAME, UNDER_WAY})
VERSION = 4


class Recipe(msgspec.Struct, frozen=True, array_like=True):
    """The inputs of a file. All but `template` and `source` (a path) are fingerprints."""

    template: str
    view: str
    source: str = ""
    content: str = ""


_recipes = msgspec.json.Decoder(Recipe)


class OutputFile(msgspec.Struct, frozen=True, array_like=True):
    """A file as it was written: its size in bytes, its modification time (ns), its recipe.

    Most builds look at the recipes of few files, so each is decoded where it is asked for.
    """

    size: int
    modified: int
    encoded: msgspec.Raw

    @classmethod
    def made(cls, size: int, modified: int, recipe: Recipe) -> "OutputFile":
        """Describe a file that was made by a recipe."""
        return cls(size, modified, msgspec.Raw(msgspec.json.encode(recipe)))

    @property
    def recipe(self) -> Recipe:
        """The recipe; an empty one, which is that of no file, where it is damaged."""
        try:
            return _recipes.decode(self.encoded)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return _NO_RECIPE


class Held(msgspec.Struct, frozen=True):
    """A briefing that is not published yet: a draft, or one with a future date."""

    id: str
    until: str
    draft: bool


class Next(msgspec.Struct, frozen=True):
    """What is told next: in which content file, what, and from which moment on."""

    source: str
    what: str
    moment: str


class DocumentFingerprints(msgspec.Struct, frozen=True, array_like=True):
    """The fingerprints of a document's file and of its parts."""

    content: str
    facts: str
    words: str
    text: str


class Gone(msgspec.Struct, frozen=True, array_like=True):
    """A published address that no longer exists: its source, the source's fingerprint, its
    template, and `now`, the path of a file with the same bytes seen since.

    `likely` is the path of the only file that came to the folder when the source went."""

    source: str
    content: str
    template: str
    now: str = ""
    likely: str = ""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """The files of an output folder, and the inputs that they were made from.

    `inputs` is the fingerprint of everything that a build reads; `templates` has one for each
    template with all that it includes, `theme` is that of all files of the theme. They are empty
    where a build was cut short.
    """

    version: int = VERSION
    dossier: str = ""
    """The version of Dossier that made them."""
    engine: str = ""
    settings: str = ""
    settings_given: str = ""
    """The fingerprint of what they were read from; empty where others may be read."""
    parsing: msgspec.Raw = msgspec.Raw(b"null")
    """Those of them that parsing may use, encoded."""
    inputs: str = ""
    timezone: str = "UTC"
    period: Period = Period()
    """When these inputs make these files."""
    next: Next | None = None
    templates: Mapping[str, str] = {}
    theme: str = ""
    pages: int = 0
    held: tuple[Held, ...] = ()
    warnings: tuple[Problem, ...] = ()
    documents: Mapping[str, DocumentFingerprints] = {}
    """By path of the document."""
    reads: str = ""
    """The fingerprint of the file with the reads of each view."""
    files: Mapping[str, OutputFile] = {}
    drafts: bool = False
    """Whether drafts were shown: those that disappear were never published."""
    gone: Mapping[str, Gone] = {}
    """By file of the output."""


EMPTY = Manifest()
_NO_RECIPE = Recipe("", "")
_UNKNOWN = OutputFile.made(-1, -1, _NO_RECIPE)


def read_manifest(output: Path) -> Manifest:
    """Read the manifest of an output folder; an empty one if Dossier made nothing there."""
    manifest = _read(output)
    try:
        files = msgspec.json.decode((output / UNDER_WAY).read_bytes(), type=list[str])
    except FileNotFoundError:
        return manifest
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        files = []
    return _cut_short(manifest, filter(is_below, files))


def _read(output: Path) -> Manifest:
    try:
        manifest = msgspec.json.decode((output / NAME).read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return EMPTY
    if manifest.version != VERSION:
        return EMPTY
    listed = "\n".join(manifest.files)
    if ".." not in listed and "\n/" not in f"\n{listed}" and _OWN.isdisjoint(manifest.files):
        return manifest  # as always, but for some name with two points in it
    safe = {path: entry for path, entry in manifest.files.items() if is_below(path)}
    if len(safe) == len(manifest.files):
        return manifest
    return msgspec.structs.replace(manifest, files=safe, inputs="")


def manifest_times(output: Path) -> tuple[int, ...]:
    """Return when the manifest and the list beside it were written (ns), 0 where one is missing."""
    times = []
    for name in (NAME, UNDER_WAY):
        try:
            times.append(os.stat(output / name).st_mtime_ns)
        except OSError:
            times.append(0)
    return tuple(times)


def intact_files(output: Path, files: Mapping[str, OutputFile]) -> frozenset[str]:
    """Find the files that are unchanged, by size and modification time."""
    root, intact = os.fspath(output), []
    for path, entry in files.items():
        try:
            found = os.stat(f"{root}/{path}")
        except OSError:
            continue
        if found.st_size == entry.size and found.st_mtime_ns == entry.modified:
            intact.append(path)
    return frozenset(intact)


def manifest_bytes(manifest: Manifest) -> bytes:
    """Encode the manifest."""
    return msgspec.json.encode(manifest)


def unknown_files(before: Manifest, files: frozenset[str]) -> list[str]:
    """List the files that may be in the folder from now on, of which its manifest knows nothing."""
    cut_short = not before.engine
    left = [p for p, entry in before.files.items() if entry is _UNKNOWN] if cut_short else []
    return sorted({*left, *(path for path in files if path not in before.files)})


def _cut_short(before: Manifest, files: Iterable[str]) -> Manifest:
    """Build the manifest of a folder in which a build was cut short, with these files added."""
    known = dict.fromkeys(files, _UNKNOWN) | dict(before.files)
    return Manifest(dossier=before.dossier, files=known, drafts=before.drafts, gone=before.gone)


def is_below(path: str) -> bool:
    """Tell whether a path stays within its folder; stored data must not lead out of it."""
    return not path.startswith("/") and ".." not in path.split("/") and path not in _OWN
