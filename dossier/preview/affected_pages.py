"""Pages that a save changes: those whose views differ, found one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

import msgspec

from dossier.build.blueprint import Blueprint
from dossier.build.changes import Changes, find_changes, fingerprint_documents
from dossier.content.settings import SETTINGS_FILE
from dossier.site.reads import Read, recording
from dossier.views.outputs import Output, PageOutput
from dossier.views.parts import Link, TemplateView

MOST_LOOKED_AT = 3000
"""The most pages compared after a save; if there are more, the count is a lower bound."""
NAMED = 24
"""The most changed pages that are named."""

KnownReads = dict[str, Set[Read]]
"""The reads of views, by file, as far as they were built since facts last changed."""


class Save:
    """The pages that differ between two states of a site, as far as they are known.

    `files` are the saved files, as messages name them; `changes` are the changes in the content;
    `templates` are those that render pages differently. New reads are added to `reads`.
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
        """Whether all pages that may differ were compared."""
        self._before, self._after = before, after
        self._changes, self._templates, self._reads = changes, templates, reads

    def compare(self) -> Iterator[None]:
        """Compare the pages; one per step."""
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
        """List the files of pages that may differ, the likeliest first."""
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


def compare_content(old: Blueprint, new: Blueprint, among: Set[str] | None = None) -> Changes:
    """Find what changed in the content, `among` some documents or all; settings and the time count
    as facts.
    """
    paths = old.parts.keys() | new.parts.keys() if among is None else among
    then, now = ({p: one.parts[p] for p in paths if p in one.parts} for one in (old, new))
    found = find_changes(
        fingerprint_documents(now, {}, new.shown), fingerprint_documents(then, {}, old.shown)
    )
    if old.settings == new.settings:
        return found
    return msgspec.structs.replace(found, facts=(*found.facts, SETTINGS_FILE))


def build_view(
    blueprint: Blueprint, page: Output | None, reads: KnownReads | None = None
) -> TemplateView | None:
    """Build the view of a page and keep its reads; None for other files."""
    if not isinstance(page, PageOutput):
        return None
    with recording() as found:
        view = blueprint.builders.view(page)
    if reads is not None:
        reads[page.file] = found
    assert isinstance(view, TemplateView)
    return view


def summarise(save: Save, most: int = 6) -> str:
    """Summarise the changes: `7 pages change: France, Europe, TikTok …`."""
    bound = "" if save.whole else "at least "
    noun = "page changes" if save.count == 1 else "pages change"
    if not save.count:
        return "no page changes"
    names = ", ".join(page.title for page in save.pages[:most])
    return f"{bound}{save.count} {noun}: {names}{' …' if save.count > most else ''}"
