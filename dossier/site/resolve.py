"""Resolution of references: from documents to the site, with all contradictions between files."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, get_args

from dossier.content.brand.footer import inner_links, parse_footer
from dossier.content.documents import Bodies, Document, DocumentProblem, FieldPath
from dossier.content.models import Briefing, Company, Kind
from dossier.content.moments import find_instant
from dossier.content.settings import SETTINGS_FILE, Settings
from dossier.content.tables.files import NO_TABLES, TableFiles
from dossier.content.words import with_words, without_words
from dossier.language.folding import fold
from dossier.problems import suggest
from dossier.site.entries import Entry, Frame, Target
from dossier.site.former import Renames, former_files, former_id_problems
from dossier.site.hierarchy import find_cycles
from dossier.site.references import Names, best_match, resolve_references
from dossier.site.schedule import as_told, list_dues, settle
from dossier.site.site import Site, Words
from dossier.site.tables import table_problems
from dossier.site.urls import SECTIONS, document_path


def build_site(
    documents: Sequence[Document],
    bodies: Bodies,
    settings: Settings,
    failed: frozenset[Kind] = frozenset(),
    tables: TableFiles = NO_TABLES,
    renamed: Mapping[str, str] = {},
) -> tuple[Site, list[DocumentProblem]]:
    """Build the site from documents, and find the problems between them.

    `failed` has the kinds with a document that could not be read: names of these kinds are not
    reported as unknown. `renamed` has files that are missing, with what they probably became. A
    site with problems must not be planned, since references may be broken.
    """
    resolver = _Resolver(documents, failed, renamed)
    written = {one.path: resolver.resolve(one) for one in documents}
    dues = list_dues(written, settings)
    settings, period = settle(settings, dues)
    waiting = sorted(due for due in dues if due.instant > settings.now)
    for source in {due.source for due in waiting}:
        written[source] = as_told(written[source], settings)
    words = {one.path: Words(written[one.path], one.outline.minutes) for one in documents}
    entries = [resolver.entry(one, words[one.path].front_matter, settings) for one in documents]
    frame = resolver.frame(settings)
    problems = resolver.problems
    problems += _duplicates(documents)
    problems += former_id_problems(documents)
    for document, entry in zip(documents, entries, strict=True):
        problems += table_problems(document, entry, tables)
    problems += _language_problems(entries, settings)
    for kind in ("company", "region", "topic"):
        problems += _tree_cycle([e for e in entries if e.kind == kind])
    briefings = {e.id: e for e in entries if e.kind == "briefing"}
    problems += _supersession_cycle(briefings)
    problems += _translation_problems(briefings)
    problems += _product_problems(briefings, {e.id: e for e in entries if e.kind == "company"})
    published = {id_: not _is_held(e, settings) for id_, e in briefings.items()}
    site = Site(
        settings,
        bodies,
        words,
        briefings=[e for e in briefings.values() if published[e.id]],
        held=[e for e in briefings.values() if not published[e.id]],
        companies=[e for e in entries if e.kind == "company"],
        regions=[e for e in entries if e.kind == "region"],
        topics=[e for e in entries if e.kind == "topic"],
        pages=[e for e in entries if e.kind == "page"],
        frame=frame,
        waiting=waiting,
        period=period,
        tables=tables,
    )
    return site, problems


def reword(site: Site, bodies: Bodies, documents: Iterable[Document]) -> Site:
    """Update the words of some documents in a site; their facts must be unchanged."""
    words = {}
    for document in documents:
        entry = site.of_kind(document.kind).get(document.id) or site.held[document.id]
        told = as_told(document.front_matter, site.settings)
        front_matter = with_words(entry.facts, told)
        words[document.path] = Words(front_matter, document.outline.minutes)
    return site.reworded(bodies, words)


class _Resolver:
    """Looks up names and collects problems."""

    def __init__(
        self, documents: Iterable[Document], failed: frozenset[Kind], renamed: Mapping[str, str]
    ) -> None:
        self._failed = failed
        self.problems: list[DocumentProblem] = []
        by_kind: dict[Kind, list[Document]] = {kind: [] for kind in get_args(Kind)}
        self._by_path: dict[str, Document] = {}
        for document in documents:
            by_kind[document.kind].append(document)
            self._by_path[document.path] = document
        self._names = {kind: Names(found) for kind, found in by_kind.items()}
        self._rename_hint = Renames(renamed, self._by_path).hint
        for document in documents:
            for path in former_files(document):
                self._by_path.setdefault(path, document)

    def resolve(self, document: Document) -> Any:
        """Replace the references in a document's front matter by ids."""

        def lookup(kind: str, text: str, place: FieldPath) -> str:
            return self._lookup(document, kind, text, place)

        return resolve_references(document.front_matter, lookup)

    def entry(self, document: Document, front_matter: Any, settings: Settings) -> Entry[Any]:
        """Build the entry of a document, with references resolved."""
        lang = getattr(front_matter, "lang", None) or settings.language
        date = getattr(front_matter, "date", None)
        return Entry(
            kind=document.kind,
            id=document.id,
            source=document.path,
            lang=lang,
            moment=settings.local_moment(date) if date else "",
            instant=find_instant(date, settings.timezone) if date else 0,
            path=document_path(document.kind, document.id, lang, settings.language),
            facts=without_words(front_matter),
            citations=document.outline.citations,
            targets={
                target: self._target(document.path, target, target)
                for target in document.outline.targets
            },
        )

    def frame(self, settings: Settings) -> Frame:
        """Resolve the links of the settings, as if they were those of a page."""
        footer, problems = parse_footer(settings)
        self.problems += problems
        places: dict[str, FieldPath] = {slot.target: ("footer",) for slot in footer.slots}
        places |= {link: place for place, link in inner_links(settings)}
        entry = Entry[Any](
            kind="page",
            id="",
            source=SETTINGS_FILE,
            lang=settings.language,
            moment="",
            instant=0,
            path="",
            facts=None,
            citations=(),
            targets={
                target: self._target(SETTINGS_FILE, target, place)
                for target, place in places.items()
            },
        )
        return Frame(entry, footer, places)

    def _lookup(self, document: Document, kind: str, text: str, place: FieldPath) -> str:
        names = self._names[kind]  # type: ignore[index]
        if text in names.ids:
            return text
        found = names.find(text)
        if len(found) == 1:
            return found[0]
        if found:
            message = f"'{text}' may be {' or '.join(repr(id_) for id_ in found)}"
            self._problem(
                document.path, place, message, f"write the id of the {kind} that you mean"
            )
        elif kind not in self._failed:
            hint = self._rename_hint(text, kind) or names.suggestion(text)  # type: ignore[arg-type]
            hint = hint or f"add a file for it: {SECTIONS[kind]}<id>.md"  # type: ignore[index]
            self._problem(document.path, place, f"unknown {kind} '{text}'", hint)
        return text

    def _target(self, source: str, target: str, place: FieldPath | str) -> Target:
        """Resolve a link in a body: a path, a file, or a name."""
        if target.startswith("/"):
            return target.lstrip("/")
        if target.endswith(".md"):
            path = posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
            if path in self._by_path:
                return self._by_path[path].kind, self._by_path[path].id
            if not self._failed:
                id_ = posixpath.basename(path).removesuffix(".md")
                hint = self._rename_hint(id_, *self._names) or suggest(path, self._by_path)
                self._problem(source, place, f"there is no file '{path}'", hint)
            return ""
        rank, found = best_match(self._names, target)
        if len(found) == 1:
            return found[0]
        if found:
            message = f"'{target}' may be {' or '.join(f'the {k} {i!r}' for k, i in found)}"
            hint = "write the id of the one that you mean"
            if rank < 2:  # one id in several kinds: only the file name is unique
                kind, id_ = found[0]
                hint = f"link to its file: [text](../{SECTIONS[kind] or 'pages/'}{id_}.md)"
            self._problem(source, place, message, hint)
        elif not self._failed:
            hints = (names.suggestion(target) for names in self._names.values())
            message = f"'{target}' is not a company, region, topic, briefing or page"
            hint = self._rename_hint(target, *self._names) or next(filter(None, hints), "")
            self._problem(source, place, message, hint)
        return ""

    def _problem(self, source: str, place: FieldPath | str, message: str, hint: str) -> None:
        self.problems.append(DocumentProblem(source, place, message, hint))


def _is_held(entry: Entry[Briefing], settings: Settings) -> bool:
    """Tell whether a briefing is held back: a draft, or with a date to come."""
    if settings.drafts:
        return False
    return entry.facts.status == "draft" or entry.instant > settings.now


def _duplicates(documents: Sequence[Document]) -> Iterator[DocumentProblem]:
    first: dict[tuple[Kind, str], str] = {}
    for document in documents:
        path = first.setdefault((document.kind, document.id), document.path)
        if path != document.path:
            message = f"the {document.kind} '{document.id}' is in '{path}' already"
            yield DocumentProblem(document.path, (), message, "rename one of the two files")


def _language_problems(
    entries: Iterable[Entry[Any]], settings: Settings
) -> Iterator[DocumentProblem]:
    for entry in entries:
        if entry.lang not in settings.languages:
            known = ", ".join(settings.languages)
            hint = suggest(entry.lang, settings.languages) or f"site.yaml lists {known}"
            message = f"'{entry.lang}' is not a language of this site"
            yield DocumentProblem(entry.source, ("lang",), message, hint)


def _tree_cycle(entries: Sequence[Entry[Any]]) -> Iterator[DocumentProblem]:
    """Find circular hierarchies, through parents or members."""
    by_id = {entry.id: entry for entry in entries}
    edges: dict[str, list[str]] = {entry.id: [] for entry in entries}
    for entry in entries:
        if entry.facts.parent in by_id:
            edges[entry.facts.parent].append(entry.id)
        edges[entry.id] += [id_ for id_ in getattr(entry.facts, "members", ()) if id_ in by_id]
    for cycle in find_cycles(edges):
        above, below = by_id[cycle[0]], by_id[cycle[1]]
        is_member = below.id in getattr(above.facts, "members", ())
        place, source = ("members", above.source) if is_member else ("parent", below.source)
        message = f"circular hierarchy: {_chain(cycle, by_id)}"
        yield DocumentProblem(source, (place,), message, f"remove one `{place}` to break the cycle")


def _supersession_cycle(briefings: Mapping[str, Entry[Briefing]]) -> Iterator[DocumentProblem]:
    """Find circular replacements; translations count as their originals."""
    translated = {id_: entry.facts.translation_of or "" for id_, entry in briefings.items()}
    original = {id_: of for id_, of in translated.items() if of in briefings}
    edges: dict[str, list[str]] = {id_: [] for id_ in briefings}
    for id_, entry in briefings.items():
        replaced_by = (item.briefing for item in entry.facts.superseded_by)
        edges[original.get(id_, id_)] += [original.get(new, new) for new in replaced_by]
    for cycle in find_cycles(edges):
        message = f"briefings replace each other in a cycle: {_chain(cycle, briefings)}"
        hint = "remove `superseded_by` from the newest"
        yield DocumentProblem(briefings[cycle[0]].source, ("superseded_by",), message, hint)


def _chain(cycle: Sequence[str], by_id: Mapping[str, Entry[Any]]) -> str:
    return " → ".join(by_id[id_].source for id_ in cycle)


def _translation_problems(briefings: Mapping[str, Entry[Briefing]]) -> Iterator[DocumentProblem]:
    first: dict[tuple[str, str], str] = {}
    for entry in briefings.values():
        original = briefings.get(entry.facts.translation_of or "")
        if original is None:
            continue
        place: FieldPath = ("translation_of",)
        if original.facts.translation_of is not None:
            message = f"'{original.source}' is itself a translation"
            yield DocumentProblem(entry.source, place, message, "name the original")
            continue
        for version in (original, entry):
            seen = first.setdefault((original.id, version.lang), version.source)
            if seen != version.source:
                message = f"'{seen}' is already the version in '{version.lang}'"
                hint = "set `lang` to the language of this file"
                yield DocumentProblem(entry.source, place, message, hint)


def _product_problems(
    briefings: Mapping[str, Entry[Briefing]], companies: Mapping[str, Entry[Company]]
) -> Iterator[DocumentProblem]:
    """Use a company's own spelling of its products, so that one is never taken for two."""
    for entry in briefings.values():
        for i, move in enumerate(entry.facts.moves):
            company = companies.get(move.company)
            known = company.facts.products if company else ()
            if known and move.product not in known:
                message = f"'{move.product}' is not a product of '{move.company}'"
                near = next((name for name in known if fold(name) == fold(move.product)), "")
                hint = f"write '{near}'" if near else suggest(move.product, known)
                hint = hint or f"its file lists: {', '.join(known)}"
                yield DocumentProblem(entry.source, ("moves", i, "product"), message, hint)
