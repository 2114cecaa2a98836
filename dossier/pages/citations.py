"""Citations of a briefing, and its text as Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from dossier.content.documents import Slot
from dossier.content.markdown.portable import portable_markdown
from dossier.content.models import Briefing
from dossier.language.typography import typeset
from dossier.pages.citation_formats import Reference, downloads
from dossier.site.entries import Entry
from dossier.views.builder import Parts
from dossier.views.parts import Download
from dossier.views.texts.filled import FilledText


def citations(parts: Parts, entry: Entry[Briefing]) -> tuple[Download, ...]:
    """Build files that cite the published version of a briefing."""
    words = parts.site.words(entry)
    return downloads(
        Reference(
            id=entry.id,
            title=words.title,
            authors=words.authors,
            site=parts.settings.title,
            url=parts.url(entry.path),
            lang=entry.lang,
            date=entry.moment[:10],
            version=version_day(parts, entry),
            reconstructed=words.reconstructed or "",
        )
    )


def version_day(parts: Parts, entry: Entry[Briefing]) -> str:
    """Return the day on which the published version of a briefing was written."""
    updated = entry.facts.updated
    return parts.settings.local_moment(updated)[:10] if updated else entry.moment[:10]


def note_names(entry: Entry[Briefing], text: str) -> Mapping[str, str]:
    """Name the footnote of each source after its id, if that is free; by anchor."""
    return {
        f"source:{source.id}": f"source-{source.id}" if f"[^{source.id}]" in text else source.id
        for source in entry.facts.sources
    }


def portable_body(parts: Parts, entry: Entry[Any], notes: Mapping[str, str]) -> FilledText:
    """Write a body's Markdown with absolute addresses, footnotes instead of citations, tables."""
    body = parts.site.body(entry)
    pieces = [(start, end, body.text[start:end]) for start, end in body.code]
    filled = list(notes.values())
    if any(slot.table for slot in body.slots):
        from dossier.views.tables.markdown import table_markdown, table_pieces

        def table(slot: Slot) -> str:
            found = parts.site.follow(entry, slot)
            assert found and slot.table
            path = unquote(found[0])
            address = parts.url(path)
            filled.append(table_markdown(parts.site.table(path), slot.table, address, entry.lang))
            return filled[-1]

        pieces += table_pieces(body.text, body.slots, table)

    def follow(target: str) -> tuple[str, str] | None:
        if target not in entry.targets:
            return None
        found = parts.site.follow(entry, Slot("title", target))
        address, title = "", target
        if found is not None:
            path, _, fragment = found[0].partition("#")
            address = parts.url(unquote(path)) + (f"#{fragment}" if fragment else "")
            title = typeset(found[1], entry.lang)
        filled.extend((address, title))
        return address, title

    def note(source: str) -> str:
        return notes[f"source:{source}"]

    text = portable_markdown(body.text, pieces, follow, note).strip()
    return FilledText.of(entry, filled, text)
