"""What a save changes: the pages whose views are others than before, found out one by one."""

from __future__ import annotations

from collections.abc import Iterator, Set

from dossier.pipeline import Blueprint
from dossier.plan import PlannedPage, pages_showing
from dossier.views import Head, Link

MOST_LOOKED_AT = 3000
"""Pages that are compared after one save; where there are more, the count is a lower bound."""


class Save:
    """The pages that differ between two states of a site, as far as they are known yet.

    `files` are the content files and templates that were saved, `templates` those by which pages
    are made otherwise.
    """

    def __init__(
        self, before: Blueprint, after: Blueprint, files: Set[str], templates: Set[str]
    ) -> None:
        self.files = tuple(sorted(files))
        self.pages: list[Link] = []
        self.count = 0
        self.whole = False
        """Whether every page that may differ was looked at."""
        self._before, self._after = before, after
        self._templates = templates

    def compare(self) -> Iterator[None]:
        """Find the pages; each step looks at one."""
        before, after = self._before, self._after
        looked_at = 0
        for file in self._candidates():
            old, new = before.outputs.get(file), after.outputs.get(file)
            if isinstance(new, PlannedPage) and new.template in self._templates:
                self._add(after.viewer.view(new).head)
                continue
            if looked_at == MOST_LOOKED_AT:
                return
            looked_at += 1
            views = [
                blueprint.viewer.view(page) if isinstance(page, PlannedPage) else None
                for blueprint, page in ((before, old), (after, new))
            ]
            shown = views[1] or views[0]
            if views[0] != views[1] and shown:
                self._add(shown.head)
            yield
        self.whole = True

    def _add(self, head: Head) -> None:
        self.count += 1
        title = f"{head.title} ({head.position})" if head.position > 1 else head.title
        self.pages.append(Link(path=head.path, title=title))

    def _candidates(self) -> list[str]:
        """Files that may differ, the likely ones first."""
        before, after = self._before, self._after
        likely = [page.file for page in after.pages if page.template in self._templates]
        if before is after:
            return likely
        for blueprint in (after, before):
            likely += [page.file for page in blueprint.pages if page.source in self.files]
        for blueprint in (after, before):
            site = blueprint.viewer.site
            shown = {id_ for id_, entry in site.briefings.items() if entry.source in self.files}
            showing = pages_showing(blueprint.pages, site.relations, shown)
            likely += [page.file for page in showing]
        reworded = before.outputs is after.outputs
        every = () if reworded else (*after.outputs, *before.outputs)
        return list(dict.fromkeys([*likely, *every]))


def summarise(save: Save, most: int = 6) -> str:
    """In words: `7 pages change: France, Europe, TikTok …`."""
    if not save.whole and not save.count:
        return ""
    bound = "" if save.whole else "at least "
    noun = "page changes" if save.count == 1 else "pages change"
    if not save.count:
        return "no page changes"
    names = ", ".join(page.title for page in save.pages[:most])
    return f"{bound}{save.count} {noun}: {names}{' …' if save.count > most else ''}"
