"""A body's Markdown for other programs: what only this site understands becomes common Markdown.

`[[links]]` and links to pages of the site get whole addresses, `[@citations]` become footnotes.
Code stays as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Follow = Callable[[str], tuple[str, str] | None]
"""What a target leads to, by what was written: an address (empty: nowhere) and a title."""

CODE = re.compile(
    r"^ {0,3}(?P<fence>```+|~~~+).*?(?:^ {0,3}(?P=fence)|\Z)"
    r"|(?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)",
    re.MULTILINE | re.DOTALL,
)
# each begins with the same letters wherever it matches, which is found fast
_LINK = re.compile(r"\[\[(?<!\\\[\[)([^\[\]|\n]+?)(?:\\?\|([^\[\]|\n]+))?\]\]")
_CITATION = re.compile(r"\[@(?<!\\\[@)([\w-]+(?:\s*;\s*@[\w-]+)*)\](?!\()")
_BESIDE = r"[^\s)>:?#]+\.md|(?:\.\.?/)*files/[^\s)>]+"
_ADDRESS = re.compile(rf"(\]\(\s*)(/[^\s)>]*|{_BESIDE})")
_POINTED = re.compile(r"(\](?:\(|:)\s*)<([^<>\n]+)>")
_DEFINITION = re.compile(rf"(\]:\s*)(/[^\s>]*|{_BESIDE})")
_NOTES = "\x11"  # where notes begin: a control character, which no body may contain
_SIGNS = re.compile(r"[\\`*\[\]<]")


def portable_markdown(text: str, follow: Follow, note: Callable[[str], str]) -> str:
    """Rewrite a body. `note` names the footnote of a source; unknown targets stay."""

    def link(match: re.Match[str]) -> str:
        found = follow(match[1].strip())
        if found is None:
            return match[0]
        address, title = found
        label = match[2].strip() if match[2] else escape(title)
        return f"[{label}]({address})" if address else label

    def cite(match: re.Match[str]) -> str:
        names = (name.strip().lstrip("@") for name in match[1].split(";"))
        return _NOTES + "".join(f"[^{note(name)}]" for name in names)

    def complete(match: re.Match[str]) -> str:
        found = follow(match[2])
        if found and found[0]:
            return match[1] + found[0]
        return match[0]

    def translate(part: str) -> str:
        part = _LINK.sub(link, _CITATION.sub(cite, part))
        part = _DEFINITION.sub(complete, _ADDRESS.sub(complete, _POINTED.sub(complete, part)))
        return part.replace(f" {_NOTES}", "").replace(_NOTES, "")

    if "`" not in text and "~~~" not in text:
        return translate(text)
    pieces, end = [], 0
    for code in CODE.finditer(text):
        pieces += [translate(text[end : code.start()]), code[0]]
        end = code.end()
    return "".join([*pieces, translate(text[end:])])


def escape(text: str) -> str:
    """Plain text as Markdown that shows it."""
    return _SIGNS.sub(r"\\\g<0>", text)
