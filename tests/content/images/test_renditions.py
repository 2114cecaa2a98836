"""What is published of images."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageFile

from dossier.content.images import renditions
from dossier.content.images.cleaning import clean
from dossier.content.images.model import WEBP, Copy, ImageError, ImageFacts, variant_widths
from dossier.content.images.renditions import Renditions, print_copy
from dossier.fingerprint import digest
from tests.helpers.pictures import BOTTOM, PLACE, TOP, moving, picture, profile


def seen(data: bytes) -> tuple[str | None, tuple[int, int], bool]:
    """The format of an image, its size, and whether its upper half is red, its lower half blue."""
    image = Image.open(BytesIO(data))
    colours = [image.convert("RGB").getpixel((5, y)) for y in (1, image.height - 2)]
    near = all(
        abs(a - b) < 40
        for found, meant in zip(colours, (TOP, BOTTOM), strict=True)
        for a, b in zip(found, meant, strict=True)  # type: ignore[arg-type]
    )
    return image.format, image.size, near


NARROW = Copy(480, WEBP)


@pytest.fixture
def made(tmp_path: Path) -> Renditions:
    """Renditions with a cache."""
    return Renditions(tmp_path / "cache")


def write(folder: Path, data: bytes) -> Path:
    """A file with these bytes."""
    file = folder / "a.jpg"
    file.write_bytes(data)
    return file


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("turned", [0, 6, 8])
def test_an_image_is_published_upright_and_without_metadata(
    made: Renditions, tmp_path: Path, form: str, turned: int
) -> None:
    """With its colour profile."""
    data = made.make(write(tmp_path, picture(60, 90, form, turned)))
    assert seen(data) == (form, (60, 90), True)
    image = Image.open(BytesIO(data))
    assert image.info["icc_profile"] == profile()
    assert not image.getexif()
    assert PLACE not in data


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("turned", [0, 6])
def test_a_copy_is_narrower(made: Renditions, tmp_path: Path, form: str, turned: int) -> None:
    """Upright, in WebP, with its colour profile and nothing else."""
    data = made.make(write(tmp_path, picture(1000, 1500, form, turned)), NARROW)
    assert seen(data) == ("WEBP", (480, 720), True)
    assert Image.open(BytesIO(data)).info["icc_profile"] == profile()
    assert PLACE not in data


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "RGBA", "CMYK", "YCbCr"])
def test_a_copy_is_made_of_colours_of_any_kind(made: Renditions, tmp_path: Path, mode: str) -> None:
    """Those of a press and of a scanner as well."""
    out = BytesIO()
    Image.new(mode, (600, 300)).save(out, "JPEG" if mode in ("CMYK", "YCbCr") else "PNG")
    assert Image.open(BytesIO(made.make(write(tmp_path, out.getvalue()), NARROW))).size == (
        480,
        240,
    )


def test_what_is_transparent_stays_so(made: Renditions, tmp_path: Path) -> None:
    """In a palette, too."""
    out = BytesIO()
    image = Image.new("P", (600, 300))
    image.save(out, "PNG", transparency=0)
    copy = Image.open(BytesIO(made.make(write(tmp_path, out.getvalue()), NARROW)))
    assert copy.convert("RGBA").getpixel((5, 5))[3] == 0  # type: ignore[index]


def test_what_follows_a_photo_is_left_out(made: Renditions, tmp_path: Path) -> None:
    """Telephones add a second picture; browsers show the first."""
    out = BytesIO()
    first = Image.open(BytesIO(picture(1000, 500)))
    first.save(out, "MPO", save_all=True, append_images=[Image.new("RGB", (9, 9))])
    assert Image.open(BytesIO(out.getvalue())).format == "MPO"
    file = write(tmp_path, out.getvalue())
    assert seen(made.make(file)) == ("JPEG", (1000, 500), True)
    assert seen(made.make(file, NARROW)) == ("WEBP", (480, 240), True)


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG"])
def test_an_image_that_moves_stays_as_it_is(made: Renditions, tmp_path: Path, form: str) -> None:
    """Without copies, which would stand still."""
    data = moving(form)
    assert made.make(write(tmp_path, data)) == data
    assert variant_widths(ImageFacts(form, 2000, 1000, moves=True)) == ()


@pytest.mark.parametrize(("form", "ending"), [("JPEG", "jpg"), ("PNG", "png")])
def test_a_copy_in_the_own_format_is_for_what_shows_no_webp(
    made: Renditions, tmp_path: Path, form: str, ending: str
) -> None:
    """Upright, with its colour profile and nothing else, like the others."""
    file = write(tmp_path, picture(1000, 1500, form, turned=6))
    data = made.make(file, Copy(480, ending))
    assert seen(data) == (form, (480, 720), True)
    assert Image.open(BytesIO(data)).info["icc_profile"] == profile()
    assert PLACE not in data
    assert data != made.make(file, NARROW)


def test_copies_have_the_widths_that_a_page_needs() -> None:
    """None is wider than the image, and the widest is as sharp as a page can show it."""
    assert variant_widths(ImageFacts("JPEG", 500, 10)) == ()
    assert variant_widths(ImageFacts("JPEG", 700, 10)) == (480, 700)
    assert variant_widths(ImageFacts("PNG", 1000, 10)) == (480, 800, 1000)
    assert variant_widths(ImageFacts("WEBP", 9000, 10)) == (480, 800, 1200)
    assert variant_widths(ImageFacts("SVG", 9000, 10)) == ()


def test_a_copy_is_made_once(
    made: Renditions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is known by the bytes of the file, and damage to it is seen."""
    file = write(tmp_path, picture(1000, 500))
    data, turned = made.make(file, NARROW), write(tmp_path, picture(1000, 500))
    (kept,) = (tmp_path / "cache/renditions").iterdir()
    whole = kept.read_bytes()
    monkeypatch.setattr(renditions, "_narrow", lambda *_: b"again")
    assert made.make(turned, NARROW) == data
    for damaged in (b"", whole[:-1], whole[:99] + bytes([whole[99] ^ 1]) + whole[100:]):
        kept.write_bytes(damaged)
        assert made.make(file, NARROW) == b"again"
    made.prune([(digest(file.read_bytes()), NARROW)])
    assert kept.exists()
    made.prune([(digest(file.read_bytes()), Copy(800, WEBP))])
    assert not kept.exists()


def test_a_large_photo_is_never_unpacked_as_a_whole(
    made: Renditions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its decoder makes it smaller: memory holds for many at once."""
    sizes: list[tuple[int, int]] = []
    resize = Image.Image.resize

    def watch(self: Image.Image, size: tuple[int, int], *rest: object, **more: object) -> object:
        sizes.append(self.size)
        return resize(self, size, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Image.Image, "resize", watch)
    made.make(write(tmp_path, picture(4000, 3000)), NARROW)
    assert sizes[0] == (1000, 750)


@pytest.mark.parametrize("lenient", [False, True])
def test_damaged_pixels_are_an_error(
    made: Renditions, tmp_path: Path, lenient: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are found when a copy is made, whatever another library asked for."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", lenient)
    data = bytearray(picture(600, 600, "PNG"))
    start = data.index(b"IDAT") + 4
    data[start : start + 4] = bytes(4)
    with pytest.raises(ImageError, match="it is damaged"):
        made.make(write(tmp_path, bytes(data)), NARROW)


def test_a_file_that_is_no_image_is_published_as_it_is(made: Renditions, tmp_path: Path) -> None:
    """Nothing shows it, or an error would have said so; what can be removed of it is."""
    assert made.make(write(tmp_path, b"no image")) == b"no image"
    assert PLACE not in made.make(write(tmp_path, picture(300, 300)[:-50]))


def test_paper_gets_no_more_than_it_can_show(tmp_path: Path) -> None:
    """Upright; a small one stays as it is."""
    assert seen(print_copy(write(tmp_path, picture(2400, 1200)))) == ("JPEG", (1600, 800), True)
    assert seen(print_copy(write(tmp_path, picture(60, 90, turned=6))))[1:] == ((60, 90), True)
    small = picture(300, 200)
    assert print_copy(write(tmp_path, small)) == clean(small)
