"""Work ahead: another process parses the files that changed, or shares them out if they are many,
and then looks which files of the output are as they were written.

Meanwhile this one loads what plans and renders a site, which takes most of the time of an edit.
What both need is imported here, and so loaded once.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Set
from contextlib import contextmanager, suppress

import msgspec

from dossier.build.inputs import Inputs, Options
from dossier.build.manifest import intact_files
from dossier.content.cache import DocumentCache
from dossier.content.reading.reader import read_into_cache
from dossier.progress import ProgressBar
from dossier.workers import CAN_FORK, default_jobs


class Ahead:
    """What another process does ahead; without one, nothing.

    `results` is the end of a pipe from it: a byte comes once it has parsed, then what it found.
    """

    def __init__(self, results: int | None = None) -> None:
        self._results = results

    @property
    def is_working(self) -> bool:
        """Whether there is another process."""
        return self._results is not None

    def wait_for_documents(self) -> None:
        """Wait until those that could be parsed are in the cache.

        One with errors is not: the build reads it again.
        """
        if self._results is not None:
            os.read(self._results, 1)

    def altered(self) -> list[str] | None:
        """Return the files of the output that are not as they were written; None if unknown."""
        if self._results is None:
            return None
        with open(self._results, "rb", closefd=False) as results:
            found = results.read()
        return msgspec.msgpack.decode(found, type=list[str]) if found else None


NOTHING = Ahead()


@contextmanager
def work_ahead(options: Options, inputs: Inputs) -> Iterator[Ahead]:
    """Start a process that works ahead, where files have changed and it can; end it at last."""
    known = inputs.manifest.documents
    changed = {
        path
        for path, content in inputs.content.items()
        if path.endswith(".md") and (path not in known or known[path].content != content)
    }
    jobs = options.jobs or default_jobs()
    if not (CAN_FORK and options.cache and changed and jobs > 1):
        yield NOTHING
        return
    here, there = os.pipe()
    process = os.fork()
    if process == 0:
        with suppress(BaseException):
            os.close(here)
            _work(options, inputs, changed, jobs, there)
        os._exit(0)
    os.close(there)
    try:
        yield Ahead(here)
    finally:
        os.close(here)
        os.waitpid(process, 0)


def _work(options: Options, inputs: Inputs, changed: Set[str], jobs: int, results: int) -> None:
    _parse(options, inputs, changed, jobs)
    os.write(results, b".")
    files = inputs.manifest.files
    altered = files.keys() - intact_files(options.output, files)
    with open(results, "wb") as opened:
        opened.write(msgspec.msgpack.encode(list(altered)))


def _parse(options: Options, inputs: Inputs, paths: Set[str], jobs: int) -> None:
    from dossier.content.settings_file import read_settings

    settings = read_settings(
        options.content, base_url=options.base_url, as_of=options.as_of, drafts=options.drafts
    )
    with ProgressBar() as progress:
        read_into_cache(
            options.content,
            settings,
            inputs.content,
            DocumentCache(options.cache),
            inputs.engine,
            jobs,
            progress,
            paths,
        )
