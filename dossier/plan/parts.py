"""The parts that views share: heads, links, items, rows. Built once, used by every page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from dossier.i18n import gettext
from dossier.models import Briefing, Figure, Judgement, Likelihood, Move, Source
from dossier.site import Entry, Site
from dossier.typography import typeset
from dossier.urls import SECTIONS, SOURCES, absolute_url, numbered_path, root_of
from dossier.views import (
    Count,
    FigureRow,
    Head,
    HeadingLink,
    Item,
    JudgementRow,
    Link,
    MenuItem,
    MoveRow,
    Node,
    Numbered,
    Paging,
    SourceMark,
    Translation,
)

PAGE_SIZE = 50
CONTENTS_FROM = 3

# Words a minute of silent reading: Brysbaert 2019 (English), Trauzettel-Klosinski 2012 (others).
READING_SPEED = {"en": 238, "fr": 195, "de": 179, "es": 218, "it": 188, "pt": 181, "nl": 202}
_OTHER_SPEED = 200

# ICD 203 (2015), 2.b: the percentages that each expression of likelihood stands for.
LIKELIHOOD_BANDS: Mapping[Likelihood, tuple[int, int]] = {
    "almost no chance": (1, 5),
    "very unlikely": (5, 20),
    "unlikely": (20, 45),
    "roughly even chance": (45, 55),
    "likely": (55, 80),
    "very likely": (80, 95),
    "almost certain": (95, 99),
}

T = TypeVar("T")


class Parts:
    """Makes the shared parts of views for one site."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.settings = site.settings
        self._items: dict[tuple[str, str], Item] = {}
        self.region_link = cache(self._region_link)
        self.company_link = cache(self._company_link)
        self.topic_link = cache(self._topic_link)
        self._menu = cache(self._build_menu)

    def head(
        self,
        path: str,
        title: str,
        description: str,
        *,
        lang: str = "",
        section: str | None = None,
        crumbs: Sequence[Link] = (),
        versions: Sequence[Entry[Briefing]] = (),
        number: int = 1,
    ) -> Head:
        """The head of the page at `path`; `section` is the path of the menu item it belongs to."""
        lang = lang or self.settings.language
        page_path = numbered_path(path, number)
        return Head(
            site_title=self.settings.title,
            tagline=self.settings.tagline,
            title=title,
            description=description,
            path=page_path,
            root=root_of(page_path),
            canonical=self.url(page_path),
            lang=lang,
            menu=self._menu(path if section is None else section, lang),
            about="about/" if "about" in self.site.pages else "",
            crumbs=tuple(crumbs),
            translations=tuple(
                Translation(lang=version.lang, path=version.path, url=self.url(version.path))
                for version in (versions if len(versions) > 1 else ())
            ),
            position=number,
        )

    def url(self, path: str) -> str:
        """The absolute address of a path."""
        return absolute_url(self.settings.base_url, path)

    def item(self, entry: Entry[Briefing], lang: str = "") -> Item:
        """A briefing as lists in a language show it: in that language where it is translated."""
        lang = lang or self.settings.language
        entry = self.site.version(entry, lang)
        key = (entry.id, lang)
        if key not in self._items:
            self._items[key] = self._build_item(entry, lang)
        return self._items[key]

    def items(self, entries: Iterable[Entry[Briefing]], lang: str = "") -> tuple[Item, ...]:
        """Briefings as a list shows them."""
        return tuple(self.item(entry, lang) for entry in entries)

    def briefing_link(self, entry: Entry[Briefing], lang: str = "") -> Link:
        """A link to a briefing, in the page's language where there is such a version."""
        lang = lang or self.settings.language
        entry = self.site.version(entry, lang)
        return Link(
            path=entry.path,
            title=typeset(entry.record.title, entry.lang),
            lang="" if entry.lang == lang else entry.lang,
        )

    def html(self, entry: Entry[Any]) -> str:
        """The body of an entry as HTML, its links relative to its own page."""
        root = root_of(entry.path)
        pieces = [entry.body.parts[0]]
        for slot, part in zip(entry.body.slots, entry.body.parts[1:], strict=True):
            found = self.site.follow(entry, slot)
            if slot.fill == "title":
                pieces.append(_escape(typeset(found[1], entry.lang) if found else slot.target))
            elif found:
                pieces.append(f' {slot.fill}="{_escape(root + found[0])}"')
            pieces.append(part)
        return "".join(pieces)

    def contents(self, entry: Entry[Any]) -> tuple[HeadingLink, ...]:
        """The table of contents of a body; none below three headings."""
        headings = [heading for heading in entry.body.headings if heading.level <= 3]
        if len(headings) < CONTENTS_FROM:
            return ()
        return tuple(HeadingLink(level=h.level, anchor=h.id, text=h.text) for h in headings)

    def figure_row(
        self, entry: Entry[Briefing], number: int, figure: Figure, lang: str, here: bool
    ) -> FigureRow:
        """A figure, on its briefing's page (`here`) or elsewhere."""
        return FigureRow(
            anchor=f"figure:{number}",
            label=typeset(figure.label, entry.lang),
            value=format(figure.value, "f"),
            unit=typeset(figure.unit, entry.lang),
            as_of=figure.as_of,
            source=self.source_mark(entry, figure.source, here),
            qualifier=figure.qualifier or "",
            note=typeset(figure.note or "", entry.lang),
            company=self.company_link(figure.company) if figure.company else None,
            region=self.region_link(figure.region, lang) if figure.region else None,
            briefing=None if here else self.briefing_link(entry, lang),
        )

    def move_row(
        self, entry: Entry[Briefing], number: int, move: Move, lang: str, here: bool
    ) -> MoveRow:
        """A move, on its briefing's page (`here`) or elsewhere."""
        return MoveRow(
            anchor=f"move:{number}",
            company=self.company_link(move.company),
            product=move.product,
            regions=tuple(self.region_link(id_, lang) for id_ in move.regions),
            stage=move.stage,
            date=move.date,
            basis=move.basis,
            sources=tuple(self.source_mark(entry, id_, here) for id_ in move.sources),
            disputed=typeset(move.disputed or "", entry.lang),
            note=typeset(move.note or "", entry.lang),
            briefing=None if here else self.briefing_link(entry, lang),
        )

    def judgement_row(
        self, entry: Entry[Briefing], number: int, judgement: Judgement
    ) -> JudgementRow:
        """A judgement, on its briefing's page."""
        low, high = LIKELIHOOD_BANDS[judgement.likelihood]
        return JudgementRow(
            anchor=f"judgement:{number}",
            text=typeset(judgement.text, entry.lang),
            likelihood=judgement.likelihood,
            low=low,
            high=high,
            confidence=judgement.confidence,
            by=judgement.by,
            sources=tuple(self.source_mark(entry, id_, True) for id_ in judgement.sources),
            outcome=judgement.outcome,
            resolved=judgement.resolved or "",
            retrospective=judgement.retrospective,
        )

    def source_mark(self, entry: Entry[Briefing], source_id: str, here: bool) -> SourceMark:
        """A reference to a source: by number on its briefing's page, by publisher elsewhere."""
        anchor = f"source:{source_id}"
        if here:
            return SourceMark(label=str(source_numbers(entry)[source_id]), anchor=anchor)
        source = next(source for source in entry.record.sources if source.id == source_id)
        return SourceMark(label=source.publisher or source.title, anchor=anchor, path=entry.path)

    def counts(
        self,
        counted: Counter[str],
        link: Callable[[str], Link],
        latest: Mapping[str, Sequence[Entry[Briefing]]],
        most: int | None = None,
    ) -> tuple[Count, ...]:
        """Companies, regions or topics by how many briefings they have, most first."""
        ordered = sorted(counted.items(), key=lambda pair: (-pair[1], link(pair[0]).title))
        return tuple(
            Count(link=link(id_), count=count, latest=_latest(latest.get(id_, ())))
            for id_, count in ordered[:most]
        )

    def node(
        self,
        id_: str,
        link: Callable[[str], Link],
        briefings: Mapping[str, Sequence[Entry[Briefing]]],
        children: Callable[[str], Sequence[str]],
        **more: Any,
    ) -> Node:
        """A node of a tree and all below it, by title."""
        below = sorted(children(id_), key=lambda child: link(child).title)
        found = briefings.get(id_, ())
        return Node(
            link=link(id_),
            count=len(found),
            latest=_latest(found),
            children=tuple(self.node(child, link, briefings, children) for child in below),
            **more,
        )

    def _region_link(self, id_: str, lang: str = "") -> Link:
        lang = lang or self.settings.language
        return Link(path=self.site.regions[id_].path, title=self.site.region_name(id_, lang))

    def _company_link(self, id_: str) -> Link:
        entry = self.site.companies[id_]
        return Link(path=entry.path, title=entry.record.name)

    def _topic_link(self, id_: str) -> Link:
        entry = self.site.topics[id_]
        return Link(path=entry.path, title=entry.record.name)

    def _build_item(self, entry: Entry[Briefing], lang: str) -> Item:
        record = entry.record
        others = [v for v in self.site.versions(entry) if v.lang != entry.lang]
        return Item(
            path=entry.path,
            title=typeset(record.title, entry.lang),
            summary=typeset(record.summary, entry.lang),
            date=entry.moment,
            updated=self.settings.local_moment(record.updated) if record.updated else "",
            lang=entry.lang,
            minutes=reading_minutes(entry.body.words, entry.lang),
            status=record.status,
            companies=tuple(self.company_link(id_) for id_ in record.companies),
            regions=tuple(self.region_link(id_, lang) for id_ in record.regions),
            translations=tuple(
                Link(path=v.path, title=typeset(v.record.title, v.lang), lang=v.lang)
                for v in others
            ),
        )

    def _build_menu(self, current: str, lang: str) -> tuple[MenuItem, ...]:
        labels = {
            "briefings": (SECTIONS["briefing"], gettext(lang, "Briefings")),
            "companies": (SECTIONS["company"], gettext(lang, "Companies")),
            "regions": (SECTIONS["region"], gettext(lang, "Regions")),
            "topics": (SECTIONS["topic"], gettext(lang, "Topics")),
            "sources": (SOURCES, gettext(lang, "Sources")),
        }
        pages = {
            id_: (entry.path, entry.record.menu or entry.record.title)
            for id_, entry in self.site.pages.items()
        }
        standard = [*labels, *(id_ for id_, e in self.site.pages.items() if e.record.menu)]
        known = labels | pages
        return tuple(
            MenuItem(path=known[name][0], label=known[name][1], current=known[name][0] == current)
            for name in self.settings.menu or standard
            if name in known
        )


def source_numbers(entry: Entry[Briefing]) -> Mapping[str, int]:
    """The number of each source: those cited in the text first, in order, then the others."""
    order = dict.fromkeys([*entry.body.citations, *(s.id for s in entry.record.sources)])
    return {source_id: number for number, source_id in enumerate(order, 1)}


def in_citation_order(entry: Entry[Briefing]) -> list[Source]:
    """The sources of a briefing by number."""
    numbers = source_numbers(entry)
    return sorted(entry.record.sources, key=lambda source: numbers[source.id])


def reading_minutes(words: int, lang: str) -> int:
    """How long a text takes to read, at least one minute."""
    speed = READING_SPEED.get(lang.split("-")[0], _OTHER_SPEED)
    return max(1, round(words / speed))


def paginate(items: Sequence[T], path: str) -> list[tuple[Sequence[T], Paging]]:
    """A long list cut into pages of fifty; an empty one makes one empty page."""
    starts = range(0, max(len(items), 1), PAGE_SIZE)
    pages = tuple(
        Numbered(number=n, path=numbered_path(path, n)) for n in range(1, len(starts) + 1)
    )
    return [
        (
            items[start : start + PAGE_SIZE],
            Paging(
                number=n,
                total=len(items),
                first=start + 1 if items else 0,
                last=min(start + PAGE_SIZE, len(items)),
                pages=pages,
                previous=pages[n - 2].path if n > 1 else None,
                next=pages[n].path if n < len(pages) else None,
            ),
        )
        for n, start in enumerate(starts, 1)
    ]


def _latest(entries: Sequence[Entry[Briefing]]) -> str:
    return entries[0].moment if entries else ""


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
