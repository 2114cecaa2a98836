"""What the plan lists: files of the output, each with what it takes to make it."""

from __future__ import annotations

import msgspec


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the output, and the content file that it is owed to (empty: to the site)."""

    file: str
    source: str = ""

    @property
    def template(self) -> str:
        """The path of the template; empty for what is published as it is."""
        return ""


class PlannedView(Planned, frozen=True, kw_only=True):
    """A file that is made from a view.

    `name` says which, `id` whose document's it is, and `number` counts the pages of a long list,
    or the aliases of a briefing. `lists` are the ids of the briefings that it shows, or may show;
    None where that is not known before its view is made. `texts` are the ids of those of which it
    has the whole text. A feed has the path of its folder for an id, a page of the market its path.
    """

    name: str
    id: str = ""
    number: int = 1
    lists: tuple[str, ...] | None = None
    texts: tuple[str, ...] = ()


class PlannedResource(PlannedView, frozen=True, kw_only=True):
    """A file for programs, written by code."""


class PlannedPage(PlannedView, frozen=True, kw_only=True):
    """A page to render from a template, which has its name."""

    @property
    def template(self) -> str:
        """The path of the template."""
        return f"pages/{self.name}.html"


class PlannedPdf(PlannedView, frozen=True, kw_only=True):
    """A briefing's page, printed to a file: made from the same view by the same template."""

    @property
    def template(self) -> str:
        """The path of the template."""
        return f"pages/{self.name}.html"


class PlannedFile(Planned, frozen=True, kw_only=True):
    """A file to publish as it is: its `source`, or an empty one where it has none."""
