"""Front matter from a request on the command line: references resolved, regions filled in.

Collects problems with the request, and notes for its author. Writes nothing.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from dossier.content.models import AnyFrontMatter, Briefing, Company, Kind, Page, Region, Topic
from dossier.content.validation import SUMMARY
from dossier.content.value_types import parse_text
from dossier.language.messages import gettext
from dossier.problems import FormError, Problem
from dossier.scaffold.inventory import Existing
from dossier.scaffold.regions import RegionProposal, near_names, new_command


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
    members: tuple[str, ...] = ()
    with_parent: bool = False


class Proposal:
    """The front matter for a request; incomplete where there are `problems`."""

    def __init__(self, request: Request, existing: Existing) -> None:
        self.problems: list[Problem] = []
        self.notes: list[str] = []
        self.missing_parent = ""
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
        summary = gettext(request.lang or self._existing.settings.language, SUMMARY)
        if request.summary is not None:
            summary = self._line("--summary", request.summary)
        elif request.publish:
            hint = "add --summary, or start with a draft"
            self._problem("--publish", "a published briefing needs a summary", hint)
        record = Briefing(
            title=self._title,
            date=self._existing.settings.today,
            summary=summary,
            companies=self._references("--company", "company", request.companies),
            regions=self._references("--region", "region", request.regions),
            topics=self._references("--topic", "topic", request.topics),
            lang=request.lang,
            status="current" if request.publish else "draft",
        )
        if request.publish:
            self.notes.append("the next build needs its text: write it below the front matter")
        else:
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
        request = self._request
        parent = self._parent("region")
        own = bool(parent or request.members)
        found = RegionProposal(self._title, request.code, parent, own, self._existing)
        self.problems += found.problems
        self.notes += found.notes
        self.missing_parent = found.missing_parent
        record = found.record
        if request.members:
            members = self._references("--member", "region", request.members)
            record = msgspec.structs.replace(record, members=members)
        return record

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
                near = near_names(text, self._existing.settings.language)
                name = near[0] if kind == "region" and near else text
                command = new_command(self._existing, kind, name)
                hints.append(f"to create it first: {command}")
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

    def _problem(self, place: str, message: str, hint: str) -> None:
        self.problems.append(Problem(place, 0, 0, message, hint))
