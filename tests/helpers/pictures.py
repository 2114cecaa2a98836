"""Images for tests: small ones of each format, with and without what cameras write."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms

TOP, BOTTOM = (200, 30, 30), (30, 30, 200)
PLACE = b"51.5007 N"
"""What a camera writes where it was, in the metadata of each image that has any."""


def picture(
    width: int = 40, height: int = 20, form: str = "JPEG", turned: int = 0, **options: Any
) -> bytes:
    """An image with a red and a blue half, one above the other, and the place where it was taken.

    It is seen at that size: one that is `turned` is stored otherwise, as EXIF counts.
    """
    image = Image.new("RGB", (width, height), TOP)
    image.paste(BOTTOM, (0, height // 2, width, height))
    exif = Image.Exif()
    exif[0x010E] = PLACE.decode()
    if turned:
        exif[0x0112] = turned
        back = {6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}
        image = image.transpose(back[turned])
    out = BytesIO()
    image.save(out, form, exif=exif, icc_profile=profile(), **options)
    return out.getvalue()


@cache
def profile() -> bytes:
    """A colour profile, which has the time when it was made."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def moving(form: str = "GIF") -> bytes:
    """Two pictures, one after the other."""
    frames = [Image.new("RGB", (900, 600), colour) for colour in (TOP, BOTTOM)]
    out = BytesIO()
    frames[0].save(out, form, save_all=True, append_images=frames[1:], duration=100, loop=0)
    return out.getvalue()
