"""The market: what briefings tell of moves, as one history of each product in each region.

Pure, by id. It knows neither pages nor languages; `docs/market.md` says its rules to readers.
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from typing import get_args

import msgspec

from dossier.content.documents import DocumentProblem
from dossier.content.models import Basis, Briefing, Move, Stage
from dossier.site.entries import Entry
from dossier.site.site import Site

LIFECYCLE: Mapping[str, int] = {stage: n for n, stage in enumerate(get_args(Stage))}
"""The stages in the order in which a product usually passes them."""

REPEATABLE = "expanded"
"""The stage that may follow itself: told with two dates, it happened twice."""

_STRONGEST_FIRST: tuple[Basis, ...] = get_args(Basis)

Track = tuple[str, str, str]
"""A company, one of its products, a region."""


class Mention(msgspec.Struct, frozen=True):
    """A move as one briefing tells it: the briefing's id, and the move's place there, from 0."""

    briefing: str
    number: int
    move: Move


class RegionMove(msgspec.Struct, frozen=True):
    """A move in one region, by all who tell it, the first with its date, the newest of them first.

    `dates` are partial; more than one where mentions contradict each other, the earliest first.
    `day` is the first day from which it counts.
    """

    company: str
    product: str
    region: str
    stage: Stage
    dates: tuple[str, ...]
    day: str
    mentions: tuple[Mention, ...]

    @property
    def track(self) -> Track:
        """Whose history it is part of."""
        return self.company, self.product, self.region

    @property
    def basis(self) -> Basis:
        """The best on which it is told."""
        return min((t.move.basis for t in self.mentions), key=_STRONGEST_FIRST.index)

    @property
    def disputed(self) -> bool:
        """Whether anyone who tells it says that it is contested."""
        return any(telling.move.disputed for telling in self.mentions)


class Market:
    """Every move that briefings report; `briefings` are the listed ones, newest first.

    What a withdrawn briefing tells does not count, what a superseded one tells does.
    """

    def __init__(self, briefings: Iterable[Entry[Briefing]]) -> None:
        self._briefings = [entry for entry in briefings if entry.facts.status != "withdrawn"]

    @cached_property
    def tracks(self) -> Mapping[Track, tuple[RegionMove, ...]]:
        """The moves of each product in each region, the oldest first."""
        told: dict[Track, list[Mention]] = defaultdict(list)
        for entry in self._briefings:
            for number, move in enumerate(entry.facts.moves):
                telling = Mention(entry.id, number, move)
                for region in move.regions:
                    told[move.company, move.product, region].append(telling)
        return {track: tuple(_history(track, mentions)) for track, mentions in told.items()}

    @cached_property
    def moves(self) -> Sequence[RegionMove]:
        """All moves, the oldest first."""
        found = (move for moves in self.tracks.values() for move in moves)
        return sorted(found, key=lambda move: move.day)  # stable: a track keeps its order

    def positions(self, as_of: str) -> Mapping[Track, RegionMove]:
        """Where each product stands in each region on a day: its latest move there by then."""
        found = {}
        for track, moves in self.tracks.items():
            for move in reversed(moves):
                if move.day <= as_of:
                    found[track] = move
                    break
        return found

    def told_by(self, briefings: Iterable[str]) -> Set[Track]:
        """The tracks of which some briefings tell a move."""
        return {track for id_ in briefings for track in self._by_briefing.get(id_, ())}

    @cached_property
    def _by_briefing(self) -> Mapping[str, Sequence[Track]]:
        return {
            entry.id: [(m.company, m.product, r) for m in entry.facts.moves for r in m.regions]
            for entry in self._briefings
        }

    def problems(self) -> Iterator[DocumentProblem]:
        """A warning for each move that is told with dates which contradict each other."""
        sources = {entry.id: entry.source for entry in self._briefings}
        seen = set()
        for move in self.moves:
            if len(move.dates) == 1:
                continue
            first = move.mentions[0]
            other = next(t for t in move.mentions if not _agree(t.move.date, first.move.date))
            if (place := (other.briefing, other.number)) in seen:
                continue
            seen.add(place)
            yield DocumentProblem(
                sources[other.briefing],
                ("moves", other.number, "date"),
                f"'{move.product}' is {move.stage} in '{move.region}' on {other.move.date} here, "
                f"and on {first.move.date} in '{sources[first.briefing]}'",
                "write the same date, or one as precise as is certain; readers are shown both. "
                "If they are two moves, tell what came between",
                "warning",
            )


def build_market(site: Site) -> Market:
    """The market of a site."""
    return Market(site.originals)


def first_day(date: str) -> str:
    """The first day of a partial date."""
    return f"{date}-01-01"[:10] if len(date) == 4 else f"{date}-01"[:10]


def last_day(date: str) -> str:
    """The last day of a partial date."""
    if len(date) == 4:
        return f"{date}-12-31"
    if len(date) == 7:
        return f"{date}-{calendar.monthrange(int(date[:4]), int(date[5:]))[1]}"
    return date


def _history(track: Track, mentions: Sequence[Mention]) -> Iterator[RegionMove]:
    """The moves of a track: mentions of one stage are one move while no other stage is between."""
    dates: dict[Stage, set[str]] = defaultdict(set)
    for telling in mentions:
        dates[telling.move.stage].add(telling.move.date)
    meant = {(s, date): _most_precise(date, of) for s, of in dates.items() for date in of}
    told: dict[tuple[Stage, str], list[Mention]] = defaultdict(list)
    for telling in mentions:
        stage = telling.move.stage
        told[stage, meant[stage, telling.move.date]].append(telling)
    runs: list[list[tuple[Stage, str]]] = []
    for stage, date in _in_order(told):
        if runs and runs[-1][0][0] == stage != REPEATABLE:
            runs[-1].append((stage, date))
        else:
            runs.append([(stage, date)])
    day = ""
    for run in runs:
        stage, date = run[0]
        day = max(day, first_day(date))
        by_all = [telling for piece in run for telling in told[piece]]
        by_all.sort(key=lambda t: t.move.date != date)  # stable: newest first, as they came
        yield RegionMove(*track, stage, tuple(date for _, date in run), day, tuple(by_all))


def _most_precise(date: str, told: Iterable[str]) -> str:
    """The date that a telling means: the earliest most precise one told within its own."""
    for other in sorted(told):
        if other.startswith(date):
            date = other
    return date


def _in_order(pieces: Iterable[tuple[Stage, str]]) -> list[tuple[Stage, str]]:
    """Stages with their dates in the order of time.

    Where one date contains another, it stands as late within its period as the lifecycle allows:
    after what comes before it there, and before what comes after it.
    """
    ordered: list[tuple[Stage, str]] = []
    by_precision = sorted(pieces, key=lambda p: (-len(p[1]), p[1], LIFECYCLE[p[0]]))
    for stage, date in by_precision:
        start, end, rank = first_day(date), last_day(date), LIFECYCLE[stage]
        at = 0
        for n, (other, when) in enumerate(ordered, 1):
            before = last_day(when) < start
            if before or (first_day(when) <= end and LIFECYCLE[other] <= rank):
                at = n
        ordered.insert(at, (stage, date))
    return ordered


def _agree(one: str, other: str) -> bool:
    """Whether one date contains the other."""
    return one.startswith(other) or other.startswith(one)
