"""Front matter from a request on the command line: references resolved, regions filled in.

Collects problems with the request, and notes for its author. Writes nothing.
"""

from __future__ import annotations

import shlex
from pathlib import Path

import msgspec

from dossier.content.models import AnyFrontMatter, Briefing, Company, Kind, Page, Region, Topic
from dossier.content.value_types import parse_text
from dossier.problems import FormError, Problem
from dossier.scaffold.inventory import Existing
from dossier.scaffold.slugs import slugify
from dossier.scaffold.territories import find_code, find_named, lies_in, territory_name

SUMMARY = "One or two sentences, the bottom line up front."
"""The summary of a draft until its author has written one."""


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A request on the command line, with references as they were written.

    The `title` of a company, a region or a topic is its name; that of a region may be its code.
    `cache` is the cache folder.
    """

    kind: Kind
    title: str
    content: Path = Path("content")
    cache: Path | None = None
    id: str | None = None
    companies: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    summary: str | None = None
    lang: str | None = None
    translation_of: str | None = None
    publish: bool = False
    parent: str | None = None
    code: str | None = None


class Proposal:
    """The front matter for a request; incomplete where there are `problems`."""

    def __init__(self, request: Request, existing: Existing) -> None:
        self.problems: list[Problem] = []
        self.notes: list[str] = []
        self._request = request
        self._existing = existing
        self._title = self._line("title", request.title)
        match request.kind:
            case "briefing":
                self.record: AnyFrontMatter = self._briefing()
            case "company":
                self.record = Company(name=self._title, parent=self._parent("company"))
            case "region":
                self.record = self._region()
            case "topic":
                self.record = Topic(name=self._title, parent=self._parent("topic"))
            case "page":
                self.record = Page(title=self._title, lang=request.lang)

    def _briefing(self) -> Briefing:
        request = self._request
        summary = SUMMARY
        if request.summary is not None:
            summary = self._line("--summary", request.summary)
        elif request.publish:
            hint = "add --summary, or start with a draft"
            self._problem("--publish", "a published briefing needs a summary", hint)
        record = Briefing(
            title=self._title,
            date=self._existing.settings.as_of,
            summary=summary,
            companies=self._references("--company", "company", request.companies),
            regions=self._references("--region", "region", request.regions),
            topics=self._references("--topic", "topic", request.topics),
            lang=request.lang,
            status="current" if request.publish else "draft",
        )
        if not request.publish:
            self.notes.append("a draft: --drafts shows it; remove `status` to publish it")
        if request.translation_of is None:
            return record
        original = self._reference("--translation-of", "briefing", request.translation_of)
        return self._translation(record, original)

    def _translation(self, record: Briefing, original: str) -> Briefing:
        """Build a translation with the original's front matter, in the missing language."""
        record = msgspec.structs.replace(record, translation_of=original)
        document = self._existing.document("briefing", original)
        if document is None or not isinstance(document.front_matter, Briefing):
            return record
        source = document.front_matter
        return msgspec.structs.replace(
            record,
            date=source.date,
            companies=record.companies or self._same("company", source.companies),
            regions=record.regions or self._same("region", source.regions),
            topics=record.topics or self._same("topic", source.topics),
            lang=record.lang or self._missing_language(source, original),
        )

    def _missing_language(self, source: Briefing, original: str) -> str | None:
        """Find the only language of the site without a version; else add a problem."""
        languages = self._existing.settings.languages
        versions = [source] + [
            document.front_matter
            for document in self._existing.documents("briefing")
            if isinstance(document.front_matter, Briefing)
            and document.front_matter.translation_of is not None
            and self._existing.find("briefing", document.front_matter.translation_of) == [original]
        ]
        present = {version.lang or languages[0] for version in versions}
        missing = [lang for lang in languages if lang not in present]
        if len(missing) == 1:
            return missing[0]
        known = ", ".join(missing or languages)
        hint = f"choose it with --lang: {known}" if missing else f"site.yaml lists {known}"
        self._problem("--translation-of", "the language of the translation is unclear", hint)
        return None

    def _region(self) -> Region:
        request, lang = self._request, self._existing.settings.language
        name, code = self._title, None
        if request.code is not None:
            code = find_code(request.code)
            if code is None:
                hint = "write an ISO 3166-1 code, such as FR, or a UN M49 code, such as 150"
                self._problem("--code", f"'{request.code}' is not a region code", hint)
        elif code := find_code(name) or find_named(name, lang):
            name = territory_name(code, lang)
        else:
            self.notes.append(f"'{name}' has no code: no code matches; groups need none")
        parent = self._parent("region")
        if parent is None and code is not None:
            parent = self._parent_of(name, code)
        return Region(name=name, code=code, parent=parent)

    def _parent_of(self, name: str, code: str) -> str | None:
        """Find the closest region of the site that contains a territory; note it if it is far."""
        above = lies_in(code)
        lang = self._existing.settings.language
        found = [self._existing.find_territory(at, territory_name(at, lang)) for at in above]
        parent = next(filter(None, found), None)
        continent = max(0, len(above) - 2)  # the last is the world
        if above and not any(found[: continent + 1]):
            wanted = territory_name(above[continent], lang)
            has = f"its parent is '{parent}'" if parent else "it has no parent"
            self.notes.append(
                f"{name} lies in {wanted}, which is not a region of this site yet, so {has}. To "
                f"fix that: {self._command('region', above[continent])}  then write "
                f"`parent: {slugify(wanted)}` into the file"
            )
        return parent

    def _parent(self, kind: Kind) -> str | None:
        if self._request.parent is None:
            return None
        return self._reference("--parent", kind, self._request.parent)

    def _references(self, option: str, kind: Kind, texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._reference(option, kind, text) for text in texts))

    def _reference(self, option: str, kind: Kind, text: str) -> str:
        """Resolve a reference; where it is not one id, return the text and add a problem."""
        found = self._existing.find(kind, text)
        if len(found) == 1:
            return found[0]
        if found:
            message = f"'{text}' may be {' or '.join(repr(id_) for id_ in found)}"
            self._problem(option, message, f"write the id of the {kind} that you mean")
        else:
            hints = [self._existing.names[kind].suggestion(text)]
            if kind != "briefing":
                hints.append(f"to create it first: {self._command(kind, text)}")
            self._problem(option, f"unknown {kind} '{text}'", "\n    ".join(filter(None, hints)))
        return text

    def _same(self, kind: Kind, texts: tuple[str, ...]) -> tuple[str, ...]:
        """Copy references of another briefing, as ids where they are known."""
        found = [self._existing.find(kind, text) for text in texts]
        return tuple(
            ids[0] if len(ids) == 1 else text for ids, text in zip(found, texts, strict=True)
        )

    def _line(self, place: str, text: str) -> str:
        """Parse a text of one line, or add a problem."""
        if len(text.splitlines()) > 1:
            self._problem(place, "the text has more than one line", "write it in one")
        try:
            return parse_text(text)
        except FormError as error:
            self._problem(place, str(error), error.hint)
            return text

    def _command(self, kind: Kind, text: str) -> str:
        """Build the command that creates another file here."""
        shown = text if text.isalnum() else shlex.quote(text)
        command = f"python build.py new {kind} {shown}"
        folder = self._existing.folder
        return command if folder == Path("content") else f"{command} --content {folder.as_posix()}"

    def _problem(self, place: str, message: str, hint: str) -> None:
        self.problems.append(Problem(place, 0, 0, message, hint))
