"""What there is to override: every file of the theme with a line of its own words."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from dossier.pages import builders
from dossier.theme.copies import original_mark, read_mark
from dossier.theme.files import PREFIX, SITE_STYLES, Theme
from dossier.views.parts import TemplateView

_FOR_TEMPLATE = re.compile(r"(pages/\w+\.html): (.*?)(?=\.\s|\.$|\n\n|$)", re.DOTALL)
_COMMENT = re.compile(r"(?:\{#|/\*|//)\s*(.*?)\s*(?:#\}|\*/|$)")


class ThemeFile(msgspec.Struct, frozen=True):
    """A file of the theme. `own` says what the site has in its place; empty for nothing."""

    name: str
    about: str
    own: str = ""


def list_theme(theme: Theme) -> list[ThemeFile]:
    """List the files of the theme, and those that only the site has."""
    about = describe_templates(theme)
    about.setdefault(SITE_STYLES, "A site's own style sheet, added to those of the theme")
    own = theme.own_files()
    names = sorted({*about, *own})
    return [
        ThemeFile(name, about.get(name, ""), _describe_own(theme, name) if name in own else "")
        for name in names
    ]


def describe_templates(theme: Theme) -> dict[str, str]:
    """Return a line for each packaged file: of its view, or of its own first comment."""
    of_pages = {match[1]: match[2] for match in _view_lines()}
    return {
        name: of_pages.get(name) or _first_comment((theme.packaged / name).read_text("utf-8"))
        for name in theme.packaged_files()
    }


def template_views() -> dict[str, type[TemplateView]]:
    """Return the view of each page's template, by the template's name."""
    assert builders.__doc__  # imported, since it brings every view along
    views = {}
    todo = [TemplateView]
    while todo:
        view = todo.pop()
        todo += view.__subclasses__()
        if match := _FOR_TEMPLATE.match(view.__doc__ or ""):
            views[match[1]] = view
    return dict(sorted(views.items()))


def _view_lines() -> Iterator[re.Match[str]]:
    for view in template_views().values():
        if match := _FOR_TEMPLATE.match(" ".join((view.__doc__ or "").split())):
            yield match


def _first_comment(text: str) -> str:
    match = _COMMENT.match(text.partition("\n")[0])
    return match[1].partition(". ")[0].rstrip(".") if match else ""


def _describe_own(theme: Theme, name: str) -> str:
    text = theme.path(name).read_text("utf-8", "replace")
    if mark := read_mark(text):
        now = original_mark(theme, name)
        changed = now is not None and now.fingerprint != mark.fingerprint
        return f"copied from {mark.version}" + (", changed since" if changed else "")
    if PREFIX + name in text:
        return "extends the packaged one"
    if name == SITE_STYLES:
        return "added"
    return "replaces the packaged one" if (theme.packaged / name).is_file() else "only here"
