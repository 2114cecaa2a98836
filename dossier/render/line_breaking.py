"""Line breaking, independent of fonts: callers measure the text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

Width = Callable[[str], int]
"""Returns the width of a text on one line."""

ELLIPSIS = "…"


def break_lines(text: str, width: Width, measure: int) -> list[str]:
    """Break a text into as few lines as possible, of similar width within the measure.

    Lines end at spaces that allow breaks; a word that is too wide is broken anywhere.
    """
    words = [piece for word in text.split(" ") if word for piece in _pieces(word, width, measure)]
    widths = [width(word) for word in words]
    space = width("x x") - width("xx")
    best = _fill(words, widths, space, measure)
    low, high = max(widths, default=0), measure
    while low < high:
        middle = (low + high) // 2
        lines = _fill(words, widths, space, middle)
        if len(lines) > len(best):
            low = middle + 1
        else:
            best, high = lines, middle
    return best


def cut(text: str, width: Width, measure: int) -> str:
    """Shorten a text with an ellipsis until it fits."""
    if width(text) <= measure:
        return text
    while text and width(text + ELLIPSIS) > measure:
        text = text[:-1].rstrip()
    return text + ELLIPSIS


def fit_items(items: Sequence[str], separator: str, width: Width, measure: int) -> str:
    """Join as many items as fit on one line, then an ellipsis."""
    for count in range(len(items), 0, -1):
        rest = [ELLIPSIS] if count < len(items) else []
        line = separator.join([*items[:count], *rest])
        if width(line) <= measure:
            return line
    return cut(items[0], width, measure) if items else ""


def _fill(words: Sequence[str], widths: Sequence[int], space: int, measure: int) -> list[str]:
    lines: list[str] = []
    taken = 0
    for word, wide in zip(words, widths, strict=True):
        if lines and taken + space + wide <= measure:
            lines[-1] += f" {word}"
            taken += space + wide
        else:
            lines.append(word)
            taken = wide
    return lines


def _pieces(word: str, width: Width, measure: int) -> list[str]:
    pieces = [""]
    for letter in word if width(word) > measure else [word]:
        if pieces[-1] and width(pieces[-1] + letter) > measure:
            pieces.append("")
        pieces[-1] += letter
    return pieces
