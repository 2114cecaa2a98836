"""Tables in a text: an image of a CSV file that stands alone in its paragraph.

`{chart=line}` or `{chart=bar}` behind it draws the table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Literal, cast
from xml.etree.ElementTree import Element

from dossier.content.documents import Shown
from dossier.content.markdown.findings import Findings
from dossier.content.markdown.inline.emphasis import Run
from dossier.content.markdown.inline.links import leads_to_file
from dossier.content.markdown.marks import TITLE_MARK, without_marks
from dossier.language.typography import typeset
from dossier.problems import suggest

CHARTS = ("line", "bar")
_FILE = re.compile(r"[^?#]*\.(?:csv|tsv)", re.IGNORECASE)
_ATTRIBUTES = re.compile(r"\s*\{([^{}]*)\}\s*")
_CHART = re.compile(r"""\s*chart\s*=\s*["']?(\w+)["']?\s*""")


def table_gap(nodes: Sequence[Any], findings: Findings) -> str:
    """Build the gap of the table that is all of a paragraph; empty where there is none."""
    marked = [n for n, node in enumerate(nodes) if not isinstance(node, str | Run)]
    if len(marked) != 1:
        return ""
    image, before, after = nodes[marked[0]], nodes[: marked[0]], nodes[marked[0] + 1 :]
    if not isinstance(image, Element) or not is_table(image) or _plain(before).strip():
        return ""
    behind = without_marks(_plain(after))
    match = _ATTRIBUTES.fullmatch(behind)
    if behind.strip() and not match:
        return ""
    return _gap(image, match[1] if match else "", findings)


def report_tables(findings: Findings) -> None:
    """Report images of tables that stand in no place for a table."""
    for image in [image for image in findings.places if is_table(image)]:
        message = f"the table '{image.get('src')}' stands within a text"
        hint = "put it into a paragraph of its own, or link to it: [text](/files/name.csv)"
        findings.error(findings.places.pop(image), message, hint)


def is_table(element: Element) -> bool:
    """Tell whether an element is an image of a CSV file."""
    return element.tag == "img" and bool(_FILE.fullmatch(element.get("src", "")))


def _plain(nodes: Sequence[Any]) -> str:
    return "".join(node if isinstance(node, str) else node.char * node.count for node in nodes)


def _gap(image: Element, attributes: str, findings: Findings) -> str:
    """Build the gap of a table, whose caption and source are typeset here."""
    address, place, lang = image.get("src", ""), findings.places.pop(image), findings.lang
    caption, credit = without_marks(image.get("alt", "")), image.get("title", "")
    chart = _chart(attributes, place, findings)
    if not caption.strip():
        message = f"the table '{address}' has no caption"
        findings.error(place, message, "write one: ![what it shows](…)")
    if not leads_to_file(address):
        message = f"'{address}' is not a file of this site"
        findings.error(place, message, "put it into content/files/ and write /files/name.csv")
    shown = Shown(typeset(caption.strip(), lang), typeset(credit.strip(), lang), chart)
    return f"{TITLE_MARK}{findings.table(address, place, shown)}{TITLE_MARK}"


def _chart(attributes: str, place: int, findings: Findings) -> Literal["", "line", "bar"]:
    if not attributes.strip():
        return ""
    match = _CHART.fullmatch(attributes)
    if match and match[1] in CHARTS:
        return cast('Literal["line", "bar"]', match[1])
    if match:
        hint = suggest(match[1], CHARTS) or f"known charts: {', '.join(CHARTS)}"
        findings.error(place, f"'{match[1]}' is not a chart", hint)
    else:
        message = f"{{{attributes}}} behind a table says nothing"
        findings.error(place, message, "write {chart=line} or {chart=bar}")
    return ""
