"""Series of figures: the same measure at several dates, across all briefings.

Two figures belong to one series where company, region, label and unit are the same, ignoring case,
accents and powers of ten (`million people`, `billion people`). Translations and withdrawn briefings
do not count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

import msgspec

from dossier.content.documents import DocumentProblem
from dossier.content.models import Briefing, Figure
from dossier.content.value_types import is_after
from dossier.figures.units import agree, base_unit
from dossier.language.folding import fold
from dossier.site.entries import Entry
from dossier.site.site import Site

FigurePlace = tuple[str, int]
"""The id of a figure's briefing, and the figure's index there."""

_Value = tuple[str, Decimal, str]
"""A figure's date, its amount, and its qualifier or an empty text."""


class Observation(msgspec.Struct, frozen=True, eq=False, gc=False):
    """A value at a date, and the figures that report it, newest briefing first.

    `amount` is in the unit without a power of ten; `rivals` are values for the same date that
    contradict it.
    """

    as_of: str
    amount: Decimal
    qualifier: str
    places: tuple[FigurePlace, ...]
    rivals: tuple[FigurePlace, ...] = ()


class Series(msgspec.Struct, frozen=True, eq=False, gc=False):
    """The observations of one measure, newest date first."""

    observations: tuple[Observation, ...]

    def newer(self, than: Observation) -> Observation | None:
        """Return the newest observation if its date is after that of another."""
        newest = self.observations[0]
        return newest if is_after(newest.as_of, than.as_of) else None


class SeriesIndex:
    """The series of all figures, by place. `briefings` are originals, newest first."""

    def __init__(self, briefings: Sequence[Entry[Briefing]]) -> None:
        self._entries = {entry.id: entry for entry in briefings}
        self.by_place: Mapping[FigurePlace, tuple[Series, Observation]] = {
            place: (series, observation)
            for series in _build_all(briefings)
            for observation in series.observations
            for place in observation.places
        }

    def figure(self, place: FigurePlace) -> tuple[Entry[Briefing], Figure]:
        """Look up the briefing and the figure at a place."""
        entry = self._entries[place[0]]
        return entry, entry.facts.figures[place[1]]

    def problems(self) -> Iterator[DocumentProblem]:
        """Warn about values that another figure contradicts, in briefings that can still change."""
        for place, (_, observation) in self.by_place.items():
            rivals = [rival for rival in observation.rivals if self._can_change(rival)]
            if not rivals or not self._can_change(place) or place > min(rivals):
                continue  # each contradiction is reported once, at the first of the figures
            entry, figure = self.figure(place)
            others = " and ".join(self._describe(rival) for rival in rivals)
            yield DocumentProblem(
                entry.source,
                ("figures", place[1], "value"),
                f"'{figure.label}' as of {figure.as_of} has another value too: {others}",
                "correct one, or use different labels",
                "warning",
            )

    def _can_change(self, place: FigurePlace) -> bool:
        """Tell whether a figure may still be corrected: superseded briefings stay as written."""
        return self._entries[place[0]].facts.status != "superseded"

    def _describe(self, place: FigurePlace) -> str:
        entry, figure = self.figure(place)
        return f"{figure.value} {figure.unit} in '{entry.source}'"


def build_series(site: Site) -> SeriesIndex:
    """Build the series of a site."""
    return SeriesIndex(site.originals)


def _build_all(briefings: Iterable[Entry[Briefing]]) -> Iterator[Series]:
    found: dict[tuple[str, ...], dict[_Value, list[FigurePlace]]] = defaultdict(dict)
    for entry in briefings:
        if entry.facts.status == "withdrawn":
            continue
        for n, figure in enumerate(entry.facts.figures):
            scale, unit = base_unit(figure.unit, entry.lang)
            key = (figure.company or "", figure.region or "", fold(figure.label), fold(unit))
            value = (figure.as_of, figure.value * scale, figure.qualifier or "")
            found[key].setdefault(value, []).append((entry.id, n))
    for by_value in found.values():
        observations = sorted(_observe(by_value), key=lambda one: one.as_of, reverse=True)
        yield Series(tuple(observations))


def _observe(by_value: Mapping[_Value, Sequence[FigurePlace]]) -> Iterator[Observation]:
    dates: dict[str, list[_Value]] = defaultdict(list)
    for value in by_value:
        dates[value[0]].append(value)
    for value, places in by_value.items():
        as_of, number, how = value
        rivals: list[FigurePlace] = []
        for other in dates[as_of]:
            if other is not value and not agree(number, how, *other[1:]):
                rivals += by_value[other]
        yield Observation(as_of, number, how, tuple(places), tuple(rivals))
