"""Page of a briefing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from typing import NamedTuple

from dossier.content.documents import DocumentProblem
from dossier.content.models import Briefing
from dossier.figures.rows import FigureRows
from dossier.figures.views import FigureRow
from dossier.judgements.rows import judgement_rows
from dossier.judgements.views import JudgementRow
from dossier.language.labels import LABELS
from dossier.language.messages import gettext
from dossier.language.typography import typeset
from dossier.pages.citations import citations, version_day
from dossier.pages.republishing import licence_link, republishing
from dossier.pages.views import BriefingView
from dossier.site.entries import Entry, Supersession
from dossier.site.reads import remembered
from dossier.site.urls import RECORD, SECTIONS, markdown_path, output_file, pdf_path
from dossier.views.builder import Parts
from dossier.views.evidence import change_rows, move_rows, origins
from dossier.views.outputs import Builder, PageOutput, PdfOutput, SitemapEntry, ViewOutput
from dossier.views.parts import ChangeRow, Item, Link, MoveRow, SourceRow
from dossier.views.replacements import replaced_by, replacement
from dossier.views.source_rows import source_rows


class Evidence(NamedTuple):
    """What a briefing tells in rows: the same on its page and in its Markdown."""

    figures: tuple[FigureRow, ...]
    moves: tuple[MoveRow, ...]
    judgements: tuple[JudgementRow, ...]
    changes: tuple[ChangeRow, ...]
    sources: tuple[SourceRow, ...]


class BriefingPages(Builder):
    """Builds the page of each briefing, and its PDF."""

    name = "briefing"

    def __init__(self, parts: Parts, figures: FigureRows) -> None:
        self.site = parts.site
        self.parts = parts
        self.figures = figures
        self.evidence = remembered(self._build_evidence, most=1)

    def plan(self) -> Iterator[PageOutput | PdfOutput]:
        """List the pages, and the PDFs where there are any."""
        for entry in self.site.briefings.values():
            yield PageOutput(
                file=output_file(entry.path),
                source=entry.source,
                path=entry.path,
                builder=self.name,
                id=entry.id,
                sitemap=SitemapEntry(
                    modified=entry.facts.updated or entry.facts.date,
                    versions=tuple(self.site.relations.versions(entry.id)),
                ),
            )
            if self.site.settings.pdf:
                yield PdfOutput(
                    file=pdf_path(entry.path), source=entry.source, builder=self.name, id=entry.id
                )

    def problems(self) -> Iterable[DocumentProblem]:
        """Find figures that contradict each other."""
        return self.figures.index.problems()

    def view(self, output: ViewOutput) -> BriefingView:
        """Build the view of a briefing's page."""
        entry = self.site.briefings[output.id]
        parts, words, lang = self.parts, self.site.words(entry), entry.lang
        versions = self.site.versions(entry)
        original = versions[0]
        earlier, later = self.site.relations.neighbours[original.id]
        replaced = replaced_by(parts, entry)
        replaces = [replacement(parts, s, s.old, lang) for s in self._replaces(versions)]
        shown = {one.path for one in versions}
        shown |= {r.briefing.path for r in (*replaced, *replaces)}
        backlinks = self._others(self._linking(versions), lang, shown)
        shown |= {item.path for item in backlinks}
        related = self._others(self.site.relations.related.of(original.id), lang, shown)
        crumbs = [Link(path=SECTIONS["briefing"], title=gettext(lang, "Briefings"))]
        item = parts.item(entry, lang)
        settings, withdrawn = self.site.settings, words.withdrawn
        preview = parts.briefing_preview(entry)
        evidence = self.evidence(entry)
        return BriefingView(
            head=parts.head(
                entry.path,
                item.title,
                item.summary,
                lang=lang,
                section=SECTIONS["briefing"],
                crumbs=crumbs,
                versions=versions,
                preview=preview,
                structured_data=parts.structured_data.briefing(entry, item, crumbs, preview.image),
            ),
            item=item,
            html=parts.html(entry),
            contents=parts.contents(entry),
            topics=tuple([parts.topic_link(id_) for id_ in words.topics]),
            authors=words.authors,
            **evidence._asdict(),
            terms=_terms(evidence),
            origins=len(set(origins(words.sources).values())),
            version=version_day(parts, entry),
            citations=citations(parts, entry),
            republish=republishing(parts, entry),
            licence=licence_link(parts),
            markdown=markdown_path(entry.path).removeprefix(entry.path),
            pdf=pdf_path(entry.path).removeprefix(entry.path) if parts.settings.pdf else "",
            replaced_by=replaced,
            replaces=tuple(replaces),
            backlinks=backlinks,
            related=related,
            record=RECORD if words.judgements else "",
            original=self._original(entry, original),
            previous=self._neighbour(earlier, lang),
            next=self._neighbour(later, lang),
            review_by=words.review_by or "",
            review_due=bool(words.review_by and words.review_by < settings.today),
            held_until=entry.moment if entry.instant > settings.now else "",
            withdrawn_date=settings.local_moment(withdrawn.date) if withdrawn else "",
            withdrawn_reason=typeset(withdrawn.reason, lang) if withdrawn else "",
        )

    def _build_evidence(self, entry: Entry[Briefing]) -> Evidence:
        return Evidence(
            figures=self.figures.of_briefing(entry),
            moves=move_rows(self.parts, entry),
            judgements=judgement_rows(self.site, entry),
            changes=change_rows(self.parts, entry),
            sources=source_rows(self.parts, entry),
        )

    def _neighbour(self, id_: str | None, lang: str) -> Link | None:
        return self.parts.briefing_link(self.site.briefings[id_], lang) if id_ else None

    def _replaces(self, versions: Sequence[Entry[Briefing]]) -> Iterable[Supersession]:
        """Find what a briefing replaced; translations replace what their originals do."""
        relations = self.site.relations
        found: dict[str, Supersession] = {}
        for version in versions:
            for supersession in relations.replaces.get(version.id, ()):
                found.setdefault(relations.original(supersession.old), supersession)
        return found.values()

    def _linking(self, versions: Sequence[Entry[Briefing]]) -> list[str]:
        backlinks = self.site.relations.backlinks
        return [linking for version in versions for linking in backlinks.get(version.id, ())]

    def _others(self, others: Iterable[str], lang: str, shown: Set[str]) -> tuple[Item, ...]:
        """Build items of other briefings in the page's language, except those already shown."""
        items = self.parts.items(self.site.of(others), lang)
        return tuple({item.path: item for item in items if item.path not in shown}.values())

    def _original(self, entry: Entry[Briefing], original: Entry[Briefing]) -> Link | None:
        return None if original is entry else self.parts.briefing_link(original, original.lang)


def _terms(evidence: Evidence) -> tuple[str, ...]:
    """List the terms of rows that the page explains, each once, in the order of their scales."""
    used = {row.reliability for row in evidence.sources} | {row.basis for row in evidence.moves}
    used |= {row.confidence for row in evidence.judgements}
    if evidence.judgements:
        used.add("likelihood")
    meanings = LABELS["meaning"]
    return () if used.isdisjoint(meanings) else tuple([term for term in meanings if term in used])
