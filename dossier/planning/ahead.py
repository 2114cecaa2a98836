"""Work ahead, in other processes, while this one loads what plans a site.

One parses the files that changed, or shares them out if they are many, and looks which files of a
large output are as they were written. What it needs as well as this one is imported here, and so
loaded once. In an edit of words, this one then waits for documents: meanwhile, a helper loads what
renders pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from contextlib import ExitStack, contextmanager, suppress
from functools import partial

import msgspec

from dossier.build.inputs import Inputs, Options
from dossier.build.manifest import intact_files
from dossier.content.cache import DocumentCache
from dossier.content.reading.content_files import KIND_FOLDERS
from dossier.content.reading.reader import read_into_cache
from dossier.content.settings import ParsingSettings
from dossier.problems import ProblemError
from dossier.processes.channel import Channel, forked
from dossier.processes.workers import CAN_FORK, default_jobs
from dossier.progress import ProgressBar

MANY_FILES = 5000
"""Files of the output that are worth looking at in another process."""


class Ahead:
    """What other processes do ahead; without one that reads, nothing.

    `changed` are the paths of documents. `looks_at_output` says whether the one that reads does so
    afterwards. The `helper`, once it was started, stages the pages whose views it is sent.
    """

    helper: Channel | None = None

    def __init__(
        self,
        reader: Channel | None = None,
        changed: Set[str] = frozenset(),
        looks_at_output: bool = False,
        processes: ExitStack | None = None,
    ) -> None:
        self._reader, self._changed = reader, changed
        self.looks_at_output = looks_at_output
        self._has_waited = False
        self._processes = processes or ExitStack()

    @property
    def is_reading(self) -> bool:
        """Whether another process reads documents."""
        return self._reader is not None

    def wait_for_documents(self) -> None:
        """Wait until those that could be parsed are in the cache.

        One with errors is not: the build reads it again.
        """
        if self._reader and not self._has_waited:
            self._has_waited = True
            with suppress(EOFError):
                self._reader.recv()

    def altered(self) -> list[str] | None:
        """Return the files of the output that are not as they were written; None if unknown."""
        found: list[str] | None = None
        if self._reader and self.looks_at_output:
            with suppress(EOFError):
                found = self._reader.recv()
        return found

    def forget_output(self) -> None:
        """Do not trust what is known of the output: another build has written it."""
        self.looks_at_output = False

    def start_helper(self, options: Options, inputs: Inputs, language: str) -> None:
        """Start the helper, where there are other processes at all."""
        if self._reader:
            kinds = {KIND_FOLDERS[path.partition("/")[0]] for path in self._changed}
            work = partial(_stage, options, inputs, kinds, language, self._reader)
            self.helper = self._processes.enter_context(forked(work))


NOTHING = Ahead()


@contextmanager
def work_ahead(options: Options, inputs: Inputs) -> Iterator[Ahead]:
    """Start a process that reads, where files have changed and it can; end all of them at last."""
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
    look = len(inputs.manifest.files) >= MANY_FILES
    work = partial(_read, options, inputs, changed, jobs, look)
    with ExitStack() as processes:
        reader = processes.enter_context(forked(work))
        yield Ahead(reader, changed, look, processes)


def _read(
    options: Options, inputs: Inputs, changed: Set[str], jobs: int, look: bool, asker: Channel
) -> None:
    with suppress(BaseException):  # told by the build, which reads what is missing
        _parse(options, inputs, changed, jobs)
    asker.send(None)
    if look:
        files = inputs.manifest.files
        asker.send(list(files.keys() - intact_files(options.output, files)))


def _stage(
    options: Options,
    inputs: Inputs,
    kinds: Set[str],
    language: str,
    reader: Channel,
    asker: Channel,
) -> None:
    """Stage the pages whose views are sent; templates for documents of some kinds are at hand."""
    reader.close()  # a copy, which is none of its business
    from dossier.build.kept_renderer import kept_renderer
    from dossier.build.output.publish import Publication
    from dossier.build.output.staging import Stager
    from dossier.content.images.renditions import Renditions
    from dossier.processes.two_phases import help_prepare

    with kept_renderer(options, inputs) as renderer:
        with suppress(ProblemError):  # reported by the pages that use it
            renderer.prepare([f"pages/{kind}.html" for kind in kinds], language)
        publication = Publication(options.output, (), inputs.manifest)
        stager = Stager(renderer, publication, options.content, Renditions(options.cache))
        help_prepare(asker, stager.stage, stager.place)


def _parse(options: Options, inputs: Inputs, paths: Set[str], jobs: int) -> None:
    with ProgressBar() as progress:
        read_into_cache(
            options.content,
            _parsing_settings(options, inputs),
            inputs.content,
            DocumentCache(options.cache),
            inputs.engine,
            jobs,
            progress,
            paths,
        )


def _parsing_settings(options: Options, inputs: Inputs) -> ParsingSettings:
    """Return the settings that parsing may use: those of the last build, or read anew."""
    if inputs.manifest.settings_given == inputs.of_settings:
        with suppress(msgspec.MsgspecError, UnicodeDecodeError):
            return msgspec.json.decode(inputs.manifest.parsing, type=ParsingSettings)
    from dossier.content.settings_file import read_settings

    settings = read_settings(
        options.content, base_url=options.base_url, as_of=options.as_of, drafts=options.drafts
    )
    return settings.parsing
