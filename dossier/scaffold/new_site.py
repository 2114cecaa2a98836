"""A site of one's own: a folder that builds, passes its test, and publishes itself.

The files are those of `starter/`; `dot-` at the beginning of a name there stands for a dot, and
`.txt` at the end keeps tools from taking a file for one of ours.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import msgspec

from dossier import __version__
from dossier.problems import Problem
from dossier.scaffold.create import RefusedError
from dossier.scaffold.json_schema import FOLDER, SITE_SCHEMA, render_schemas
from dossier.scaffold.site_settings import render_site_settings
from dossier.scaffold.slugs import slugify
from dossier.theme.packaged import packaged_path
from dossier.update.site_version import DISTRIBUTION

STARTER = Path(__file__).parent / "starter"
LANGUAGES = ("en", "fr")
"""The languages that the example is written in; elsewhere it is in the first."""
_ABOUT = {"en": "about", "fr": "a-propos"}
"""The id of the example's page about the site, by its language."""
_PUBLISHING = (".github/workflows/pages.yml", ".github/dependabot.yml")


class SiteRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What `new site` is asked for."""

    folder: Path
    title: str
    base_url: str
    language: str
    timezone: str


def create_site(request: SiteRequest) -> list[str]:
    """Write a new site, and make it a git repository where git is installed.

    Returns what its author should know, in sentences. Raises `RefusedError` where the folder has
    something in it: nothing is ever overwritten.
    """
    refuse_folder(request.folder)
    for path, data in _plan_files(request):
        target = request.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    notes = [] if _start_repository(request.folder) else ["git is not installed: no repository"]
    if _spoken(request.language) != request.language.split("-")[0]:
        notes.append(
            f"the example and the words of the pages are in English, not {request.language}"
        )
    return notes


def refuse_folder(folder: Path) -> None:
    """Raise `RefusedError` unless a folder is new or empty."""
    if folder.is_dir() and not any(folder.iterdir()):
        return
    if folder.exists() or folder.is_symlink():
        message = "the folder is not empty" if folder.is_dir() else "there is a file of this name"
        hint = "choose a folder that does not exist yet"
        raise RefusedError(Problem(folder.as_posix(), 0, 0, message, hint))


def compatible_range(version: str) -> str:
    """Return the versions that keep the promises of one: `~=0.1.0` of 0.1.0, `~=1.2` of 1.2.3."""
    major, minor, patch = version.split(".")[:3]
    return f"~=0.{minor}.{patch}" if major == "0" else f"~={major}.{minor}"


def _plan_files(request: SiteRequest) -> Iterator[tuple[str, bytes]]:
    gaps = {
        "@title@": request.title,
        "@name@": f"{slugify(request.title)}-site".lstrip("-"),
        "@requirement@": f"{DISTRIBUTION}{compatible_range(__version__)}",
    }
    for path, data in _starter_files("site"):
        text = data.decode()
        for gap, value in gaps.items():
            text = text.replace(gap, value)
        yield path, text.encode()
    spoken = _spoken(request.language)
    for path, data in _starter_files(f"content-{spoken}"):
        foreign = spoken != request.language.split("-")[0]
        yield f"content/{path}", _with_language(path, data, spoken) if foreign else data
    for path in _PUBLISHING:
        yield path, packaged_path(path).read_bytes()
    yield "content/site.yaml", _settings(request, spoken).encode()
    schemas = dict(render_schemas())
    yield (FOLDER / SITE_SCHEMA).as_posix(), schemas[SITE_SCHEMA].encode()


def _starter_files(name: str) -> Iterator[tuple[str, bytes]]:
    root = STARTER / name
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        parts = path.relative_to(root).as_posix().split("/")
        renamed = "/".join(f".{p[4:]}" if p.startswith("dot-") else p for p in parts)
        yield renamed.removesuffix(".txt"), path.read_bytes()


def _settings(request: SiteRequest, spoken: str) -> str:
    languages = [request.language]
    if spoken != request.language.split("-")[0]:
        languages.append(spoken)
    return render_site_settings(
        {
            "title": request.title,
            "base_url": request.base_url,
            "languages": tuple(languages),
            "timezone": request.timezone,
            "sourcing": _ABOUT[spoken],
        }
    )


def _spoken(language: str) -> str:
    short = language.split("-")[0]
    return short if short in LANGUAGES else LANGUAGES[0]


def _with_language(path: str, data: bytes, lang: str) -> bytes:
    """Add `lang` to a file whose kind has one: the site's language is another."""
    if not path.startswith(("briefings/", "pages/")):
        return data
    return data.replace(b"---\n", f"---\nlang: {lang}\n".encode(), 1)


def _start_repository(folder: Path) -> bool:
    """Make a folder a git repository, unless it lies in one; whether there is git."""
    git = shutil.which("git")
    if git is None:
        return False
    inside = [git, "-C", str(folder), "rev-parse", "--is-inside-work-tree"]
    if subprocess.run(inside, capture_output=True, check=False).returncode != 0:
        start = [git, "-C", str(folder), "init", "--quiet", "--initial-branch=main"]
        subprocess.run(start, capture_output=True, check=False)
    return True
