"""Views: all that a template may see. One class per template of `templates/pages/`.

Frozen and plain, so that a page is a pure function of (template, view). Every `path` is relative
to the site's root; a template writes it after `view.head.root`. Dates are ISO 8601, as precise as
they are known; templates format them in the page's language.
"""

from __future__ import annotations

from dossier.figure_views import FigureRow, SeriesRow
from dossier.market_views import MarketLink, Matrix, Standing, TileMap, Timeline
from dossier.view_parts import (
    ChangeRow,
    Count,
    Download,
    EventRow,
    FeedLink,
    Head,
    HeadingLink,
    Item,
    JudgementRow,
    Link,
    MoveRow,
    Node,
    Paging,
    Replacement,
    SourceRow,
    View,
)


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
    figures: tuple[SeriesRow, ...]


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

    total: int
    replaced: int
    """How many of the total are not in the list, but with what took their place."""
    years: tuple[YearLink, ...]
    groups: tuple[YearGroup, ...]
    paging: Paging


class BriefingView(TemplateView, frozen=True, kw_only=True):
    """pages/briefing.html: one briefing.

    `version` is the day on which its text was last changed, `markdown` the path of its Markdown
    and `pdf` that of its PDF, empty where none is made; `citations` are files that cite it;
    `origins` is how many sources it has if those that repeat the same one count once.
    """

    item: Item
    version: str
    markdown: str
    pdf: str
    citations: tuple[Download, ...]
    origins: int
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
    record: str = ""
    """The path of the record of judgements, where there are any here."""
    original: Link | None = None
    previous: Link | None = None
    next: Link | None = None
    review_by: str = ""
    review_due: bool = False
    """Whether that day has passed."""
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
    market: Standing | None
    series: tuple[SeriesRow, ...]
    downloads: tuple[Link, ...]
    total: int
    replaced: int
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
    market: Standing | None
    series: tuple[SeriesRow, ...]
    downloads: tuple[Link, ...]
    total: int
    replaced: int
    items: tuple[Item, ...]
    paging: Paging


class TopicView(TemplateView, frozen=True, kw_only=True):
    """pages/topic.html: what is written on a topic."""

    name: str
    html: str
    aliases: tuple[str, ...]
    children: tuple[Count, ...]
    companies: tuple[Count, ...]
    total: int
    replaced: int
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


class EventCount(View, frozen=True, kw_only=True):
    """How often something happened to published briefings."""

    kind: str
    count: int


class EventGroup(View, frozen=True, kw_only=True):
    """What happened in a period: the last `week` or `month`, from the day `since` on, or `earlier`,
    in the month `since`."""

    period: str
    since: str
    rows: tuple[EventRow, ...]


class ChangesView(TemplateView, frozen=True, kw_only=True):
    """pages/changes.html: what is new, and what happened to briefings since they were published.

    `last_day` is when something happened last, where nothing did lately.
    """

    counts: tuple[EventCount, ...]
    groups: tuple[EventGroup, ...]
    feeds: tuple[FeedLink, ...]
    last_day: str
    paging: Paging


class SourcesView(TemplateView, frozen=True, kw_only=True):
    """pages/sources.html: every source, by publisher."""

    groups: tuple[PublisherGroup, ...]
    paging: Paging


class Choice(View, frozen=True, kw_only=True):
    """What a search can be narrowed to: a company, region, topic, year or language.

    `value` is how the index knows it; `count` how many briefings its page lists.
    """

    value: str
    label: str
    path: str = ""
    count: int = 0


class SearchView(TemplateView, frozen=True, kw_only=True):
    """pages/search.html: the search, and ways in for who has no script or nothing to look for.

    `indexes` are the names of the indexes to be asked, that of the site's language first.
    """

    indexes: tuple[str, ...]
    companies: tuple[Choice, ...]
    regions: tuple[Choice, ...]
    topics: tuple[Choice, ...]
    years: tuple[Choice, ...]
    languages: tuple[Choice, ...]


class MarketView(TemplateView, frozen=True, kw_only=True):
    """pages/market.html: who is where on a day; today, at the end of a year, or for a topic.

    `ended` says that the day is past. `runs` are the pages of a long matrix, `data` the files for
    programs.
    """

    as_of: str
    ended: bool
    year: str
    topics: tuple[MarketLink, ...]
    years: tuple[MarketLink, ...]
    runs: tuple[MarketLink, ...]
    matrices: tuple[Matrix, ...]
    map: TileMap | None
    timeline: Timeline
    data: tuple[Link, ...]


class BandRow(View, frozen=True, kw_only=True):
    """A likelihood: its percentages, what it expects, and how many of those scored came true.

    `expects` is None where it expects neither; `share` is the percentage that came true.
    """

    likelihood: str
    low: int
    high: int
    expects: bool | None
    count: int
    true: int
    share: int | None


class Tally(View, frozen=True, kw_only=True):
    """How many judgements stand how, and the Brier score of those scored; empty below `least`."""

    counts: tuple[tuple[str, int], ...]
    retrospective: int
    scored: int
    least: int
    brier: str


class RecordRow(View, frozen=True, kw_only=True):
    """A judgement in the record, with the day on which its briefing was published."""

    briefing: Link
    anchor: str
    text: str
    lang: str
    made: str
    likelihood: str
    low: int
    high: int
    confidence: str
    by: str
    outcome: bool | None
    resolved: str
    overdue: bool


class RecordGroup(View, frozen=True, kw_only=True):
    """The judgements that stand alike: `total` in all, and those of them on this page."""

    standing: str
    total: int
    rows: tuple[RecordRow, ...]


class RecordView(TemplateView, frozen=True, kw_only=True):
    """pages/record.html: how the judgements did. The first page has the tally and the bands."""

    tally: Tally | None
    bands: tuple[BandRow, ...]
    groups: tuple[RecordGroup, ...]
    paging: Paging


class PageView(TemplateView, frozen=True, kw_only=True):
    """pages/page.html: a standing page, such as About."""

    html: str
    contents: tuple[HeadingLink, ...]


class FeedRow(View, frozen=True, kw_only=True):
    """A feed in the list of feeds. `path` is the page that it follows; `latest` its newest date."""

    feed: FeedLink
    path: str
    count: int
    latest: str
    lang: str = ""
    """The language of its entries, where it is a feed of one language."""


class FollowView(TemplateView, frozen=True, kw_only=True):
    """pages/follow.html: every feed. `most` is the number of entries that a feed has at most."""

    site: tuple[FeedRow, ...]
    changes: FeedLink
    """The feed of single events."""
    companies: tuple[FeedRow, ...]
    regions: tuple[FeedRow, ...]
    topics: tuple[FeedRow, ...]
    most: int


class NotFoundView(TemplateView, frozen=True, kw_only=True):
    """pages/not_found.html: 404.html. Its root is absolute, since it answers at any depth."""

    latest: tuple[Item, ...]


class RedirectView(TemplateView, frozen=True, kw_only=True):
    """pages/redirect.html: a former address. `target` is the path it leads to."""

    target: Link
