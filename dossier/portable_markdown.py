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
_OURS = re.compile(
    r"(?<!\\)\[\[(?P<target>[^\[\]|\n]+?)(?:\\?\|(?P<label>[^\[\]|\n]+))?\]\]"
    r"| ?(?<!\\)\[(?P<cited>@[\w-]+(?:\s*;\s*@[\w-]+)*)\]"
    r"|(?P<before>\]\(\s*<?|^ {0,3}\[[^\]\n]+\]:\s*<?)(?P<address>/[^\s)>]*|[^\s)>:?#]+\.md)",
    re.MULTILINE,
)
_SIGNS = re.compile(r"[\\`*\[\]<]")


def portable_markdown(text: str, follow: Follow, note: Callable[[str], str]) -> str:
    """The Markdown of a body. `note` names the footnote of a source; unknown targets stay."""

    def translate(match: re.Match[str]) -> str:
        if match["cited"]:
            names = (name.strip().lstrip("@") for name in match["cited"].split(";"))
            return "".join(f"[^{note(name)}]" for name in names)
        found = follow((match["target"] or match["address"]).strip())
        if found is None:
            return match[0]
        address, title = found
        if match["address"]:
            return f"{match['before']}{address or match['address']}"
        label = (match["label"] or escape(title)).strip()
        return f"[{label}]({address})" if address else label

    pieces, end = [], 0
    for code in CODE.finditer(text):
        pieces += [_OURS.sub(translate, text[end : code.start()]), code[0]]
        end = code.end()
    return "".join([*pieces, _OURS.sub(translate, text[end:])])


def escape(text: str) -> str:
    """Plain text as Markdown that shows it."""
    return _SIGNS.sub(r"\\\g<0>", text)
