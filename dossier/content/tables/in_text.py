"""Tables in a text: an image of a CSV file that stands alone in its paragraph.

`{chart=line}` or `{chart=bar}` behind it draws the table.
"""

from __future__ import annotations

import re
from typing import Literal, cast
from xml.etree.ElementTree import Element

from markdown.util import AtomicString

from dossier.content.documents import Shown
from dossier.content.markdown.findings import Findings
from dossier.content.markdown.links import leads_to_file
from dossier.content.markdown.marks import TITLE_MARK, without_marks
from dossier.content.markdown.signs import RAW
from dossier.language.typography import typeset
from dossier.problems import suggest

CHARTS = ("line", "bar")
_FILE = re.compile(r"[^?#]*\.(?:csv|tsv)", re.IGNORECASE)
_ATTRIBUTES = re.compile(r"\s*\{([^{}]*)\}\s*")
_CHART = re.compile(r"""\s*chart\s*=\s*["']?(\w+)["']?\s*""")


def place_tables(root: Element, findings: Findings) -> None:
    """Replace images of tables by gaps; report those that cannot be shown."""
    images = {image for image in findings.places if _is_table(image)}
    if not images:
        return
    for parent in list(root.iter()):
        for index, child in enumerate(parent):
            if child.tag == "p" and len(child) == 1 and child[0] in images:
                attributes = _attributes(child)
                if attributes is not None:
                    images.remove(child[0])
                    parent[index] = _gap(child[0], attributes, findings)
                    parent[index].tail = child.tail
    for image in images:
        message = f"the table '{image.get('src')}' stands within a text"
        hint = "put it into a paragraph of its own, or link to it: [text](/files/name.csv)"
        findings.error(findings.places.pop(image), message, hint)


def _is_table(element: Element) -> bool:
    return element.tag == "img" and bool(_FILE.fullmatch(element.get("src", "")))


def _attributes(paragraph: Element) -> str | None:
    """Return what stands in braces behind the only image of a paragraph; None for other text."""
    before, after = (paragraph.text or "").strip(), without_marks(paragraph[0].tail or "")
    if before:
        return None
    if not after.strip():
        return ""
    match = _ATTRIBUTES.fullmatch(after)
    return match[1] if match else None


def _gap(image: Element, attributes: str, findings: Findings) -> Element:
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
    gap = Element(RAW)
    shown = Shown(typeset(caption.strip(), lang), typeset(credit.strip(), lang), chart)
    number = findings.table(address, place, shown)
    gap.text = AtomicString(f"{TITLE_MARK}{number}{TITLE_MARK}")
    return gap


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
