"""Links to the beginning of each year in the list of all briefings."""

from __future__ import annotations

from collections import Counter

from dossier.site.urls import SECTIONS, numbered_path
from dossier.views.builder import Parts
from dossier.views.paging import PAGE_SIZE
from dossier.views.parts import YearLink


def year_links(parts: Parts) -> tuple[YearLink, ...]:
    """List the years of a site, newest first, with their numbers of briefings."""
    path, links = SECTIONS["briefing"], []
    briefings, listed = parts.site.briefings, parts.status.all.listed
    years = [briefings[id_].moment[:4] for id_ in listed]
    for year, count in Counter(years).items():
        page = numbered_path(path, years.index(year) // PAGE_SIZE + 1)
        links.append(YearLink(year=year, count=count, path=f"{page}#year:{year}"))
    return tuple(links)
