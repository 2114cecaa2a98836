"""What templates, style sheets and scripts name of one another, found without rendering.

A template extends, includes or imports others, and links to files with `asset("…")`; style sheets
and scripts import others. Pages follow from all of these, so their names must be constant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from dossier.content.source_text import decode_text
from dossier.fingerprint import digest
from dossier.problems import Problem, ProblemError, suggest
from dossier.site.hierarchy import find_cycle
from dossier.theme.files import PREFIX, SITE_STYLES, Theme, is_asset
from dossier.theme.imports import find_imports

_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_REFERENCE = re.compile(r"\{%[-+]?\s*(?:extends|include|import|from)\s+(.*?)[-+]?%\}", re.DOTALL)
_CONSTANT = re.compile(r"""(["'])([^"']+)\1\s*(?:$|(?:import|as|with|without|ignore)\b)""")
_LINK = re.compile(  # it begins with letters, which are found sooner than the beginning of a word
    r"""asset\((?<=\basset\()\s*(?:(["'])([^"']+)\1\s*\))?"""
)


class References:
    """The references of a site's templates, each file read once."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._file = cache(theme.find)
        self.text = cache(self._read_text)
        self.fingerprint = cache(lambda name: digest(self.text(name)))
        self._without_comments = cache(self._remove_comments)
        self._links_in = cache(self._find_links_in)
        self._named = cache(self._find_named)
        self.closure = cache(self._find_closure)
        self.links = cache(self._find_links)
        self._without_circles: set[str] = set()

    def _find_closure(self, template: str) -> frozenset[str]:
        """List a template and everything that it is made of, or that it links to.

        Raises `ProblemError` where that is not known without rendering, missing, or in a circle.
        """
        closure, todo = set[str](), [template]
        while todo:
            name = todo.pop()
            if name not in closure:
                closure.add(name)
                todo += self._named(name)
        new = closure - self._without_circles
        if cycle := find_cycle({name: self._named(name) for name in new}):
            message = f"templates include each other: {' → '.join(cycle)}"
            raise ProblemError(self._problem(cycle[0], 1, message, "remove one of these tags"))
        self._without_circles |= new
        return frozenset(closure)

    def _find_links(self, template: str) -> tuple[str, ...]:
        """List the style sheets and scripts that pages of a template may link to, in order."""
        found = {
            link[2]
            for name in self.closure(template)
            if not is_asset(name)
            for link in self._links_in(name)
        }
        return tuple(sorted(name for name in found if self._file(name)))

    def _find_named(self, name: str) -> tuple[str, ...]:
        if is_asset(name):
            return tuple(self._imports(name))
        return (*self._tags(name), *self._linked(name))

    def _imports(self, name: str) -> Iterator[str]:
        """Find what a style sheet or script imports."""
        for other, line in find_imports(name, self.text(name)):
            if wrong := self._wrong(name, other, False):
                raise ProblemError(self._problem(name, line, *wrong))
            yield other

    def _tags(self, name: str) -> Iterator[str]:
        """Find what a template extends, includes or imports."""
        text = self._without_comments(name)
        for tag in _REFERENCE.finditer(text):
            constant = _CONSTANT.match(tag[1])
            line = text.count("\n", 0, tag.start()) + 1
            if not constant:
                message, hint = "a template included by a variable", "write its name in quotes"
                raise ProblemError(self._problem(name, line, message, hint))
            if wrong := self._wrong(name, constant[2], "ignore missing" in tag[0]):
                raise ProblemError(self._problem(name, line, *wrong))
            yield constant[2]

    def _linked(self, name: str) -> Iterator[str]:
        """Find the style sheets and scripts that a template links to; that of the site may lack."""
        for link in self._links_in(name):
            line = link.string.count("\n", 0, link.start()) + 1
            if not link[2]:
                message, hint = "a file linked by a variable", "write its name in quotes"
                raise ProblemError(self._problem(name, line, message, hint))
            if not is_asset(link[2]):
                message = f"'{link[2]}' is no style sheet or script"
                raise ProblemError(self._problem(name, line, message, "link to .css or .js"))
            if wrong := self._wrong(name, link[2], link[2] == SITE_STYLES):
                raise ProblemError(self._problem(name, line, *wrong))
            yield link[2]

    def _find_links_in(self, name: str) -> list[re.Match[str]]:
        return list(_LINK.finditer(self._without_comments(name)))

    def _wrong(self, name: str, other: str, may_be_missing: bool) -> tuple[str, str] | None:
        """Find what is wrong with a tag of one template that names another, and the way out."""
        if other == name:
            return f"'{name}' is made from itself", f"the packaged one is '{PREFIX}{name}'"
        outside = other.startswith("/") or ".." in other.split("/")
        if may_be_missing or (not outside and self._file(other)):
            return None
        known = {*self._theme.own_files(), *self._theme.packaged_files()}
        return f"the template '{other}' is missing", suggest(other, known)

    def _remove_comments(self, name: str) -> str:
        """Return a template's text, with empty lines in place of its comments."""
        return _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), self.text(name))

    def _read_text(self, name: str) -> str:
        file = self._file(name)
        return decode_text(file.read_bytes(), file.as_posix()).text if file else ""

    def _problem(self, name: str, line: int, message: str, hint: str) -> Problem:
        return problem_at(self._theme.path(name), line, message, hint)


def problem_at(path: Path, line: int, message: str, hint: str = "") -> Problem:
    """Build a problem at a line of a template; 0 for the file as a whole."""
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    source = lines[line - 1] if 0 < line <= len(lines) else ""
    column = len(source) - len(source.lstrip()) + 1
    return Problem(path.as_posix(), line, column, message, hint, source)
