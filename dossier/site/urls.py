"""Addresses and output paths.

A *path* is relative to the site's root, without a leading slash: `""` is the home page,
`companies/tiktok/` a page in a folder. Links between pages are relative to the page.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

from dossier.content.models import Kind

SECTIONS: dict[Kind, str] = {
    "briefing": "briefings/",
    "company": "companies/",
    "region": "regions/",
    "topic": "topics/",
    "page": "",
}
SOURCES = "sources/"
MARKET = "market/"
MARKET_DATA = tuple(
    f"{MARKET}{table}.{form}" for table in ("moves", "positions") for form in ("csv", "json")
)
"""The files of the market for programs."""

RECORD = "record/"
CHANGES = "changes/"

NOT_FOUND = "404.html"
SEARCH = "search/"
SEARCH_NAMES = "search/names.json"
SEARCH_INDEX = "pagefind/"
SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
LLMS = "llms.txt"
FOLLOW = "follow/"
FEED_FILES = {"atom_feed": "feed.xml", "json_feed": "feed.json"}
"""The file of each form of a feed, in the folder of the page that it follows."""
FIGURES_CSV = "figures.csv"
FIGURES_JSON = "figures.json"

_PLAIN = re.compile(r"[\w./~-]*", re.ASCII)


def document_path(kind: Kind, document_id: str, lang: str, site_lang: str) -> str:
    """Build the path of a document's page; languages other than the site's are in `<lang>/`."""
    prefix = "" if lang == site_lang else f"{lang}/"
    return f"{prefix}{SECTIONS[kind]}{document_id}/"


def markdown_path(path: str) -> str:
    """Build the path of a briefing's Markdown, in the folder of its page and with its name.

    The long extension (RFC 7763) distinguishes it from a source file published by mistake.
    """
    return f"{path}{path.rstrip('/').rpartition('/')[2]}.markdown"


def pdf_path(path: str) -> str:
    """Build the path of a briefing's PDF, in the folder of its page and with its name."""
    return f"{path}{path.rstrip('/').rpartition('/')[2]}.pdf"


def market_year_path(year: str) -> str:
    """Build the path of the market at the end of a year."""
    return f"{MARKET}{year}/"


def market_topic_path(topic: str) -> str:
    """Build the path of a topic's market."""
    return f"{MARKET}topics/{topic}/"


def numbered_path(path: str, number: int) -> str:
    """Build the path of the n-th page of a long list, counted from 1."""
    return path if number == 1 else f"{path}page/{number}/"


def output_file(path: str) -> str:
    """Return the output file of a path."""
    return f"{path}index.html" if path == "" or path.endswith("/") else path


def card_path(path: str) -> str:
    """Build the path of a page's social card; that of the home page is the whole site's."""
    return f"{path}card.png"


def root_of(path: str) -> str:
    """Build the relative link from a page to the site's root: `./` or `../../`."""
    return "../" * path.count("/") or "./"


def encode_path(path: str) -> str:
    """Encode a path as it stands in an address (RFC 3986)."""
    if _PLAIN.fullmatch(path):
        return path
    return quote(path, safe="/~", errors="surrogateescape")


@lru_cache(1 << 14)  # each page names its own address several times
def absolute_url(base_url: str, path: str) -> str:
    """Build the canonical address of a path; `base_url` ends with a slash."""
    return base_url + encode_path(path)
