"""Markdown copies of briefings, with sources as footnotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dossier.content.markdown.portable import escape
from dossier.figures.views import FigureMark, FigureRow
from dossier.language.formatting import format_date, format_number
from dossier.language.labels import Vocabulary, label
from dossier.language.messages import gettext
from dossier.pages.files.views import BriefingTextView
from dossier.site.urls import absolute_url
from dossier.views.parts import Link, SourceMark


def briefing_text(view: BriefingTextView) -> str:
    """Render a briefing: title, dates, status, summary, text, evidence, changes, sources."""
    return "\n\n".join(_BriefingText(view).blocks()) + "\n"


class _BriefingText:
    def __init__(self, view: BriefingTextView) -> None:
        self.view = view

    def blocks(self) -> Iterator[str]:
        view = self.view
        yield f"# {escape(view.title)}"
        yield "  \n".join(self._imprint())
        yield from self._status()
        yield f"> **{self._say('The bottom line')}**  \n> {escape(view.summary)}"
        if view.body:
            yield view.body
        yield from _section(self._say("Figures"), self._figures())
        yield from _section(self._say("Moves"), self._moves())
        yield from _section(self._say("Judgements"), self._judgements())
        yield from _section(self._say("Changes"), self._changes())
        if view.sources:
            yield "\n".join(self._sources())

    def _imprint(self) -> Iterator[str]:
        """Render authors, dates and address."""
        view = self.view
        if view.authors:
            yield self._say("By %(authors)s", authors=escape(", ".join(view.authors)))
        dates = [self._date(view.date)]
        if view.reconstructed:
            written = self._date(view.reconstructed)
            dates.append(self._say("reconstructed on %(date)s", date=written))
        if view.updated:
            dates.append(self._say("updated %(date)s", date=self._date(view.updated)))
        yield " · ".join(dates)
        yield f"{escape(view.site_title)}, <{view.url}>"
        if view.licence_url:
            name = f"{escape(view.licence)}, " if view.licence else ""
            yield f"{self._say('Licence:')} {name}<{view.licence_url}>"

    def _status(self) -> Iterator[str]:
        view = self.view
        if view.status != "current":
            status = f"**{self._label('status', view.status)}.**"
            yield f"{status} {escape(view.withdrawn_reason)}".rstrip()
        if view.replaced_by:
            lines = [self._say("Replaced by:"), ""]
            for new in view.replaced_by:
                where = ", ".join(region.title for region in new.regions)
                regions = f" ({escape(where)})" if where else ""
                lines.append(f"- {self._link(new.briefing)}, {self._date(new.date)}{regions}")
            yield "\n".join(lines)

    def _figures(self) -> Iterator[str]:
        for row in self.view.figures:
            as_of = self._say("as of %(date)s", date=self._date(row.as_of))
            value = f"{self._quantity(row)}, {as_of}"
            beside = "".join(f" {text}." for text in self._beside(row))
            marks = self._marks([row.source])
            yield f"{escape(row.label)}: {value}.{marks}{_note(row.note)}{beside}"

    def _quantity(self, figure: FigureRow | FigureMark) -> str:
        qualifier = f"{self._label('qualifier', figure.qualifier)} " if figure.qualifier else ""
        number = format_number(figure.value, self.view.lang)
        return f"{qualifier}{number} {escape(figure.unit)}"

    def _beside(self, row: FigureRow) -> Iterator[str]:
        """Render the newer value, and those that contradict this one."""
        if row.newer:
            newer, date = self._quantity(row.newer), self._date(row.newer.as_of)
            yield self._say("Newer: %(figure)s, as of %(date)s", figure=newer, date=date)
        for rival in row.rivals:
            figure = self._quantity(rival)
            yield self._say("Contradicted for the same date: %(figure)s", figure=figure)

    def _moves(self) -> Iterator[str]:
        for row in self.view.moves:
            who = ", ".join(filter(None, [row.company.title, row.product]))
            where = ", ".join(region.title for region in row.regions)
            stage = self._label("stage", row.stage)
            basis = self._label("basis", row.basis)
            if row.disputed:
                basis += f", {self._say('disputed')}"
            what = f"{escape(who)}: {stage} ({basis}), {escape(where)}."
            notes = f"{_note(row.disputed)}{_note(row.note)}"
            yield f"{self._date(row.date)}: {what}{self._marks(row.sources)}{notes}"

    def _judgements(self) -> Iterator[str]:
        for row in self.view.judgements:
            odds = self._say("(%(low)s–%(high)s%%)", low=str(row.low), high=str(row.high))
            parts = [
                f"{self._label('likelihood', row.likelihood)} {odds}",
                self._label("confidence", row.confidence),
                self._say("by %(date)s", date=self._date(row.by)),
            ]
            outcome = ""
            if row.outcome is not None:
                true, untrue = self._say("It came true."), self._say("It did not come true.")
                outcome = f" {true if row.outcome else untrue}"
            elif row.overdue:
                outcome = f" {self._say('Overdue.')}"
            yield f"{escape(row.text)}: {', '.join(parts)}.{outcome}{self._marks(row.sources)}"

    def _changes(self) -> Iterator[str]:
        for change in self.view.changes:
            kind = self._label("event", change.kind)
            yield f"{self._date(change.date)}, {kind}: {escape(change.note)}"

    def _sources(self) -> Iterator[str]:
        """Render a footnote for each source, with its address written out."""
        for row in self.view.sources:
            parts = [escape(row.publisher), escape(row.title), row.date and self._date(row.date)]
            if row.relays:
                parts.append(self._say("repeats %(source)s", source=escape(row.relays)))
            parts += [f"<{address}>" for address in (row.url, row.archived) if address]
            text = ", ".join(filter(None, parts))
            yield f"[^{self._note_of(row.anchor)}]: {text}.{_note(row.note)}"

    def _marks(self, sources: Iterable[SourceMark]) -> str:
        return "".join(f"[^{self._note_of(source.anchor)}]" for source in sources)

    def _note_of(self, anchor: str) -> str:
        return self.view.notes[anchor]

    def _link(self, to: Link) -> str:
        return f"[{escape(to.title)}]({absolute_url(self.view.base_url, to.path)})"

    def _date(self, iso: str) -> str:
        return format_date(iso, self.view.lang)

    def _label(self, vocabulary: Vocabulary, value: str) -> str:
        return label(self.view.lang, vocabulary, value)

    def _say(self, message: str, **values: str) -> str:
        """Translate an interface text, and fill in its values."""
        text = gettext(self.view.lang, message)
        return text % values if values else text


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = [f"- {line}" for line in lines]
    if found:
        yield f"## {title}\n\n" + "\n".join(found)


def _note(text: str) -> str:
    return f" {escape(text)}" if text else ""
