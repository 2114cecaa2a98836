"""Names that the search knows: companies, regions and topics with all their names, and titles.

A small file beside the page: it answers before the index of the texts is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from dossier.content.models import Briefing, Kind
from dossier.language.folding import sort_key
from dossier.search.views import NamedBriefing, NamedSubject, NamesView
from dossier.site.urls import SEARCH_NAMES
from dossier.views.builder import Parts
from dossier.views.outputs import Builder, FileOutput, ViewOutput

KINDS: tuple[Kind, ...] = ("company", "region", "topic")


class SearchNames(Builder):
    """Builds the file of names."""

    name = "search_names"

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.site = parts.site

    def plan(self) -> Iterator[FileOutput]:
        """List the file, if the site has a search."""
        if self.site.settings.search:
            yield FileOutput(file=SEARCH_NAMES, builder=self.name)

    def view(self, _output: ViewOutput) -> NamesView:
        """Build the file."""
        subjects = [(kind, id_) for kind in KINDS for id_ in self._by_name(kind)]
        places = {subject: place for place, subject in enumerate(subjects)}
        return NamesView(
            subjects=tuple(self._subject(kind, id_) for kind, id_ in subjects),
            briefings=tuple(self._briefings(places)),
        )

    def _by_name(self, kind: Kind) -> list[str]:
        entries = self.site.of_kind(kind)
        return sorted(entries, key=lambda id_: sort_key(entries[id_].facts.name))

    def _subject(self, kind: Kind, id_: str) -> NamedSubject:
        relations, entry = self.site.relations, self.site.of_kind(kind)[id_]
        listed: Mapping[Kind, Mapping[str, Sequence[str]]] = {
            "company": relations.by_company,
            "region": relations.by_region,
            "topic": relations.by_topic,
        }
        facts, languages = entry.facts, self.site.settings.languages
        translated = [self.site.title(entry, lang) for lang in languages]
        products = facts.products if kind == "company" else ()
        names = (facts.name, *translated, *facts.aliases, *facts.former_names, *products)
        return NamedSubject(
            kind=kind,
            id=id_,
            path=entry.path,
            names=tuple(dict.fromkeys(names)),
            count=len(listed[kind].get(id_, ())),
        )

    def _briefings(self, places: Mapping[tuple[Kind, str], int]) -> Iterator[NamedBriefing]:
        """List all versions of all briefings, newest first."""
        site, relations = self.site, self.site.relations
        listed = list(chain.from_iterable(map(site.versions, site.originals)))
        place_of = {entry.id: place for place, entry in enumerate(listed)}
        for entry in listed:
            original = site.briefings[relations.original(entry.id)]
            about = self._subjects(entry.facts)
            around = self._containers(entry.facts)
            status = self.parts.status.of(entry.id)
            replaced_by = relations.replaced_by[entry.id] if status == "superseded" else ()
            yield NamedBriefing(
                path=entry.path,
                title=self.parts.title(entry),
                date=entry.moment[:10],
                lang=entry.lang,
                year=original.moment[:4],
                original=place_of[original.id],
                status=status,
                about=_places(places, about),
                within=_places(places, set(around) - set(about)),
                replaced_by=tuple(
                    sorted({place_of[relations.original(one.new)] for one in replaced_by})
                ),
            )

    def _subjects(self, facts: Briefing) -> list[tuple[Kind, str]]:
        named: tuple[tuple[Kind, Sequence[str]], ...] = (
            ("company", facts.companies),
            ("region", facts.regions),
            ("topic", facts.topics),
        )
        return [(kind, id_) for kind, ids in named for id_ in ids]

    def _containers(self, facts: Briefing) -> list[tuple[Kind, str]]:
        relations = self.site.relations
        within: tuple[tuple[Kind, Iterable[str]], ...] = (
            ("company", relations.company_tree.within(facts.companies)),
            ("region", relations.region_tree.within(facts.regions)),
            ("topic", relations.topic_tree.within(facts.topics)),
        )
        return [(kind, id_) for kind, ids in within for id_ in ids]


def _places(
    places: Mapping[tuple[Kind, str], int], subjects: Iterable[tuple[Kind, str]]
) -> tuple[int, ...]:
    return tuple(sorted(places[subject] for subject in subjects))
