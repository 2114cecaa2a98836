"""Status of briefings on the site's day: which still hold, where, and what replaced them.

A briefing may be replaced for some regions only: then it still holds in others, and their lists
show it. Works on ids and facts; views are built elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import Literal

import msgspec

from dossier.content.documents import DocumentProblem
from dossier.content.models import Briefing, Kind
from dossier.site.entries import Entry, Supersession
from dossier.site.site import Site

BriefingStatus = Literal["draft", "current", "superseded in part", "superseded", "withdrawn"]


class Arrangement(msgspec.Struct, frozen=True):
    """A list of briefings by id: those that hold, newest first, then those that do not.

    `replaced` has, for each briefing in the list, those that it replaced, directly or indirectly;
    they are not in the list themselves.
    """

    listed: Sequence[str]
    replaced: Mapping[str, tuple[Supersession, ...]] = {}
    fallen: frozenset[str] = frozenset()
    """The briefings in the list that no longer hold."""

    def shown(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return some briefings of the list, and those that they replaced."""
        found = list(ids)
        return (*found, *(one.old for id_ in found for one in self.replaced.get(id_, ())))


class StatusIndex:
    """The status of a site's briefings."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self.of = cache(self._find)
        self.list_of = cache(self._list_of)
        self._replaced_in = cache(self._find_replaced)

    def holds(self, entry: Entry[Briefing]) -> bool:
        """Tell whether a briefing still holds, at least somewhere."""
        return self.of(entry.id) not in ("superseded", "withdrawn")

    @cached_property
    def all(self) -> Arrangement:
        """All briefings by year; in each, those that hold come first."""
        briefings = self._site.briefings
        found = self._arranged(self._site.relations.originals)
        if not found.fallen:
            return found

        def place(id_: str) -> tuple[int, bool]:
            return -int(briefings[id_].moment[:4]), id_ in found.fallen

        return msgspec.structs.replace(found, listed=sorted(found.listed, key=place))

    def _list_of(self, kind: Kind, id_: str) -> Arrangement:
        """Arrange the briefings of a company, region or topic."""
        relations = self._site.relations
        if kind == "region":
            return self._arranged(relations.by_region.get(id_, ()), id_)
        by_id = relations.by_company if kind == "company" else relations.by_topic
        return self._arranged(by_id.get(id_, ()))

    def _find(self, id_: str) -> BriefingStatus:
        site = self._site
        record = site.briefings[id_].facts
        if record.withdrawn:
            return "withdrawn"
        if record.status == "superseded" and site.relations.replaced_by.get(id_):
            return "superseded" if self._replaced_in(id_) else "superseded in part"
        return "draft" if record.status == "draft" else "current"

    @cached_property
    def _changed(self) -> frozenset[str]:
        """The briefings that are not current."""
        marked = self._site.relations.index.fallen
        return frozenset(id_ for id_ in marked if self.of(id_) != "current")

    def _arranged(self, ids: Sequence[str], region: str | None = None) -> Arrangement:
        """Arrange briefings, which are newest first, for the list of a region or any other list."""
        changed = [id_ for id_ in ids if id_ in self._changed]
        if not changed:
            return Arrangement(ids)
        present = set(ids)
        below: set[str] = set()
        fallen: list[str] = []
        folded: dict[str, list[Supersession]] = defaultdict(list)
        for id_ in changed:
            replaced = self._replaced_in(id_, region)
            for one in replaced:
                if one.new in present:
                    folded[one.new].append(one)
                    below.add(id_)
            if id_ not in below and (replaced or self.of(id_) == "withdrawn"):
                fallen.append(id_)
        elsewhere = below.union(fallen)
        holding = [id_ for id_ in ids if id_ not in elsewhere]
        listed = [*holding, *fallen]
        replaced_by = {id_: tuple(_below(id_, folded)) for id_ in listed if id_ in folded}
        return Arrangement(listed, replaced_by, frozenset(fallen))

    def _find_replaced(self, id_: str, region: str | None = None) -> list[Supersession]:
        """Find what replaced a briefing in a region, or everywhere; empty if it still holds there.

        Replacing a region replaces everything in it, but not the regions that contain it.
        """
        relations = self._site.relations
        containers = relations.region_tree.containers
        named = map(containers, self._site.briefings[id_].facts.regions)
        about = [above for above in named if region is None or region in above]
        found = [
            Supersession(relations.original(one.old), relations.original(one.new), one.regions)
            for one in relations.replaced_by.get(id_, ())
            if not one.regions or any(above.intersection(one.regions) for above in about)
        ]
        covered = frozenset(r for one in found for r in one.regions)
        if all(one.regions for one in found) and not (
            about and all(above & covered for above in about)
        ):
            return []
        return found


def overdue_reviews(site: Site) -> Iterator[DocumentProblem]:
    """Warn about briefings that hold and are overdue for review."""
    status = site.model(StatusIndex)
    for entry in site.briefings.values():
        due = entry.facts.review_by
        if due and due < site.settings.today and status.of(entry.id) == "current":
            message = f"due for review since {due}"
            hint = "review it, then set a later day, or name its replacement in superseded_by"
            yield DocumentProblem(entry.source, ("review_by",), message, hint, "warning")


def _below(id_: str, folded: Mapping[str, Sequence[Supersession]]) -> Iterator[Supersession]:
    """Find everything that a briefing replaced, directly or indirectly, each once."""
    seen, todo = {id_}, [*folded[id_]]
    while todo:
        one = todo.pop(0)
        if one.old not in seen:
            seen.add(one.old)
            yield one
            todo += folded.get(one.old, ())
