"""Manifest of an output folder: the files that Dossier made there, and their inputs.

It is in the folder that it describes, so that one cannot be lost without the other.
"""

# annotations are values here, not texts: decoders would evaluate texts again and again
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from dossier.content.moments import Period
from dossier.problems import Problem

NAME = ".dossier-manifest.json"
VERSION = 4


class Recipe(msgspec.Struct, frozen=True, array_like=True):
    """The inputs of a file. All but `template` and `source` (a path) are fingerprints."""

    template: str
    view: str
    source: str = ""
    content: str = ""


class OutputFile(msgspec.Struct, frozen=True, array_like=True):
    """A file as it was written: its size in bytes, its modification time (ns), its recipe."""

    size: int
    modified: int
    recipe: Recipe


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
    while a build is running.
    """

    version: int = VERSION
    dossier: str = ""
    """The version of Dossier that made them."""
    engine: str = ""
    settings: str = ""
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


def read_manifest(output: Path) -> Manifest:
    """Read the manifest of an output folder; an empty one if Dossier made nothing there."""
    try:
        manifest = msgspec.json.decode((output / NAME).read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return EMPTY
    if manifest.version != VERSION:
        return EMPTY
    if all(map(is_below, manifest.files)):
        return manifest
    safe = {path: entry for path, entry in manifest.files.items() if is_below(path)}
    return msgspec.structs.replace(manifest, files=safe, inputs="")


def manifest_time(output: Path) -> int:
    """Return when the manifest was written (ns), 0 if there is none."""
    try:
        return os.stat(output / NAME).st_mtime_ns
    except OSError:
        return 0


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


def under_way(before: Manifest, files: Iterable[str]) -> Manifest:
    """Build the manifest that is written first: with every path that a killed build may leave."""
    unknown = OutputFile(-1, -1, Recipe("", ""))
    known = dict.fromkeys(files, unknown) | dict(before.files)
    return Manifest(dossier=before.dossier, files=known, drafts=before.drafts, gone=before.gone)


def is_below(path: str) -> bool:
    """Tell whether a path stays within its folder; stored data must not lead out of it."""
    return not path.startswith("/") and ".." not in path.split("/") and path != NAME
