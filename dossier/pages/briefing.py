"""The page of a briefing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from dossier.content.models import Briefing
from dossier.figures.rows import FigureRows
from dossier.judgements.rows import judgement_row
from dossier.judgements.views import JudgementRow
from dossier.language.messages import gettext
from dossier.language.typography import typeset
from dossier.pages.citations import citations, note_names, portable_body, version_day
from dossier.pages.file_views import BriefingTextView
from dossier.pages.views import BriefingView
from dossier.site.entries import Entry, Supersession
from dossier.site.site import Site
from dossier.site.urls import RECORD, SECTIONS, markdown_path, pdf_path
from dossier.views.builder import Parts
from dossier.views.evidence import (
    change_rows,
    in_citation_order,
    move_row,
    origins,
    source_mark,
    source_numbers,
)
from dossier.views.parts import Item, Link, MoveRow, Place, SourceRow
from dossier.views.replacements import replaced_by, replacement


class BriefingPages:
    """Makes the view of each briefing; what is between briefings is worked out once."""

    def __init__(self, site: Site, parts: Parts, figures: FigureRows) -> None:
        self.site = site
        self.parts = parts
        self.figures = figures

    def view(self, entry: Entry[Briefing]) -> BriefingView:
        """The view of one briefing's page."""
        parts, record, lang = self.parts, entry.record, entry.lang
        original = self.site.versions(entry)[0]
        earlier, later = self.site.relations.neighbours[original.id]
        replaced = replaced_by(parts, entry)
        replaces = [replacement(parts, s, s.old, lang) for s in self._replaces(entry)]
        shown = {r.briefing.path for r in (*replaced, *replaces)}
        backlinks = self._others(self._linking(entry), entry, shown)
        shown |= {item.path for item in backlinks}
        related = self._others(self.site.relations.related.of(original.id), entry, shown)
        crumbs = [Link(path=SECTIONS["briefing"], title=gettext(lang, "Briefings"))]
        title = typeset(record.title, lang)
        preview = parts.preview(entry.path, title, record.date, record.updated or "")
        return BriefingView(
            head=parts.head(
                entry.path,
                title,
                typeset(record.summary, lang),
                lang=lang,
                section=SECTIONS["briefing"],
                crumbs=crumbs,
                versions=self.site.versions(entry),
                preview=preview,
                structured_data=parts.structured_data.briefing(entry, crumbs, preview.image),
            ),
            item=parts.item(entry, lang),
            html=parts.html(entry),
            contents=parts.contents(entry),
            topics=tuple(parts.topic_link(id_) for id_ in record.topics),
            authors=record.authors,
            figures=self.figures.of_briefing(entry),
            moves=self._moves(entry),
            judgements=self._judgements(entry),
            sources=tuple(self._sources(entry)),
            origins=len(set(origins(record.sources).values())),
            changes=change_rows(entry),
            version=version_day(parts, entry),
            citations=citations(parts, entry),
            markdown=markdown_path(entry.path),
            pdf=pdf_path(entry.path) if parts.settings.pdf else "",
            replaced_by=replaced,
            replaces=tuple(replaces),
            backlinks=backlinks,
            related=related,
            record=RECORD if record.judgements else "",
            original=self._original(entry, original),
            previous=self._neighbour(earlier, lang),
            next=self._neighbour(later, lang),
            review_by=record.review_by or "",
            review_due=bool(record.review_by and record.review_by < self.site.settings.as_of),
            held_until=entry.moment if entry.moment[:10] > self.site.settings.as_of else "",
            withdrawn_date=record.withdrawn.date if record.withdrawn else "",
            withdrawn_reason=typeset(record.withdrawn.reason, lang) if record.withdrawn else "",
        )

    def text(self, entry: Entry[Briefing]) -> BriefingTextView:
        """The view of one briefing's Markdown."""
        parts, record, lang = self.parts, entry.record, entry.lang
        text = self.site.bodies(entry.source).text
        notes = note_names(entry, text)
        item = parts.item(entry, lang)
        return BriefingTextView(
            base_url=parts.settings.base_url,
            url=parts.url(entry.path),
            lang=lang,
            site_title=parts.settings.title,
            title=item.title,
            summary=item.summary,
            date=item.date,
            updated=item.updated,
            status=item.status,
            authors=record.authors,
            body=portable_body(parts, entry, text, notes),
            notes=dict(notes),
            replaced_by=replaced_by(parts, entry),
            withdrawn_reason=typeset(record.withdrawn.reason, lang) if record.withdrawn else "",
            figures=self.figures.of_briefing(entry),
            moves=self._moves(entry),
            judgements=self._judgements(entry),
            changes=change_rows(entry),
            sources=tuple(self._sources(entry)),
        )

    def _neighbour(self, id_: str | None, lang: str) -> Link | None:
        return self.parts.briefing_link(self.site.briefings[id_], lang) if id_ else None

    def _moves(self, entry: Entry[Briefing]) -> tuple[MoveRow, ...]:
        rows = [
            move_row(self.parts, entry, n, move) for n, move in enumerate(entry.record.moves, 1)
        ]
        return tuple(sorted(rows, key=lambda row: row.date))

    def _judgements(self, entry: Entry[Briefing]) -> tuple[JudgementRow, ...]:
        return tuple(
            judgement_row(entry, n, judgement, self.site.settings.as_of)
            for n, judgement in enumerate(entry.record.judgements, 1)
        )

    def _sources(self, entry: Entry[Briefing]) -> Iterator[SourceRow]:
        numbers, lang = source_numbers(entry), entry.lang
        places, origin = _places(entry), origins(entry.record.sources)
        marks = defaultdict(list)
        for source in in_citation_order(entry):
            marks[origin[source.id]].append(source_mark(entry, source.id, here=True))
        for source in in_citation_order(entry):
            yield SourceRow(
                number=numbers[source.id],
                anchor=f"source:{source.id}",
                title=source.title,
                publisher=source.publisher or "",
                date=source.date or "",
                url=source.url or "",
                reliability=source.reliability or "",
                relays=source.relays or "",
                same_origin=tuple(
                    mark
                    for mark in marks[origin[source.id]]
                    if mark.anchor != f"source:{source.id}"
                ),
                archived=source.archived or "",
                note=typeset(source.note or "", lang),
                places=tuple(places[source.id]),
            )

    def _replaces(self, entry: Entry[Briefing]) -> Iterable[Supersession]:
        """What a briefing replaced; a translation replaces what its original does."""
        relations = self.site.relations
        found: dict[str, Supersession] = {}
        for version in relations.versions(entry.id):
            for supersession in relations.replaces.get(version, ()):
                found.setdefault(relations.original(supersession.old), supersession)
        return found.values()

    def _linking(self, entry: Entry[Briefing]) -> list[str]:
        relations = self.site.relations
        return [
            linking
            for version in relations.versions(entry.id)
            for linking in relations.backlinks.get(version, ())
        ]

    def _others(
        self, others: Iterable[str], entry: Entry[Briefing], shown: set[str]
    ) -> tuple[Item, ...]:
        """Other briefings as items in the page's language, each once and none already shown."""
        own = {version.path for version in self.site.versions(entry)}
        items = {item.path: item for item in self.parts.items(self.site.of(others), entry.lang)}
        return tuple(item for path, item in items.items() if path not in own | shown)

    def _original(self, entry: Entry[Briefing], original: Entry[Briefing]) -> Link | None:
        return None if original is entry else self.parts.briefing_link(original, original.lang)


def _places(entry: Entry[Briefing]) -> Mapping[str, list[Place]]:
    """By source: every place of a briefing that cites it."""
    places: dict[str, list[Place]] = defaultdict(list)
    for source_id in entry.outline.citations:
        number = len(places[source_id]) + 1
        anchor = f"cite:{source_id}:{number}"
        places[source_id].append(Place(kind="text", number=number, anchor=anchor))
    record = entry.record
    rows = [
        *(("figure", n, (figure.source,)) for n, figure in enumerate(record.figures, 1)),
        *(("move", n, move.sources) for n, move in enumerate(record.moves, 1)),
        *(("judgement", n, judged.sources) for n, judged in enumerate(record.judgements, 1)),
    ]
    for kind, number, sources in rows:
        for source_id in dict.fromkeys(sources):
            place = Place(kind=kind, number=number, anchor=f"{kind}:{number}")
            places[source_id].append(place)
    return places
