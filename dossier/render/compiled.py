"""Compiled templates, kept between builds as Python keeps compiled modules.

They are code that runs, so they lie in the user's own cache folder and never in a site's, which
may come from others: with a repository, or with the cache of a workflow.
"""

from __future__ import annotations

import marshal
import os
import shutil
import sys
import time
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

from dossier.sealed_file import read_sealed, write_sealed

KEPT_FOR = 30 * 24 * 3600
"""Seconds after which the templates of another version are removed, if nothing used them."""


def compiled_folder(engine: str) -> Path | None:
    """Return this user's folder for the templates of an engine, named by its fingerprint.

    It is made if it is missing. None where that fails, or where anybody else may write into it.
    """
    folder = _user_caches() / "dossier-briefings" / "templates"
    own = folder / engine
    try:
        if not own.is_dir():
            own.mkdir(parents=True, mode=0o700)
            _remove_unused(folder)
        found = own.stat()
        os.utime(own)
    except OSError:
        return None
    is_private = os.name == "nt" or (found.st_uid == os.geteuid() and not found.st_mode & 0o022)
    return own if is_private else None


def _user_caches() -> Path:
    """Return where programs of this user keep what can be made again, by the system's custom.

    A library that knows this takes 5 ms to load: a twentieth of an edit.
    """
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA") or os.path.expanduser("~/AppData/Local"))
    if sys.platform == "darwin":
        return Path(os.path.expanduser("~/Library/Caches"))
    given = os.environ.get("XDG_CACHE_HOME", "")
    return Path(given if os.path.isabs(given) else os.path.expanduser("~/.cache"))


def _remove_unused(folder: Path) -> None:
    for other in folder.iterdir():
        if time.time() - other.stat().st_mtime > KEPT_FOR:
            shutil.rmtree(other, ignore_errors=True)


class CompiledTemplates(jinja2.BytecodeCache):
    """The templates of a folder, which are those of all languages.

    A file holds the checksum of a template's text before its code; one that is damaged is compiled
    again. Its name ends with the way in which it was compiled.
    """

    def __init__(self, folder: Path, ending: str = "") -> None:
        self._folder = folder
        self._ending = ending

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load a compiled template, if it is there and intact."""
        data, checksum = read_sealed(self._path(bucket)), bucket.checksum.encode()
        if data.startswith(checksum):
            bucket.code = marshal.loads(memoryview(data)[len(checksum) :])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template. Where that fails, only time is lost."""
        code = marshal.dumps(bucket.code)
        write_sealed(self._path(bucket), bucket.checksum.encode() + code)

    def _path(self, bucket: Bucket) -> Path:
        return self._folder / f"{bucket.key}{self._ending}"
