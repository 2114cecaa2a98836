"""Views of the search page and of the names that it knows, and the records of the index."""

from __future__ import annotations

from collections.abc import Mapping

from dossier.views.files import ResourceView
from dossier.views.parts import TemplateView, View


class Choice(View, frozen=True, kw_only=True):
    """A filter of the search: a company, region, topic, year or language.

    `value` is what the address of a search says; `count` is the number of briefings.
    """

    value: str
    label: str
    path: str = ""
    count: int = 0


class SearchView(TemplateView, frozen=True, kw_only=True):
    """pages/search.html: the search, and lists of all briefings, which need no script.

    `indexes` are the names of the indexes to search, that of the site's language first; `names` is
    the path of the file by which the search knows companies, regions, topics and titles.
    """

    names: str
    indexes: tuple[str, ...]
    companies: tuple[Choice, ...]
    regions: tuple[Choice, ...]
    topics: tuple[Choice, ...]
    years: tuple[Choice, ...]
    languages: tuple[Choice, ...]


class _NamedView(View, frozen=True, kw_only=True, array_like=False, omit_defaults=True):
    """A part of the file of names: scripts find its members by name."""


class NamedSubject(_NamedView, frozen=True, kw_only=True):
    """A company, region or topic: its name, then all others by which readers may look for it.

    `count` is the number of briefings on its page.
    """

    kind: str
    id: str
    path: str
    names: tuple[str, ...]
    count: int = 0


class NamedBriefing(_NamedView, frozen=True, kw_only=True):
    """A briefing in one language.

    `original` is the place in the list of the first of its versions; where it no longer holds,
    `replaced_by` has those of what replaced it. `about` has the places of its subjects in their
    list, `within` of all that contain these. `year` is that of the original.
    """

    path: str
    title: str
    date: str
    lang: str
    year: str
    original: int
    status: str = "current"
    about: tuple[int, ...] = ()
    within: tuple[int, ...] = ()
    replaced_by: tuple[int, ...] = ()


class NamesView(ResourceView, frozen=True, kw_only=True, array_like=False):
    """search/names.json: what the search knows before any text was searched."""

    subjects: tuple[NamedSubject, ...]
    briefings: tuple[NamedBriefing, ...]


class SearchRecord(View, frozen=True, kw_only=True):
    """A briefing in the search index. `path` is relative to the site's root.

    `fields` are searched beside the text.
    """

    path: str
    fields: Mapping[str, str]
    text: str = ""
