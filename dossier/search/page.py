"""Search page, and the briefings as records of the search index."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, cast

import msgspec

from dossier.content.documents import DocumentProblem, Slot
from dossier.content.models import Briefing, Kind
from dossier.fingerprint import digest
from dossier.language.folding import sort_key
from dossier.language.messages import gettext
from dossier.language.typography import typeset
from dossier.search.views import Choice, SearchRecord, SearchView
from dossier.site.entries import Entry
from dossier.site.reads import recording
from dossier.site.urls import (
    SEARCH,
    SEARCH_INDEX,
    SEARCH_NAMES,
    SECTIONS,
    numbered_path,
    output_file,
)
from dossier.views.builder import Parts
from dossier.views.outputs import Builder, Output, PageOutput, SitemapEntry, ViewOutput
from dossier.views.paging import PAGE_SIZE
from dossier.views.parts import Link
from dossier.views.year_links import year_links

_UNREAD = re.compile(r'<sup\b.*?</sup>|<a class="anchor".*?</a>', re.DOTALL)
_CELL = re.compile(r"</t[dh]>\s*(?=<t[dh])")
_BREAK = re.compile(r"</(?:p|li|h\d|t[dhr]|d[td]|pre|caption)>|<br>")
_LINE = re.compile(r"(?<![\s.!?…:;,»”])\s*\n\s*")
_TAG = re.compile(r"<[^>]+>")


class SearchPage(Builder):
    """Builds the search page and the records of the index, one for each briefing."""

    name = "search"

    def __init__(self, parts: Parts) -> None:
        self.site = parts.site
        self.parts = parts

    def plan(self) -> Iterator[PageOutput]:
        """List the page, if the site has a search."""
        if self.site.settings.search:
            yield PageOutput(
                file=output_file(SEARCH), path=SEARCH, builder=self.name, sitemap=SitemapEntry()
            )

    def view(self, _output: ViewOutput) -> SearchView:
        """Build the page. Each choice counts all briefings about it, or of its year."""
        parts, relations, lang = self.parts, self.site.relations, self.site.settings.language
        return SearchView(
            head=parts.head(
                SEARCH, gettext(lang, "Search"), gettext(lang, "Search all briefings.")
            ),
            names=SEARCH_NAMES,
            indexes=tuple(index_name(tag) for tag in self.languages),
            companies=self._choices("company", relations.by_company, parts.company_link),
            regions=self._choices("region", relations.by_region, parts.region_link),
            topics=self._choices("topic", relations.by_topic, parts.topic_link),
            years=tuple(self._years()),
            languages=tuple(Choice(value=tag, label=tag) for tag in self.languages),
        )

    @cached_property
    def languages(self) -> Mapping[str, Sequence[Entry[Briefing]]]:
        """The briefings of each language, newest first; the site's own language first."""
        found: dict[str, list[Entry[Briefing]]] = {self.site.settings.language: []}
        for entry in self.site.briefings.values():
            found.setdefault(entry.lang, []).append(entry)
        return {tag: entries for tag, entries in found.items() if entries}

    def collisions(self, planned: Iterable[Output]) -> Iterator[DocumentProblem]:
        """Find files in the folder of the search index."""
        for output in planned if self.site.settings.search else ():
            if output.file.casefold().startswith(SEARCH_INDEX):
                message = f"the address /{SEARCH_INDEX} is taken by the search index"
                hint = "rename the file or remove the alias"
                yield DocumentProblem(output.source, output.field, message, hint)

    def fingerprint(self, lang: str, contents: Mapping[str, str]) -> str:
        """Fingerprint everything in a language's index; `contents` has those of the files.

        Texts are not read: they follow from the files and the settings that parsing sees.
        """
        encode = msgspec.msgpack.Encoder(order="deterministic").encode
        with recording():
            read = [
                (self._head(e), self._linked(e), contents[e.source]) for e in self.languages[lang]
            ]
        return digest(encode((self.site.settings.parsing, read)))

    def records(self, lang: str) -> list[SearchRecord]:
        """Build the records of the briefings in a language, with their text."""
        with recording():
            return [
                msgspec.structs.replace(self._head(entry), text=self._text(entry))
                for entry in self.languages[lang]
            ]

    def _head(self, entry: Entry[Briefing]) -> SearchRecord:
        """Build a record without its text."""
        words = self.site.words(entry)
        companies = ", ".join(self.parts.company_link(id_).title for id_ in words.companies)
        fields = {
            "title": typeset(words.title, entry.lang),
            "companies": companies,
            "cited": "; ".join(f"{s.publisher or ''} {s.title}".strip() for s in words.sources),
            "formerly": ", ".join(self._former_names(words)),
        }
        return SearchRecord(
            path=entry.path, fields={name: value for name, value in fields.items() if value}
        )

    def _years(self) -> Iterator[Choice]:
        """Count the briefings of each year, newest first, each where the list of all has them.

        Those that were replaced stand below their replacement, which may be of another year.
        """
        found, briefings = self.parts.status.all, self.site.briefings
        place = {id_: n for n, top in enumerate(found.listed) for id_ in found.shown([top])}
        paths = {year.year: year.path for year in self.site.model(year_links)}
        years: dict[str, list[int]] = {}
        for id_ in self.site.relations.originals:
            years.setdefault(briefings[id_].moment[:4], []).append(place[id_])
        for year, places in years.items():
            page = numbered_path(SECTIONS["briefing"], min(places) // PAGE_SIZE + 1)
            yield Choice(value=year, label=year, path=paths.get(year, page), count=len(places))

    def _choices(
        self, kind: Kind, briefings: Mapping[str, Sequence[str]], link: Callable[[str], Link]
    ) -> tuple[Choice, ...]:
        """Build the choices that have briefings, by name, each with its former names."""
        entries = self.site.of_kind(kind)
        named = sorted(
            ((link(id_), id_) for id_ in briefings), key=lambda pair: sort_key(pair[0].title)
        )
        return tuple(
            Choice(
                value=id_,
                label=f"{to.title} ({formerly})" if formerly else to.title,
                path=to.path,
                count=len(briefings[id_]),
            )
            for to, id_ in named
            for formerly in (self.parts.formerly(entries[id_]),)
        )

    def _former_names(self, words: Briefing) -> Iterator[str]:
        """List the former names of what a briefing is about, so that it is found by them."""
        site = self.site
        for ids, entries in (
            (words.companies, site.companies),
            (words.regions, site.regions),
            (words.topics, site.topics),
        ):
            for id_ in ids:
                yield from cast("Mapping[str, Entry[Any]]", entries)[id_].facts.former_names

    def _text(self, entry: Entry[Briefing]) -> str:
        """Build the text for excerpts: the summary and the body."""
        summary = typeset(self.site.words(entry).summary, entry.lang)
        return f"{summary} {_plain(self.parts.html(entry))}"

    def _linked(self, entry: Entry[Any]) -> list[str]:
        """List the titles of a body's link targets, which it may show."""
        found = (self.site.follow(entry, Slot("title", target)) for target in entry.targets)
        return [title for _, title in filter(None, found)]


def index_name(lang: str) -> str:
    """Name the folder of a language's index; Pagefind expects lower case."""
    return lang.lower()


def _plain(body: str) -> str:
    """Turn a body into plain text for excerpts, with a full stop after each block."""
    text = _BREAK.sub("\n", _CELL.sub(", ", _UNREAD.sub("", body)))
    return " ".join(_LINE.sub(". ", html.unescape(_TAG.sub("", text))).split())
