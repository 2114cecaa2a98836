"""Palette: the colours of the style sheet, for use outside of pages.

Social cards, the icon and the browser's toolbar use the colours in `assets/css/tokens.css`, or
those that follow from the accent in `site.yaml`.
"""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from dossier.problems import Problem, ProblemError

TOKENS = "assets/css/tokens.css"
"""The style sheet that names the colours, in a folder of templates."""

_HEX = r"#([0-9a-f]{6}|[0-9a-f]{3})\b"
_COLOUR = rf"--(\w+)\s*:(?:\s*{_HEX}\s*[;}}]|\s*light-dark\(\s*{_HEX}\s*,\s*{_HEX}\s*\))"


class Colour(msgspec.Struct, frozen=True):
    """A colour on a light page and on a dark one, each six hexadecimal digits."""

    light: str
    dark: str


class Palette(msgspec.Struct, frozen=True, kw_only=True):
    """The colours used outside of pages; black on white without a style sheet.

    `accent` is for letters on `paper` and `panel`, `band` for areas with white letters.
    """

    paper: Colour = Colour("ffffff", "000000")
    panel: Colour = Colour("ffffff", "000000")
    ink: Colour = Colour("000000", "ffffff")
    soft: Colour = Colour("000000", "ffffff")
    accent: Colour = Colour("000000", "ffffff")
    band: Colour = Colour("000000", "000000")


PLAIN = Palette()


def accent_styles(palette: Palette) -> str:
    """Render the accent of a palette as a style sheet that overrides the theme's."""
    named = (("accent", palette.accent), ("band", palette.band))
    values = (f"--{name}:light-dark(#{colour.light},#{colour.dark})" for name, colour in named)
    return f":root{{{';'.join(values)}}}"


def read_palette(templates: Path) -> Palette:
    """Read the palette of a templates folder; the default one without a style sheet.

    Raises `ProblemError` where a colour is missing, or in another notation.
    """
    path = templates / TOKENS
    if not path.is_file():
        return PLAIN
    found: dict[str, Colour] = {}
    for name, both, light, dark in re.findall(_COLOUR, path.read_text("utf-8"), re.IGNORECASE):
        found.setdefault(name, Colour(_six_digits(both or light), _six_digits(both or dark)))
    names = Palette.__struct_fields__
    if missing := [name for name in names if name not in found]:
        raise ProblemError(*(_missing(name, path) for name in missing))
    return Palette(**{name: found[name] for name in names})


def _missing(name: str, path: Path) -> Problem:
    message = f"the style sheet does not define the colour '--{name}'"
    hint = f"write `--{name}: light-dark(#rrggbb, #rrggbb);`"
    return Problem(path.as_posix(), 0, 0, message, hint)


def _six_digits(digits: str) -> str:
    return (digits if len(digits) == 6 else "".join(d * 2 for d in digits)).lower()
