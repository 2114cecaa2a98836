"""llms.txt (https://llmstxt.org): a Markdown file that tells a language model what to read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dossier.pages.files.views import LlmsLink, LlmsView

_MARKUP = re.compile(r"[\\\[\]<>*_`]")


def llms_text(view: LlmsView) -> str:
    """Render a heading, the tagline as a quotation, and sections with lists of links."""
    return "\n".join(_lines(view)) + "\n"


def _lines(view: LlmsView) -> Iterator[str]:
    yield f"# {_plain(view.title)}"
    if view.tagline:
        yield f"\n> {_plain(view.tagline)}"
    for section in view.sections:
        yield f"\n## {section.heading}\n"
        yield from map(_link, section.links)


def _link(link: LlmsLink) -> str:
    line = f"- [{_plain(link.title)}]({link.url})"
    return f"{line}: {_plain(link.note)}" if link.note else line


def _plain(text: str) -> str:
    """Escape characters that are special in Markdown."""
    return _MARKUP.sub(lambda match: "\\" + match[0], text)
