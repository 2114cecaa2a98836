"""Positions and moves as views show them, and the order of regions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from dossier.language.typography import typeset
from dossier.market.model import LIFECYCLE, Mention, RegionMove
from dossier.market.views import Mark, MarketMove, Position, Remark
from dossier.views.builder import Parts
from dossier.views.evidence import source_mark
from dossier.views.parts import Link, SourceMark


class MarketRows:
    """Makes the rows of the market, in the site's own language."""

    def __init__(self, parts: Parts) -> None:
        self.site = parts.site
        self.parts = parts
        self.lang = parts.settings.language

    def mark(self, move: RegionMove, product: str = "") -> Mark:
        """A move as a mark that leads to who tells it."""
        return Mark(
            stage=move.stage,
            dates=move.dates,
            basis=move.basis,
            disputed=move.disputed,
            path=self._telling_link(move.mentions[0]).path,
            product=product,
        )

    def position(self, move: RegionMove) -> Position:
        """A move as where its product stands."""
        return Position(
            company=self.parts.company_link(move.company),
            region=self.parts.region_link(move.region),
            mark=self.mark(move, move.product),
        )

    def moves(self, groups: Iterable[Sequence[RegionMove]]) -> tuple[MarketMove, ...]:
        """Groups of moves, each told alike for some regions, as rows."""
        return tuple(self._move(group) for group in groups)

    def by_place(self, move: RegionMove) -> tuple[str | int, ...]:
        """The order of positions: by company, region and product."""
        name = self.parts.company_link(move.company).title.casefold()
        return name, self.region_order[move.region], move.product.casefold()

    def part_of_world(self, region: str) -> str:
        """The largest region that it lies in, below the one that all lie in."""
        tree = self.site.relations.region_tree
        path = (*tree.ancestors(region), region)
        return path[1] if len(path) > 1 and len(tree.roots) == 1 else path[0]

    @cached_property
    def region_order(self) -> dict[str, int]:
        """The place of each region in the tree, from the world down; groups after what they cut."""
        tree = self.site.relations.region_tree

        def by_title(ids: Iterable[str]) -> list[str]:
            return sorted(
                ids, key=lambda id_: (bool(tree.members(id_)), self.parts.region_link(id_).title)
            )

        def walk(ids: Iterable[str]) -> Iterator[str]:
            for id_ in by_title(ids):
                yield id_
                yield from walk(tree.children(id_))

        return {id_: n for n, id_ in enumerate(walk(tree.roots))}

    def note(self, mention: Mention) -> str | None:
        """The caveat of a move in one briefing."""
        words = self.site.words(self.site.briefings[mention.briefing])
        return words.moves[mention.number].note

    def _move(self, group: Sequence[RegionMove]) -> MarketMove:
        first = group[0]
        regions = sorted((move.region for move in group), key=self.region_order.__getitem__)
        told = first.mentions
        return MarketMove(
            dates=first.dates,
            company=self.parts.company_link(first.company),
            product=first.product,
            regions=tuple(self.parts.region_link(id_) for id_ in regions),
            stage=first.stage,
            basis=first.basis,
            disputed=first.disputed,
            upcoming=first.day > self.site.settings.as_of,
            sources=self._sources(told),
            briefings=tuple(self._telling_link(telling) for telling in told),
            disputes=self._remarks(told, [telling.move.disputed for telling in told]),
            notes=self._remarks(told, [self.note(mention) for mention in told]),
        )

    def _sources(self, told: Iterable[Mention]) -> tuple[SourceMark, ...]:
        """Whom a move rests on, each publisher once."""
        found: dict[str, SourceMark] = {}
        for telling in told:
            entry = self.site.briefings[telling.briefing]
            for id_ in telling.move.sources:
                mark = source_mark(entry, id_, here=False)
                found.setdefault(mark.label, mark)
        return tuple(found.values())

    def _remarks(self, told: Iterable[Mention], texts: Iterable[str | None]) -> tuple[Remark, ...]:
        langs = (self.site.briefings[telling.briefing].lang for telling in told)
        remarks = (
            Remark(text=typeset(text, lang), lang="" if lang == self.lang else lang)
            for lang, text in zip(langs, texts, strict=True)
            if text
        )
        return tuple(dict.fromkeys(remarks))

    def _telling_link(self, telling: Mention) -> Link:
        """A link to the row of the briefing that tells a move, in the site's language if it can."""
        entry = self.site.briefings[telling.briefing]
        version = self.site.version(entry, self.lang)
        if len(version.facts.moves) != len(entry.facts.moves):
            version = entry
        return Link(
            path=f"{version.path}#move:{telling.number + 1}",
            title=self.parts.title(version),
            lang="" if version.lang == self.lang else version.lang,
        )


def told_alike(moves: Iterable[RegionMove]) -> list[list[RegionMove]]:
    """Moves that differ only in their region together, newest first; `moves` are oldest first."""
    groups: dict[tuple[object, ...], list[RegionMove]] = {}
    for move in moves:
        told = tuple((telling.briefing, telling.number) for telling in move.mentions)
        key = (move.day, LIFECYCLE[move.stage], move.company, move.product, move.dates, told)
        groups.setdefault(key, []).append(move)
    return list(reversed(groups.values()))
