"""Pages of topics, and their index."""

from __future__ import annotations

from collections.abc import Iterable

from dossier.language.messages import N_, gettext
from dossier.pages.terms import MOST, Terms
from dossier.pages.views import TopicsView, TopicView
from dossier.site.urls import SECTIONS
from dossier.views.outputs import Builder, MenuEntry, PageOutput, ViewOutput
from dossier.views.paging import paging
from dossier.views.parts import Link
from dossier.views.replacements import listed_items


class TopicsPage(Builder):
    """Builds the index of topics."""

    name = "topics"

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.parts = terms.parts
        self.relations = terms.relations
        self.lang = terms.lang

    def plan(self) -> Iterable[PageOutput]:
        """List the page."""
        yield self.terms.index("topic", MenuEntry(name=self.name, label=N_("Topics")))

    def view(self, _output: ViewOutput) -> TopicsView:
        """Build the page."""
        roots = self.terms.forest(
            self.relations.topic_tree, self.parts.topic_link, self.relations.by_topic
        )
        title = gettext(self.lang, "Topics")
        description = gettext(self.lang, "Every topic in these briefings.")
        path = SECTIONS["topic"]
        return TopicsView(head=self.parts.head(path, title, description), tree=roots)


class TopicPages(Builder):
    """Builds the pages of topics."""

    name = "topic"

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.parts = terms.parts
        self.site = terms.site
        self.relations = terms.relations
        self.lang = terms.lang
        self.entries = terms.site.topics

    def plan(self) -> Iterable[PageOutput]:
        """List the pages of all topics."""
        return self.terms.pages(self.entries.values())

    def view(self, output: ViewOutput) -> TopicView:
        """Build a page: the first has the text; there are more for long lists."""
        entry, number = self.entries[output.id], output.number
        parts, facts, tree = self.parts, entry.facts, self.relations.topic_tree
        by_topic, first = self.relations.by_topic, number == 1
        briefings = by_topic.get(entry.id, [])
        found = parts.status.list_of("topic", entry.id)
        companies = self.terms.top_companies(briefings, MOST) if first else ()
        return TopicView(
            head=self.terms.head(
                entry,
                briefings,
                [
                    Link(path=SECTIONS["topic"], title=gettext(self.lang, "Topics")),
                    *(parts.topic_link(id_) for id_ in tree.ancestors(entry.id)),
                ],
                number,
            ),
            name=facts.name,
            html=parts.html(entry) if first else "",
            aliases=facts.aliases,
            formerly=parts.formerly(entry),
            children=self.terms.children(entry.id, tree, parts.topic_link, by_topic),
            companies=companies,
            total=len(briefings),
            replaced=len(briefings) - len(found.listed),
            items=listed_items(parts, found, number),
            paging=paging(found.listed, entry.path, number),
            follow=self.terms.follow(entry, briefings),
            status=self.terms.topic_status(briefings, companies) if first else (),
        )
