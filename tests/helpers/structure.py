"""The structure of HTML, to compare what two readers of Markdown make of a text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from markdown_it import MarkdownIt

from dossier.content.markdown.parse import parse_body
from dossier.content.settings import HtmlPolicy
from dossier.content.source_text import SourceText

EMPTY = {"br", "hr", "img", "input"}
KEPT = ("alt", "start", "title")
TYPESET = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..."})


class _Judge(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802, ARG002
        return True


OPTIONS = {"html": False, "maxNesting": 100, "tasklists": True, "alerts": True}
JUDGE = _Judge("commonmark", OPTIONS).enable(["table", "strikethrough"])


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root: list[Any] = ["root", (), []]
        self.path = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given, tag = dict(attrs), "del" if tag == "s" else tag
        shown = [] if given.get("class") == "anchor" else self.path[-1][2]
        node = [tag, tuple((name, given[name]) for name in KEPT if given.get(name)), []]
        shown.append(node)
        if tag not in EMPTY:
            self.path.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY:
            self.path.pop()

    def handle_data(self, data: str) -> None:
        self.path[-1][2].append(data)


def structure(html: str) -> list[Any]:
    """Elements, texts and what a reader is told, without anchors, wrappers and typography."""
    tree = _Tree()
    tree.feed(html)
    tree.close()
    return _plain(tree.root[2], code=False)


def _plain(nodes: list[Any], code: bool) -> list[Any]:
    found: list[Any] = []
    text = ""
    for node in [*nodes, None]:
        if isinstance(node, str):
            text += node
            continue
        if not code:
            text = re.sub("-+", "-", re.sub(r"\s+", " ", text.translate(TYPESET))).strip()
        found += [text] if text else []
        text = ""
        if node is None:
            break
        tag, attributes, within = node
        inner = _plain(within, code or tag == "pre")
        found += inner if tag == "div" else [(tag, _said(attributes), inner)]
    return found


def _said(attributes: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((name, " ".join(value.split())) for name, value in attributes)


def ours(text: str, policy: HtmlPolicy = "escaped") -> list[Any]:
    """What a body's reader makes of a text."""
    body, _ = parse_body(SourceText("a.md", text), text, lang="en", policy=policy, sources=None)
    return structure("".join(body.parts))


def judged(text: str) -> list[Any]:
    """What markdown-it-py makes of it."""
    return structure(JUDGE.render(text))
