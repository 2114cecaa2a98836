"""Structured data about pages, in the vocabulary of https://schema.org, as JSON-LD 1.1.

An `@id` is the canonical address of a page of the site, so that descriptions on different pages
refer to each other. Members without a value are left out, and so is what follows from an `@id`:
that the page is about what has its address. schema.org has no term for a briefing that replaces
another: `creativeWorkStatus` gives the status, and the page names the replacement.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any
from urllib.parse import unquote

import msgspec

from dossier.content.brand.licence import licence_url
from dossier.content.documents import Slot
from dossier.content.models import Briefing, Company, Region, Source, Topic
from dossier.language.typography import typeset
from dossier.site.entries import Entry
from dossier.site.site import Site
from dossier.site.urls import absolute_url
from dossier.views.parts import Item, Link

JsonLd = dict[str, Any]
"""An item of the vocabulary: its members by name."""

WIKIDATA = "https://www.wikidata.org/wiki/"


class StructuredData:
    """Describes the pages of one site, as JSON that is safe in a `script`."""

    def __init__(self, site: Site) -> None:
        self._site = site
        settings = site.settings
        self._home = settings.base_url
        self._licence = licence_url(settings.licence) if settings.licence else ""
        self._website = _node("WebSite", self._home, name=settings.title, license=self._licence)
        self._publisher = self._build_publisher()
        self._author = _node(
            "Organization", name=self._publisher["name"], url=self._publisher["url"]
        )
        self._company_node = cache(self._build_company_node)
        self._region_node = cache(self._build_region_node)
        self._topic_node = cache(self._build_topic_node)
        self._crumb = cache(self._build_crumb)

    def home(self) -> str:
        """Describe the site."""
        settings = self._site.settings
        return _script(
            self._website
            | _members(
                url=self._home,
                description=settings.tagline,
                inLanguage=settings.languages,
                publisher=self._publisher,
            )
        )

    def briefing(
        self, entry: Entry[Briefing], item: Item, crumbs: Sequence[Link], image: str
    ) -> str:
        """Describe a briefing; `image` is the address of its social card, or empty."""
        return _script(self._article(entry, item, image), *self._trail(crumbs, item.title))

    def company(self, entry: Entry[Company], crumbs: Sequence[Link]) -> str:
        """Describe a company."""
        facts = entry.facts
        wikidata = f"{WIKIDATA}{facts.wikidata}" if facts.wikidata else None
        organization = self._company_node(entry.id) | _members(
            alternateName=_other_names(facts),
            sameAs=[url for url in (facts.website, wikidata) if url],
            parentOrganization=self._company_node(facts.parent) if facts.parent else None,
        )
        return _script(organization, *self._trail(crumbs, facts.name))

    def region(self, entry: Entry[Region], crumbs: Sequence[Link]) -> str:
        """Describe a region: a country, or another place."""
        facts, lang = entry.facts, self._site.settings.language
        place = self._region_node(entry.id, lang) | _members(
            alternateName=_other_names(facts),
            containedInPlace=self._region_node(facts.parent, lang) if facts.parent else None,
        )
        return _script(place, *self._trail(crumbs, facts.name))

    def topic(self, entry: Entry[Topic], crumbs: Sequence[Link]) -> str:
        """Describe a topic."""
        term = self._topic_node(entry.id) | _members(alternateName=_other_names(entry.facts))
        return _script(term, *self._trail(crumbs, entry.facts.name))

    def place_in_site(self, crumbs: Sequence[Link], title: str) -> str:
        """Describe only the position of a page; empty for one at the top."""
        trail = self._trail(crumbs, title)
        return _script(*trail) if trail else ""

    def _article(self, entry: Entry[Briefing], item: Item, image: str) -> JsonLd:
        words, lang = self._site.words(entry), entry.lang
        regions = [self._region_node(id_, lang) for id_ in words.regions]
        about = [
            *map(self._company_node, words.companies),
            *map(self._topic_node, words.topics),
        ]
        said = {node["@id"] for node in (*about, *regions)}
        original, *others = self._site.versions(entry)
        translations = others if original is entry else ()
        return _given(
            {
                "@type": "AnalysisNewsArticle",
                "@id": self._url(entry.path),
                "headline": item.title,
                "description": item.summary,
                "inLanguage": lang,
                "datePublished": words.reconstructed or words.date,
                "temporalCoverage": words.date if words.reconstructed else "",
                "dateModified": words.updated,
                "creativeWorkStatus": "" if item.status == "current" else item.status.capitalize(),
                "author": [_node("Person", name=name) for name in words.authors] or self._author,
                "publisher": self._publisher,
                "isPartOf": self._website,
                "license": self._licence,
                "image": image,
                "about": about,
                "mentions": [node for node in self._linked(entry) if node["@id"] not in said],
                "spatialCoverage": regions,
                "citation": [_citation(source) for source in words.sources],
                "correction": list(_corrections(words, lang)),
                "translationOfWork": None
                if original is entry
                else {"@id": self._url(original.path)},
                "workTranslation": [{"@id": self._url(other.path)} for other in translations],
            }
        )

    def _build_publisher(self) -> JsonLd:
        """Describe who publishes the site: where it says nothing, the site itself."""
        settings, publisher = self._site.settings, self._site.settings.publisher
        contact = settings.contact or ""
        return _node(
            "Organization",
            name=publisher.name if publisher else settings.title,
            url=(publisher and publisher.url) or self._home,
            logo=self._url(settings.logo.file.lstrip("/")) if settings.logo else "",
            email=contact.removeprefix("mailto:") if contact.startswith("mailto:") else "",
            sameAs=[one.link for one in settings.social],
            publishingPrinciples=self._page(settings.sourcing),
            correctionsPolicy=self._page(settings.corrections),
        )

    def _page(self, link: str | None) -> str:
        """Return the address of a page that a setting names; empty for an e-mail address."""
        frame = self._site.frame.entry
        if link in frame.targets:
            found = self._site.follow(frame, Slot("href", str(link)))
            path, _, fragment = (found[0] if found else "").partition("#")
            path = unquote(path)
            return f"{self._url(path)}#{fragment}" if fragment else self._url(path) if found else ""
        return link if link and "://" in link else ""

    def _linked(self, entry: Entry[Briefing]) -> Iterable[JsonLd]:
        """Describe the companies and regions that a text links to."""
        for target in entry.targets.values():
            if target[0] == "company":
                yield self._company_node(target[1])
            elif target[0] == "region":
                yield self._region_node(target[1], entry.lang)

    def _trail(self, crumbs: Sequence[Link], title: str) -> list[JsonLd]:
        """Describe the breadcrumbs of a page; the page itself comes last, without an address."""
        if not crumbs:
            return []
        items = [self._crumb(n, crumb) for n, crumb in enumerate(crumbs, 1)]
        items.append({"@type": "ListItem", "position": len(items) + 1, "name": title})
        return [{"@type": "BreadcrumbList", "itemListElement": items}]

    def _build_crumb(self, position: int, crumb: Link) -> JsonLd:
        return _node("ListItem", position=position, name=crumb.title, item=self._url(crumb.path))

    def _build_company_node(self, id_: str) -> JsonLd:
        entry = self._site.companies[id_]
        return _node("Organization", self._url(entry.path), name=entry.facts.name)

    def _build_region_node(self, id_: str, lang: str) -> JsonLd:
        entry = self._site.regions[id_]
        code = entry.facts.code
        return _node(
            "Country" if code and code.isalpha() else "Place",  # ISO 3166-1, or UN M49
            self._url(entry.path),
            name=self._site.region_name(id_, lang),
            identifier=code,
        )

    def _build_topic_node(self, id_: str) -> JsonLd:
        entry = self._site.topics[id_]
        return _node("DefinedTerm", self._url(entry.path), name=entry.facts.name)

    def _url(self, path: str) -> str:
        return absolute_url(self._home, path)


def _other_names(facts: Company | Region | Topic) -> tuple[str, ...]:
    """List other names, with those that it had before."""
    return tuple(dict.fromkeys((*facts.aliases, *facts.former_names)))


def _citation(source: Source) -> str:
    """Name a source by its address, or in words: the page has all that is known of it."""
    return source.url or ", ".join(filter(None, (source.publisher, source.title)))


def _corrections(words: Briefing, lang: str) -> Iterable[JsonLd]:
    for change in words.changes:
        if change.kind == "correction":
            text = typeset(change.note, lang)
            yield _node("CorrectionComment", datePublished=change.date, text=text)


def _node(type_: str, id_: str = "", **members: Any) -> JsonLd:
    return _given({"@type": type_, "@id": id_, **members})


def _members(**members: Any) -> JsonLd:
    return _given(members)


def _given(members: JsonLd) -> JsonLd:
    """Leave out members without a value."""
    return {name: value for name, value in members.items() if value}


def _script(*nodes: JsonLd) -> str:
    """Encode JSON so that it cannot end its element: `<` occurs only in texts."""
    data = msgspec.json.encode({"@context": "https://schema.org", "@graph": nodes}).decode()
    return data.replace("<", "\\u003c") if "<" in data else data
