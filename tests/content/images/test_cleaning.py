"""Metadata of images."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from dossier.content.images.cleaning import clean
from tests.helpers.pictures import PLACE, moving, picture, profile


def pixels(data: bytes) -> bytes:
    """What is seen of an image."""
    return Image.open(BytesIO(data)).convert("RGB").tobytes()


@pytest.mark.parametrize(
    ("form", "options"),
    [
        ("JPEG", {}),
        ("JPEG", {"progressive": True}),
        ("JPEG", {"restart_marker_rows": 1}),
        ("PNG", {}),
        ("WEBP", {"lossless": True}),
    ],
)
def test_nothing_but_metadata_is_removed(form: str, options: dict[str, object]) -> None:
    """Neither pixels nor colours change, nor what is already clean."""
    data = picture(form=form, **options)
    cleaned = clean(data)
    assert PLACE in data
    assert PLACE not in cleaned
    assert pixels(cleaned) == pixels(data)
    assert Image.open(BytesIO(cleaned)).info["icc_profile"] == profile()
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_what_follows_an_image_is_removed(form: str) -> None:
    """Telephones append a film of the moment, with its place."""
    assert clean(picture(form=form) + b"film" + PLACE) == clean(picture(form=form))


def test_comments_are_removed() -> None:
    """Of JPEG and of PNG."""
    assert b"secret" not in clean(picture(comment=b"secret"))
    out = BytesIO()
    notes = PngInfo()
    notes.add_text("Author", "secret")
    notes.add_itxt("XML:com.adobe.xmp", "secret")
    Image.new("RGB", (4, 4)).save(out, "PNG", pnginfo=notes)
    assert b"secret" in out.getvalue()
    assert b"secret" not in clean(out.getvalue())


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG"])
def test_a_moving_image_stays_whole(form: str) -> None:
    """With all of its pictures."""
    assert clean(moving(form)) == moving(form)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_any_bytes_are_read_to_their_end(form: str) -> None:
    """However a file is cut off or damaged."""
    data = picture(form=form)
    for end in range(len(data)):
        assert PLACE not in clean(data[:end]) or end < 12
    for at in range(2, 200):
        clean(data[:at] + b"\xff" + data[at + 1 :])
