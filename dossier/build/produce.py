"""Production of files: the view, the recipe and, if the recipe is new, the bytes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Set
from pathlib import Path

import msgspec

from dossier.build.decide import First, Reason, settle
from dossier.build.manifest import OutputFile, Recipe
from dossier.build.publish import Publication
from dossier.build.reads import ViewReads
from dossier.content.images.model import ImageError
from dossier.content.images.renditions import Renditions
from dossier.fingerprint import digest
from dossier.pages.builders import Builders
from dossier.pages.views import BriefingView
from dossier.problems import Problem, ProblemError
from dossier.render.files import write_file
from dossier.render.pdf import make_pdf
from dossier.render.renderer import Renderer
from dossier.site.reads import Read, recording
from dossier.views.files import ResourceView
from dossier.views.outputs import AssetFile, Output, PdfOutput, PublishedImage, ViewOutput
from dossier.views.parts import TemplateView, View

_encode = msgspec.msgpack.Encoder().encode


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
        renditions: Renditions,
    ) -> None:
        self._builders = builders
        self._folder = folder
        self._content = content
        self._renderer = renderer
        self._publication = publication
        self._intact = intact
        self._reads = reads
        self._renditions = renditions

    def make(self, todo: tuple[Output, First]) -> Made:
        """Stage a file until commit. Raises `ProblemError`."""
        output, first = todo
        content = self._content.get(output.source, "")
        view, reads = self._view(output)
        printed = self._printed_files(output, reads)
        fingerprint = content
        if view:
            parts = (self._content.get(path, "") for path in printed)
            fingerprint = digest(_encode(view), *parts)
        recipe = Recipe(output.template, fingerprint, output.source, content)
        old = self._publication.before.files.get(output.file)
        reason = settle(first, recipe, old, output.file in self._intact)
        if reason == "same" and old is not None:
            waiting, entry = "", msgspec.structs.replace(old, recipe=recipe)
        else:
            data = self._bytes(output, view, printed)
            waiting, entry = self._publication.stage(output.file, data, recipe)
        packed = None if reads is None else self._reads.pack(reads)
        return Made(output.file, reason, entry, waiting, packed)

    def commit(self, made: Made) -> Made:
        """Move a staged file into place."""
        if made.waiting:
            self._publication.place(made.file, made.waiting)
        return made

    def _view(self, output: Output) -> tuple[View | None, Set[Read] | None]:
        if not isinstance(output, ViewOutput):
            return None, None
        with recording() as reads:
            view = self._builders.view(output)
        return view, reads

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

    def _bytes(self, output: Output, view: View | None, printed: Collection[str]) -> bytes:
        match view:
            case TemplateView():
                page = self._renderer.render(output.template, view)
                if isinstance(output, PdfOutput):
                    assert isinstance(view, BriefingView)
                    images = {path: self._folder / path for path in printed}
                    return make_pdf(page, view, images, self._sheets(output.template))
                return page.encode()
            case ResourceView():
                return write_file(view)
        if isinstance(output, PublishedImage):
            return self._image(output)
        if isinstance(output, AssetFile):
            return self._renderer.asset(output.file).encode()
        return (self._folder / output.source).read_bytes() if output.source else b""

    def _sheets(self, template: str) -> dict[str, str]:
        """Return the style sheets that pages of a template may link to, by name."""
        names = self._renderer.linked([template])
        return {name: self._renderer.asset(name) for name in names if name.endswith(".css")}

    def _image(self, output: PublishedImage) -> bytes:
        file = self._folder / output.source
        try:
            return self._renditions.make(file, output.copy)
        except ImageError as error:
            hint = f"{error.hint}; {output.shown_in} shows it" if output.shown_in else error.hint
            raise ProblemError(Problem(file.as_posix(), 0, 0, error.message, hint)) from None
