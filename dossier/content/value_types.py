"""Types of text in front matter: what each accepts, and its canonical value.

A parser takes the text as written and returns the canonical text, or raises `FormError` with a
message and a hint for the author. Dates follow ISO 8601, languages BCP 47, regions ISO 3166-1
and UN M49 (names and codes from CLDR).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from urllib.parse import urlsplit

from dossier.content.ids import parse_former_id, parse_site_path
from dossier.content.moments import parse_day, parse_moment, parse_partial_date
from dossier.language.territories import is_territory_code
from dossier.problems import FormError, suggest

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
SLUG = re.compile(r"[A-Za-z0-9]+([_-][A-Za-z0-9]+)*")
_CONTROL = r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"
_URL = re.compile(r"(?i:https?)://[^\s<>\"{}|\\^`\[\]]+")
_PLAIN_URL = re.compile(
    r"https?://[A-Za-z0-9.-]*+(?<=[A-Za-z0-9])(?:[/?#][^\s%<>\"{}|\\^`\[\]]*+)?"
)
_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_COLOUR = r"[0-9a-f]{6}|[0-9a-f]{3}"
_MAILBOX = r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(\.[\w-]+)+"
_SITE_LINK = r"/([\w~.-]+/)*[\w~.-]*(#[^\s#<>\"]+)?"
_LICENCE = r"[A-Za-z0-9.+-]+"
COMMON_LICENCES = (
    "CC-BY-4.0",
    "CC-BY-SA-4.0",
    "CC-BY-NC-4.0",
    "CC-BY-NC-SA-4.0",
    "CC-BY-ND-4.0",
    "CC-BY-NC-ND-4.0",
    "CC0-1.0",
    "ODbL-1.0",
    "OGL-UK-3.0",
    "MIT",
)


def parse_text(text: str) -> str:
    """Parse one line of text: repeated white space becomes one space."""
    folded = " ".join(text.split())
    if not folded:
        raise FormError("the text is empty", "write something here, or leave the field out")
    if not folded.isprintable() and (bad := re.search(_CONTROL, folded)):
        raise FormError(f"the character U+{ord(bad[0]):04X} is not allowed here", "delete it")
    return folded if folded.isascii() else unicodedata.normalize("NFC", folded)


def parse_url(text: str) -> str:
    """Parse an absolute address: `https://…` or `http://…`."""
    if _PLAIN_URL.fullmatch(text):  # only a host before the path: nothing to check
        return text
    hint = "write the whole address, beginning with https://"
    if not _URL.fullmatch(text) or _BAD_ESCAPE.search(text):
        raise FormError(f"'{text}' is not a web address", hint)
    try:
        parts = urlsplit(text)
        valid = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        valid = False
    if not valid:
        raise FormError(f"'{text}' is not a web address", hint)
    return text


def parse_language(text: str) -> str:
    """Parse a BCP 47 tag: `en`, `fr`, `pt-BR`, `zh-Hant`."""
    if not LANGUAGE.fullmatch(text):
        raise FormError(f"'{text}' is not a language", "write a BCP 47 tag: en, fr, pt-BR")
    return text


def parse_slug(text: str) -> str:
    """Parse an id of letters, digits, `-` and `_`: `prweek`, `s2`."""
    if not SLUG.fullmatch(text):
        raise FormError(f"'{text}' is not an id", "use letters, digits and single hyphens: prweek")
    return text


def parse_region_code(text: str) -> str:
    """Parse an ISO 3166-1 alpha-2 code (`FR`) or a UN M49 code (`150`)."""
    hint = "write an ISO 3166-1 code, such as FR or GB, or a UN M49 code, such as 150 for Europe"
    if text in ("UK", "EL"):
        hint = {"UK": "the United Kingdom is GB", "EL": "Greece is GR"}[text]
    if not is_territory_code(text):
        raise FormError(f"'{text}' is not a region code", hint)
    return text


def parse_wikidata_id(text: str) -> str:
    """Parse the id of a Wikidata item: `Q312`."""
    if not re.fullmatch(r"Q[1-9][0-9]*", text):
        raise FormError(f"'{text}' is not a Wikidata item", "write its Q number, such as Q312")
    return text


def parse_timezone(text: str) -> str:
    """Parse a zone of the IANA database: `Europe/Paris`, `UTC`."""
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise FormError(f"'{text}' is not a time zone", "write one such as Europe/Paris") from None
    return text


def parse_colour(text: str) -> str:
    """Parse a colour in hexadecimal digits, with or without `#`, to six digits: `1a5fb4`."""
    digits = text.removeprefix("#").lower()
    if not re.fullmatch(_COLOUR, digits):
        raise FormError(
            f"'{text}' is not a colour", "write three or six hexadecimal digits: 1a5fb4"
        )
    return digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)


def parse_file(text: str) -> str:
    """Parse the address of a file of the site: `/files/logo.svg`."""
    path = unicodedata.normalize("NFC", "/" + text.removeprefix("content/").removeprefix("/"))
    if not path.startswith("/files/") or path.endswith("/") or "/../" in path:
        hint = "put it into content/files/, and write /files/ and its name: /files/logo.svg"
        raise FormError(f"'{text}' is not a file of this site", hint)
    return path


def parse_link(text: str) -> str:
    """Parse a web address, an e-mail address, an address within the site, or the id of a page."""
    if re.fullmatch(_MAILBOX, text.removeprefix("mailto:")):
        return f"mailto:{text.removeprefix('mailto:')}"
    if _URL.match(text):
        return parse_url(text)
    if re.fullmatch(_SITE_LINK, text) or SLUG.fullmatch(text):
        return unicodedata.normalize("NFC", text)
    hint = "write an e-mail address, a web address, the id of a page, or /about/#contact"
    raise FormError(f"'{text}' is not something to link to", hint)


def parse_licence(text: str) -> str:
    """Parse an SPDX licence id, such as `CC-BY-4.0`, or the web address of a licence."""
    from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

    if _URL.match(text):
        return parse_url(text)
    try:
        found = str(canonicalize_license_expression(text))
    except InvalidLicenseExpression:
        found = ""
    if not re.fullmatch(_LICENCE, found):
        hint = suggest(text, COMMON_LICENCES) or "write one such as CC-BY-4.0, or a web address"
        raise FormError(f"'{text}' is not the SPDX id of a licence", hint)
    return found


def parse_markdown(text: str) -> str:
    """Parse a text of several lines, which is Markdown."""
    if not text.strip():
        raise FormError("the text is empty", "write something here, or leave the field out")
    return text.strip("\n")


def is_after(date: str, other: str) -> bool:
    """Tell whether a partial date is later than all of another: 2021-09 is not after 2021."""
    return date > other and not date.startswith(other)


FORMS: dict[str, Callable[[str], str]] = {
    "text": parse_text,
    "day": parse_day,
    "moment": parse_moment,
    "partial date": parse_partial_date,
    "url": parse_url,
    "language": parse_language,
    "slug": parse_slug,
    "former id": parse_former_id,
    "site path": parse_site_path,
    "region code": parse_region_code,
    "wikidata id": parse_wikidata_id,
    "time zone": parse_timezone,
    "colour": parse_colour,
    "file": parse_file,
    "link": parse_link,
    "licence": parse_licence,
    "markdown": parse_markdown,
    "menu name": parse_text,
    "company": parse_text,
    "region": parse_text,
    "topic": parse_text,
    "briefing": parse_text,
    "source": parse_text,
}
"""The parser of each type in the models. References stay text until the site resolves them."""
