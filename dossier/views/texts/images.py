"""HTML of an image in a text: in its line, or as a figure with its caption and credit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from dossier.content.documents import Picture
from dossier.content.images.model import WEBP, Copy, ImageFacts, copy_path, narrow_copies

_OPENING = re.compile(r'<img(?: [\w-]+="[^"]*")*\s*\Z')
_REST = re.compile(r'(?: [\w-]+="[^"]*")*\s*/?>')

_SIZES = "(max-width:42rem) 92vw, 40rem"
"""The width of a text on a page."""


class ShownImage(NamedTuple):
    """An image on a page: what is said of it, its address, its facts, whether it is the first."""

    picture: Picture
    address: str
    facts: ImageFacts | None
    first: bool


def is_whole(before: str, after: str) -> bool:
    """Tell whether an image stands alone in its paragraph, by what is before and after its gap."""
    opening, rest = _OPENING.search(before), _REST.match(after)
    assert opening and rest
    start, end = before[: opening.start()].rstrip(), after[rest.end() :].lstrip()
    return start.endswith("<p>") and end.startswith("</p>")


def place_image(shown: ShownImage, before: str, after: str) -> tuple[tuple[str, str], str]:
    """Render what fills the gap of an image: what stands before it and the image, what follows.

    A gap is within an element, which is replaced; so is the paragraph that it stands alone in.
    """
    opening, rest = _OPENING.search(before), _REST.match(after)
    assert opening and rest
    whole = is_whole(before, after)
    before, after = before[: opening.start()], after[rest.end() :]
    if whole:
        start, end = before.rstrip().removesuffix("<p>"), after.lstrip().removeprefix("</p>")
        return (start, _figure(shown)), end
    picture = shown.picture
    said = " ".join(filter(None, (picture.caption, picture.credit)))
    return (before, _image(shown, said)), after


def _image(shown: ShownImage, title: str = "") -> str:
    facts = shown.facts
    attributes = {"alt": shown.picture.text, "src": shown.address}
    if title:
        attributes["title"] = title
    if facts and facts.width:
        attributes |= {"width": str(facts.width), "height": str(facts.height)}
    if not shown.first:
        attributes["loading"] = "lazy"
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    copies = narrow_copies(facts) if facts else ()
    if not copies or not facts:
        return f"<img{written}>"
    file = escape(shown.address.partition("#")[0].partition("?")[0])
    webp = [copy for copy in copies if copy.ending == WEBP]
    source = f'<source type="image/webp" srcset="{_srcset(file, webp)}" sizes="{_SIZES}">'
    if own := _srcset(file, [copy for copy in copies if copy.ending != WEBP]):
        written += f' srcset="{own}, {file} {facts.width}w" sizes="{_SIZES}"'
    return f"<picture>{source}<img{written}></picture>"


def _srcset(file: str, copies: Iterable[Copy]) -> str:
    return ", ".join(f"{copy_path(file, copy)} {copy.width}w" for copy in copies)


def _figure(shown: ShownImage) -> str:
    picture = shown.picture
    pieces = [escape(picture.caption)] if picture.caption else []
    if picture.credit:
        pieces.append(f'<span class="credit">{escape(picture.credit)}</span>')
    caption = f"<figcaption>{' '.join(pieces)}</figcaption>" if pieces else ""
    return f'<figure class="image">{_image(shown)}{caption}</figure>'
