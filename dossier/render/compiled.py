"""Compiled templates, kept between builds as Python keeps compiled modules.

They are code that runs, so they lie in the user's own cache folder and never in a site's, which
may come from others: with a repository, or with the cache of a workflow.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket
from platformdirs import user_cache_path

KEPT_FOR = 30 * 24 * 3600
"""Seconds after which the templates of another version are removed, if nothing used them."""

_DIGEST_SIZE = 32


def compiled_folder(engine: str) -> Path | None:
    """Return this user's folder for the templates of an engine, named by its fingerprint.

    It is made if it is missing. None where that fails, or where anybody else may write into it.
    """
    folder = user_cache_path("dossier-briefings", appauthor=False) / "templates"
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


def _remove_unused(folder: Path) -> None:
    for other in folder.iterdir():
        if time.time() - other.stat().st_mtime > KEPT_FOR:
            shutil.rmtree(other, ignore_errors=True)


class CompiledTemplates(jinja2.BytecodeCache):
    """The templates of a folder, which are those of all languages.

    Each file begins with the SHA-256 of the rest: one that is damaged is compiled again. Its name
    ends with the way in which it was compiled.
    """

    def __init__(self, folder: Path, ending: str = "") -> None:
        self._folder = folder
        self._ending = ending

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load a compiled template, if it is there and intact."""
        try:
            data = self._path(bucket).read_bytes()
        except OSError:
            return
        code = data[_DIGEST_SIZE:]
        if hashlib.sha256(code).digest() == data[:_DIGEST_SIZE]:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template. Where that fails, only time is lost."""
        code = bucket.bytecode_to_string()
        path = self._path(bucket)
        waiting = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            waiting.write_bytes(hashlib.sha256(code).digest() + code)
            waiting.replace(path)
        except OSError:
            waiting.unlink(missing_ok=True)

    def _path(self, bucket: Bucket) -> Path:
        return self._folder / f"{bucket.key}{self._ending}"
