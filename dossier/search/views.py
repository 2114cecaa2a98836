"""Views of the search page, and the records of the index."""

from __future__ import annotations

from collections.abc import Mapping

from dossier.views.parts import TemplateView, View


class Choice(View, frozen=True, kw_only=True):
    """A filter of the search: a company, region, topic, year or language.

    `value` is its value in the index; `count` is the number of briefings on its page.
    """

    value: str
    label: str
    path: str = ""
    count: int = 0


class SearchView(TemplateView, frozen=True, kw_only=True):
    """pages/search.html: the search, and lists of all briefings, which need no script.

    `indexes` are the names of the indexes to search, that of the site's language first.
    """

    indexes: tuple[str, ...]
    companies: tuple[Choice, ...]
    regions: tuple[Choice, ...]
    topics: tuple[Choice, ...]
    years: tuple[Choice, ...]
    languages: tuple[Choice, ...]


class SearchRecord(View, frozen=True, kw_only=True):
    """A briefing in the search index. `path` is relative to the site's root.

    `shown` is what a result shows beside the excerpt; `facets` has the values of each filter.
    """

    path: str
    shown: Mapping[str, str]
    facets: Mapping[str, tuple[str, ...]]
    text: str = ""
