"""Footnotes: numbered as the text refers to them, and listed at its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement

from dossier.content.markdown.blocks.ordinary import AnyToken
from dossier.content.markdown.marks import Unset, escape_attribute
from dossier.language.messages import gettext


class Notes:
    """The notes of one document, taken out of its tokens. `body` is what is left of these."""

    def __init__(self, tokens: Sequence[AnyToken]) -> None:
        self.body: list[AnyToken] = []
        self._defined: dict[str, tuple[int, list[AnyToken]]] = {}
        self._used: dict[str, int] = {}  # how often, by label
        self._order: list[str] = []
        self._numbers: dict[str, int] = {}
        into = [self.body]
        for token in tokens:
            if token.type == "footnote_reference_open":
                note: list[AnyToken] = []
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
        link.text = Unset(str(self._numbers[label]))
        return place

    @property
    def order(self) -> Sequence[str]:
        """The labels of all that the text refers to so far, as they are numbered."""
        return self._order

    def tokens(self, label: str) -> Sequence[AnyToken]:
        """List the tokens of a note."""
        return self._defined[label][1]

    def links_back(self, label: str, number: int, lang: str) -> str:
        """Write the links from a note to where the text refers to it."""
        title = escape_attribute(gettext(lang, "Back to note {} in the text").format(number))
        places = [escape_attribute(_place(label, n + 1)) for n in range(self._used[label])]
        return "".join(
            f'<a class="footnote-backref" href="#{place}" title="{title}">\u21a9</a>'
            for place in places
        )

    def unused(self) -> Iterator[tuple[str, int]]:
        """List the notes that nothing refers to, and the line of each."""
        for label, (line, _) in self._defined.items():
            if label not in self._used:
                yield f"[^{label}]", line


def _place(label: str, times: int) -> str:
    return f"fnref{times if times > 1 else ''}:{label}"
