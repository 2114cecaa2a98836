"""Views of files for programs and images: sitemaps, cards, llms.txt, Markdown copies."""

from __future__ import annotations

from dossier.content.brand.palette import Palette
from dossier.figures.views import FigureRow
from dossier.judgements.views import JudgementRow
from dossier.views.files import ResourceView
from dossier.views.parts import ChangeRow, MoveRow, Replacement, SourceRow, Translation, View


class SitemapAddress(View, frozen=True, kw_only=True):
    """A page in a sitemap. `modified` is a day or a moment; empty if unknown."""

    url: str
    modified: str = ""
    translations: tuple[Translation, ...] = ()


class SitemapView(ResourceView, frozen=True, kw_only=True):
    """sitemap.xml, or a part of it: pages for search engines."""

    addresses: tuple[SitemapAddress, ...]


class SitemapIndexView(ResourceView, frozen=True, kw_only=True):
    """sitemap.xml for too many pages for one file: the addresses of its parts."""

    urls: tuple[str, ...]


class RobotsView(ResourceView, frozen=True, kw_only=True):
    """robots.txt: allows everything, except to `blocked` crawlers, and links to the sitemap.

    `sitemap` is empty where search engines should not list the pages.
    """

    sitemap: str
    blocked: tuple[str, ...] = ()


class BriefingTextView(ResourceView, frozen=True, kw_only=True):
    """A briefing as one Markdown file. `body` is its text, `notes` has the footnotes of sources.

    Paths within rows are relative to the site's root, which is at `base_url`.
    """

    base_url: str
    url: str
    lang: str
    site_title: str
    title: str
    summary: str
    date: str
    status: str
    body: str
    notes: dict[str, str]
    licence: str = ""
    licence_url: str = ""
    updated: str = ""
    reconstructed: str
    authors: tuple[str, ...] = ()
    replaced_by: tuple[Replacement, ...] = ()
    withdrawn_reason: str = ""
    figures: tuple[FigureRow, ...] = ()
    moves: tuple[MoveRow, ...] = ()
    judgements: tuple[JudgementRow, ...] = ()
    changes: tuple[ChangeRow, ...] = ()
    sources: tuple[SourceRow, ...] = ()


class BriefingCardView(ResourceView, frozen=True, kw_only=True):
    """card.png of a briefing: the contents of its social card."""

    palette: Palette
    lang: str
    site_title: str
    title: str
    date: str
    companies: tuple[str, ...]
    status: str = "current"
    reconstructed: str = ""


class SiteCardView(ResourceView, frozen=True, kw_only=True):
    """card.png: the social card of all other pages. `address` has no scheme."""

    palette: Palette
    site_title: str
    tagline: str
    address: str


class LlmsLink(View, frozen=True, kw_only=True):
    """A page in llms.txt, with a line about it."""

    title: str
    url: str
    note: str = ""


class LlmsSection(View, frozen=True, kw_only=True):
    """Pages in llms.txt under a heading."""

    heading: str
    links: tuple[LlmsLink, ...]


class LlmsView(ResourceView, frozen=True, kw_only=True):
    """llms.txt: a description of the site and its most important pages, for language models."""

    title: str
    tagline: str
    sections: tuple[LlmsSection, ...]
