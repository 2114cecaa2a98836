"""Content-Security-Policy of pages: they load and run only what their templates include or link to.

The renderer writes it into every page, so that no template can forget it. Styles and scripts within
a page are allowed by the hash of their text (CSP Level 3, 8.3), so that none can be injected by
content; files of the site are allowed where a page links to one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

Directives = Mapping[str, tuple[str, ...]]
"""The sources that each directive allows."""

EVERYWHERE: Directives = {
    "default-src": ("'none'",),
    "img-src": ("'self'", "data:"),
    "connect-src": ("'self'",),  # Lighthouse asks for robots.txt from within the page
    "base-uri": ("'none'",),
    "form-action": ("'self'",),
}

_ALLOWS = re.compile(r"\{#\s*allows:\s*(.*?)\s*#\}", re.DOTALL)
_STRING = re.compile(r"""("[^"]*"|'[^']*')""")
_STRING_OR_COMMENT = re.compile(r"""\"[^"]*"|'[^']*'|/\*.*?\*/""", re.DOTALL)
_SCRIPT_COMMENT = re.compile(r"^//.*\n", re.MULTILINE)
_ELEMENT = re.compile(r"<(s(?:tyle|cript))(?: (?!type=)[^>]*)?>")
_BEFORE = re.compile(r"(?:\s*<!doctype[^>]*>)?(?:\s*<html[^>]*>)?(?:\s*<head[^>]*>)?\n?", re.I)
_META = '<meta http-equiv="Content-Security-Policy" content="'
_WRITTEN = re.compile(rf'{_META}([^"]*)">\n?')


def inline_text(name: str, text: str) -> str:
    """Shorten a style sheet or script for use within a page, by removing comments.

    In a script, a comment is a line of its own that begins with `//`, as no string does. Style
    sheets also lose spaces and line ends without meaning.
    """
    if not name.endswith(".css"):
        return _SCRIPT_COMMENT.sub("", text).removesuffix("\n")
    text = _STRING_OR_COMMENT.sub(lambda found: " " if found[0][0] == "/" else found[0], text)
    parts = _STRING.split(text)  # every second one is a string
    parts[::2] = map(_without_spaces, parts[::2])
    return "".join(parts).strip(" ")


def _without_spaces(style: str) -> str:
    """Keep only the white space that separates two words of a style sheet."""
    style = " ".join(f"|{style}|".split())[1:-1]  # with a space at an end that has any
    for mark in "{};,":
        style = style.replace(f" {mark}", mark).replace(f"{mark} ", mark)
    return style.replace(": ", ":").replace(";}", "}")


def declared(template: str) -> str:
    """Find what else a template allows: `{# allows: connect-src 'self'; script-src 'self' #}`."""
    return "; ".join(_ALLOWS.findall(template))


def allow(texts: Iterable[tuple[str, str]]) -> Directives:
    """Build the policy that allows the texts of some elements, each with its tag."""
    found: dict[str, tuple[str, ...]] = {}
    for tag, text in texts:
        directive = f"{tag}-src"
        found[directive] = (*found.get(directive, ()), _hash(text))
    return found


def allow_files(tags: Iterable[str]) -> Directives:
    """Build the policy of a page that links to style sheets or scripts of the site."""
    return {f"{tag}-src": ("'self'",) for tag in sorted(tags)}


def inline_elements(page: str) -> list[tuple[str, str]]:
    """Find the styles and scripts within a page: tag and text, without typed data blocks."""
    found, end = [], 0
    for place in sorted((*_places(page, "<script"), *_places(page, "<style"))):
        opened = _ELEMENT.match(page, place) if place >= end else None
        if opened is None:
            continue
        start, tag = opened.end(), opened[1]
        if (end := page.find(f"</{tag}>", start)) < 0:
            break
        if end > start:
            found.append((tag, page[start:end]))
    return found


def _places(page: str, text: str) -> Iterator[int]:
    """Find the places of a text: sooner than a regular expression that begins with it."""
    place = page.find(text)
    while place >= 0:
        yield place
        place = page.find(text, place + 1)


def with_data(policy: str, data: str) -> str:
    """Add a data block to a policy: browsers do not need it, but HTML checkers do."""
    if not data:
        return policy
    source = _hash(data)
    if "script-src " in policy:
        return policy.replace("script-src ", f"script-src {source} ", 1)
    return f"{policy}; script-src {source}"


def combine(parts: Iterable[Directives]) -> str:
    """Combine the base policy with some others."""
    found: dict[str, dict[str, None]] = {}
    for part in (EVERYWHERE, *parts):
        for directive, sources in part.items():
            found.setdefault(directive, {}).update(dict.fromkeys(sources))
    return "; ".join(" ".join((directive, *sources)) for directive, sources in found.items())


def with_policy(page: str, policy: str) -> str:
    """Insert a policy into a page, before everything that it applies to."""
    match = _BEFORE.match(page)
    before = match[0] if match else ""
    return page.replace(before, f'{before}{_META}{policy}">\n', 1)  # quicker than slices


def without_policy(page: str) -> str:
    """Remove the policy that `with_policy` inserted."""
    return _WRITTEN.sub("", page, count=1)


def relaxed(page: str, more: Directives) -> str:
    """Extend the policy of a page, for a server that adds a script to its responses.

    Where `'unsafe-inline'` is added, hashes are removed: browsers would ignore it otherwise.
    """

    def relax(written: re.Match[str]) -> str:
        policy = parse_policy(written[1])
        for directive, sources in more.items():
            before = () if "'unsafe-inline'" in sources else policy.get(directive, ())
            policy[directive] = tuple(dict.fromkeys((*before, *sources)))
        text = "; ".join(" ".join((directive, *sources)) for directive, sources in policy.items())
        return f'{_META}{text}">\n'

    return _WRITTEN.sub(relax, page, count=1)


def parse_policy(policy: str) -> dict[str, tuple[str, ...]]:
    """Read directives from their text."""
    asked = (part.split() for part in policy.split(";"))
    return {words[0]: tuple(words[1:]) for words in asked if words}


@lru_cache(maxsize=256)
def _hash(text: str) -> str:
    from base64 import b64encode
    from hashlib import sha256

    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
