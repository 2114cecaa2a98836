"""Style sheets and scripts that are made of others: what their first lines import, and the whole.

A style sheet names others with `@import "css/text.css";`, a script with `import "./js/text.js"`,
by paths from its own folder. Published files hold the texts in place of these lines, so that
readers load one file.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator

from dossier.theme.files import PREFIX

_IMPORTS = {
    ".css": re.compile(r'^@import "([^":]+)";\n?', re.MULTILINE),
    ".js": re.compile(r'^import "\./([^"]+)";?\n?', re.MULTILINE),
}

_WORD = "import"
"""What every import has, and few files: it is found sooner than the beginnings of lines."""


def find_imports(name: str, text: str) -> Iterator[tuple[str, int]]:
    """Find the names of the files that a style sheet or script imports, each with its line."""
    for found in _IMPORTS[posixpath.splitext(name)[1]].finditer(text) if _WORD in text else ():
        yield _beside(name, found[1]), text.count("\n", 0, found.start()) + 1


def join_imports(name: str, read: Callable[[str], str]) -> str:
    """Return a style sheet or script with the texts of those that it imports in it."""
    pattern = _IMPORTS[posixpath.splitext(name)[1]]

    def text_of(found: re.Match[str]) -> str:
        return f"{join_imports(_beside(name, found[1]), read).rstrip()}\n"

    text = read(name)
    return pattern.sub(text_of, text) if _WORD in text else text


def _beside(name: str, path: str) -> str:
    """Return the name of a file by its path from another.

    What a packaged file imports is looked up like what a packaged template includes: a site's own
    file comes first.
    """
    folder = posixpath.dirname(name.removeprefix(PREFIX))
    return posixpath.normpath(posixpath.join(folder, path))
