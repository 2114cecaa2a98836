"""llms.txt: links to briefings as Markdown, which suits language models, and to other pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from dossier.language.labels import status_mark
from dossier.language.messages import gettext
from dossier.pages.files.views import LlmsLink, LlmsSection, LlmsView
from dossier.site.entries import Entry
from dossier.site.urls import LLMS, markdown_path
from dossier.views.builder import Parts
from dossier.views.outputs import Builder, FileOutput, ViewOutput
from dossier.views.parts import Item, Link

MOST_BRIEFINGS = 100
MOST_TERMS = 50
"""The most briefings, and companies, regions or topics, in the file, which is read as a whole."""


class LlmsFile(Builder):
    """Builds llms.txt."""

    name = "llms"

    def __init__(self, parts: Parts) -> None:
        self.site = parts.site
        self.parts = parts

    def plan(self) -> Iterator[FileOutput]:
        """List the file."""
        yield FileOutput(file=LLMS, builder=self.name)

    def view(self, _output: ViewOutput) -> LlmsView:
        """Build the file."""
        lang, parts, relations = self.site.settings.language, self.parts, self.site.relations
        items = parts.items(self.site.of(relations.originals[:MOST_BRIEFINGS]))
        pages = (Link(path=e.path, title=e.facts.title) for e in self.site.pages.values())
        sections = (
            (gettext(lang, "Briefings"), tuple(map(self._llms_briefing, items))),
            (
                gettext(lang, "Companies"),
                self._llms_terms(relations.by_company, parts.company_link, self.site.companies),
            ),
            (
                gettext(lang, "Regions"),
                self._llms_terms(relations.by_region, parts.region_link, self.site.regions),
            ),
            (
                gettext(lang, "Topics"),
                self._llms_terms(relations.by_topic, parts.topic_link, self.site.topics),
            ),
            ("Optional", tuple(LlmsLink(title=p.title, url=parts.url(p.path)) for p in pages)),
        )
        return LlmsView(
            title=self.site.settings.title,
            tagline=self.site.settings.tagline,
            sections=tuple(LlmsSection(heading=h, links=links) for h, links in sections if links),
        )

    def _llms_briefing(self, item: Item) -> LlmsLink:
        status = status_mark(self.site.settings.language, item.status)
        about = ", ".join(filter(None, (item.date[:10], status)))
        url = self.parts.url(markdown_path(item.path))
        return LlmsLink(title=item.title, url=url, note=f"({about}) {item.summary}")

    def _llms_terms(
        self,
        briefings: Mapping[str, Sequence[str]],
        link: Callable[[str], Link],
        entries: Mapping[str, Entry[Any]],
    ) -> tuple[LlmsLink, ...]:
        """Link the companies, regions or topics with the most briefings."""
        formerly = {entry.path: self.parts.formerly(entry) for entry in entries.values()}
        counted = Counter({id_: len(ids) for id_, ids in briefings.items()})
        counts = self.parts.counts(counted, link, briefings, MOST_TERMS)
        return tuple(
            LlmsLink(
                title=count.link.title,
                url=self.parts.url(count.link.path),
                note=formerly[count.link.path],
            )
            for count in counts
        )
