"""Makes the files of the output: a view, its recipe and, where that is new, the bytes."""

from __future__ import annotations

from collections.abc import Mapping, Set
from pathlib import Path

import msgspec

from dossier.build.decide import First, Reason, settle
from dossier.build.manifest import OutputFile, Recipe
from dossier.build.publish import Publication
from dossier.fingerprint import digest
from dossier.pages.builders import Viewer
from dossier.pages.views import BriefingView
from dossier.render.files import write_resource
from dossier.render.pdf import make_pdf
from dossier.render.renderer import Renderer
from dossier.views.files import ResourceView
from dossier.views.outputs import Planned, PlannedPage, PlannedPdf, PlannedResource
from dossier.views.parts import TemplateView


class Made(msgspec.Struct, frozen=True, array_like=True):
    """A file of the output: why it was made, its entry, and where its bytes wait, if they do."""

    file: str
    reason: Reason
    entry: OutputFile
    waiting: str = ""


class Maker:
    """Makes files of the output, in whichever process it is asked.

    `folder` is that of the content, `content` the fingerprints of its files.
    """

    def __init__(
        self,
        viewer: Viewer,
        renderer: Renderer,
        publication: Publication,
        folder: Path,
        content: Mapping[str, str],
        intact: Set[str],
    ) -> None:
        self._viewer = viewer
        self._folder = folder
        self._content = content
        self._renderer = renderer
        self._publication = publication
        self._intact = intact

    def make(self, todo: tuple[Planned, First]) -> Made:
        """A file, put by until it is committed. Raises `ProblemError`."""
        output, first = todo
        content = self._content.get(output.source, "")
        view = self._view(output)
        fingerprint = digest(msgspec.msgpack.encode(view)) if view else content
        recipe = Recipe(output.template, fingerprint, output.source, content)
        old = self._publication.before.files.get(output.file)
        reason = settle(first, recipe, old, output.file in self._intact)
        if reason == "same" and old is not None:
            waiting, entry = "", old
        else:
            waiting, entry = self._publication.stage(output.file, self._bytes(output, view))
        return Made(output.file, reason, msgspec.structs.replace(entry, recipe=recipe), waiting)

    def commit(self, made: Made) -> Made:
        """Put it in its place."""
        if made.waiting:
            self._publication.place(made.file, made.waiting)
        return made

    def _view(self, output: Planned) -> TemplateView | ResourceView | None:
        match output:
            case PlannedPage() | PlannedPdf():
                return self._viewer.view(output)
            case PlannedResource():
                return self._viewer.resource(output)
        return None

    def _bytes(self, output: Planned, view: TemplateView | ResourceView | None) -> bytes:
        match view:
            case TemplateView():
                page = self._renderer.render(output.template, view)
                if isinstance(output, PlannedPdf):
                    assert isinstance(view, BriefingView)
                    return make_pdf(page, view)
                return page.encode()
            case ResourceView():
                return write_resource(view)
        return (self._folder / output.source).read_bytes() if output.source else b""
