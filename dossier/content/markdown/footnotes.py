"""Footnotes: numbered as the text refers to them, and listed at its end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString
from markdown_it.token import Token

from dossier.language.messages import gettext


class Notes:
    """The notes of one document, taken out of its tokens. `body` is what is left of these."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.body: list[Token] = []
        self._defined: dict[str, tuple[int, list[Token]]] = {}
        self._used: dict[str, int] = {}  # how often, by label
        self._order: list[str] = []
        self._numbers: dict[str, int] = {}
        into = [self.body]
        for token in tokens:
            if token.type == "footnote_reference_open":
                note: list[Token] = []
                line = token.map[0] if token.map else 0
                self._defined.setdefault(token.meta["label"], (line, note))
                into.append(note)
            elif token.type == "footnote_reference_close":
                into.pop()
            else:
                into[-1].append(token)

    def refer(self, label: str) -> Element | None:
        """Build the element of a place that refers to a note; None where there is no such note."""
        if label not in self._defined:
            return None
        self._used[label] = times = self._used.get(label, 0) + 1
        if times == 1:
            self._order.append(label)
            self._numbers[label] = len(self._order)
        place = Element("sup", id=_place(label, times))
        link = SubElement(place, "a", {"class": "footnote-ref", "href": f"#fn:{label}"})
        link.text = AtomicString(str(self._numbers[label]))
        return place

    def build(
        self, root: Element, lang: str, fill: Callable[[Sequence[Token], Element], None]
    ) -> None:
        """Add the list of notes; `fill` adds what tokens stand for to an element."""
        if not self._used:
            return
        section = SubElement(root, "div", {"class": "footnote"})
        SubElement(section, "hr")
        items = SubElement(section, "ol")
        for label in self._order:  # grows, since a note may be the first to use another
            fill(self._defined[label][1], SubElement(items, "li", id=f"fn:{label}"))
        title = gettext(lang, "Back to note {} in the text")
        for number, (item, label) in enumerate(zip(items, self._order, strict=True), 1):
            last = item[-1] if len(item) else None
            if last is None or last.tag != "p":
                last = SubElement(item, "p")
            else:
                _append(last, "\u00a0")
            for times in range(1, self._used[label] + 1):
                link = SubElement(last, "a", {"class": "footnote-backref"})
                link.set("href", f"#{_place(label, times)}")
                link.set("title", title.format(number))
                link.text = AtomicString("\u21a9")

    def unused(self) -> Iterator[tuple[str, int]]:
        """List the notes that nothing refers to, and the line of each."""
        for label, (line, _) in self._defined.items():
            if label not in self._used:
                yield f"[^{label}]", line


def _place(label: str, times: int) -> str:
    return f"fnref{times if times > 1 else ''}:{label}"


def _append(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
