"""Facts about images: format, size as it is seen, whether it moves. Read from their first bytes."""

from __future__ import annotations

import io
import re
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from xml.etree import ElementTree

from dossier.content.images.cleaning import is_complete
from dossier.content.images.model import ImageError, ImageFacts

MAX_PIXELS = 60_000_000
"""The largest image that is read: its pixels take a quarter of a gigabyte."""
STAND_IN = 4
"""Bytes that any image begins with; a file of fewer waits to be replaced by one."""
SHOWN = ("AVIF", "BMP", "GIF", "ICO", "JPEG", "PNG", "SVG", "WEBP")
"""The formats that browsers show."""
_ORIENTATION = 0x0112
_UPRIGHT = 1
_ON_ITS_SIDE = 5
_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4}
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+(?:e[+-]?[0-9]+)?)\s*([a-z]*)\s*", re.IGNORECASE)
_RENAME = "give a drawing a name that ends in .svg; save anything else as JPEG, PNG or WebP"
_CONVERT = "open it in an image program and save it as JPEG, PNG or WebP"


def read_facts(data: bytes, path: str) -> ImageFacts:
    """Read the facts of an image; a stand-in has none. Raises `ImageError` for what is none."""
    if not data:
        raise ImageError("it is empty", "save the image again")
    if len(data) < STAND_IN:
        return ImageFacts("")
    if is_svg(data):
        if not path.lower().endswith(".svg"):
            raise ImageError("it is text, and no image of its kind", _RENAME)
        return _svg_facts(data)
    if not is_complete(data):
        raise ImageError("it is cut off: its end is missing", "copy or download it again")
    with open_image(data) as image:
        form = "JPEG" if image.format == "MPO" else image.format  # with further pictures behind it
        if form not in SHOWN:
            raise ImageError(f"browsers do not show {image.format} images", _CONVERT)
        width, height = image.size
        if orientation(image) >= _ON_ITS_SIDE:
            width, height = height, width
        moves = form != "JPEG" and getattr(image, "is_animated", False)
        return ImageFacts(form, width, height, moves)


def is_svg(data: bytes) -> bool:
    """Tell whether bytes are the text of an SVG drawing, not an image of pixels."""
    start = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith((b"<", b"\xff\xfe<", b"\xfe\xff\x00<"))


@contextmanager
def open_image(data: bytes) -> Iterator[Any]:
    """Open an image without its pixels. Raises `ImageError` there and in the block."""
    from PIL import Image, ImageFile, UnidentifiedImageError  # few builds read an image

    before = ImageFile.LOAD_TRUNCATED_IMAGES  # which WeasyPrint sets, for all of a process
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of size, which is checked here
            with Image.open(io.BytesIO(data)) as image:
                if image.width * image.height > MAX_PIXELS:
                    raise _too_large(f"{image.width:,} × {image.height:,}")
                yield image
    except Image.DecompressionBombError:
        raise _too_large("more than 170 million") from None
    except UnidentifiedImageError:
        raise ImageError("it is not an image that can be read", _CONVERT) from None
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, struct.error) as error:
        raise ImageError(f"it is damaged ({error})", "copy or download it again") from None
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def orientation(image: Any) -> int:
    """Return how an image has to be turned, as EXIF counts it; 1 for one that is upright."""
    try:
        found = image.getexif().get(_ORIENTATION, _UPRIGHT)
    except (ValueError, SyntaxError, TypeError, OSError, struct.error):
        return _UPRIGHT
    return found if isinstance(found, int) and 1 <= found <= 8 else _UPRIGHT


def _too_large(size: str) -> ImageError:
    message = f"it has {size} pixels; the limit is {MAX_PIXELS // 10**6} million in all"
    return ImageError(message, "make it smaller: no page shows more than 2,400 pixels in a row")


def _svg_facts(data: bytes) -> ImageFacts:
    """Read the size from the attributes of the outermost element, or from its view."""
    try:
        _, root = next(ElementTree.iterparse(io.BytesIO(data), events=("start",)))
    except (ElementTree.ParseError, StopIteration, ValueError) as error:
        raise ImageError(f"it is not an SVG drawing ({error})", "export it again") from None
    if root.tag.rpartition("}")[2] != "svg":
        message = f"it is not an SVG drawing: it begins with <{root.tag.rpartition('}')[2]}>"
        raise ImageError(message, "export it again")
    width, height = (_length(root.get(name, "")) for name in ("width", "height"))
    view = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    try:
        across, down = (max(0.0, float(number)) for number in view[2:4])
    except ValueError:
        across = down = 0.0
    if across and down and not (width and height):
        if not (width or height):
            width, height = across, down
        width, height = width or height * across / down, height or width * down / across
    if not (1 <= width <= 10**6 and 1 <= height <= 10**6):
        return ImageFacts("SVG")
    return ImageFacts("SVG", round(width), round(height))


def _length(text: str) -> float:
    match = _LENGTH.fullmatch(text)
    return float(match[1]) * _UNITS.get(match[2].lower(), 0.0) if match else 0.0
