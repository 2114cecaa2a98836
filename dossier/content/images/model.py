"""What is known of an image, and what is wrong with one that cannot be shown."""

# annotations are values here, not texts: decoders would evaluate texts again and again
from typing import NamedTuple

import msgspec

WIDTHS = (480, 800, 1200)
"""The widths of copies in pixels: of a telephone, of the text, of both on sharp screens."""
_WELL_ABOVE = 1.2
_COPIED = ("JPEG", "PNG", "WEBP")
WEBP = "webp"
_ENDINGS = {"JPEG": "jpg", "PNG": "png"}


class ImageError(Exception):
    """An image that cannot be shown: what is wrong with it, and the way out."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


class ImageFacts(msgspec.Struct, frozen=True, array_like=True):
    """What a page needs to know of an image, as it is seen; a size of 0 is unknown."""

    format: str
    width: int = 0
    height: int = 0
    moves: bool = False
    weight: int = 0
    """The bytes of its file."""


class Copy(NamedTuple):
    """A narrower copy of an image: its width in pixels, and how its name ends."""

    width: int
    ending: str


def narrow_copies(facts: ImageFacts) -> tuple[Copy, ...]:
    """List the copies of an image: WebP, and its own format for what shows no WebP."""
    widths = variant_widths(facts)
    own = _ENDINGS.get(facts.format, "")
    same = (Copy(width, own) for width in widths if own and width < facts.width)
    return (*(Copy(width, WEBP) for width in widths), *same)


def variant_widths(facts: ImageFacts) -> tuple[int, ...]:
    """List the widths of the copies of an image: those well below its own, and that if it is small.

    There are none of an image that moves, or that is no wider than the narrowest copy.
    """
    if facts.format not in _COPIED or facts.moves:
        return ()
    widths = [width for width in WIDTHS if width * _WELL_ABOVE < facts.width]
    if widths and facts.width <= WIDTHS[-1] * _WELL_ABOVE:
        widths.append(facts.width)
    return tuple(widths)


def copy_path(path: str, copy: Copy) -> str:
    """Name the copy of an image; the same for paths and for addresses."""
    return f"{path}-{copy.width}.{copy.ending}"
