"""Bodies of documents with what fills their gaps: addresses, titles, tables, images."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote

from dossier.content.documents import Body, Shown
from dossier.content.images.model import ImageFacts
from dossier.language.typography import typeset
from dossier.site.entries import Entry
from dossier.site.site import Site


class FilledText(str):
    """The text of a document in a language, with what fills its gaps on a page.

    In the fingerprint of a view, that of the document's text stands for all but the latter: pages
    would be hashed twice as long otherwise.
    """

    source: str
    lang: str
    filled: tuple[str, ...]

    @classmethod
    def of(cls, entry: Entry[Any], filled: Iterable[str], text: str) -> FilledText:
        """Build the text of a document."""
        built = cls(text)
        built.source, built.lang, built.filled = entry.source, entry.lang, tuple(filled)
        return built


def fill_body(site: Site, body: Body, entry: Entry[Any], root: str) -> list[str]:
    """Render a body with the links of an entry, relative to a root, in pieces: its parts, and
    between them what fills its gaps."""
    pieces, images = [body.parts[0]], 0
    for slot, part in zip(body.slots, body.parts[1:], strict=True):
        found, filled = site.follow(entry, slot), ""
        if slot.table:
            assert found
            filled = _table(site, found[0], slot.table, entry.lang, root)
        elif slot.image:
            assert found
            from dossier.views.texts.images import ShownImage, place_image  # few texts need it

            facts = _image_facts(site, entry, slot.target)
            shown = ShownImage(slot.image, root + found[0], facts, first=not images)
            (pieces[-1], filled), part = place_image(shown, pieces[-1], part)
            images += 1
        elif slot.fill == "title":
            filled = _escape(typeset(found[1], entry.lang) if found else slot.target)
        elif found:
            filled = f' href="{_escape(root + found[0])}"'
        pieces += (filled, part)
    return pieces


def _table(site: Site, path: str, shown: Shown, lang: str, root: str) -> str:
    from dossier.views.tables.figure import figure_html  # loads what few texts need

    table = site.table(unquote(path))
    return figure_html(table, shown, root + path, lang, site.settings.palette)


def _image_facts(site: Site, entry: Entry[Any], target: str) -> ImageFacts | None:
    """Read the facts of an image; None where its file is not one of the content."""
    path = entry.images.get(target, "")
    return site.image(path) if path in site.images else None


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
