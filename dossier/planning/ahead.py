"""Reading ahead: files that changed are parsed in a process of its own, or shared out by it.

Meanwhile this one loads what plans and renders a site, which takes most of the time of an edit.
What both need is imported here, and so loaded once.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Set
from contextlib import suppress

from dossier.build.inputs import Inputs, Options
from dossier.content.cache import DocumentCache
from dossier.content.reading.reader import read_into_cache
from dossier.progress import ProgressBar
from dossier.workers import CAN_FORK, default_jobs


def read_ahead(options: Options, inputs: Inputs) -> Callable[[], None]:
    """Start to parse the files that changed, where it can; return what waits for the end of it.

    The documents are in the cache then. One with errors is not: the build reads it again.
    """
    known = inputs.manifest.documents
    changed = {
        path
        for path, content in inputs.content.items()
        if path.endswith(".md") and (path not in known or known[path].content != content)
    }
    jobs = options.jobs or default_jobs()
    if not (CAN_FORK and options.cache and changed and jobs > 1):
        return lambda: None
    process = os.fork()
    if process == 0:
        with suppress(BaseException):
            _parse(options, inputs, changed, jobs)
        os._exit(0)

    def wait() -> None:
        os.waitpid(process, 0)

    return wait


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
