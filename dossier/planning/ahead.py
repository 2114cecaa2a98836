"""Work ahead, in other processes, while this one loads what plans a site.

One parses the files that changed, or shares them out if they are many, and looks which files of a
large output are as they were written. Where nothing is known of a site, it parses all of its files,
and begins before this one has looked at any. What it needs as well as this one is imported here,
and so loaded once. In an edit of words, this one then waits for documents: meanwhile, a helper
loads what renders pages.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import ExitStack, contextmanager, suppress
from functools import cached_property, partial

import msgspec

from dossier.build.inputs import Inputs, Options
from dossier.build.manifest import intact_files
from dossier.content.cache import DocumentCache
from dossier.content.reading.content_files import KIND_FOLDERS
from dossier.content.reading.reader import Ready, read_into_cache
from dossier.content.settings import SETTINGS_FILE, ParsingSettings, Settings
from dossier.fingerprint import digest, walk_folder
from dossier.problems import ProblemError
from dossier.processes.channel import Channel, forked
from dossier.processes.workers import CAN_FORK
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
        reads_settings: bool = False,
    ) -> None:
        self._reader, self._changed = reader, changed
        self._reads_settings = reads_settings
        self.looks_at_output = looks_at_output
        self.documents: Iterator[Ready] = self._receive()
        """Documents as they become ready: each comes once, to whoever asks first."""
        self._processes = processes or ExitStack()

    @property
    def is_reading(self) -> bool:
        """Whether another process reads documents."""
        return self._reader is not None

    @cached_property
    def settings(self) -> tuple[str, Settings] | None:
        """The settings, after the fingerprint of their file, where another process reads them.

        None as well where they have errors.
        """
        if self._reader and self._reads_settings:
            with suppress(EOFError):
                fingerprint, encoded = self._reader.recv() or ("", b"")
                if encoded:
                    return fingerprint, msgspec.msgpack.decode(encoded, type=Settings)
        return None

    def _receive(self) -> Iterator[Ready]:
        """Wait for documents, until all that could be parsed are in the cache.

        One with errors is not: the build reads it again.
        """
        _ = self.settings  # which come first
        with suppress(EOFError):
            while self._reader and (ready := self._reader.recv()) is not None:
                yield ready

    def altered(self) -> list[str] | None:
        """Return the files of the output that are not as they were written; None if unknown."""
        found: list[str] | None = None
        if self._reader and self.looks_at_output:
            with suppress(EOFError):
                deque(self.documents, maxlen=0)  # which are told first
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
    if not (changed and _may_fork(options)):
        yield NOTHING
        return
    look = len(inputs.manifest.files) >= MANY_FILES
    work = partial(_read, options, inputs, changed, look)
    with ExitStack() as processes:
        reader = processes.enter_context(forked(work))
        yield Ahead(reader, changed, look, processes)


@contextmanager
def work_ahead_from_nothing(options: Options) -> Iterator[tuple[Inputs, Ahead]]:
    """Start a process that reads all documents, if it can; for where there is no cache of any.

    It begins before the inputs of the build are known, which come as well.
    """
    if not _may_fork(options):
        yield Inputs(options), NOTHING
        return
    with forked(partial(_read_all, options)) as reader:
        inputs = Inputs(options, first=True)
        with suppress(BrokenPipeError):
            reader.send(inputs.engine)
        yield inputs, Ahead(reader, reads_settings=True)


def _may_fork(options: Options) -> bool:
    return CAN_FORK and options.cache is not None and options.processes > 1


def _read_all(options: Options, asker: Channel) -> None:
    with suppress(BaseException):  # told by the build, which reads what is missing
        fingerprint = _settings_fingerprint(options)
        settings = _read_settings(options)
        is_known = _settings_fingerprint(options) == fingerprint  # nobody saved meanwhile
        asker.send((fingerprint, msgspec.msgpack.encode(settings)) if is_known else None)
        paths = walk_folder(options.content)
        _parse(options, settings.parsing, asker.recv(), {}, paths, asker)
    asker.send(None)


def _read(options: Options, inputs: Inputs, changed: Set[str], look: bool, asker: Channel) -> None:
    with suppress(BaseException):  # told by the build, which reads what is missing
        settings = _parsing_settings(options, inputs)
        _parse(options, settings, inputs.engine, inputs.content, changed, asker)
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


def _parse(
    options: Options,
    settings: ParsingSettings,
    engine: str,
    known: Mapping[str, str],
    paths: Iterable[str],
    asker: Channel,
) -> None:
    """Put documents in the cache and send them; `known` are the fingerprints of files."""
    with ProgressBar() as progress:
        read_into_cache(
            options.content,
            settings,
            known,
            DocumentCache(options.cache),
            engine,
            options.processes,
            progress,
            paths,
            asker.send,
        )


def _parsing_settings(options: Options, inputs: Inputs) -> ParsingSettings:
    """Return the settings that parsing may use: those of the last build, or read anew."""
    if inputs.manifest.settings_given == inputs.of_settings:
        with suppress(msgspec.MsgspecError, UnicodeDecodeError):
            return msgspec.json.decode(inputs.manifest.parsing, type=ParsingSettings)
    return _read_settings(options).parsing


def _settings_fingerprint(options: Options) -> str:
    return digest((options.content / SETTINGS_FILE).read_bytes())


def _read_settings(options: Options) -> Settings:
    from dossier.content.settings_file import read_settings

    return read_settings(
        options.content, base_url=options.base_url, as_of=options.as_of, drafts=options.drafts
    )
