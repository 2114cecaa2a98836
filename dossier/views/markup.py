"""Pieces of HTML that nearly every page repeats, as functions for templates.

Results are cached: the page of a company has its link in every line.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup

from dossier.language.formatting import format_date, is_right_to_left
from dossier.views.parts import Link

_LINK = Markup('<a href="{}{}">{}</a>')
_FOREIGN_LINK = Markup('<a href="{0}{1}" lang="{3}"{4} hreflang="{3}">{2}</a>')
_SEPARATOR = Markup(", ")


@lru_cache(maxsize=1 << 16)
def link(root: str, to: Link) -> Markup:
    """Render a link to a page of the site; `root` is the relative path to the site's root."""
    if not to.lang:
        return _LINK.format(root, to.path, to.title)
    return _FOREIGN_LINK.format(root, to.path, to.title, to.lang, direction(to.lang))


def links(root: str, all_of: Iterable[Link]) -> Markup:
    """Render links, separated by commas."""
    return _SEPARATOR.join([link(root, to) for to in all_of])


def direction(lang: str, page_lang: str = "en") -> Markup:
    """Render the attribute of what is written in another direction than its page."""
    if not lang or is_right_to_left(lang) == is_right_to_left(page_lang):
        return Markup("")
    return Markup(' dir="rtl"') if is_right_to_left(lang) else Markup(' dir="ltr"')


@lru_cache(maxsize=1 << 14)
def time(value: str, lang: str) -> Markup:
    """Render a date as precisely as it is given, in the page's language and for machines."""
    return Markup('<time datetime="{}">{}</time>').format(value, format_date(value, lang))
