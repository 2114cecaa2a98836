"""Work ahead: another process parses the files that changed, or shares them out if they are many,
looks which files of the output are as they were written, and then renders what changes.

Meanwhile this one loads what plans a site, which takes most of the time of an edit. What both need
is imported here, and so loaded once.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Set
from contextlib import contextmanager, suppress

from dossier.build.inputs import Inputs, Options
from dossier.build.manifest import intact_files
from dossier.content.cache import DocumentCache
from dossier.content.reading.content_files import KIND_FOLDERS
from dossier.content.reading.reader import read_into_cache
from dossier.problems import ProblemError
from dossier.processes.channel import Channel, open_channel
from dossier.processes.workers import CAN_FORK, default_jobs
from dossier.progress import ProgressBar

MANY_FILES = 5000
"""Files of the output that are worth looking at in another process."""


class Ahead:
    """What another process does ahead; without one, nothing."""

    def __init__(self, channel: Channel | None = None) -> None:
        self._channel = channel
        self._knows_output = True
        self.helper: Channel | None = None
        """What stages files for this process, once it was asked to."""

    @property
    def is_working(self) -> bool:
        """Whether there is another process."""
        return self._channel is not None

    def wait_for_documents(self) -> None:
        """Wait until those that could be parsed are in the cache.

        One with errors is not: the build reads it again.
        """
        if self._channel:
            with suppress(EOFError):
                self._channel.recv()

    def altered(self) -> list[str] | None:
        """Return the files of the output that are not as they were written; None if unknown."""
        found: list[str] | None = None
        if self._channel and self._knows_output:
            with suppress(EOFError):
                found = self._channel.recv()
        return found

    def forget_output(self) -> None:
        """Do not trust what the other process knows of the output: another build has written it."""
        self._knows_output = False

    def get_ready_to_help(self) -> None:
        """Tell the other process to load what renders, and to be the helper if it can."""
        if self._channel and self._knows_output:
            with suppress(BrokenPipeError):
                self._channel.send(None)
                self.helper = self._channel


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
    here, there = open_channel()
    process = os.fork()
    if process == 0:
        here.close()
        try:
            _work(options, inputs, changed, jobs, there)
        except BaseException:
            import traceback

            traceback.print_exc()
        os._exit(0)
    there.close()
    try:
        yield Ahead(here)
    finally:
        here.close()
        os.waitpid(process, 0)


def _work(options: Options, inputs: Inputs, changed: Set[str], jobs: int, asker: Channel) -> None:
    language = ""
    with suppress(BaseException):  # told by the build, which reads what is missing
        language = _parse(options, inputs, changed, jobs)
    with suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
        asker.send(None)
        asker.send(_find_altered(options, inputs))
        asker.recv()
        _stage(options, inputs, _templates_of(changed) if language else (), language, asker)


def _find_altered(options: Options, inputs: Inputs) -> list[str] | None:
    """Look at the files of the output; None if they are so few that whoever asks does it sooner."""
    files = inputs.manifest.files
    if len(files) < MANY_FILES:
        return None
    return list(files.keys() - intact_files(options.output, files))


def _templates_of(changed: Set[str]) -> list[str]:
    """Name the templates of the pages of some documents."""
    return [f"pages/{kind}.html" for kind in {KIND_FOLDERS[p.partition("/")[0]] for p in changed}]


def _stage(
    options: Options, inputs: Inputs, templates: Iterable[str], language: str, asker: Channel
) -> None:
    """Stage the files whose views the other process sends; some templates are loaded before."""
    from dossier.build.kept_renderer import kept_renderer
    from dossier.build.output.publish import Publication
    from dossier.build.output.staging import Stager
    from dossier.content.images.renditions import Renditions
    from dossier.processes.two_phases import help_prepare

    with kept_renderer(options, inputs) as renderer:
        with suppress(ProblemError):  # reported by the pages that use it
            renderer.prepare(templates, language)
        publication = Publication(options.output, (), inputs.manifest)
        stager = Stager(renderer, publication, options.content, Renditions(options.cache))
        help_prepare(asker, stager.stage, stager.place)


def _parse(options: Options, inputs: Inputs, paths: Set[str], jobs: int) -> str:
    """Parse files into the cache; return the language of the site."""
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
    return settings.language
