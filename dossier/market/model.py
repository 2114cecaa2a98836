"""Market model: the moves in all briefings as one history per product and region.

Pure and by id, without pages or languages. `docs/market.md` explains its rules to readers.
"""

from __future__ import annotations

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
"""The stages in the order in which a product usually goes through them."""

REPEATABLE = "expanded"
"""The stage that may follow itself: reported with two dates, it happened twice."""

_STRONGEST_FIRST: tuple[Basis, ...] = get_args(Basis)

Track = tuple[str, str, str]
"""A company, one of its products, a region."""


class Mention(msgspec.Struct, frozen=True):
    """A move as one briefing reports it: the briefing's id, and the move's index there."""

    briefing: str
    number: int
    move: Move


class RegionMove(msgspec.Struct, frozen=True):
    """A move in one region with all of its mentions: those of its date first, each newest first.

    `dates` are partial; more than one, earliest first, where mentions contradict each other. `day`
    is the first day on which the move counts.
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
        """The track that it is part of."""
        return self.company, self.product, self.region

    @property
    def basis(self) -> Basis:
        """The strongest basis of any mention."""
        return min((t.move.basis for t in self.mentions), key=_STRONGEST_FIRST.index)

    @property
    def disputed(self) -> bool:
        """Whether any mention says that it is disputed."""
        return any(mention.move.disputed for mention in self.mentions)


class Market:
    """All moves in briefings; `briefings` are the listed ones, newest first.

    Moves in superseded briefings count, those in withdrawn ones do not.
    """

    def __init__(self, briefings: Iterable[Entry[Briefing]]) -> None:
        self._briefings = [entry for entry in briefings if entry.facts.status != "withdrawn"]

    @cached_property
    def tracks(self) -> Mapping[Track, tuple[RegionMove, ...]]:
        """The moves of each product in each region, oldest first."""
        found: dict[Track, list[Mention]] = defaultdict(list)
        for entry in self._briefings:
            for number, move in enumerate(entry.facts.moves):
                mention = Mention(entry.id, number, move)
                for region in move.regions:
                    found[move.company, move.product, region].append(mention)
        return {track: tuple(_history(track, mentions)) for track, mentions in found.items()}

    @cached_property
    def moves(self) -> Sequence[RegionMove]:
        """All moves, oldest first."""
        found = (move for moves in self.tracks.values() for move in moves)
        return sorted(found, key=lambda move: move.day)  # stable: a track keeps its order

    def positions(self, as_of: str) -> Mapping[Track, RegionMove]:
        """Find each product's position in each region on a day: its latest move there by then."""
        found = {}
        for track, moves in self.tracks.items():
            for move in reversed(moves):
                if move.day <= as_of:
                    found[track] = move
                    break
        return found

    def tracks_in(self, briefings: Iterable[str]) -> Set[Track]:
        """Find the tracks with a move in one of some briefings."""
        return {track for id_ in briefings for track in self._by_briefing.get(id_, ())}

    @cached_property
    def _by_briefing(self) -> Mapping[str, Sequence[Track]]:
        return {
            entry.id: [(m.company, m.product, r) for m in entry.facts.moves for r in m.regions]
            for entry in self._briefings
        }

    def problems(self) -> Iterator[DocumentProblem]:
        """Warn about moves that are reported with contradictory dates."""
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
                "write the same date, or only as much of it as is certain; readers see both. "
                "If they are two moves, add the one between them",
                "warning",
            )


def build_market(site: Site) -> Market:
    """Build the market of a site."""
    return Market(site.originals)


def first_day(date: str) -> str:
    """Return the first day of a partial date."""
    return f"{date}-01-01"[:10] if len(date) == 4 else f"{date}-01"[:10]


def last_day(date: str) -> str:
    """Return the last day of a partial date."""
    if len(date) == 4:
        return f"{date}-12-31"
    if len(date) == 7:
        import calendar  # few moves are dated by a month

        return f"{date}-{calendar.monthrange(int(date[:4]), int(date[5:]))[1]}"
    return date


def _history(track: Track, mentions: Sequence[Mention]) -> Iterator[RegionMove]:
    """Build the moves of a track: mentions of a stage are one move, unless another is between."""
    dates: dict[Stage, set[str]] = defaultdict(set)
    for mention in mentions:
        dates[mention.move.stage].add(mention.move.date)
    meant = {(s, date): _most_precise(date, of) for s, of in dates.items() for date in of}
    dated: dict[tuple[Stage, str], list[Mention]] = defaultdict(list)
    for mention in mentions:
        stage = mention.move.stage
        dated[stage, meant[stage, mention.move.date]].append(mention)
    runs: list[list[tuple[Stage, str]]] = []
    for stage, date in _in_order(dated):
        if runs and runs[-1][0][0] == stage != REPEATABLE:
            runs[-1].append((stage, date))
        else:
            runs.append([(stage, date)])
    day = ""
    for run in runs:
        stage, date = run[0]
        day = max(day, first_day(date))
        by_all = [mention for piece in run for mention in dated[piece]]
        by_all.sort(key=lambda t: t.move.date != date)  # stable: newest first, as they came
        yield RegionMove(*track, stage, tuple(date for _, date in run), day, tuple(by_all))


def _most_precise(date: str, dates: Iterable[str]) -> str:
    """Find the date that is meant: the earliest, most precise one that lies within a date."""
    for other in sorted(dates):
        if other.startswith(date):
            date = other
    return date


def _in_order(pieces: Iterable[tuple[Stage, str]]) -> list[tuple[Stage, str]]:
    """Sort stages with their dates by time.

    A date that contains others comes as late in its period as the lifecycle allows: after the
    earlier stages there, and before the later ones.
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
    """Tell whether one date contains the other."""
    return one.startswith(other) or other.startswith(one)
