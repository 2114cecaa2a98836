"""Replacements of briefings, as links with dates and regions, and lists with them."""

from __future__ import annotations

import msgspec

from dossier.content.models import Briefing
from dossier.site.entries import Entry, Supersession
from dossier.site.status import Arrangement
from dossier.views.builder import Parts
from dossier.views.paging import page_slice
from dossier.views.parts import Item, Replacement


def replacement(parts: Parts, supersession: Supersession, other: str, lang: str) -> Replacement:
    """Build a replacement, to or from another briefing, on a page in a language."""
    shown = parts.site.version(parts.site.briefings[other], lang)
    return Replacement(
        briefing=parts.briefing_link(shown, lang),
        date=shown.moment,
        regions=tuple(parts.region_link(id_, lang) for id_ in supersession.regions),
    )


def replaced_by(parts: Parts, entry: Entry[Briefing]) -> tuple[Replacement, ...]:
    """List the replacements of a briefing, oldest first."""
    found = parts.site.relations.replaced_by.get(entry.id)
    if not found:
        return ()
    ordered = sorted(found, key=lambda s: parts.site.briefings[s.new].instant)
    return tuple(replacement(parts, s, s.new, entry.lang) for s in ordered)


def listed_items(parts: Parts, found: Arrangement, number: int) -> tuple[Item, ...]:
    """Build the items on a page of a list, each with the briefings that it replaced there."""
    items = []
    for id_ in page_slice(found.listed, number):
        item = parts.item(parts.site.briefings[id_])
        if replaced := found.replaced.get(id_):
            old = tuple(replacement(parts, one, one.old, parts.lang) for one in replaced)
            item = msgspec.structs.replace(item, replaced=old)
        items.append(item)
    return tuple(items)
