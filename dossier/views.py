"""Views: all that a template may see. One class per template of `templates/pages/`.

Frozen and plain, so that a page is a pure function of (template, view). Every `path` is relative
to the site's root; a template writes it after `view.head.root`. Dates are ISO 8601, as precise as
they are known; templates format them in the page's language.
"""

from __future__ import annotations

import msgspec


class View(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A part of what a template sees."""


class Link(View, frozen=True, kw_only=True):
    """A link to a page of the site. `lang` is set where the title's language is not the page's."""

    path: str
    title: str
    lang: str = ""


class MenuItem(View, frozen=True, kw_only=True):
    """An entry of the menu. `lang` is set where the label's language is not the page's."""

    path: str
    label: str
    lang: str = ""
    current: bool = False


class Translation(View, frozen=True, kw_only=True):
    """The same page in a language; `url` is absolute, for search engines."""

    lang: str
    path: str
    url: str


class Head(View, frozen=True, kw_only=True):
    """What every page has. `root` leads from the page to the site's root, `canonical` is absolute.

    `position` is the page's number in a long list, where there are several. `site_lang` is the
    language of the site's own texts (tagline, labels of pages) where it is not the page's.
    """

    site_title: str
    tagline: str
    title: str
    description: str
    path: str
    root: str
    canonical: str
    lang: str
    menu: tuple[MenuItem, ...]
    about: str = ""
    site_lang: str = ""
    crumbs: tuple[Link, ...] = ()
    translations: tuple[Translation, ...] = ()
    position: int = 1


class Item(View, frozen=True, kw_only=True):
    """A briefing in a list. `minutes` is its reading time."""

    path: str
    title: str
    summary: str
    date: str
    lang: str
    minutes: int
    status: str
    updated: str = ""
    companies: tuple[Link, ...] = ()
    regions: tuple[Link, ...] = ()
    translations: tuple[Link, ...] = ()


class Numbered(View, frozen=True, kw_only=True):
    """A page of a long list, by number. `gap`: pages between it and the one before are left out."""

    number: int
    path: str
    gap: bool = False


class Paging(View, frozen=True, kw_only=True):
    """Where a page stands in a long list of `total` items; `first` to `last` are on it.

    `pages` are the first, the last and those near this one.
    """

    number: int
    total: int
    first: int
    last: int
    pages: tuple[Numbered, ...]
    previous: str | None = None
    next: str | None = None


class SourceMark(View, frozen=True, kw_only=True):
    """A reference to a source: its number or publisher, and the path and anchor of its entry."""

    label: str
    anchor: str
    path: str | None = None
    """None where the entry is on the same page."""


class FigureRow(View, frozen=True, kw_only=True):
    """A figure. `value` is a decimal number as text; `anchor` its place on the briefing's page."""

    anchor: str
    label: str
    value: str
    unit: str
    as_of: str
    source: SourceMark
    qualifier: str = ""
    note: str = ""
    company: Link | None = None
    region: Link | None = None
    briefing: Link | None = None


class MoveRow(View, frozen=True, kw_only=True):
    """A move: who did what where, on what basis."""

    anchor: str
    company: Link
    product: str
    regions: tuple[Link, ...]
    stage: str
    date: str
    basis: str
    sources: tuple[SourceMark, ...]
    disputed: str = ""
    note: str = ""
    briefing: Link | None = None


class JudgementRow(View, frozen=True, kw_only=True):
    """A judgement. `low` and `high` are the percentages of its likelihood in ICD 203."""

    anchor: str
    text: str
    likelihood: str
    low: int
    high: int
    confidence: str
    by: str
    sources: tuple[SourceMark, ...] = ()
    outcome: bool | None = None
    resolved: str = ""
    retrospective: bool = False


class Place(View, frozen=True, kw_only=True):
    """A place that cites a source: in the text, or a row of figures, moves or judgements."""

    kind: str
    number: int
    anchor: str


class SourceRow(View, frozen=True, kw_only=True):
    """A source in a briefing's list of sources."""

    number: int
    anchor: str
    title: str
    publisher: str = ""
    date: str = ""
    url: str = ""
    reliability: str = ""
    relays: str = ""
    archived: str = ""
    note: str = ""
    places: tuple[Place, ...] = ()


class ChangeRow(View, frozen=True, kw_only=True):
    """A change after publication."""

    date: str
    kind: str
    note: str


class Replacement(View, frozen=True, kw_only=True):
    """A briefing that replaced this one, or that it replaced; for some regions, or for all."""

    briefing: Link
    date: str
    regions: tuple[Link, ...] = ()


class HeadingLink(View, frozen=True, kw_only=True):
    """An entry of a table of contents."""

    level: int
    anchor: str
    text: str


class Count(View, frozen=True, kw_only=True):
    """A company, region or topic with the number of briefings about it."""

    link: Link
    count: int
    latest: str = ""


class Node(View, frozen=True, kw_only=True):
    """A company, region or topic in its tree. `code` is a region's, `group` one across the tree."""

    link: Link
    count: int
    code: str = ""
    latest: str = ""
    group: bool = False
    children: tuple[Node, ...] = ()


class TemplateView(View, frozen=True, kw_only=True):
    """All that one template sees; the base of every view below."""

    head: Head


class HomeView(TemplateView, frozen=True, kw_only=True):
    """pages/home.html: the front page."""

    lead: Item | None
    latest: tuple[Item, ...]
    more: str
    """The path of all briefings, where there are more than these."""
    companies: tuple[Count, ...]
    regions: tuple[Count, ...]
    superseded: tuple[Item, ...]


class YearGroup(View, frozen=True, kw_only=True):
    """The briefings of a year that stand on one page."""

    year: str
    items: tuple[Item, ...]


class YearLink(View, frozen=True, kw_only=True):
    """Where a year begins in the list of all briefings."""

    year: str
    count: int
    path: str


class BriefingsView(TemplateView, frozen=True, kw_only=True):
    """pages/briefings.html: all briefings by year."""

    years: tuple[YearLink, ...]
    groups: tuple[YearGroup, ...]
    paging: Paging


class BriefingView(TemplateView, frozen=True, kw_only=True):
    """pages/briefing.html: one briefing."""

    item: Item
    html: str
    contents: tuple[HeadingLink, ...]
    topics: tuple[Link, ...]
    authors: tuple[str, ...]
    figures: tuple[FigureRow, ...]
    moves: tuple[MoveRow, ...]
    judgements: tuple[JudgementRow, ...]
    sources: tuple[SourceRow, ...]
    changes: tuple[ChangeRow, ...]
    replaced_by: tuple[Replacement, ...]
    replaces: tuple[Replacement, ...]
    backlinks: tuple[Item, ...]
    related: tuple[Item, ...]
    original: Link | None = None
    previous: Link | None = None
    next: Link | None = None
    review_by: str = ""
    held_until: str = ""
    withdrawn_date: str = ""
    withdrawn_reason: str = ""


class CompanyView(TemplateView, frozen=True, kw_only=True):
    """pages/company.html: the dossier of a company."""

    name: str
    html: str
    aliases: tuple[str, ...]
    products: tuple[str, ...]
    website: str
    wikidata: str
    children: tuple[Count, ...]
    regions: tuple[Count, ...]
    moves: tuple[MoveRow, ...]
    figures: tuple[FigureRow, ...]
    items: tuple[Item, ...]
    paging: Paging


class RegionView(TemplateView, frozen=True, kw_only=True):
    """pages/region.html: the dossier of a region."""

    name: str
    html: str
    code: str
    aliases: tuple[str, ...]
    tree: tuple[Node, ...]
    groups: tuple[Link, ...]
    companies: tuple[Count, ...]
    moves: tuple[MoveRow, ...]
    figures: tuple[FigureRow, ...]
    items: tuple[Item, ...]
    paging: Paging


class TopicView(TemplateView, frozen=True, kw_only=True):
    """pages/topic.html: what is written on a topic."""

    name: str
    html: str
    aliases: tuple[str, ...]
    children: tuple[Count, ...]
    companies: tuple[Count, ...]
    items: tuple[Item, ...]
    paging: Paging


class CompaniesView(TemplateView, frozen=True, kw_only=True):
    """pages/companies.html: every company, below the one that owns it."""

    tree: tuple[Node, ...]


class RegionsView(TemplateView, frozen=True, kw_only=True):
    """pages/regions.html: the tree of regions."""

    tree: tuple[Node, ...]


class TopicsView(TemplateView, frozen=True, kw_only=True):
    """pages/topics.html: the tree of topics."""

    tree: tuple[Node, ...]


class PublishedSource(View, frozen=True, kw_only=True):
    """A source in the list of all sources, with the briefings that rest on it."""

    title: str
    date: str
    url: str
    reliability: str
    relays: str
    briefings: tuple[Link, ...]


class PublisherGroup(View, frozen=True, kw_only=True):
    """The sources of one publisher."""

    publisher: str
    sources: tuple[PublishedSource, ...]


class SourcesView(TemplateView, frozen=True, kw_only=True):
    """pages/sources.html: every source, by publisher."""

    groups: tuple[PublisherGroup, ...]
    paging: Paging


class PageView(TemplateView, frozen=True, kw_only=True):
    """pages/page.html: a standing page, such as About."""

    html: str
    contents: tuple[HeadingLink, ...]


class NotFoundView(TemplateView, frozen=True, kw_only=True):
    """pages/not_found.html: 404.html. Its root is absolute, since it answers at any depth."""

    latest: tuple[Item, ...]


class RedirectView(TemplateView, frozen=True, kw_only=True):
    """pages/redirect.html: a former address. `target` is the path it leads to."""

    target: Link
