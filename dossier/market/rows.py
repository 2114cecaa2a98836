"""Positions and moves as views show them, and the order of regions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cached_property

import msgspec

from dossier.language.folding import sort_key
from dossier.language.messages import gettext
from dossier.language.typography import typeset
from dossier.market.model import LIFECYCLE, Mention, RegionMove, Track
from dossier.market.views import Mark, MarketMove, Position, Remark
from dossier.views.builder import Parts
from dossier.views.evidence import source_mark
from dossier.views.parts import Link, SourceMark

WORLD = "001"
"""The code of the world (UN M49)."""


class MarketRows:
    """Builds rows of the market in the site's own language."""

    def __init__(self, parts: Parts) -> None:
        self.site = parts.site
        self.parts = parts
        self.lang = parts.settings.language

    def mark(self, move: RegionMove, product: str = "", overtaken: bool = False) -> Mark:
        """Build the mark of a move, with a link to its first mention."""
        return Mark(
            stage=move.stage,
            dates=move.dates,
            basis=move.basis,
            disputed=move.disputed,
            path=self._mention_link(move.mentions[0]).path,
            product=product,
            overtaken=overtaken,
        )

    def position(self, move: RegionMove, overtaken: bool = False) -> Position:
        """Build the position that a move leads to."""
        return Position(
            company=self.parts.company_link(move.company),
            region=self.region_link(move.region),
            mark=self.mark(move, move.product, overtaken),
        )

    def find_overtaken(self, positions: Iterable[RegionMove]) -> Set[Track]:
        """Find positions in groups that later moves in regions within them have overtaken."""
        positions, later = list(positions), dict[Track, str]()
        containers = self.site.relations.region_tree.containers
        for move in positions:
            for above in containers(move.region):
                track = (move.company, move.product, above)
                if above != move.region and self.site.regions[above].facts.code != WORLD:
                    later[track] = max(later.get(track, ""), move.day)
        return {move.track for move in positions if later.get(move.track, "") > move.day}

    def region_link(self, id_: str) -> Link:
        """Link to a region; of the world, a move says only that no country is stated."""
        link = self.parts.region_link(id_)
        if id_ != self._world:
            return link
        return msgspec.structs.replace(link, title=gettext(self.lang, "Country not stated"))

    def is_country(self, id_: str) -> bool:
        """Tell whether a region has the code of a country (ISO 3166-1)."""
        return (self.site.regions[id_].facts.code or "").isalpha()

    def moves(self, groups: Iterable[Sequence[RegionMove]]) -> tuple[MarketMove, ...]:
        """Build a row for each group of moves that differ only in their region."""
        return tuple(self._move(group) for group in groups)

    def by_place(self, move: RegionMove) -> tuple[str | int, ...]:
        """Return the sort key of positions: company, region and product."""
        name = self.parts.company_link(move.company).title.casefold()
        return name, self.region_order[move.region], move.product.casefold()

    def part_of_world(self, region: str) -> str:
        """Find the largest region below the world that contains one.

        Where the site has no world there are no parts: empty.
        """
        if not self._world:
            return ""
        path = (*self.site.relations.region_tree.ancestors(region), region)
        return path[1] if len(path) > 1 and path[0] == self._world else path[0]

    @cached_property
    def _world(self) -> str:
        regions = self.site.regions.items()
        return next((id_ for id_, region in regions if region.facts.code == WORLD), "")

    def part_title(self, part: str, regions: Sequence[str]) -> str:
        """Name a part of the world; without parts, the only region that contains all."""
        tops = {next(iter(self.site.relations.region_tree.ancestors(id_)), id_) for id_ in regions}
        if part or len(tops) == 1:
            return self.parts.region_link(part or tops.pop()).title
        return gettext(self.lang, "All regions")

    @cached_property
    def region_order(self) -> dict[str, int]:
        """The position of each region in the tree, from the world down, groups last."""
        tree = self.site.relations.region_tree

        def by_title(ids: Iterable[str]) -> list[str]:
            return sorted(
                ids,
                key=lambda id_: (
                    bool(tree.members(id_)),
                    sort_key(self.parts.region_link(id_).title),
                ),
            )

        def walk(ids: Iterable[str]) -> Iterator[str]:
            for id_ in by_title(ids):
                yield id_
                yield from walk(tree.children(id_))

        return {id_: n for n, id_ in enumerate(walk(tree.roots))}

    def note(self, mention: Mention) -> str | None:
        """Read the note on a move in one briefing."""
        words = self.site.words(self.site.briefings[mention.briefing])
        return words.moves[mention.number].note

    def _move(self, group: Sequence[RegionMove]) -> MarketMove:
        first = group[0]
        regions = sorted((move.region for move in group), key=self.region_order.__getitem__)
        mentions = first.mentions
        return MarketMove(
            dates=first.dates,
            company=self.parts.company_link(first.company),
            product=first.product,
            regions=tuple(map(self.region_link, regions)),
            stage=first.stage,
            basis=first.basis,
            disputed=first.disputed,
            upcoming=first.day > self.site.settings.today,
            sources=self._sources(mentions),
            briefings=tuple(self._mention_link(mention) for mention in mentions),
            disputes=self._remarks(mentions, [mention.move.disputed for mention in mentions]),
            notes=self._remarks(mentions, [self.note(mention) for mention in mentions]),
        )

    def _sources(self, mentions: Iterable[Mention]) -> tuple[SourceMark, ...]:
        """List the sources of a move, each publisher once."""
        found: dict[str, SourceMark] = {}
        for mention in mentions:
            entry = self.site.briefings[mention.briefing]
            for id_ in mention.move.sources:
                mark = source_mark(entry, id_, here=False)
                found.setdefault(mark.label, mark)
        return tuple(found.values())

    def _remarks(
        self, mentions: Iterable[Mention], texts: Iterable[str | None]
    ) -> tuple[Remark, ...]:
        langs = (self.site.briefings[mention.briefing].lang for mention in mentions)
        remarks = (
            Remark(text=typeset(text, lang), lang="" if lang == self.lang else lang)
            for lang, text in zip(langs, texts, strict=True)
            if text
        )
        return tuple(dict.fromkeys(remarks))

    def _mention_link(self, mention: Mention) -> Link:
        """Link to a move in its briefing, in the site's language if possible."""
        entry = self.site.briefings[mention.briefing]
        version = self.site.version(entry, self.lang)
        if len(version.facts.moves) != len(entry.facts.moves):
            version = entry
        return Link(
            path=f"{version.path}#move:{mention.number + 1}",
            title=self.parts.title(version),
            lang="" if version.lang == self.lang else version.lang,
        )


def group_alike(moves: Iterable[RegionMove]) -> list[list[RegionMove]]:
    """Group moves that differ only in their region, newest first; `moves` are oldest first."""
    groups: dict[tuple[object, ...], list[RegionMove]] = {}
    for move in moves:
        mentions = tuple((mention.briefing, mention.number) for mention in move.mentions)
        key = (move.day, LIFECYCLE[move.stage], move.company, move.product, move.dates, mentions)
        groups.setdefault(key, []).append(move)
    return list(reversed(groups.values()))
