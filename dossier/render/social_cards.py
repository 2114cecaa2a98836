"""Social cards: PNG images of pages for where they are shared.

Drawn with one font that is installed with Dossier, never with system fonts, so that every machine
draws the same. It has Latin, Greek and Cyrillic letters; a name with others is left out. Colours
are those of the view, on paper. Lengths are in pixels.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from dossier.content.brand.palette import Palette
from dossier.language.formatting import format_date
from dossier.language.labels import status_mark
from dossier.language.messages import gettext
from dossier.pages.files.views import BriefingCardView, SiteCardView
from dossier.render.line_breaking import Width, break_lines, cut, fit_items
from dossier.views.builder import CARD_SIZE

WIDTH, HEIGHT = CARD_SIZE

INK, SOFT, ACCENT = range(3)
SHADES = 5
"""Steps from paper to each colour: 16 colours with paper, half a byte per pixel."""

RUN_LENGTH = 3
"""The strategy Z_RLE of zlib: smaller files for drawings, in less time."""

MARGIN = 76
MEASURE = WIDTH - 2 * MARGIN
LEADING = 1.14
DESCENT = 0.3
"""The depth below the baseline, as a fraction of the font size."""
TIGHTENING = 0.015
TITLE_TOP, TITLE_HEIGHT, TITLE_SIZES = 204, 308, (92, 84, 76, 68, 60, 52)
NAME_HEIGHT, NAME_SIZES = 300, (150, 120, *TITLE_SIZES)

COVERED = [0, *[255] * 255]
"""For each colour of the palette, whether it is not paper, as a mask."""


class Style(NamedTuple):
    """A text style; `tracking` is added after every letter."""

    face: str
    size: int
    colour: int
    tracking: int = 0


BRAND = Style("Bold", 46, INK, -1)
KICKER = Style("Bold", 28, ACCENT, 2)
DATE = Style("Regular", 34, SOFT)
STAMP = Style("Bold", 24, INK, 2)
TAGLINE = Style("It", 44, SOFT)


class Glyph(NamedTuple):
    """A letter: its shape, its offset from the pen on the baseline, and its width."""

    shape: Image.Image
    left: int
    top: int
    advance: int


def draw_card(view: BriefingCardView | SiteCardView) -> bytes:
    """Draw a social card as a PNG file of 16 colours."""
    card = _briefing_card(view) if isinstance(view, BriefingCardView) else _site_card(view)
    card.putpalette(_card_palette(view.palette))
    buffer = BytesIO()
    card.save(buffer, "PNG", bits=4, compress_type=RUN_LENGTH)
    return buffer.getvalue()


def _briefing_card(view: BriefingCardView) -> Image.Image:
    """Draw title, companies, date and status."""
    card = _frame(view.site_title).copy()
    companies = [name.upper() for name in map(_drawable, view.companies) if name]
    _write(card, 176, [fit_items(companies, " · ", _width(KICKER), MEASURE)], KICKER)
    title = _drawable(view.title) or _drawable(view.site_title)
    style, lines = _fit(title, TITLE_SIZES, TITLE_HEIGHT)
    _write(card, TITLE_TOP + style.size, lines, style)
    date = _drawable(format_date(view.date, view.lang)) or view.date[:10]
    if view.reconstructed:
        said = gettext(view.lang, "reconstructed on %(date)s")
        said %= {"date": format_date(view.reconstructed, view.lang)}
        date = f"{date} · {_drawable(said) or view.reconstructed}"
    _write(card, 578, [date], DATE)
    _stamp(card, _drawable(status_mark(view.lang, view.status)), view.status)
    return card


def _site_card(view: SiteCardView) -> Image.Image:
    """Draw the site's name and tagline."""
    card = _frame("").copy()
    style, lines = _fit(_drawable(view.site_title), NAME_SIZES, NAME_HEIGHT)
    _write(card, 330 - _leading(style) * (len(lines) - 1), lines, style)
    _write(card, 420, _at_most(2, _drawable(view.tagline), TAGLINE), TAGLINE)
    _write(card, 578, [cut(_drawable(view.address), _width(DATE), MEASURE)], DATE)
    return card


@cache
def _frame(site_title: str) -> Image.Image:
    """Draw the parts shared by all cards: the band, the site's name and the rules."""
    card = Image.new("L", (WIDTH, HEIGHT), 0)
    draw = ImageDraw.Draw(card)
    draw.rectangle((0, 0, WIDTH, 15), _index(ACCENT))
    for top in (106, 112) if site_title else ():
        draw.rectangle((MARGIN, top, WIDTH - MARGIN - 1, top + 1), _index(INK))
    for top in (524, 530):
        draw.rectangle((MARGIN, top, WIDTH - MARGIN - 1, top + 1), _index(INK))
    _write(card, 82, [cut(_drawable(site_title), _width(BRAND), MEASURE)], BRAND)
    return card


def _fit(text: str, sizes: Sequence[int], height: int) -> tuple[Style, list[str]]:
    """Choose the largest style in which a text fits, and break it; cut one that never fits."""
    for size in sizes:
        style = Style("Bold", size, INK, -round(size * TIGHTENING))
        most = 1 + int((height - size * (1 + DESCENT)) / (size * LEADING))
        if len(break_lines(text, _width(style), MEASURE)) <= most:
            break
    return style, _at_most(most, text, style)


def _at_most(most: int, text: str, style: Style) -> list[str]:
    """Break a text into lines; the last one may end with an ellipsis."""
    lines = break_lines(text, _width(style), MEASURE)
    if len(lines) > most:
        lines[most - 1 :] = [cut(" ".join(lines[most - 1 :]), _width(style), MEASURE)]
    return lines


def _stamp(card: Image.Image, text: str, status: str) -> None:
    """Draw a word in a box at the lower right; nothing if it is empty."""
    if text:
        style = STAMP._replace(colour=INK if "superseded" in status else ACCENT)
        left = WIDTH - MARGIN - _width(style)(text.upper()) - 40
        box = (left, 546, WIDTH - MARGIN - 1, 592)
        ImageDraw.Draw(card).rectangle(box, outline=_index(style.colour), width=3)
        _write(card, 578, [text.upper()], style, left + 20)


def _write(
    card: Image.Image, baseline: int, lines: Sequence[str], style: Style, left: int = MARGIN
) -> None:
    """Draw lines on a card, the first with its baseline at a y coordinate."""
    leading, above = _leading(style), round(style.size * 1.1)
    block = Image.new("L", (WIDTH - left, above + leading * len(lines)), 0)
    for n, line in enumerate(lines):
        pen = 0
        for letter in line:
            glyph = _glyph(letter, style.face, style.size)
            block.paste(255, (pen + glyph.left, above + n * leading + glyph.top), glyph.shape)
            pen += glyph.advance + style.tracking
    shaded = block.point(_ramp(style.colour))
    card.paste(shaded, (left, baseline - above), shaded.point(COVERED))


def _leading(style: Style) -> int:
    return round(style.size * LEADING)


@cache
def _width(style: Style) -> Width:
    """Create a function that measures texts in a style."""

    def measure(text: str) -> int:
        advances = (_glyph(letter, style.face, style.size).advance for letter in text)
        return sum(advances) + len(text) * style.tracking

    return measure


@lru_cache(maxsize=4096)
def _glyph(letter: str, face: str, size: int) -> Glyph:
    font = _font(face, size)
    left, top, right, bottom = map(int, font.getbbox(letter, anchor="ls"))
    shape = Image.new("L", (max(right - left, 1), max(bottom - top, 1)), 0)
    ImageDraw.Draw(shape).text((-left, -top), letter, 255, font, anchor="ls")
    return Glyph(shape, left, top, round(font.getlength(letter)))


@cache
def _font(face: str, size: int) -> ImageFont.FreeTypeFont:
    path = files("font_source_serif_pro") / f"files/SourceSerifPro-{face}.otf"
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


def _drawable(text: str) -> str:
    """Normalise a text for the font; empty where the font lacks a letter."""
    spaced = unicodedata.normalize("NFC", text).replace("\u202f", "\u00a0")
    return spaced if all(map(_is_drawable, spaced)) else ""


@cache
def _is_drawable(letter: str) -> bool:
    font = _font(STAMP.face, STAMP.size)
    missing = font.getmask("\U0010ffff")  # a noncharacter, which no font has
    return bytes(font.getmask(letter)) != bytes(missing)


def _index(colour: int, shade: int = SHADES) -> int:
    """Find a shade of a colour in the palette; paper comes first."""
    return 1 + colour * SHADES + shade - 1 if shade else 0


@cache
def _ramp(colour: int) -> list[int]:
    """Map the coverage of a pixel, 0 to 255, to the palette."""
    return [_index(colour, round(covered * SHADES / 255)) for covered in range(256)]


@cache
def _card_palette(palette: Palette) -> bytes:
    """Paper, then the shades of each colour: three bytes for each place."""
    paper = bytes.fromhex(palette.paper.light)
    values = [*paper]
    for named in (palette.ink, palette.soft, palette.accent):
        colour = bytes.fromhex(named.light)
        for step in range(1, SHADES + 1):
            pairs = zip(paper, colour, strict=True)
            values += (a + (b - a) * step // SHADES for a, b in pairs)
    return bytes(values)
