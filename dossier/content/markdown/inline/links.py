"""Addresses in a text by CommonMark's rules: behind a link's text, in `< >`, and bare."""

from __future__ import annotations

import re

_ESCAPED = re.compile(
    r"\\([!-/:-@\[-`{-~])|&(?:#[xX][0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});"
)
_GAP = re.compile(r"[ \t\n]*")
_PLAIN = re.compile(r"[^\x00-\x20\x7f()\\<&][^\x00-\x20\x7f()\\&]*+(?=\))")
_PIECE = re.compile(r"(?:[^\x00-\x20\x7f()\\]++|\\[!-/:-@\[-`{-~]|\\)++")
_POINTED = re.compile(r"<((?:[^<>\n\\]++|\\.)*+)>")
_TITLE = re.compile(
    r'"((?:[^"\\]++|\\.)*+)"' r"|'((?:[^'\\]++|\\.)*+)'" r"|\(((?:[^()\\]++|\\.)*+)\)", re.DOTALL
)
_DEEPEST = 32
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^<>\x00-\x20]*)>")
_LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
_AUTOMAIL = re.compile(rf"<([a-zA-Z0-9.!#$%&'*+/=?^_`{{|}}~-]++@{_LABEL}(?:\.{_LABEL})*)>")
_WEB = re.compile(
    r"(?:https?://|www\.)[\w-]+(?:\.[\w-]+)*+(?::\d+)?"
    r"(?:[/?#](?:[^\s<>\[\]`]|\[[^\s<>\[\]`]*\])*+)?"
)
_SCHEME = re.compile(r"(?<![\w/.@:+-])https?\Z")
_MAILBOX = re.compile(r"(?<![\\\w.+-])\w[\w.+-]*\Z")
_DOMAIN = re.compile(r"@[\w-]+(?:\.[\w-]+)+")
_LONGEST_MAILBOX = 64
_FILE = re.compile(r"(?:\.\.?/)*files/.")
_REFERENCE_END = re.compile(r"&\w{1,32};\Z")


def leads_to_file(address: str) -> bool:
    """Tell whether an address is one of this site, or a file beside a text: `../files/plan.png`."""
    if address.startswith("/"):
        return not address.startswith("//")
    return _FILE.match(address) is not None


def unescape(text: str) -> str:
    """Decode an address or a title: remove backslashes, decode character references."""
    if "\\" not in text and "&" not in text:
        return text
    import html  # loads its names of characters, of which few texts have one

    return _ESCAPED.sub(lambda match: match[1] or html.unescape(match[0]), text)


def find_tail(text: str, start: int) -> tuple[str, str, int, int] | None:
    """Read the parentheses after a link's text: address, title, end, place of the address."""
    if plain := _PLAIN.match(text, start + 1):
        return plain[0], "", plain.end() + 1, start + 1
    place = end = _skip(text, start + 1)
    found = find_destination(text, place)
    if found is None:
        return None
    address, end = found
    after = _skip(text, end)
    title = ""
    if after > end and (match := _TITLE.match(text, after)):
        title = unescape(match[match.lastindex or 0])
        after = _skip(text, match.end())
    if text[after : after + 1] != ")":
        return None
    return unescape(address), title, after + 1, place


def _skip(text: str, start: int) -> int:
    match = _GAP.match(text, start)
    return match.end() if match else start


def find_destination(text: str, start: int) -> tuple[str, int] | None:
    """Read an address as it is written, in `< >` or not, and its end."""
    if text[start : start + 1] == "<":
        match = _POINTED.match(text, start)
        return (match[1], match.end()) if match else None
    depth, end = 0, start
    while True:
        if match := _PIECE.match(text, end):
            end = match.end()
        sign = text[end : end + 1]
        if sign == "(":
            depth += 1
            if depth > _DEEPEST:
                return None
        elif sign == ")" and depth:
            depth -= 1
        else:
            return (text[start:end], end) if not depth else None
        end += 1


def find_address(text: str, start: int) -> tuple[str, str, int] | None:
    """Read an address in `< >`: as it is shown, where it leads, its end."""
    if match := _AUTOLINK.match(text, start):
        return match[1], match[1], match.end()
    if match := _AUTOMAIL.match(text, start):
        return match[1], f"mailto:{match[1]}", match.end()
    return None


def find_bare(text: str, sign: int) -> tuple[int, str, str] | None:
    """Find an address without marks, by GitHub's rules: its start, as it is shown, where it leads.

    `sign` is the place of its first `:` or `@`, or of the `w` that it begins with.
    """
    if text.startswith("://", sign):
        scheme = _SCHEME.search(text, max(0, sign - 6), sign)
        if scheme and (match := _WEB.match(text, scheme.start())):
            shown = _without_end(match[0])
            return scheme.start(), shown, shown
    elif text.startswith("www.", sign) and not (sign and (text[sign - 1].isalnum())):
        if match := _WEB.match(text, sign):
            shown = _without_end(match[0])
            return (sign, shown, f"http://{shown}") if shown.count(".") > 1 else None
    elif text[sign] == "@" and (domain := _DOMAIN.match(text, sign)):
        box = _MAILBOX.search(text, max(0, sign - _LONGEST_MAILBOX - 1), sign)
        if box and domain[0][-1] not in "-_":
            shown = box[0] + domain[0]
            return box.start(), shown, f"mailto:{shown}"
    return None


def _without_end(address: str) -> str:
    """Remove the marks of the sentence that an address ends."""
    end = len(address)
    unopened = address.count(")") - address.count("(")
    while True:
        sign = address[end - 1]
        if sign == ")" and unopened > 0:
            unopened -= 1
        elif sign == ";" and (match := _REFERENCE_END.search(address, 0, end)):
            end = match.start() + 1
        elif sign not in "?!.,:*_~'\";":
            return address[:end]
        end -= 1
