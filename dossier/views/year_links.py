"""Links to the beginning of each year in the list of all briefings."""

from __future__ import annotations

from collections import Counter

from dossier.site.site import Site
from dossier.site.status import StatusIndex
from dossier.site.urls import SECTIONS, numbered_path
from dossier.views.paging import PAGE_SIZE
from dossier.views.parts import YearLink


def year_links(site: Site) -> tuple[YearLink, ...]:
    """List the years of a site, newest first, with their numbers of briefings.

    A model of the site: each page of the list shows them, and they follow from all of it.
    """
    path, links = SECTIONS["briefing"], []
    briefings, listed = site.briefings, site.model(StatusIndex).all.listed
    years = [briefings[id_].moment[:4] for id_ in listed]
    for year, count in Counter(years).items():
        page = numbered_path(path, years.index(year) // PAGE_SIZE + 1)
        links.append(YearLink(year=year, count=count, path=f"{page}#year:{year}"))
    return tuple(links)
