"""The headings of a body: their names as plain text, and the anchors that lead to them."""

from __future__ import annotations

import string
import unicodedata
from functools import lru_cache

from dossier.content.documents import Heading
from dossier.content.markdown.findings import Findings
from dossier.content.markdown.marks import escape_attribute
from dossier.language.folding import fold
from dossier.language.labels import signposts
from dossier.language.messages import gettext

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
        title = escape_attribute(gettext(findings.lang, "Link to this section"))
        self._link = f'<a class="anchor" href="#%s" title="{title}">#</a>'
        self._anchors: set[str] = set()
        self._numbered: dict[str, int] = {}

    def add(self, level: int, name: str) -> tuple[str, str]:
        """Note a heading by its text; return its attributes, and the link that ends it."""
        text = self._findings.heading_text(name)
        place = self._unique(anchor(text))
        if level > 1:
            self.found.append(Heading(level, place, text))
        kind = ' class="signpost"' if _is_signpost(name, self._findings.lang) else ""
        return f'{kind} id="{place}"', self._link % place

    def _unique(self, name: str) -> str:
        """Number an anchor that there is already, or that is empty."""
        if name and name not in self._anchors:
            self._anchors.add(name)
            return name
        from markdown.extensions.toc import unique  # few texts repeat a heading

        return unique(name, self._anchors, self._numbered)


@lru_cache(1 << 12)
def _is_signpost(name: str, lang: str) -> bool:
    return fold(name) in signposts(lang)


@lru_cache(1 << 12)  # many texts have the same headings
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
