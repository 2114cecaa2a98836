"""The Content-Security-Policy of a page: it loads and runs nothing but what its template includes.

The renderer writes it into every page, so that no template can forget it. Styles and scripts are
allowed by the hash of their text (CSP Level 3, 8.3), so that what content might smuggle in is not.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from functools import lru_cache
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
_ASSETS = (".css", ".js")

_ALLOWS = re.compile(r"\{#\s*allows:\s*(.*?)\s*#\}", re.DOTALL)
_SPACE = r"(?:/\*.*?\*/|\s)"
_STYLE_TOKEN = re.compile(rf""""[^"]*"|'[^']*'|;(?={_SPACE}*\}})|{_SPACE}+""", re.DOTALL)
_SCRIPT_COMMENT = re.compile(r"^//.*\n", re.MULTILINE)
_ELEMENT = re.compile(r"<(style|script)(?: (?!type=)[^>]*)?>(.*?)</\1>", re.DOTALL)
_BEFORE = re.compile(r"(?:\s*<!doctype[^>]*>)?(?:\s*<html[^>]*>)?(?:\s*<head[^>]*>)?\n?", re.I)
_META = '<meta http-equiv="Content-Security-Policy" content="'
_WRITTEN = re.compile(rf'{_META}([^"]*)">\n?')


def is_asset(name: str) -> bool:
    """Whether a file of the templates is a style sheet or script, which is no template."""
    return name.endswith(_ASSETS)


def inline_text(name: str, text: str) -> str:
    """The text of a style sheet or script as it stands in a page: without comments.

    A comment of a script is a line of its own that begins with `//`, which no string of it does.
    A style sheet is also without the spaces and line ends that mean nothing.
    """
    if not name.endswith(".css"):
        return _SCRIPT_COMMENT.sub("", text).removesuffix("\n")
    return _STYLE_TOKEN.sub(_needed, text)


def _needed(token: re.Match[str]) -> str:
    """A string as it is; of space and comments what parts two words of a style sheet."""
    if token[0][0] in "\"'":
        return token[0]
    before, after = token.string[: token.start()][-1:], token.string[token.end() :][:1]
    bare = token[0] == ";" or before in "{};,:" or after in "{};,"
    return "" if bare else " "


def declared(template: str) -> Directives:
    """What a template asks for beyond: `{# allows: connect-src 'self'; script-src 'self' #}`."""
    return _parse("; ".join(_ALLOWS.findall(template)))


def allow(texts: Iterable[tuple[str, str]]) -> Directives:
    """What allows the texts of elements, each with its tag: `style` or `script`."""
    found: dict[str, tuple[str, ...]] = {}
    for tag, text in texts:
        directive = f"{tag}-src"
        found[directive] = (*found.get(directive, ()), _hash(text))
    return found


def inline_elements(page: str) -> list[tuple[str, str]]:
    """The styles and scripts within a page: tag and text. Data blocks, with a type, are none."""
    return [(tag, text) for tag, text in _ELEMENT.findall(page) if text]


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


@lru_cache(maxsize=256)
def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
