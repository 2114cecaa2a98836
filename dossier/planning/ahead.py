"""Reading ahead: files that changed are parsed in a process of their own.

Meanwhile this one loads what plans and renders a site, which takes most of the time of an edit.
What both need is imported here, and so loaded once.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Set
from contextlib import suppress

from dossier.build.inputs import Inputs, Options
from dossier.content.cache import DocumentCache
from dossier.content.reading.reader import read_content
from dossier.workers import CAN_FORK, default_jobs

MOST = 40
"""The most files that one process parses; more are shared out by the build itself."""


def read_ahead(options: Options, inputs: Inputs) -> Callable[[], None]:
    """Start to parse the files that changed, where that pays; return what waits for the end of it.

    The documents are in the cache then. One with errors is not: the build reads it again.
    """
    known = inputs.manifest.documents
    changed = {
        path
        for path, content in inputs.content.items()
        if path.endswith(".md") and (path not in known or known[path].content != content)
    }
    pays = 0 < len(changed) <= MOST and (options.jobs or default_jobs()) > 1
    if not (CAN_FORK and options.cache and pays):
        return lambda: None
    process = os.fork()
    if process == 0:
        with suppress(BaseException):
            _parse(options, inputs, changed)
        os._exit(0)

    def wait() -> None:
        os.waitpid(process, 0)

    return wait


def _parse(options: Options, inputs: Inputs, paths: Set[str]) -> None:
    from dossier.content.settings_file import read_settings

    settings = read_settings(
        options.content, base_url=options.base_url, as_of=options.as_of, drafts=options.drafts
    )
    cache = DocumentCache(options.cache)
    read_content(options.content, settings, inputs.content, cache, inputs.engine, only=paths)
