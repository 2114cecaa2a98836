"""The menu of a page: what site.yaml names, or the sections and the pages that ask for it."""

from __future__ import annotations

from dossier.language.messages import gettext
from dossier.site.site import Site
from dossier.site.urls import MENU_SECTIONS, STANDARD_MENU
from dossier.views.parts import MenuItem


def menu_items(site: Site, current: str, lang: str) -> tuple[MenuItem, ...]:
    """The menu in a language, on a page that belongs to the section at a path."""
    labels = {
        "briefings": gettext(lang, "Briefings"),
        "market": gettext(lang, "Market"),
        "companies": gettext(lang, "Companies"),
        "regions": gettext(lang, "Regions"),
        "topics": gettext(lang, "Topics"),
        "record": gettext(lang, "Record"),
        "sources": gettext(lang, "Sources"),
        "changes": gettext(lang, "Changes"),
    }
    sections = {
        name: MenuItem(path=path, label=labels[name], current=path == current)
        for name, path in MENU_SECTIONS.items()
    }
    pages = {
        id_: MenuItem(
            path=entry.path,
            label=entry.record.menu or entry.record.title,
            lang="" if entry.lang == lang else entry.lang,
            current=entry.path == current,
        )
        for id_, entry in site.pages.items()
    }
    standard = [*STANDARD_MENU, *(id_ for id_, e in site.pages.items() if e.record.menu)]
    known = sections | pages
    # a name that is not known is a problem of the plan
    return tuple(known[name] for name in site.settings.menu or standard if name in known)
