"""What a save changes: the pages whose views are others than before, found one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from dossier.build.blueprint import Blueprint
from dossier.build.changes import Changes
from dossier.site.reads import Read, recording
from dossier.views.outputs import Output, PageOutput
from dossier.views.parts import Link, TemplateView

MOST_LOOKED_AT = 3000
"""Pages that are compared after one save; where there are more, the count is a lower bound."""
NAMED = 24
"""Pages that are named of those that a save changes."""

KnownReads = dict[str, Set[Read]]
"""What the views of pages read, by file, as far as they were built since facts last changed."""


class Save:
    """The pages that differ between two states of a site, as far as they are known yet.

    `files` are those that were saved, as messages name them; `changes` what that changed in the
    content; `templates` those by which pages are rendered differently. `reads` are added to.
    """

    def __init__(
        self,
        before: Blueprint,
        after: Blueprint,
        files: Sequence[str],
        changes: Changes,
        templates: Set[str],
        reads: KnownReads,
    ) -> None:
        self.files = tuple(sorted(files))
        self.pages: list[Link] = []
        self.count = 0
        self.whole = False
        """Whether every page that may differ was looked at."""
        self._before, self._after = before, after
        self._changes, self._templates, self._reads = changes, templates, reads

    def compare(self) -> Iterator[None]:
        """Find the pages; each step looks at one."""
        looked_at = 0
        for file in self._candidates():
            old, new = self._before.outputs.get(file), self._after.outputs.get(file)
            if isinstance(new, PageOutput) and new.template in self._templates:
                self._add(self._after, new)
                continue
            if looked_at == MOST_LOOKED_AT:
                return
            looked_at += 1
            if self._differs(file, old, new):
                gone = not isinstance(new, PageOutput)
                self._add(self._before if gone else self._after, old if gone else new)
            yield
        self.whole = True

    def _differs(self, file: str, old: Output | None, new: Output | None) -> bool:
        if file not in self._reads and not self._changes.facts:
            build_view(self._before, old, self._reads)
            if self._changes.parts.isdisjoint(self._reads.get(file, ())):
                return False
        return build_view(self._before, old) != build_view(self._after, new, self._reads)

    def _add(self, blueprint: Blueprint, page: Output | None) -> None:
        self.count += 1
        if len(self.pages) < NAMED and (view := build_view(blueprint, page)):
            head = view.head
            title = f"{head.title} ({head.position})" if head.position > 1 else head.title
            self.pages.append(Link(path=head.path, title=title))

    def _candidates(self) -> list[str]:
        """Files of pages that may differ, the likely ones first."""
        before, after = self._before, self._after
        found = [page.file for page in after.pages if page.template in self._templates]
        if before is after:
            return found
        known = [file for file, reads in self._reads.items() if self._meets(reads)]
        own = [page.file for page in after.pages if page.source in self._sources]
        every = [page.file for page in (*after.pages, *before.pages)]
        rest = [f for f in every if self._changes.facts or f not in self._reads]
        return list(dict.fromkeys([*found, *own, *known, *rest]))

    def _meets(self, reads: Set[Read]) -> bool:
        return not self._changes.parts.isdisjoint(reads)

    @property
    def _sources(self) -> Set[str]:
        return {*self._changes.facts, *(path for path, _ in self._changes.parts)}


def build_view(
    blueprint: Blueprint, page: Output | None, reads: KnownReads | None = None
) -> TemplateView | None:
    """Build the view of a page, and keep its reads; None for what is no page."""
    if not isinstance(page, PageOutput):
        return None
    with recording() as found:
        view = blueprint.builders.view(page)
    if reads is not None:
        reads[page.file] = found
    assert isinstance(view, TemplateView)
    return view


def summarise(save: Save, most: int = 6) -> str:
    """In words: `7 pages change: France, Europe, TikTok …`."""
    bound = "" if save.whole else "at least "
    noun = "page changes" if save.count == 1 else "pages change"
    if not save.count:
        return "no page changes"
    names = ", ".join(page.title for page in save.pages[:most])
    return f"{bound}{save.count} {noun}: {names}{' …' if save.count > most else ''}"
