"""HTML of an image in a text: in its line, or as a figure with its caption and credit."""

from __future__ import annotations

import re
from html import escape

from dossier.content.documents import Picture

_OPENING = re.compile(r'<img(?: [\w-]+="[^"]*")*\s*\Z')
_REST = re.compile(r'(?: [\w-]+="[^"]*")*\s*/?>')


def place_image(picture: Picture, address: str, before: str, after: str) -> tuple[str, str, str]:
    """Render what fills the gap of an image: what stands before it, the image, what follows.

    A gap is within an element, which is replaced; so is the paragraph that it stands alone in.
    """
    opening, rest = _OPENING.search(before), _REST.match(after)
    assert opening and rest
    before, after = before[: opening.start()], after[rest.end() :]
    start, end = before.rstrip(), after.lstrip()
    if start.endswith("<p>") and end.startswith("</p>"):
        figure = _figure(picture, _image(picture, address))
        return start.removesuffix("<p>"), figure, end.removeprefix("</p>")
    said = " ".join(filter(None, (picture.caption, picture.credit)))
    return before, _image(picture, address, said), after


def _image(picture: Picture, address: str, title: str = "") -> str:
    said = f' title="{escape(title)}"' if title else ""
    return f'<img alt="{escape(picture.text)}" src="{escape(address)}"{said}>'


def _figure(picture: Picture, image: str) -> str:
    pieces = [escape(picture.caption)] if picture.caption else []
    if picture.credit:
        pieces.append(f'<span class="credit">{escape(picture.credit)}</span>')
    caption = f"<figcaption>{' '.join(pieces)}</figcaption>" if pieces else ""
    return f'<figure class="image">{image}{caption}</figure>'
