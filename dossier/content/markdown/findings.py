"""What one body holds beside its HTML: links into the site, citations, notes, problems."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple
from xml.etree.ElementTree import Element, SubElement

from dossier.content.documents import Picture, Shown, Slot
from dossier.content.markdown.footnotes import Notes
from dossier.content.markdown.marks import (
    CITATION_MARK,
    SLOT_ADDRESS,
    TITLE_MARK,
    Unset,
    without_marks,
)
from dossier.problems import Severity, suggest

_CITATION_NUMBER = re.compile(f"{CITATION_MARK}.*?{CITATION_MARK}")
_TITLE_NUMBER = re.compile(f"{TITLE_MARK}([0-9]+){TITLE_MARK}")
_NAME = re.compile(r"@([\w-]+)")


class Finding(NamedTuple):
    """A problem at an offset of the body."""

    place: int
    message: str
    hint: str
    severity: Severity


class Findings:
    """What one conversion found; made anew for each document."""

    notes: Notes

    def __init__(self, lang: str, sources: Sequence[str] | None) -> None:
        self.lang = lang
        self.sources = sources
        self.slots: list[Slot] = []
        self.citations: list[str] = []
        self.fragments: list[tuple[str, int]] = []
        self.problems: list[Finding] = []
        self.places: dict[Element, int] = {}
        """Where the addresses of links and images stand."""
        self.code: list[tuple[int, int]] = []
        """Where code stands in the body: starts and ends."""
        self.words = 0
        self._cited: dict[str, int] = {}
        self._numbers: dict[str, int] = {}
        self._level = 1

    def note_code(self, start: int, end: int) -> None:
        """Record where code stands."""
        self.code.append((start, end))

    def error(self, place: int, message: str, hint: str) -> None:
        """Report what an author must correct."""
        self.problems.append(Finding(place, message, hint, "error"))

    def warning(self, place: int, message: str, hint: str) -> None:
        """Report what reads differently from how it looks."""
        self.problems.append(Finding(place, message, hint, "warning"))

    def slot(self, target: str, place: int, fill: Literal["href", "title"] = "href") -> int:
        """Add a slot; return its number."""
        self.slots.append(Slot(fill, target, place))
        return len(self.slots) - 1

    def table(self, target: str, place: int, shown: Shown) -> int:
        """Add a slot for a table; return its number."""
        self.slots.append(Slot("table", target, place, shown))
        return len(self.slots) - 1

    def image(self, target: str, place: int, picture: Picture) -> int:
        """Add a slot for an image; return its number."""
        self.slots.append(Slot("src", target, place, image=picture))
        return len(self.slots) - 1

    def address(self, element: Element, place: int) -> None:
        """Record where a link's or an image's address is."""
        self.places[element] = place

    def heading(self, level: int, place: int) -> None:
        """Look at the level of the next heading."""
        if level == 1:
            message = "a heading of the first level: the title is the only one"
            self.error(place, message, "begin with ##")
        elif level > self._level + 1:
            message = f"a heading of level {level} after one of level {self._level}"
            if self._level == 1:
                message = f"the first heading is of level {level}"
            self.warning(place, message, f"begin with {'#' * (self._level + 1)}")
        self._level = level

    def footnote(self, label: str, place: int) -> Element | None:
        """Build the element of `[^label]`; None where the label is not defined."""
        note = self.notes.refer(label)
        if note is None:
            message = f"the footnote [^{label}] is not defined"
            self.error(place, message, f"add a line  [^{label}]: the text")
        return note

    def site_link(self, target: str, place: int, titled: bool) -> Element:
        """Build the element of `[[target]]`, with its title as its text where that is wanted."""
        link = Element("a", href=f"{SLOT_ADDRESS}{self.slot(target, place)}")
        if titled:
            number = self.slot(target, place, "title")
            link.text = Unset(f"{TITLE_MARK}{number}{TITLE_MARK}")
        return link

    def citation(self, names: str, locate: Callable[[int], int]) -> Element:
        """Build the element of `[@a; @b]`; `locate` converts places in it to those of the body."""
        group = Element("sup", {"class": "cite"})
        for match in _NAME.finditer(names):
            name = match[1]
            if self.sources is not None and name not in self.sources:
                known = ", ".join(self.sources) or "none: a briefing lists them in `sources`"
                hint = suggest(name, self.sources) or f"the sources of this briefing are {known}"
                self.error(locate(match.start()), f"unknown source '{name}'", hint)
                continue
            number, time = self._cite(name)
            link = SubElement(group, "a", href=f"#source:{name}", id=f"cite:{name}:{time}")
            link.text = Unset(f"{CITATION_MARK}[{number}]{CITATION_MARK}")
        return group

    def _cite(self, source: str) -> tuple[int, int]:
        """Count a citation; return its number (by first citation) and how often it is cited."""
        self.citations.append(source)
        self._cited[source] = time = self._cited.get(source, 0) + 1
        return self._numbers.setdefault(source, len(self._numbers) + 1), time

    def heading_text(self, name: str) -> str:
        """Convert a heading to plain text: without citations, links by what they name."""
        if not name.isprintable():  # as marks are not
            name = _CITATION_NUMBER.sub("", name)
            name = _TITLE_NUMBER.sub(lambda m: self.slots[int(m[1])].target, name)
            name = without_marks(name)
        return " ".join(name.split())
