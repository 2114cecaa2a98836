"""Images in a text: what each shows, its caption and its credit."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from dossier.content.documents import Picture
from dossier.content.markdown.findings import Findings
from dossier.content.markdown.inline.links import leads_to_file
from dossier.content.markdown.marks import SLOT_ADDRESS, without_marks
from dossier.language.typography import typeset

_CREDIT = re.compile(
    r"(?:^|(?<=[\s(]))(?:Photos?|Photograph|Picture|Image|Illustration|Graphic|Graphique|Credits?|"
    r"Crédits?|Source|Fotos?|Bild|Quelle|Grafik|Créditos?|Fuente|Fonte|Bron|Beeld)\s?[:：]"
    r"|(?:写真|撮影|提供|出典|图片|圖片|来源|來源)\s?[:：]|©"
)
_LEFT_OVER = " \t\n·|–—-(;,"


def take_image(image: Element, place: int, findings: Findings) -> None:
    """Make the address of an image a gap, or report why it cannot be shown."""
    address, lang = image.get("src", ""), findings.lang
    text, title = (without_marks(image.get(name, "")).strip() for name in ("alt", "title"))
    if not text:
        message = f"the image '{address}' has no text"
        findings.error(place, message, "describe it: ![what it shows](…)")
    elif not leads_to_file(address):
        message = f"'{address}' is not a file of this site"
        hint = "put the image into content/files/ and write /files/name.png"
        findings.error(place, message, hint)
    else:
        caption, credit = (typeset(part, lang) for part in split_credit(title))
        number = findings.image(address, place, Picture(text, caption, credit))
        image.set("src", f"{SLOT_ADDRESS}{number}")


def split_credit(title: str) -> tuple[str, str]:
    """Split what stands below an image into its caption and its credit."""
    match = _CREDIT.search(title)
    if not match:
        return title.strip(), ""
    before, credit = title[: match.start()].rstrip(), title[match.start() :].strip()
    if before.endswith("("):
        credit = credit.removesuffix(").").removesuffix(")")
    return before.rstrip(_LEFT_OVER), credit
