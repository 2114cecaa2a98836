"""Production of files: the view, the recipe and, if the recipe is new, the bytes."""

from __future__ import annotations

from collections.abc import Mapping, Set
from pathlib import Path

import msgspec

from dossier.build.decide import First, Reason, settle
from dossier.build.manifest import OutputFile, Recipe
from dossier.build.publish import Publication
from dossier.build.reads import ViewReads
from dossier.fingerprint import digest
from dossier.pages.builders import Builders
from dossier.pages.views import BriefingView
from dossier.render.files import write_file
from dossier.render.pdf import make_pdf
from dossier.render.renderer import Renderer
from dossier.site.reads import recording
from dossier.views.files import ResourceView
from dossier.views.outputs import Output, PdfOutput, ViewOutput
from dossier.views.parts import TemplateView, View


class Made(msgspec.Struct, frozen=True, array_like=True):
    """A file of the output: why it was made, its manifest entry, the path of its staged bytes,
    if any, and the packed reads of its view."""

    file: str
    reason: Reason
    entry: OutputFile
    waiting: str = ""
    reads: bytes | None = None


class Producer:
    """Produces output files, in any process.

    `folder` is the content folder, `content` has the fingerprints of its files.
    """

    def __init__(
        self,
        builders: Builders,
        renderer: Renderer,
        publication: Publication,
        folder: Path,
        content: Mapping[str, str],
        intact: Set[str],
        reads: ViewReads,
    ) -> None:
        self._builders = builders
        self._folder = folder
        self._content = content
        self._renderer = renderer
        self._publication = publication
        self._intact = intact
        self._reads = reads

    def make(self, todo: tuple[Output, First]) -> Made:
        """Stage a file until commit. Raises `ProblemError`."""
        output, first = todo
        content = self._content.get(output.source, "")
        view, reads = self._view(output)
        fingerprint = digest(msgspec.msgpack.encode(view)) if view else content
        recipe = Recipe(output.template, fingerprint, output.source, content)
        old = self._publication.before.files.get(output.file)
        reason = settle(first, recipe, old, output.file in self._intact)
        if reason == "same" and old is not None:
            waiting, entry = "", old
        else:
            waiting, entry = self._publication.stage(output.file, self._bytes(output, view))
        entry = msgspec.structs.replace(entry, recipe=recipe)
        return Made(output.file, reason, entry, waiting, reads)

    def commit(self, made: Made) -> Made:
        """Move a staged file into place."""
        if made.waiting:
            self._publication.place(made.file, made.waiting)
        return made

    def _view(self, output: Output) -> tuple[View | None, bytes | None]:
        if not isinstance(output, ViewOutput):
            return None, None
        with recording() as reads:
            view = self._builders.view(output)
        return view, self._reads.pack(reads)

    def _bytes(self, output: Output, view: View | None) -> bytes:
        match view:
            case TemplateView():
                page = self._renderer.render(output.template, view)
                if isinstance(output, PdfOutput):
                    assert isinstance(view, BriefingView)
                    return make_pdf(page, view)
                return page.encode()
            case ResourceView():
                return write_file(view)
        return (self._folder / output.source).read_bytes() if output.source else b""
