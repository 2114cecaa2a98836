"""Outputs: the files in a plan, each with all that is needed to make it, and their builders."""

# annotations are values here, not texts: decoders would evaluate texts again and again
from collections.abc import Iterable
from typing import ClassVar, Protocol

import msgspec

from dossier.content.documents import DocumentProblem, FieldPath
from dossier.content.images.model import Copy
from dossier.content.models import Kind
from dossier.views.parts import View


class Output(msgspec.Struct, frozen=True, kw_only=True, array_like=True, tag=True):
    """A file of the output, and its content file (empty: the whole site).

    `field` is the field of the content file that asks for it, empty for the file as a whole.
    """

    file: str
    source: str = ""
    field: FieldPath = ()

    @property
    def template(self) -> str:
        """The path of the template; empty where there is none."""
        return ""


class CopiedFile(Output, frozen=True, kw_only=True):
    """A file to publish unchanged: its `source`, or an empty file without one."""


class AssetFile(Output, frozen=True, kw_only=True):
    """A style sheet or script that pages link to; among the templates it has the same name."""

    @property
    def template(self) -> str:
        """The name of the file: what it imports is what a template includes."""
        return self.file


class PublishedImage(Output, frozen=True, kw_only=True):
    """An image of the content without its metadata: the file itself, or a narrower `copy`.

    `shown_in` is a document that shows it, if any does.
    """

    copy: Copy | None = None
    shown_in: str = ""


class ViewOutput(Output, frozen=True, kw_only=True):
    """A file that is made from a view.

    `builder` is the name of the view's builder, `id` the document that it is about, and `number`
    counts the pages of a long list.
    """

    builder: str
    id: str = ""
    number: int = 1


class FileOutput(ViewOutput, frozen=True, kw_only=True):
    """A file for programs or an image, written by code."""


class MenuEntry(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """A page in the menu: its name in site.yaml, and its label.

    A label without a `lang` is a message to translate. The menu has all `standard` entries unless
    site.yaml says otherwise, and none that is `empty`. `former` are names that it had before.
    """

    name: str
    label: str
    lang: str = ""
    standard: bool = True
    empty: bool = False
    former: tuple[str, ...] = ()


class SitemapEntry(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """A page in the sitemap.

    `modified` is a day or a moment, empty if unknown; `versions` are the ids of a
    briefing in all its languages.
    """

    modified: str = ""
    versions: tuple[str, ...] = ()


class PageOutput(ViewOutput, frozen=True, kw_only=True):
    """A page at a path, rendered by the template with its builder's name."""

    path: str
    menu: MenuEntry | None = None
    sitemap: SitemapEntry | None = None

    @property
    def template(self) -> str:
        """The path of the template."""
        return f"pages/{self.builder}.html"


class Redirect(PageOutput, frozen=True, kw_only=True):
    """A page at a former address of a document, which leads to the page at `target`."""

    kind: Kind
    target: str


class PdfOutput(ViewOutput, frozen=True, kw_only=True):
    """A printed page, made from the same view by the same template."""

    @property
    def template(self) -> str:
        """The path of the template."""
        return f"pages/{self.builder}.html"


AnyOutput = CopiedFile | PublishedImage | FileOutput | PageOutput | Redirect | PdfOutput
"""Every kind of output in a plan; which assets pages link to follows from templates."""


class Overview(msgspec.Struct, frozen=True, array_like=True):
    """What is asked of all outputs of a plan, so that each needs not be looked at again.

    It counts the pages; `menu` are those with an entry in the menu.
    """

    pages: int
    menu: tuple[PageOutput, ...]
    images: tuple[PublishedImage, ...]
    templates: frozenset[str]


def look_over(outputs: Iterable[Output]) -> Overview:
    """Look at all outputs once."""
    outputs = list(outputs)
    pages = [one for one in outputs if isinstance(one, PageOutput)]
    return Overview(
        pages=len(pages),
        menu=tuple(one for one in pages if one.menu),
        images=tuple(one for one in outputs if isinstance(one, PublishedImage)),
        templates=frozenset(filter(None, {one.template for one in outputs})),
    )


class Builder(Protocol):
    """Plans the outputs of one kind from facts, and builds their views."""

    name: ClassVar[str]
    """Its name in outputs. A builder of pages has a template of that name."""

    def plan(self) -> Iterable[ViewOutput]:
        """List the outputs, which depend only on facts."""
        ...

    def view(self, output: ViewOutput, /) -> View:
        """Build the view of an output."""
        ...

    def problems(self) -> Iterable[DocumentProblem]:
        """Find problems in the content of these outputs."""
        return ()
