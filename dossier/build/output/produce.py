"""Production of files: the view, the recipe and, if the recipe is new, a draft to be staged."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set

import msgspec

from dossier.build.decide import First, settle
from dossier.build.manifest import Manifest, OutputFile, Recipe
from dossier.build.output.staging import Draft, Made, Stager
from dossier.build.reads import ViewReads
from dossier.content.documents import PartFingerprints
from dossier.fingerprint import digest
from dossier.pages.builders import Builders
from dossier.site.reads import Read, recording
from dossier.views.outputs import Output, PageOutput, PdfOutput, ViewOutput
from dossier.views.parts import View
from dossier.views.texts.filled import FilledText


class Producer:
    """Produces output files, in any process.

    `content` has the fingerprints of the content files, `parts` those of the parts of documents. A
    draft of a page is handed to `elsewhere`, if given, instead of to the stager.
    """

    def __init__(
        self,
        builders: Builders,
        stager: Stager,
        content: Mapping[str, str],
        parts: Mapping[str, PartFingerprints],
        before: Manifest,
        intact: Set[str],
        reads: ViewReads,
        elsewhere: Callable[[Draft], None] | None = None,
    ) -> None:
        self._builders = builders
        self._stager = stager
        self._content = content
        self._parts = parts
        self._parsing = msgspec.json.encode(builders.site.settings.parsing)
        self._before = before.files
        self._intact = intact
        self._reads = reads
        self._elsewhere = elsewhere

    def make(self, todo: tuple[Output, First]) -> Made | None:
        """Stage a file until commit; None where that is left to others. Raises `ProblemError`."""
        output, first = todo
        content = self._content.get(output.source, "")
        view, reads = self._view(output)
        printed = self._printed_files(output, reads)
        fingerprint = content
        if view:
            parts = (self._content.get(path, "") for path in printed)
            encoded = msgspec.msgpack.encode(view, enc_hook=self._encode_text)
            fingerprint = digest(encoded, *parts)
        recipe = Recipe(output.template, fingerprint, output.source, content)
        old = self._before.get(output.file)
        reason = settle(first, recipe, old, output.file in self._intact)
        packed = None if reads is None else self._reads.pack(reads)
        if reason == "same" and old is not None:
            entry = OutputFile.made(old.size, old.modified, recipe)
            return Made(output.file, reason, entry, "", packed)
        draft = Draft(output, view, recipe, reason, packed, printed)
        if self._elsewhere and isinstance(output, PageOutput):
            self._elsewhere(draft)
            return None
        return self._stager.stage(draft)

    def _view(self, output: Output) -> tuple[View | None, Set[Read] | None]:
        if not isinstance(output, ViewOutput):
            return None, None
        with recording() as reads:
            view = self._builders.view(output)
        return view, reads

    def _encode_text(self, text: FilledText) -> object:
        """Encode what a document's text in a view follows from, beside the engine."""
        return self._parts[text.source].text, text.lang, self._parsing, text.filled

    def _printed_files(self, output: Output, reads: Set[Read] | None) -> tuple[str, ...]:
        """List the files that a PDF takes in beside its view: the images of its text."""
        if not isinstance(output, PdfOutput):
            return ()
        return tuple(
            sorted(
                path
                for path, _ in reads or ()
                if path in self._content and path in self._builders.site.images
            )
        )
