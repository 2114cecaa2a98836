"""Views: everything that templates see. One class for each template in `templates/pages/`.

Frozen and plain, so that a page is a pure function of (template, view). Every `path` is relative
to the site's root; templates write it after `view.head.root`. Dates are ISO 8601, as precise as
they are known; templates format them in the page's language.
"""

from __future__ import annotations

from dossier.figures.views import FigureRow, SeriesRow
from dossier.judgements.views import JudgementRow
from dossier.market.views import MarketSummary
from dossier.views.parts import (
    ChangeRow,
    Count,
    Download,
    HeadingLink,
    Item,
    Link,
    MoveRow,
    Paging,
    Replacement,
    SourceRow,
    TemplateView,
    TreeNode,
    View,
    YearLink,
)


class LatestChange(View, frozen=True, kw_only=True):
    """A change of a briefing after its publication: its kind, its day, and its anchor, if any."""

    kind: str
    day: str
    briefing: Link
    anchor: str = ""


class DueReview(View, frozen=True, kw_only=True):
    """A briefing that is due for review, and whether that day has passed."""

    day: str
    briefing: Link
    passed: bool


class HomeView(TemplateView, frozen=True, kw_only=True):
    """pages/home.html: the home page."""

    lead: Item | None
    latest: tuple[Item, ...]
    more: str
    """The path of all briefings, if there are more than these."""
    companies: tuple[Count, ...]
    regions: tuple[Count, ...]
    changes: tuple[LatestChange, ...]
    due: tuple[DueReview, ...]
    figures: tuple[SeriesRow, ...]


class YearGroup(View, frozen=True, kw_only=True):
    """The briefings of a year on one page."""

    year: str
    items: tuple[Item, ...]


class BriefingsView(TemplateView, frozen=True, kw_only=True):
    """pages/briefings.html: all briefings by year."""

    total: int
    replaced: int
    """How many of the total are not in the list, but shown with their replacements."""
    years: tuple[YearLink, ...]
    groups: tuple[YearGroup, ...]
    paging: Paging


class BriefingView(TemplateView, frozen=True, kw_only=True):
    """pages/briefing.html: one briefing.

    `version` is the day on which its text was last changed; `markdown` and `pdf` are the names of
    its Markdown and of its PDF, if there is one, beside the page; `citations` are files that cite
    it; `origins` counts its sources, with those that repeat the same one counted once.
    """

    item: Item
    version: str
    markdown: str
    pdf: str
    citations: tuple[Download, ...]
    republish: str
    """Lines of HTML to publish with the text elsewhere; empty if no licence allows that."""
    licence: Link | None
    origins: int
    html: str
    contents: tuple[HeadingLink, ...]
    topics: tuple[Link, ...]
    authors: tuple[str, ...]
    figures: tuple[FigureRow, ...]
    moves: tuple[MoveRow, ...]
    judgements: tuple[JudgementRow, ...]
    sources: tuple[SourceRow, ...]
    terms: tuple[str, ...]
    changes: tuple[ChangeRow, ...]
    replaced_by: tuple[Replacement, ...]
    replaces: tuple[Replacement, ...]
    backlinks: tuple[Item, ...]
    related: tuple[Item, ...]
    record: str = ""
    """The path of the record of judgements, if it has any."""
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
    formerly: str
    products: tuple[str, ...]
    website: str
    wikidata: str
    children: tuple[Count, ...]
    regions: tuple[Count, ...]
    together: tuple[Link, ...]
    """What briefings name beside it, and say nothing of."""
    market: MarketSummary | None
    series: tuple[SeriesRow, ...]
    downloads: tuple[Link, ...]
    total: int
    replaced: int
    items: tuple[Item, ...]
    paging: Paging
    follow: str = ""
    """The place of its feed in the list of feeds, if there is one."""
    mentioned: tuple[Link, ...] = ()
    """Briefings that report something of it, where none is about it."""


class RegionView(TemplateView, frozen=True, kw_only=True):
    """pages/region.html: the dossier of a region."""

    name: str
    html: str
    code: str
    aliases: tuple[str, ...]
    formerly: str
    tree: tuple[TreeNode, ...]
    groups: tuple[Link, ...]
    companies: tuple[Count, ...]
    together: tuple[Link, ...]
    """What briefings name beside it, and say nothing of."""
    market: MarketSummary | None
    series: tuple[SeriesRow, ...]
    downloads: tuple[Link, ...]
    total: int
    replaced: int
    items: tuple[Item, ...]
    paging: Paging
    follow: str = ""
    """The place of its feed in the list of feeds, if there is one."""
    mentioned: tuple[Link, ...] = ()
    """Briefings that report something of it, where none is about it."""


class TopicView(TemplateView, frozen=True, kw_only=True):
    """pages/topic.html: the briefings on a topic."""

    name: str
    html: str
    aliases: tuple[str, ...]
    formerly: str
    children: tuple[Count, ...]
    companies: tuple[Count, ...]
    total: int
    replaced: int
    items: tuple[Item, ...]
    paging: Paging
    status: tuple[str, ...] = ()
    """What follows from its briefings, in a sentence or two."""
    follow: str = ""
    """The place of its feed in the list of feeds, if there is one."""


class CompaniesView(TemplateView, frozen=True, kw_only=True):
    """pages/companies.html: all companies, below their owners."""

    tree: tuple[TreeNode, ...]


class RegionsView(TemplateView, frozen=True, kw_only=True):
    """pages/regions.html: the tree of regions."""

    tree: tuple[TreeNode, ...]


class TopicsView(TemplateView, frozen=True, kw_only=True):
    """pages/topics.html: the tree of topics."""

    tree: tuple[TreeNode, ...]


class PublishedSource(View, frozen=True, kw_only=True):
    """A source in the list of all sources, with the briefings that use it."""

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
    """pages/sources.html: all sources, by publisher."""

    groups: tuple[PublisherGroup, ...]
    paging: Paging


class PageView(TemplateView, frozen=True, kw_only=True):
    """pages/page.html: a standing page, such as About."""

    html: str
    contents: tuple[HeadingLink, ...]


class NotFoundView(TemplateView, frozen=True, kw_only=True):
    """pages/not_found.html: 404.html. Its root is absolute, since it is shown at any depth."""

    latest: tuple[Item, ...]


class RedirectView(TemplateView, frozen=True, kw_only=True):
    """pages/redirect.html: a former address. `target` is the path it leads to."""

    target: Link
