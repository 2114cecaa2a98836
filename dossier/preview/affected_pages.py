"""What a save changes: the pages whose views are others than before, found out one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from dossier.pages.plan import views_showing
from dossier.pipeline import Blueprint
from dossier.views.outputs import Planned, PlannedPage
from dossier.views.parts import Link, TemplateView

MOST_LOOKED_AT = 3000
"""Pages that are compared after one save; where there are more, the count is a lower bound."""
NAMED = 24
"""Pages that are named of those that a save changes."""


class Save:
    """The pages that differ between two states of a site, as far as they are known yet.

    `files` are those that were saved, as messages name them; `sources` the content among them, and
    `templates` those by which pages are made otherwise, as the plan names them.
    """

    def __init__(
        self,
        before: Blueprint,
        after: Blueprint,
        files: Sequence[str],
        sources: Set[str],
        templates: Set[str],
    ) -> None:
        self.files = tuple(sorted(files))
        self.pages: list[Link] = []
        self.count = 0
        self.whole = False
        """Whether every page that may differ was looked at."""
        self._before, self._after = before, after
        self._sources, self._templates = sources, templates

    def compare(self) -> Iterator[None]:
        """Find the pages; each step looks at one."""
        for looked_at, file in enumerate(self._candidates()):
            old, new = self._before.outputs.get(file), self._after.outputs.get(file)
            if isinstance(new, PlannedPage) and new.template in self._templates:
                self._add(self._after, new)
                continue
            if looked_at == MOST_LOOKED_AT:
                return
            was, is_ = _view(self._before, old), _view(self._after, new)
            if was != is_:
                blueprint, page = (self._after, new) if is_ else (self._before, old)
                self._add(blueprint, page)
            yield
        self.whole = True

    def _add(self, blueprint: Blueprint, page: Planned | None) -> None:
        self.count += 1
        if len(self.pages) < NAMED and (view := _view(blueprint, page)):
            head = view.head
            title = f"{head.title} ({head.position})" if head.position > 1 else head.title
            self.pages.append(Link(path=head.path, title=title))

    def _candidates(self) -> list[str]:
        """Files that may differ, the likely ones first."""
        before, after = self._before, self._after
        likely = [page.file for page in after.pages if page.template in self._templates]
        if before is after:
            return likely
        for blueprint in (after, before):
            likely += [page.file for page in blueprint.pages if page.source in self._sources]
        for blueprint in (after, before):
            site = blueprint.viewer.site
            shown = {id_ for id_, entry in site.briefings.items() if entry.source in self._sources}
            showing = views_showing(blueprint.pages, site.relations, shown)
            likely += [page.file for page in showing]
        reworded = before.outputs is after.outputs
        every = () if reworded else (*after.outputs, *before.outputs)
        return list(dict.fromkeys([*likely, *every]))


def _view(blueprint: Blueprint, page: Planned | None) -> TemplateView | None:
    return blueprint.viewer.view(page) if isinstance(page, PlannedPage) else None


def summarise(save: Save, most: int = 6) -> str:
    """In words: `7 pages change: France, Europe, TikTok …`."""
    bound = "" if save.whole else "at least "
    noun = "page changes" if save.count == 1 else "pages change"
    if not save.count:
        return "no page changes"
    names = ", ".join(page.title for page in save.pages[:most])
    return f"{bound}{save.count} {noun}: {names}{' …' if save.count > most else ''}"
