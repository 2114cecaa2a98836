"""The accent of a site: from one colour, those for light and dark pages, letters and bands.

Contrast is that of WCAG 2.2, 1.4.3. Shades keep the hue of a colour in OKLCH
(https://www.w3.org/TR/css-color-4/#ok-lab) and differ in lightness alone, as far as sRGB allows.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import msgspec

from dossier.content.brand.palette import Colour, Palette

ENOUGH = 4.5
"""The least contrast of text (WCAG 2.2, level AA)."""
WHITE = "ffffff"
DARK_LETTERS, DARK_BAND = 0.79, 0.52
"""The lightness, in OKLCH, that an accent has on dark pages: as letters, and below white ones."""
_STEPS = 400

_Triple = tuple[float, float, float]


def with_accent(palette: Palette, accent: str) -> Palette:
    """Replace the accent of a palette and its band. The accent must be `nearest_accent`."""
    light, dark = _backgrounds(palette)
    letters = nearest_shade(_at_lightness(accent, DARK_LETTERS), dark)
    band = nearest_shade(_at_lightness(accent, DARK_BAND), [WHITE])
    return msgspec.structs.replace(
        palette,
        accent=Colour(nearest_shade(accent, light), letters),
        band=Colour(nearest_shade(accent, [WHITE]), band),
    )


def accent_problem(palette: Palette, accent: str) -> tuple[str, str] | None:
    """Find out whether an accent is too faint to read: the message, and the way out."""
    nearest = nearest_accent(palette, accent)
    if nearest == accent:
        return None
    found = math.floor(least_contrast(palette, accent) * 100) / 100
    message = f"the contrast of '{accent}' with the page is {found}; WCAG AA asks for {ENOUGH}"
    return message, f"the nearest shade of it that passes is {nearest}"


def nearest_accent(palette: Palette, accent: str) -> str:
    """Find the shade of an accent that is nearest to it and can be read on light pages."""
    return nearest_shade(accent, _backgrounds(palette)[0])


def least_contrast(palette: Palette, accent: str) -> float:
    """Return the contrast of an accent with what it is written on, on light pages."""
    return min(contrast(accent, one) for one in _backgrounds(palette)[0])


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def nearest_shade(colour: str, backgrounds: Iterable[str]) -> str:
    """Find the nearest lightness in which a colour can be read on all of some backgrounds.

    Black or white, whichever has more contrast, where none can be.
    """
    against = tuple(backgrounds)
    lightness = _to_oklch(colour)[0]
    for step in range(_STEPS + 1):
        for wanted in (lightness - step / _STEPS, lightness + step / _STEPS):
            shade = colour if step == 0 else _at_lightness(colour, min(1.0, max(0.0, wanted)))
            if all(contrast(shade, one) >= ENOUGH for one in against):
                return shade
    return max(("000000", WHITE), key=lambda shade: min(contrast(shade, one) for one in against))


def _backgrounds(palette: Palette) -> tuple[tuple[str, str], tuple[str, str]]:
    """List what an accent is written on, on light pages and on dark ones."""
    paper, panel = palette.paper, palette.panel
    return (paper.light, panel.light), (paper.dark, panel.dark)


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(colour: str) -> _Triple:
    """Decode six hexadecimal digits to linear light."""
    red, green, blue = (
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4
        for one in (byte / 255 for byte in bytes.fromhex(colour))
    )
    return red, green, blue


def _to_oklch(colour: str) -> _Triple:
    """Convert to lightness, chroma and hue, which is in radians."""
    red, green, blue = _linear(colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    return lightness, math.hypot(a, b), math.atan2(b, a)


def _at_lightness(colour: str, lightness: float) -> str:
    """Change the lightness of a colour; less chroma where sRGB has not as much."""
    _, chroma, hue = _to_oklch(colour)
    for percent in range(100, -1, -1):
        light = _from_oklch(lightness, chroma * percent / 100, hue)
        if all(-0.0005 <= one <= 1.0005 for one in light):
            break
    return bytes(map(_encode, light)).hex()


def _from_oklch(lightness: float, chroma: float, hue: float) -> _Triple:
    """Convert to linear light, which is beyond 0 to 1 where sRGB lacks the colour."""
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _encode(light: float) -> int:
    light = min(1.0, max(0.0, light))
    value = 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
    return round(value * 255)
