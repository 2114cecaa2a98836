"""The headings of a body: their names as plain text, and the anchors that lead to them."""

from __future__ import annotations

import re
import string
import unicodedata

from dossier.content.documents import Heading
from dossier.content.markdown.findings import Findings
from dossier.content.markdown.marks import escape_attribute
from dossier.language.folding import fold
from dossier.language.labels import signposts
from dossier.language.messages import gettext

_COUNTED = re.compile(r"(.*)_([0-9]+)\Z")
_ANCHOR_SIGNS = {
    code: " " if char == "-" or char.isspace() else None
    for code, char in enumerate(map(chr, range(128)))
    if not (char.isalnum() or char == "_")
}
"""What becomes of the signs of ASCII in an anchor."""


class Headings:
    """The headings of one body, in their order. The title of the page is none of them."""

    def __init__(self, findings: Findings) -> None:
        self.found: list[Heading] = []
        self._findings = findings
        self._signposts = signposts(findings.lang)
        title = escape_attribute(gettext(findings.lang, "Link to this section"))
        self._link = f'<a class="anchor" href="#%s" title="{title}">#</a>'
        self._anchors: set[str] = set()
        self._repeated: dict[str, int] = {}

    def add(self, level: int, name: str) -> tuple[str, str]:
        """Note a heading by its text; return its attributes, and the link that ends it."""
        text = self._findings.heading_text(name)
        place = self._unique(anchor(text))
        if level > 1:
            self.found.append(Heading(level, place, text))
        kind = ' class="signpost"' if fold(name) in self._signposts else ""
        return f'{kind} id="{place}"', self._link % place

    def _unique(self, name: str) -> str:
        """Number an anchor that there is already, or that is empty."""
        if name in self._anchors or not name:
            match = _COUNTED.match(name)
            base, number = (match[1], int(match[2])) if match else (name, 0)
            known = self._repeated.get(base, 0)  # up to here, all numbers are taken
            follows = number <= known or name == f"{base}_{known + 1}"
            number = max(number, known) + 1 if follows else number + 1
            while f"{base}_{number}" in self._anchors:
                number += 1
            name = f"{base}_{number}"
            if follows:
                self._repeated[base] = number
        self._anchors.add(name)
        return name


def anchor(text: str) -> str:
    """Build the anchor of a heading: its letters in lower case, those of Latin without accents."""
    if text.isascii():
        return "-".join(text.lower().translate(_ANCHOR_SIGNS).split())
    kept: list[str] = []
    for char in unicodedata.normalize("NFKD", text.lower()):
        kind = unicodedata.category(char)[0]
        if kind == "M" and kept and kept[-1] in string.ascii_lowercase:
            continue
        if kind in "LMN" or char in "_- " or char.isspace():
            kept.append(" " if char.isspace() else char)
    words = unicodedata.normalize("NFC", "".join(kept)).replace("-", " ").split()
    return "-".join(words)
