"""What is said of YAML that cannot be read: the mistake as its author made it, and the way out."""

from __future__ import annotations

import re
import unicodedata

import yaml

from dossier.content.source_text import SourceText
from dossier.problems import Problem

MAX_DEPTH = 20
TOO_DEEP = f"lists and mappings are nested more than {MAX_DEPTH} deep"

_HINTS = {
    "could not find expected ':'": "every line needs the form `field: value`",
    "did not find expected ',' or ']'": (
        "a list opened with [ needs commas between its items and a closing ]"
    ),
    "found unexpected end of stream": "a quote that was opened is not closed",
    "cannot start any token": "put a text that begins with this character in quotes",
    "alphabetic or numeric character": "quote a text that begins with '&' or '*'",
    "found unknown escape character": r"within double quotes, write \\ for \, or use single quotes",
}
_QUOTE_ALL = "put the whole text in quotes; within single quotes, write '' for '"
_ODD_SPACE = re.compile(
    r"^[ ]*(?:[\w-]+:|-)?(?P<odd>[\u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000])", re.MULTILINE
)
"""A character that looks like a space, or like nothing, where YAML needs a space."""
_FIELD = re.compile(r"\s*(?:- )?\{?\s*(?P<name>[\w-]+):\s+(?P<text>.*?)\s*\Z")
_EXAMPLE = 70
"""Characters of an author's own text that a hint repeats."""


def syntax_problem(
    source: SourceText, error: yaml.MarkedYAMLError, text: str, line_offset: int
) -> Problem:
    """Build the problem of an error of PyYAML or libyaml in a YAML text."""
    if odd := _ODD_SPACE.search(text):
        return _odd_space(source, text, odd, line_offset)
    reason = (error.problem or error.context or "the YAML cannot be read").strip()
    mark = error.problem_mark or error.context_mark
    if "unexpected end of stream" in reason:
        mark = error.context_mark or mark  # where the quote was opened
    line, column = (mark.line + line_offset + 1, mark.column + 1) if mark else (line_offset + 1, 1)
    message, hint = _explain(error, reason, source.line(line), column)
    return source.problem(line, column, message, hint)


def _odd_space(source: SourceText, text: str, odd: re.Match[str], line_offset: int) -> Problem:
    place = odd.start("odd")
    line = text.count("\n", 0, place) + line_offset + 1
    name = unicodedata.name(odd["odd"], "space").lower()
    message = f"this is no space but a {name} (U+{ord(odd['odd']):04X})"
    hint = "delete it, and type a space: the two look the same"
    return source.problem(line, place - text.rfind("\n", 0, place), message, hint)


def _explain(error: yaml.MarkedYAMLError, reason: str, line: str, column: int) -> tuple[str, str]:
    """Find the message and the hint for an error at a column of a line."""
    if "mapping values are not allowed" in reason:
        if ": " in line[: column - 1]:
            return "a second ': ' on this line cannot be read", _in_quotes(line)
        return "a field cannot begin here", "begin it in the same column as the field above"
    if line[column - 1 : column] == "\t":
        return "a tab cannot indent YAML", "use spaces"
    misaligned = ("'-' indicator", "block end", "document start")
    begins = not line[: column - 1].strip()
    if any(part in reason for part in misaligned) or (begins and "expected key" in reason):
        hint = "indent the fields of an item by the same number of spaces, below one another"
        return "these lines do not align", hint
    if "nesting" in reason:  # some builds of libyaml have a depth limit of their own
        return TOO_DEEP, _QUOTE_ALL
    message = f"the YAML cannot be read: {reason}"
    if "flow sequence" in (error.context or ""):
        return message, _HINTS["did not find expected ',' or ']'"]
    return message, next((hint for phrase, hint in _HINTS.items() if phrase in reason), _QUOTE_ALL)


def _in_quotes(line: str) -> str:
    """Show the author's own line with its text in quotes."""
    field = _FIELD.match(line)
    if not field or len(field["text"]) > _EXAMPLE:
        return "put the whole text in quotes"
    text = field["text"]
    quoted = (
        f'"{text}"' if '"' not in text and "\\" not in text else "'" + text.replace("'", "''") + "'"
    )
    return f"put the text in quotes: {field['name']}: {quoted}"
