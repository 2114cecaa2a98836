"""Resolution of references: from documents to the site, with all contradictions between files."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, partial
from itertools import chain
from typing import Any, get_args

from dossier.content.brand.footer import footer_links, inner_links, parse_footer
from dossier.content.documents import Bodies, Document, DocumentProblem, FieldPath
from dossier.content.images.files import NO_IMAGES, ImageFiles
from dossier.content.markdown.inline.links import leads_to_file
from dossier.content.models import Briefing, Kind
from dossier.content.moments import find_instant
from dossier.content.settings import SETTINGS_FILE, Settings
from dossier.content.tables.files import NO_TABLES, TableFiles
from dossier.content.words import with_words, without_words
from dossier.problems import suggest
from dossier.site.checks.contradictions import (
    circular_hierarchies,
    circular_replacements,
    deep_hierarchies,
    duplicate_ids,
    product_problems,
    shared_names,
    translation_problems,
    unlisted_languages,
)
from dossier.site.checks.images import image_problems
from dossier.site.entries import Entry, Frame, Target, file_path
from dossier.site.former import Renames, former_files, former_id_problems
from dossier.site.references import FileNames, Names, best_match, resolve_references
from dossier.site.schedule import as_told, far_ahead, list_dues, settle
from dossier.site.site import Site, Words
from dossier.site.tables import table_problems
from dossier.site.urls import SECTIONS, document_path

_BY_ID = "write [[id]] to link to a page by its id"
_PLAIN = "add a file for it, or write it without the brackets"


def build_site(
    documents: Sequence[Document],
    bodies: Bodies,
    settings: Settings,
    failed: frozenset[Kind] = frozenset(),
    tables: TableFiles = NO_TABLES,
    renamed: Mapping[str, str] = {},
    files: Iterable[str] = (),
    images: ImageFiles = NO_IMAGES,
) -> tuple[Site, list[DocumentProblem]]:
    """Build the site from documents, and find the problems between them.

    `failed` has the kinds with a document that could not be read: names of these kinds are not
    reported as unknown. `renamed` has files that are missing, with what they probably became. A
    site with problems must not be planned, since references may be broken.
    """
    resolver = _Resolver(documents, failed, renamed, files)
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
    problems += duplicate_ids(documents)
    problems += shared_names(documents)
    problems += former_id_problems(documents)
    for document, entry in zip(documents, entries, strict=True):
        problems += table_problems(document, entry, tables)
        problems += image_problems(document, entry, images)
    problems += far_ahead(waiting, settings)
    problems += unlisted_languages(entries, settings)
    for kind in ("company", "region", "topic"):
        of_kind = [e for e in entries if e.kind == kind]
        problems += list(circular_hierarchies(of_kind)) or deep_hierarchies(of_kind)
    briefings = {e.id: e for e in entries if e.kind == "briefing"}
    problems += circular_replacements(briefings)
    problems += translation_problems(briefings)
    problems += product_problems(briefings, {e.id: e for e in entries if e.kind == "company"})
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
        images=images,
    )
    return site, problems


def reword(site: Site, bodies: Bodies, documents: Iterable[Document]) -> Site:
    """Update the words of some documents in a site; their facts must be unchanged."""
    words = {}
    for document in documents:
        entry = site.of_kind(document.kind).get(document.id) or site.held[document.id]
        words[document.path] = reworded(entry, document, site.settings)
    return site.reworded(bodies, words)


def reworded(entry: Entry[Any], document: Document, settings: Settings) -> Words[Any]:
    """Build the words of a document whose facts are those of an entry."""
    told = as_told(document.front_matter, settings)
    return Words(with_words(entry.facts, told), document.outline.minutes)


class _Resolver:
    """Looks up names and collects problems."""

    def __init__(
        self,
        documents: Iterable[Document],
        failed: frozenset[Kind],
        renamed: Mapping[str, str],
        files: Iterable[str],
    ) -> None:
        self._failed = failed
        self._files = FileNames(files)
        self._path = cache(partial(_find_path, self._files))  # many documents link to the same
        self._kinds: dict[str, list[Kind]] = defaultdict(list)  # of each id
        self.problems: list[DocumentProblem] = []
        by_kind: dict[Kind, list[Document]] = {kind: [] for kind in get_args(Kind)}
        self._by_path: dict[str, Document] = {}
        for document in documents:
            by_kind[document.kind].append(document)
            self._kinds[document.id].append(document.kind)
            self._by_path[document.path] = document
        self._names = {kind: Names(found) for kind, found in by_kind.items()}
        self._ids: dict[str, frozenset[str]] = {kind: n.ids for kind, n in self._names.items()}
        self._rename_hint = Renames(renamed, self._by_path).hint
        for document in documents:
            for path in former_files(document):
                self._by_path.setdefault(path, document)

    def resolve(self, document: Document) -> Any:
        """Replace the references in a document's front matter by ids."""

        def lookup(kind: str, text: str, place: FieldPath) -> str:
            return self._lookup(document, kind, text, place)

        return resolve_references(document.front_matter, lookup, known=self._ids)

    def entry(self, document: Document, front_matter: Any, settings: Settings) -> Entry[Any]:
        """Build the entry of a document, with references resolved."""
        lang = getattr(front_matter, "lang", None) or settings.language
        date = getattr(front_matter, "date", None)
        targets = {
            target: self._target(document.path, target, target)
            for target in document.outline.targets
        }
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
            targets=targets,
            images=self._images(document, front_matter, targets),
        )

    def _images(
        self, document: Document, front_matter: Any, targets: Mapping[str, Target]
    ) -> Mapping[str, str]:
        """Find the files of the images in a body, and of the one that is shared."""
        images = {one: file_path(targets[one]) for one in document.outline.images}
        if shared := getattr(front_matter, "image", None):
            path = shared.file.lstrip("/")
            images[shared.file] = file_path(self._files.address(path) or path)
        return images

    def frame(self, settings: Settings) -> Frame:
        """Resolve the links of the settings, as if they were those of a page."""
        footer, problems = parse_footer(settings)
        self.problems += problems
        links = chain(footer_links(footer), inner_links(settings))
        places = {link: place for place, link in links}
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
        if target in self._kinds and len(self._kinds[target]) == 1:
            return self._kinds[target][0], target
        if leads_to_file(target):
            return self._path(source[: source.rfind("/") + 1], target)
        if target.endswith(".md"):
            path = posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
            if path in self._by_path:
                return self._by_path[path].kind, self._by_path[path].id
            if not self._failed:
                id_ = posixpath.basename(path).removesuffix(".md")
                hint = self._rename_hint(id_, *self._names)
                hint = hint or suggest(path, self._by_path.keys() - {source}) or _BY_ID
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
            hint = self._rename_hint(target, *self._names) or next(filter(None, hints), _PLAIN)
            self._problem(source, place, message, hint)
        return ""

    def _problem(self, source: str, place: FieldPath | str, message: str, hint: str) -> None:
        self.problems.append(DocumentProblem(source, place, message, hint))


def _find_path(files: FileNames, folder: str, target: str) -> str:
    """Resolve a link to a path, as it stands in a file of a folder."""
    path = posixpath.normpath(posixpath.join("/", folder, target))
    path = path.lstrip("/") + "/" * target.endswith("/")
    return files.address(path) or path.removeprefix("./")


def _is_held(entry: Entry[Briefing], settings: Settings) -> bool:
    """Tell whether a briefing is held back: a draft, or with a date to come."""
    if settings.drafts:
        return False
    return entry.facts.status == "draft" or entry.instant > settings.now
