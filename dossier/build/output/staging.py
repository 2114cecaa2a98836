"""Staging of files: their bytes, made of a view or of a file, are written beside the output."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import msgspec

from dossier.build.decide import Reason
from dossier.build.manifest import OutputFile, Recipe
from dossier.build.output.publish import Publication
from dossier.content.images.model import ImageError
from dossier.content.images.renditions import Renditions
from dossier.problems import Problem, ProblemError
from dossier.render.renderer import Renderer
from dossier.views.files import ResourceView
from dossier.views.outputs import AssetFile, Output, PdfOutput, PublishedImage
from dossier.views.parts import TemplateView, View


class Draft(msgspec.Struct, frozen=True):
    """A file that has to be made, and why: its view, if it has one, with its packed reads.

    `printed` are the files that a PDF takes in beside its view.
    """

    output: Output
    view: View | None
    recipe: Recipe
    reason: Reason
    reads: bytes | None
    printed: tuple[str, ...] = ()


class Made(msgspec.Struct, frozen=True, array_like=True):
    """A file of the output: why it was made, its manifest entry, the path of its staged bytes,
    if any, and the packed reads of its view."""

    file: str
    reason: Reason
    entry: OutputFile
    waiting: str = ""
    reads: bytes | None = None


class Stager:
    """Makes the bytes of drafts and stages them, in any process. `folder` is the content folder."""

    def __init__(
        self, renderer: Renderer, publication: Publication, folder: Path, renditions: Renditions
    ) -> None:
        self._renderer = renderer
        self._publication = publication
        self._folder = folder
        self._renditions = renditions

    def stage(self, draft: Draft) -> Made:
        """Stage a file until it is placed. Raises `ProblemError`."""
        output = draft.output
        waiting, entry = self._publication.stage(output.file, self._bytes(draft), draft.recipe)
        return Made(output.file, draft.reason, entry, waiting, draft.reads)

    def place(self, made: Made) -> Made:
        """Move a staged file into place."""
        if made.waiting:
            self._publication.place(made.file, made.waiting)
        return made

    def _bytes(self, draft: Draft) -> bytes:
        output, view = draft.output, draft.view
        match view:
            case TemplateView():
                page = self._renderer.render(output.template, view)
                if isinstance(output, PdfOutput):
                    return self._print(output, page, view, draft.printed)
                return page.encode()
            case ResourceView():
                from dossier.render.files import write_file

                return write_file(view)
        if isinstance(output, PublishedImage):
            return self._image(output)
        if isinstance(output, AssetFile):
            return self._renderer.asset(output.file).encode()
        return (self._folder / output.source).read_bytes() if output.source else b""

    def _print(
        self, output: Output, page: str, view: TemplateView, images: Collection[str]
    ) -> bytes:
        from dossier.pages.views import BriefingView
        from dossier.render.pdf import make_pdf

        assert isinstance(view, BriefingView)
        names = self._renderer.linked([output.template])
        sheets = {name: self._renderer.asset(name) for name in names if name.endswith(".css")}
        return make_pdf(page, view, {path: self._folder / path for path in images}, sheets)

    def _image(self, output: PublishedImage) -> bytes:
        file = self._folder / output.source
        try:
            return self._renditions.make(file, output.copy)
        except ImageError as error:
            hint = f"{error.hint}; {output.shown_in} shows it" if output.shown_in else error.hint
            raise ProblemError(Problem(file.as_posix(), 0, 0, error.message, hint)) from None
