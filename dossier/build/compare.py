"""Two output folders side by side: which pages a change adds, changes and removes.

For whoever reviews a change to the content; written in Markdown, as a pull request shows it.
"""

from __future__ import annotations

import html
import re
from pathlib import Path

import msgspec

MOST = 200
"""Pages that are listed; the rest is counted."""

_TITLE = re.compile(rb"<title>(.*?)</title>", re.DOTALL)
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")


class PageChange(msgspec.Struct, frozen=True):
    """A page of which the two folders hold different bytes, or only one of them any."""

    path: str
    title: str
    kind: str
    """`added`, `changed` or `removed`."""


def compare_outputs(before: Path, after: Path) -> list[PageChange] | None:
    """Return the pages that differ, by path; None where there is nothing to compare with."""
    if not before.is_dir():
        return None
    old, new = _pages(before), _pages(after)
    changes = []
    for path in sorted(old | new):
        was = (before / path).read_bytes() if path in old else b""
        now = (after / path).read_bytes() if path in new else b""
        if was != now:
            kind = "changed" if was and now else "added" if now else "removed"
            changes.append(PageChange(path, _title(now or was), kind))
    return changes


def render_comparison(changes: list[PageChange] | None) -> str:
    """Render the pages that differ as a list in Markdown."""
    if changes is None:
        return "There is no earlier build to compare with."
    if not changes:
        return "No page changes."
    lines = [f"{len(changes)} {'page changes' if len(changes) == 1 else 'pages change'}:", ""]
    for change in changes[:MOST]:
        title = _SPECIAL.sub(r"\\\1", change.title)
        lines.append(f"- {change.kind}: {title} (`/{change.path.removesuffix('index.html')}`)")
    if len(changes) > MOST:
        lines.append(f"- … and {len(changes) - MOST} more")
    return "\n".join(lines)


def _pages(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}


def _title(page: bytes) -> str:
    found = _TITLE.search(page)
    return html.unescape(" ".join(found[1].decode("utf-8", "replace").split())) if found else ""
