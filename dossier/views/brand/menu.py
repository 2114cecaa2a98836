"""Menu of a page: the lines in site.yaml, or else the standard menu."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from dossier.content.brand.models import MenuLine, MenuLink
from dossier.language.messages import gettext
from dossier.views.outputs import PageOutput
from dossier.views.parts import Address, MenuItem

Resolve = Callable[[str | None, str], Address | None]
"""Resolves a link and its label; None where it leads to nothing that is published."""


def menu_items(
    pages: Iterable[PageOutput],
    chosen: Sequence[MenuLine] | None,
    current: str,
    lang: str,
    site_lang: str,
    resolve: Resolve,
) -> tuple[MenuItem, ...]:
    """Build the menu in a language, on a page that belongs to the section at a path.

    `chosen` are the lines in site.yaml; without any, it is the standard menu. Pages with nothing
    on them are left out.
    """
    known: dict[str, MenuItem] = {}
    former: dict[str, MenuItem] = {}
    standard = []
    for page in pages:
        if (entry := page.menu) is None or entry.empty:
            continue
        known[entry.name] = MenuItem(
            path=page.path,
            label=entry.label if entry.lang else gettext(lang, entry.label),
            lang="" if entry.lang in ("", lang) else entry.lang,
            current=page.path == current,
        )
        former |= dict.fromkeys(entry.former, known[entry.name])
        if entry.standard:
            standard.append(MenuLine(page=entry.name))
    own_lang = "" if lang == site_lang else site_lang
    lines = standard if chosen is None else chosen
    return tuple(_items(lines, former | known, own_lang, resolve))


def _items(
    lines: Sequence[MenuLink], known: dict[str, MenuItem], lang: str, resolve: Resolve
) -> Iterator[MenuItem]:
    for line in lines:
        label = line.label or ""
        if line.page in known:  # an unknown name is a problem of the plan
            item = known[line.page]
            yield msgspec.structs.replace(item, label=label, lang=lang) if label else item
        elif line.link and (found := resolve(line.link, label)):
            yield MenuItem(path=found.path, url=found.url, label=label, lang=lang)
        elif isinstance(line, MenuLine):
            below = tuple(_items(line.menu, known, lang, resolve))
            current = any(item.current for item in below)
            if below:
                yield MenuItem(path="", label=label, lang=lang, current=current, items=below)
