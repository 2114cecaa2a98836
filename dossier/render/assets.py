"""Style sheets and scripts that pages share as files of the output, each under its own name.

Their addresses end with a version that follows from the text, so that browsers keep a file as long
as it stays the same. It is not part of the file's name: a page that someone kept never points to a
file that is gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from dossier.fingerprint import digest
from dossier.render.csp import inline_text
from dossier.theme.imports import join_imports
from dossier.theme.references import References

_VERSION = 8
"""The digits of a version: enough to tell the texts of one file apart."""


class Assets:
    """The files that pages of a site link to."""

    def __init__(self, references: References) -> None:
        self._references = references
        self.text = cache(self._join)
        self.address = cache(self._find_address)

    def linked(self, template: str, page: str) -> Iterator[str]:
        """Find which files a page of a template links to."""
        for name in self._references.links(template):
            if f'{self.address(name)}"' in page:
                yield name

    def _join(self, name: str) -> str:
        """Return the text of a file as it is published: with what it imports, and short."""
        return inline_text(name, join_imports(name, self._references.text))

    def _find_address(self, name: str) -> str:
        """Return the address of a file from the root of the site, as templates write it."""
        return f"{name}?v={digest(self.text(name))[:_VERSION]}"
