"""What is published of an image: the file itself, upright and without metadata, narrower copies.

Copies are WebP, and of the image's own format for what shows no WebP. What takes time is kept in
the cache by the bytes of the file, and made once.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

from dossier.content.images.cleaning import clean
from dossier.content.images.model import WEBP, Copy, ImageError
from dossier.fingerprint import digest
from dossier.sealed_file import read_sealed, write_sealed

FOLDER = "renditions"
CLEANED = (".jpg", ".jpeg", ".jfif", ".png", ".apng", ".webp", ".avif")
"""The names of files whose metadata is removed."""
ON_PAPER = 1600
"""The pixels of a row in a PDF, at about 240 to the inch."""
_VERSION = 1  # to be raised where other bytes are made of the same image
_COPY = {"quality": 80, "method": 4}
_OWN_COPY: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 80, "optimize": True, "progressive": True},
    "PNG": {"optimize": True},
}
_TURNED: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 92, "optimize": True, "progressive": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 92},
    "AVIF": {"quality": 85},
}


class Renditions:
    """Makes what is published of images, in any process; `cache` is the cache folder, if any."""

    def __init__(self, cache: Path | None) -> None:
        self._folder = cache / FOLDER if cache else None

    def make(self, file: Path, copy: Copy | None = None) -> bytes:
        """Make the image of a file, or a copy of it. Raises `ImageError`."""
        data = file.read_bytes()
        kept = self._folder / self.key(digest(data), copy) if self._folder else None
        if kept and (known := read_sealed(kept)):
            return known
        made = _narrow(data, copy) if copy else _turned(data)
        if made is None:
            return clean(data)  # this takes no longer than reading it from the cache
        if kept:
            write_sealed(kept, made)
        return made

    def key(self, fingerprint: str, copy: Copy | None) -> str:
        """Name what is kept of an image by the fingerprint of its file."""
        from PIL import __version__

        parts = (str(copy.width), copy.ending) if copy else ("", "")
        return digest(fingerprint, *parts, str(_VERSION), __version__)

    def prune(self, used: Iterable[tuple[str, Copy | None]]) -> None:
        """Remove all but what belongs to these fingerprints and copies."""
        if self._folder is None or not self._folder.is_dir():
            return
        names = {self.key(*one) for one in used}
        for file in self._folder.iterdir():
            if file.name not in names:
                file.unlink(missing_ok=True)


def print_copy(file: Path) -> bytes:
    """Make the image of a file for paper: no larger than is printed. Raises `ImageError`."""
    from dossier.content.images.facts import STAND_IN, is_svg, open_image

    data = file.read_bytes()
    if is_svg(data) or len(data) < STAND_IN:
        return data
    with open_image(data) as image:
        if image.width <= ON_PAPER:
            return _turned(data) or clean(data)
        form = "JPEG" if image.format in ("JPEG", "MPO") else "PNG"
        return clean(_saved(_resized(image, ON_PAPER), form, quality=88))


def _turned(data: bytes) -> bytes | None:
    """Turn an image upright; None for one that is, and for files that are no such image."""
    from dossier.content.images.facts import open_image, orientation

    try:
        with open_image(data) as image:
            form = "JPEG" if image.format == "MPO" else image.format
            has_notes = form == "AVIF" and any(image.info.get(name) for name in ("exif", "xmp"))
            moves = form not in ("JPEG", "MPO") and getattr(image, "is_animated", False)
            if form not in _TURNED or moves or not (has_notes or orientation(image) > 1):
                return None
            from PIL import ImageOps

            return clean(_saved(ImageOps.exif_transpose(image), form, **_TURNED[form]))
    except ImageError:
        return None  # nothing shows it: what is shown was looked at before


def _narrow(data: bytes, copy: Copy) -> bytes:
    from dossier.content.images.facts import open_image

    with open_image(data) as image:
        drawn = image.format == "PNG"
        small = _resized(image, copy.width)
    if copy.ending != WEBP:
        form = "PNG" if drawn else "JPEG"
        return clean(_saved(small, form, **_OWN_COPY[form]))
    small = _in_colours(small)
    made = _saved(small, "WEBP", **_COPY)
    if drawn:  # few colours and sharp edges are smaller, and better, without loss
        made = min(_saved(small, "WEBP", lossless=True), made, key=len)
    return made


def _resized(image: Any, width: int) -> Any:
    """Read an image upright and make it so many pixels wide."""
    from PIL import Image, ImageOps

    image.draft(None, (width, width))  # a large JPEG is never unpacked as a whole
    image = ImageOps.exif_transpose(image)
    if image.mode in ("1", "P", "PA"):
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _in_colours(image: Any) -> Any:
    """Convert an image to what WebP has: red, green, blue, and how transparent."""
    from PIL import Image

    if image.mode.startswith("I"):
        image = image.point(lambda value: value / 256).convert("L")
    if image.mode == "CMYK":
        return _for_screens(image)
    if image.mode in ("RGB", "RGBA", "L"):
        return image
    converted: Image.Image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    return converted


def _for_screens(image: Any) -> Any:
    """Convert the colours of a press by their profile."""
    from PIL import ImageCms

    profile = image.info.pop("icc_profile", None)
    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        screen = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, own, screen, outputMode="RGB") or image
    except (ImageCms.PyCMSError, OSError, TypeError):
        return image.convert("RGB")


def _saved(image: Any, form: str, **options: Any) -> bytes:
    """Write an image with its colour profile and nothing else."""
    out = BytesIO()
    profile = image.info.get("icc_profile") or None
    image.save(out, form, icc_profile=profile, **options)
    return out.getvalue()
