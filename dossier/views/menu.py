"""Menu of a page: the names in site.yaml, or else the standard menu."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dossier.language.messages import gettext
from dossier.views.outputs import PageOutput
from dossier.views.parts import MenuItem


def menu_items(
    pages: Iterable[PageOutput], chosen: Sequence[str], current: str, lang: str
) -> tuple[MenuItem, ...]:
    """Build the menu in a language, on a page that belongs to the section at a path.

    `chosen` are the names in site.yaml; without any, it is the standard menu.
    """
    known: dict[str, MenuItem] = {}
    standard = []
    for page in pages:
        if (entry := page.menu) is None:
            continue
        known[entry.name] = MenuItem(
            path=page.path,
            label=entry.label if entry.lang else gettext(lang, entry.label),
            lang="" if entry.lang in ("", lang) else entry.lang,
            current=page.path == current,
        )
        if entry.standard:
            standard.append(entry.name)
    # an unknown name is a problem of the plan
    return tuple(known[name] for name in chosen or standard if name in known)
