"""Style sheets and scripts that pages share as files of the output, each under its own name.

Their addresses end with a version that follows from the text, so that browsers keep a file as long
as it stays the same. It is not part of the file's name: a page that someone kept never points to a
file that is gone.
"""

from __future__ import annotations

from functools import cache

from dossier.fingerprint import digest
from dossier.kept_results import KeptResults
from dossier.render.csp import inline_text
from dossier.theme.imports import join_imports
from dossier.theme.references import References

_VERSION = 8
"""The digits of a version: enough to tell the texts of one file apart."""


class Assets:
    """The files that pages of a site link to."""

    def __init__(self, references: References, kept: KeptResults) -> None:
        self._references = references
        self.text = cache(self._join)
        self.address = cache(kept.of(self._find_address))
        self.names = cache(kept.of(self._find_names))
        self._links = cache(self._find_links)

    def linked(self, template: str, page: str) -> frozenset[str]:
        """Tell whether a page of a template links to styles or scripts: the tags of their texts."""
        links = self._links(template).items()
        return frozenset(tag for tag, found in links if _has_any(page, found))

    def _find_links(self, template: str) -> dict[str, list[str]]:
        """List the links that pages of a template may have, by the tags of their texts."""
        found: dict[str, list[str]] = {}
        for name in self.names(template):
            tag = "style" if name.endswith(".css") else "script"
            found.setdefault(tag, []).append(f'{self.address(name)}"')
        return found

    def _find_names(self, template: str) -> list[str]:
        """List the files that pages of a template may link to."""
        return list(self._references.links(template))

    def _join(self, name: str) -> str:
        """Return the text of a file as it is published: with what it imports, and short."""
        return inline_text(name, join_imports(name, self._references.text))

    def _find_address(self, name: str) -> str:
        """Return the address of a file from the root of the site, as templates write it."""
        return f"{name}?v={digest(self.text(name))[:_VERSION]}"


def _has_any(page: str, links: list[str]) -> bool:
    """Tell whether a page has one of some links; that one is the first to be looked for next."""
    for place, link in enumerate(links):
        if link in page:
            links.insert(0, links.pop(place))
            return True
    return False
