"""Ids of documents, the file names that are allowed, and former ids and addresses.

An address is kept as an author may write it: with `%20` for a space, but letters as they are.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, unquote

from dossier.problems import FormError

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_RESERVED = re.compile(r"page|index|con|prn|aux|nul|com\d|lpt\d")
_BAD_ESCAPE = r"%(?![0-9A-Fa-f]{2})"
_CONTROL = r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"
_SEGMENT = r"([A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2}|[^\x00-\x9f\s])+"
_UNQUOTED = "/~!$&'()*+,;=:@"
_LONGEST_NAME = 255
"""The bytes that disks allow in the name of a file or a folder."""
_LONGEST_PATH = 1000
"""The bytes of an address: no disk or program has trouble with as many."""


def id_problem(name: str) -> tuple[str, str] | None:
    """Explain why a file name cannot be an id, with a hint; None where it can."""
    if not _ID.fullmatch(name):
        return (
            f"the file name '{name}' cannot be an address",
            "use lower-case letters a–z, digits and single hyphens, such as amazon-live.md",
        )
    if _RESERVED.fullmatch(name):
        return f"the file name '{name}' is reserved", "choose another name"
    if len(name) > 120:
        return "the file name is longer than 120 characters", "shorten it"
    return None


def parse_former_id(text: str) -> str:
    """Parse an id that a document had before: the name of its file, without a folder or `.md`."""
    if problem := id_problem(text):
        name = text.rstrip("/").rpartition("/")[2].removesuffix(".md")
        hint = "write the name that its file had, without .md, such as amazon-live"
        raise FormError(
            f"'{text}' was never an id: {problem[0]}",
            hint if name == text or id_problem(name) else f"write {name}",
        )
    return text


def parse_site_path(text: str) -> str:
    """Parse an address within the site, from its root: `/old/address/` or `/old.html`.

    It may have any sign that RFC 3986 allows, and letters of all languages, encoded or not.
    """
    if not text.startswith("/") or text == "/":
        hint = "write an address from the site's root, such as /old/address/"
        raise FormError(f"'{text}' is not an address of this site", hint)
    if len(text.encode("utf-8", "replace")) > _LONGEST_PATH:
        message = f"the address '{text[:30]}…' is longer than {_LONGEST_PATH:,} bytes"
        raise FormError(message, "shorten it")
    segments = text.removeprefix("/").removesuffix("/").split("/")
    path = "/" + "/".join(_parse_segment(segment, text) for segment in segments)
    return path if path.endswith(".html") and not text.endswith("/") else path + "/"


def encode_path(path: str) -> str:
    """Encode what must be encoded in an address; letters of all languages stay as they are."""
    return "".join(c if ord(c) > 0x7F and not c.isspace() else quote(c, _UNQUOTED) for c in path)


def _parse_segment(segment: str, address: str) -> str:
    """Decode what need not be encoded in a part of an address between two slashes."""
    message = f"'{address}' is not an address of this site"
    if not re.fullmatch(_SEGMENT, segment):
        raise FormError(message, _segment_hint(segment))
    try:
        name = unicodedata.normalize("NFC", unquote(segment, errors="strict"))
    except UnicodeDecodeError:
        raise FormError(message, "encode letters in UTF-8: %C3%A9 is é") from None
    if name in (".", "..") or "/" in name or "\\" in name or re.search(_CONTROL, name):
        raise FormError(message, "write an address from the site's root, such as /old/address/")
    if name.startswith(".dossier"):
        raise FormError(message, "names that begin with .dossier are those of the build")
    if len(name.encode()) > _LONGEST_NAME:
        raise FormError(message, f"a part of it is longer than {_LONGEST_NAME} bytes: shorten it")
    return encode_path(name)


def _segment_hint(segment: str) -> str:
    if "?" in segment or "#" in segment:
        return "leave out what follows ? or #: a redirect keeps it"
    if segment and re.search(_BAD_ESCAPE, segment):
        return "write %25 for a percent sign"
    if bad := next((c for c in segment if not re.fullmatch(_SEGMENT, c) and c != "%"), ""):
        return f"write {quote(bad)} for '{bad}'" if bad.isprintable() else "delete that character"
    return "write an address from the site's root, such as /old/address/"
