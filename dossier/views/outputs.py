"""Outputs: the files that a plan lists, each with what it takes to make it, and who makes them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Protocol

import msgspec

from dossier.content.documents import DocumentProblem
from dossier.views.parts import View


class Output(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the output, and the content file that it is made from (empty: the whole site)."""

    file: str
    source: str = ""

    @property
    def template(self) -> str:
        """The path of the template; empty where there is none."""
        return ""


class CopiedFile(Output, frozen=True, kw_only=True):
    """A file to publish as it is: its `source`, or an empty one where it has none."""


class ViewOutput(Output, frozen=True, kw_only=True):
    """A file that is made from a view.

    `builder` names who builds the view, `id` whose document it is about, and `number` counts the
    pages of a long list, or the aliases of a briefing.
    """

    builder: str
    id: str = ""
    number: int = 1


class FileOutput(ViewOutput, frozen=True, kw_only=True):
    """A file for programs, or an image: written by code."""


class MenuEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What the menu needs to know of a page: how site.yaml names it, and its label.

    A label without a `lang` is a message to translate. Only `standard` entries are in a menu of
    which site.yaml says nothing.
    """

    name: str
    label: str
    lang: str = ""
    standard: bool = True


class SitemapEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What the sitemap needs to know of a page.

    `modified` is a day or a moment, empty where it is not known; `versions` are the ids of a
    briefing in all its languages.
    """

    modified: str = ""
    versions: tuple[str, ...] = ()


class PageOutput(ViewOutput, frozen=True, kw_only=True):
    """A page at a path, rendered from the template that has the name of its builder."""

    path: str
    menu: MenuEntry | None = None
    sitemap: SitemapEntry | None = None

    @property
    def template(self) -> str:
        """The path of the template."""
        return f"pages/{self.builder}.html"


class PdfOutput(ViewOutput, frozen=True, kw_only=True):
    """A page printed to a file: made from the same view by the same template."""

    @property
    def template(self) -> str:
        """The path of the template."""
        return f"pages/{self.builder}.html"


class Builder(Protocol):
    """Makes the outputs of one kind: lists them from facts, and builds the view of each."""

    name: ClassVar[str]
    """What outputs name it by. A builder of pages has a template of that name."""

    def plan(self) -> Iterable[ViewOutput]:
        """List the outputs. Facts alone decide what there is."""
        ...

    def view(self, output: ViewOutput, /) -> View:
        """Build the view of an output."""
        ...

    def problems(self) -> Iterable[DocumentProblem]:
        """Find what authors should know of the content behind these outputs."""
        return ()
