"""The style sheets and scripts of a page: what it links to, resolved as a browser does."""

from __future__ import annotations

import posixpath
import re
from typing import Protocol

_LINKED = re.compile(r'<(?:link rel="stylesheet" href|script src)="([^"]+)"')
_STYLES = re.compile(
    r'<link rel="stylesheet" href="([^"]+)"|<style>(.*?)</style>',
    re.DOTALL,
)


class Built(Protocol):
    """A site that was built."""

    def read(self, path: str) -> str:
        """Read a file of the output."""
        ...


def linked_files(site: Built, page: str) -> list[str]:
    """The files that a page links to, in order: as output files, without their versions."""
    return [resolve(page, address) for address in _LINKED.findall(site.read(page))]


def addresses(site: Built, page: str) -> list[str]:
    """The addresses by which a page links to its style sheets and scripts, with their versions."""
    return [posixpath.basename(address) for address in _LINKED.findall(site.read(page))]


def styles_of(site: Built, page: str) -> list[str]:
    """The texts of a page's style sheets in their order, whether linked or within it."""
    return [
        site.read(resolve(page, address)) if address else inline
        for address, inline in _STYLES.findall(site.read(page))
    ]


def resolve(page: str, address: str) -> str:
    """Return the output file that an address on a page leads to."""
    path = address.partition("?")[0]
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
