"""Figures as views: on a briefing's page, and as series on the page of a company or a region."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Literal

from dossier.content.models import Briefing, Figure
from dossier.figures.chart import series_chart
from dossier.figures.series import FigurePlace, Observation, Series, SeriesIndex, build_series
from dossier.figures.units import amount
from dossier.figures.views import FigureMark, FigureMention, FigureRow, ObservationRow, SeriesRow
from dossier.language.typography import typeset
from dossier.site.entries import Entry
from dossier.views.builder import Parts
from dossier.views.evidence import source_mark

Badge = Literal["unsourced", "disputed", "superseded"]
"""What weakens a figure."""

SERIES_SHOWN = 20
OBSERVATIONS_SHOWN = 24
"""The most observations of a series on one page; downloads and briefings have all of them."""


class FigureRows:
    """Builds rows of figures; series are worked out only once."""

    def __init__(self, parts: Parts) -> None:
        self.site = parts.site
        self.parts = parts

    @property
    def index(self) -> SeriesIndex:
        """The series of all briefings, which few pages need."""
        return self.site.model(build_series)

    def of_briefing(self, entry: Entry[Briefing]) -> tuple[FigureRow, ...]:
        """Build the figures on a briefing's own page."""
        return tuple(self._row(entry, n) for n in range(len(entry.facts.figures)))

    def series(self, places: Iterable[FigurePlace], lang: str) -> tuple[SeriesRow, ...]:
        """Build the series of some figures, in the order of the figures."""
        found = islice(self._found(places), SERIES_SHOWN)
        return tuple(self._series(one, lang, OBSERVATIONS_SHOWN) for one in found)

    def newest(self, places: Iterable[FigurePlace], lang: str, most: int) -> tuple[SeriesRow, ...]:
        """Build the first series of some figures, each with only its newest value."""
        return tuple(self._series(one, lang, 1) for one in islice(self._found(places), most))

    def _found(self, places: Iterable[FigurePlace]) -> Iterator[Series]:
        """Yield the series of some figures, each once."""
        seen = set()
        for place in places:
            series, _ = self.index.by_place.get(place, (None, None))
            if series is not None and series not in seen:
                seen.add(series)
                yield series

    def _row(self, entry: Entry[Briefing], n: int) -> FigureRow:
        figure, lang = self.site.words(entry).figures[n], entry.lang
        newer, rivals = self._beside(entry, n)
        return FigureRow(
            anchor=_anchor(n),
            label=typeset(figure.label, lang),
            value=format(figure.value, "f"),
            unit=typeset(figure.unit, lang),
            as_of=figure.as_of,
            source=source_mark(entry, figure.source, True),
            qualifier=figure.qualifier or "",
            note=typeset(figure.note or "", lang),
            company=self.parts.company_link(figure.company) if figure.company else None,
            region=self.parts.region_link(figure.region, lang) if figure.region else None,
            newer=self._mark(newer, entry) if newer else None,
            rivals=tuple(self._mark(rival, entry) for rival in rivals),
            forecast=_is_forecast(entry, figure),
            badges=self._badges(entry, figure, bool(rivals)),
        )

    def _badges(self, entry: Entry[Briefing], figure: Figure, disputed: bool) -> tuple[Badge, ...]:
        found: list[Badge] = ["unsourced"] if figure.unsourced else []
        if disputed:
            found.append("disputed")
        if self.parts.status.of(entry.id) == "superseded":
            found.append("superseded")
        return tuple(found)

    def _beside(
        self, entry: Entry[Briefing], n: int
    ) -> tuple[FigurePlace | None, tuple[FigurePlace, ...]]:
        """Find the newest figure of the series, if it is newer, and those that contradict it."""
        original = self.site.versions(entry)[0]
        if not _tells_the_same(original, entry, n) or (original.id, n) not in self.index.by_place:
            return None, ()
        series, observation = self.index.by_place[original.id, n]
        newer = series.newer(observation)
        return newer.places[0] if newer else None, observation.rivals

    def _mark(self, place: FigurePlace, page: Entry[Briefing]) -> FigureMark:
        """Build a reference from a briefing's page to a figure."""
        entry, n = self._version(place, page.lang)
        figure = entry.facts.figures[n]
        return FigureMark(
            anchor=_anchor(n),
            value=format(figure.value, "f"),
            unit=typeset(figure.unit, entry.lang),
            as_of=figure.as_of,
            qualifier=figure.qualifier or "",
            lang="" if entry.lang == page.lang else entry.lang,
            path=None if entry is page else entry.path,
        )

    def _series(self, series: Series, lang: str, most: int) -> SeriesRow:
        shown = series.observations[:most]
        entry, n = self._version(shown[0].places[0], lang)
        figure = entry.facts.figures[n]
        points = [(one.as_of, one.amount, not one.qualifier) for one in reversed(shown)]
        return SeriesRow(
            label=typeset(figure.label, entry.lang),
            lang="" if entry.lang == lang else entry.lang,
            company=self.parts.company_link(figure.company) if figure.company else None,
            region=self.parts.region_link(figure.region, lang) if figure.region else None,
            observations=tuple(self._observation(one, lang) for one in shown),
            chart=series_chart(points),
            left_out=len(series.observations) - len(shown),
        )

    def _observation(self, observation: Observation, lang: str) -> ObservationRow:
        entry, n = self._version(observation.places[0], lang)
        figure = entry.facts.figures[n]
        return ObservationRow(
            as_of=observation.as_of,
            value=format(figure.value, "f"),
            unit=typeset(figure.unit, entry.lang),
            lang="" if entry.lang == lang else entry.lang,
            qualifier=observation.qualifier,
            contested=bool(observation.rivals),
            mentions=tuple(self._mention(place, lang) for place in observation.places),
            forecast=_is_forecast(entry, figure),
            badges=self._badges(entry, figure, bool(observation.rivals)),
        )

    def _mention(self, place: FigurePlace, lang: str) -> FigureMention:
        entry, n = self._version(place, lang)
        figure = self.site.words(entry).figures[n]
        return FigureMention(
            source=source_mark(entry, figure.source, False),
            briefing=self.parts.briefing_link(entry, lang),
            anchor=_anchor(n),
            note=typeset(figure.note or "", entry.lang),
            lang="" if entry.lang == lang else entry.lang,
        )

    def _version(self, place: FigurePlace, lang: str) -> tuple[Entry[Briefing], int]:
        """Find a figure in a language; the original's where no translation repeats it."""
        id_, n = place
        original = self.site.briefings[id_]
        version = self.site.version(original, lang)
        return (version if _tells_the_same(original, version, n) else original), n


def _is_forecast(entry: Entry[Briefing], figure: Figure) -> bool:
    return figure.as_of > entry.facts.date[: len(figure.as_of)]


def _tells_the_same(one: Entry[Briefing], other: Entry[Briefing], n: int) -> bool:
    if one is other:
        return True
    if n >= min(len(one.facts.figures), len(other.facts.figures)):
        return False
    return _identity(one.facts.figures[n], one.lang) == _identity(
        other.facts.figures[n], other.lang
    )


def _identity(figure: Figure, lang: str) -> tuple[object, ...]:
    """Return the parts of a figure that translations may not change."""
    return figure.company, figure.region, figure.as_of, amount(figure, lang), figure.qualifier


def _anchor(n: int) -> str:
    return f"figure:{n + 1}"
