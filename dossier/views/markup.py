"""Pieces of HTML that nearly every page repeats, as functions for templates.

Results are cached: the page of a company has its link in every line.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup, escape

from dossier.language.formatting import format_date, is_right_to_left
from dossier.views.parts import Link, MenuItem


@lru_cache(maxsize=1 << 16)
def link(root: str, to: Link) -> Markup:
    """Render a link to a page of the site; `root` is the relative path to the site's root."""
    lang = escape(to.lang)
    own = f' lang="{lang}"{direction(to.lang)} hreflang="{lang}"' if lang else ""
    return Markup(f'<a href="{escape(root)}{escape(to.path)}"{own}>{escape(to.title)}</a>')


def links(root: str, all_of: Iterable[Link]) -> Markup:
    """Render links, separated by commas."""
    return Markup(", ".join([link(root, to) for to in all_of]))


def direction(lang: str, page_lang: str = "en") -> Markup:
    """Render the attribute of what is written in another direction than its page."""
    if not lang or is_right_to_left(lang) == is_right_to_left(page_lang):
        return Markup("")
    return Markup(' dir="rtl"') if is_right_to_left(lang) else Markup(' dir="ltr"')


@lru_cache(maxsize=1 << 14)
def time(value: str, lang: str) -> Markup:
    """Render a date as precisely as it is given, in the page's language and for machines."""
    return Markup(f'<time datetime="{escape(value)}">{escape(format_date(value, lang))}</time>')


@lru_cache(maxsize=1 << 10)
def menu_paths(menu: tuple[MenuItem, ...]) -> frozenset[str]:
    """List the paths of the site that a menu leads to."""
    return frozenset(item.path for item in menu).union(*(menu_paths(item.items) for item in menu))
