"""Markdown copies of briefings."""

from __future__ import annotations

from collections.abc import Iterator

from dossier.language.typography import typeset
from dossier.pages.briefing import BriefingPages
from dossier.pages.citations import note_names, portable_body
from dossier.pages.files.views import BriefingTextView
from dossier.site.urls import markdown_path
from dossier.views.outputs import Builder, FileOutput, ViewOutput
from dossier.views.replacements import replaced_by


class MarkdownFiles(Builder):
    """Builds the Markdown of each briefing."""

    name = "markdown"

    def __init__(self, pages: BriefingPages) -> None:
        self.site = pages.site
        self.parts = pages.parts
        self.evidence = pages.evidence

    def plan(self) -> Iterator[FileOutput]:
        """List the files."""
        for entry in self.site.briefings.values():
            yield FileOutput(
                file=markdown_path(entry.path),
                source=entry.source,
                builder=self.name,
                id=entry.id,
            )

    def view(self, output: ViewOutput) -> BriefingTextView:
        """Build the view of a briefing's Markdown."""
        entry = self.site.briefings[output.id]
        parts, words, lang = self.parts, self.site.words(entry), entry.lang
        text = self.site.body(entry).text
        notes = note_names(entry, text)
        item, brand = parts.item(entry, lang), parts.brand.view("")
        return BriefingTextView(
            base_url=parts.settings.base_url,
            url=parts.url(entry.path),
            lang=lang,
            site_title=parts.settings.title,
            licence=brand.licence,
            licence_url=brand.licence_url,
            title=item.title,
            summary=item.summary,
            date=item.date,
            updated=item.updated,
            reconstructed=item.reconstructed,
            status=item.status,
            authors=words.authors,
            body=portable_body(parts, entry, notes),
            notes=dict(notes),
            replaced_by=replaced_by(parts, entry),
            withdrawn_reason=typeset(words.withdrawn.reason, lang) if words.withdrawn else "",
            **self.evidence(entry)._asdict(),
        )
