"""Sizes of images, and what is wrong with them."""

from __future__ import annotations

import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from dossier.content.images import facts
from dossier.content.images.facts import read_facts
from dossier.content.images.files import ImageFiles
from dossier.content.images.model import ImageError, ImageFacts
from dossier.fingerprint import digest
from tests.helpers.pictures import moving, picture

SVG = '<svg xmlns="http://www.w3.org/2000/svg" {}><path/></svg>'


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_an_image_has_its_size(form: str) -> None:
    """Of each format that people publish."""
    assert read_facts(picture(form=form), "a") == ImageFacts(form, 40, 20)


@pytest.mark.parametrize("turned", [6, 8])
def test_a_photo_that_is_turned_has_the_size_that_is_seen(turned: int) -> None:
    """A telephone held upright stores its photos on their side."""
    data = picture(20, 40, turned=turned)
    assert Image.open(BytesIO(data)).size == (40, 20)
    assert read_facts(data, "a.jpg") == ImageFacts("JPEG", 20, 40)


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG"])
def test_an_image_that_moves_is_known(form: str) -> None:
    """It has more than one picture."""
    assert read_facts(moving(form), "a") == ImageFacts(form, 900, 600, moves=True)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="30" height="20.4"', (30, 20)),
        ('width="1in" height="72pt"', (96, 96)),
        ('width="100%" height="100%" viewBox="0 0 300 150"', (300, 150)),
        ('viewBox="0,0,300,150"', (300, 150)),
        ('width="60" viewBox="0 0 300 150"', (60, 30)),
        ('height="60px" viewBox="-10 -10 300 150"', (120, 60)),
        ('viewBox="0 0 0 0"', (0, 0)),
        ('viewBox="wide"', (0, 0)),
        ("", (0, 0)),
    ],
)
def test_a_drawing_has_the_size_that_it_says(attributes: str, size: tuple[int, int]) -> None:
    """In pixels; else that of its view, else none."""
    found = read_facts(SVG.format(attributes).encode(), "a.svg")
    assert (found.format, found.width, found.height) == ("SVG", *size)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "it is empty"),
        (b"no image\n", "it is not an image that can be read"),
        (b"<html></html>", "it is not an SVG drawing: it begins with <html>"),
        (b"<svg", "it is not an SVG drawing ("),
        (picture(400, 400)[:-100], "it is cut off: its end is missing"),
        (picture(form="PNG")[:-20], "it is cut off: its end is missing"),
        (picture(form="WEBP")[:-20], "it is cut off: its end is missing"),
        (picture(form="TIFF"), "browsers do not show TIFF images"),
    ],
    ids=["empty", "text", "html", "svg", "jpeg", "png", "webp", "tiff"],
)
def test_a_file_that_is_no_whole_image_is_an_error(data: bytes, message: str) -> None:
    """It says what is wrong, and a way out."""
    with pytest.raises(ImageError) as error:
        read_facts(data, "a.svg")
    assert error.value.message.startswith(message)
    assert error.value.hint


@pytest.mark.parametrize("size", [(10_000, 6_001), (40_000, 40_000)])
def test_too_many_pixels_are_an_error(size: tuple[int, int]) -> None:
    """They are never read: the head of the file says how many there are."""
    data = bytearray(picture(form="PNG"))
    data[16:24] = size[0].to_bytes(4, "big") + size[1].to_bytes(4, "big")
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    with pytest.raises(ImageError, match="the limit is 60 million"):
        read_facts(bytes(data), "a.png")


def test_facts_are_remembered_by_the_bytes_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever its name; not what another version of Dossier read."""
    data = picture()
    (tmp_path / "a.jpg").write_bytes(data)
    first = ImageFiles(tmp_path, {"a.jpg": digest(data)}, tmp_path / "cache", "engine")
    known = first.read("a.jpg")
    first.save()
    monkeypatch.setattr(facts, "read_facts", lambda *_: ImageFacts("read again"))
    files = {"b.jpg": digest(data)}
    (tmp_path / "b.jpg").write_bytes(data)
    assert ImageFiles(tmp_path, files, tmp_path / "cache", "engine").read("b.jpg") == known
    other = ImageFiles(tmp_path, files, tmp_path / "cache", "other").read("b.jpg")
    assert other.format == "read again"


def test_a_drawing_has_a_name_by_which_browsers_know_it() -> None:
    """They do not show one that is called a photo."""
    with pytest.raises(ImageError, match="it is text"):
        read_facts(SVG.format("").encode(), "a.png")
