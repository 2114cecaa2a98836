"""The Content-Security-Policy of a page: it loads and runs nothing but what its template includes.

The renderer writes it into every page, so that no template can forget it. Styles and scripts are
allowed by the hash of their text (CSP Level 3, 8.3), so that what content might smuggle in is not.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256

Directives = Mapping[str, tuple[str, ...]]
"""The sources that each directive allows."""

EVERYWHERE: Directives = {
    "default-src": ("'none'",),
    "img-src": ("'self'", "data:"),
    "connect-src": ("'self'",),  # Lighthouse asks for robots.txt from within the page
    "base-uri": ("'none'",),
    "form-action": ("'self'",),
}
INLINE = {".css": "style-src", ".js": "script-src"}
"""By the end of a file's name: the directive that allows it within a page."""

_ALLOWS = re.compile(r"\{#\s*allows:\s*(.*?)\s*#\}", re.DOTALL)
_STYLE_COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)
_SCRIPT_COMMENT = re.compile(r"^//.*\n", re.MULTILINE)
_BEFORE = re.compile(r"(?:\s*<!doctype[^>]*>)?(?:\s*<html[^>]*>)?(?:\s*<head[^>]*>)?\n?", re.I)
_META = '<meta http-equiv="Content-Security-Policy" content="'
_WRITTEN = re.compile(rf'{_META}([^"]*)">\n?')


def is_asset(name: str) -> bool:
    """Whether a file of the templates is a style sheet or script, which is no template."""
    return name.endswith(tuple(INLINE))


def inline_text(name: str, text: str) -> str:
    """The text of a style sheet or script as it stands in a page: without comments.

    A comment of a script is a line of its own that begins with `//`, one of a style sheet is
    anywhere; neither file has such signs in a string.
    """
    text = _STYLE_COMMENT.sub("", text) if name.endswith(".css") else _SCRIPT_COMMENT.sub("", text)
    return text.removesuffix("\n")


def declared(template: str) -> Directives:
    """What a template asks for beyond: `{# allows: connect-src 'self'; script-src 'self' #}`."""
    return _parse("; ".join(_ALLOWS.findall(template)))


def inline_hash(name: str, text: str) -> Directives:
    """What allows a style sheet or script, by its file's name and text, within an element."""
    return {INLINE[name[name.rindex(".") :]]: (_hash(inline_text(name, text)),)}


def with_data(policy: str, data: str) -> str:
    """A policy that names a data block too: browsers do not ask for it, but checkers of HTML do."""
    if not data:
        return policy
    source = _hash(data)
    if "script-src " in policy:
        return policy.replace("script-src ", f"script-src {source} ", 1)
    return f"{policy}; script-src {source}"


def combine(parts: Iterable[Directives]) -> str:
    """The policy that allows what is allowed everywhere and by any of the parts."""
    found: dict[str, dict[str, None]] = {}
    for part in (EVERYWHERE, *parts):
        for directive, sources in part.items():
            found.setdefault(directive, {}).update(dict.fromkeys(sources))
    return "; ".join(" ".join((directive, *sources)) for directive, sources in found.items())


def with_policy(page: str, policy: str) -> str:
    """A page with its policy before all that it governs."""
    match = _BEFORE.match(page)
    start = match.end() if match else 0
    return f'{page[:start]}{_META}{policy}">\n{page[start:]}'


def without_policy(page: str) -> str:
    """A page as it was before `with_policy`."""
    return _WRITTEN.sub("", page, count=1)


def relaxed(page: str, more: Directives) -> str:
    """A page whose policy allows more, for a server that adds a script on the way out.

    Hashes go where `'unsafe-inline'` is added, since browsers ignore it beside them.
    """

    def relax(written: re.Match[str]) -> str:
        policy = _parse(written[1])
        for directive, sources in more.items():
            before = () if "'unsafe-inline'" in sources else policy.get(directive, ())
            policy[directive] = (*before, *sources)
        text = "; ".join(" ".join((directive, *sources)) for directive, sources in policy.items())
        return f'{_META}{text}">\n'

    return _WRITTEN.sub(relax, page, count=1)


def _parse(policy: str) -> dict[str, tuple[str, ...]]:
    asked = (part.split() for part in policy.split(";"))
    return {words[0]: tuple(words[1:]) for words in asked if words}


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
