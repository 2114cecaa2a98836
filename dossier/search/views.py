"""Views of the search page, and the records of the index."""

from __future__ import annotations

from collections.abc import Mapping

from dossier.views.parts import TemplateView, View


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


class SearchRecord(View, frozen=True, kw_only=True):
    """A briefing as the search program knows it. `path` is relative to the site's root.

    `shown` is what a result shows beside the excerpt, `facets` what a search can be narrowed to,
    each with one value or several.
    """

    path: str
    shown: Mapping[str, str]
    facets: Mapping[str, tuple[str, ...]]
    text: str = ""
