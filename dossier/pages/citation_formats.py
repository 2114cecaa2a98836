"""Citation formats: BibTeX and RIS, each as the address of a file.

The files are part of the page (`data:` addresses, RFC 2397): they add no output files, need neither
JavaScript nor a server, and always match the version of the page.
"""

from __future__ import annotations

import re

from dossier.views.parts import Download, View

_TEX = {
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
    "\\": "\\textbackslash{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
}
_TEX_SIGNS = re.compile(r"[&%$#_{}\\~^]")

_ENCODED = [(sign, f"%{ord(sign):02X}") for sign in "%\r\n \"#<>[]\\^`{|}&'"]
"""Characters that are not allowed in an address (WHATWG URL, 1.3), or escaped in HTML."""


class Reference(View, frozen=True, kw_only=True):
    """The data of a citation. `date` and `version` are days: of publication and of this version."""

    id: str
    title: str
    authors: tuple[str, ...]
    site: str
    url: str
    lang: str
    date: str
    version: str
    reconstructed: str = ""


def downloads(reference: Reference) -> tuple[Download, ...]:
    """Build the citation files in all formats."""
    return (
        _download(reference, "BibTeX", "bib", "application/x-bibtex", bibtex(reference)),
        _download(reference, "RIS", "ris", "application/x-research-info-systems", ris(reference)),
    )


def bibtex(reference: Reference) -> str:
    """Render an entry for BibTeX and biblatex; double braces keep the capitals of names."""
    year, month, _ = reference.date.split("-")
    names = " and ".join([f"{{{_tex(name)}}}" for name in reference.authors])
    author = f"  author = {{{names}}},\n" if names else ""
    return (
        f"@misc{{{reference.id},\n{author}"
        f"  title = {{{{{_tex(reference.title)}}}}},\n"
        f"  howpublished = {{{_tex(reference.site)}}},\n"
        f"  year = {{{year}}},\n"
        f"  month = {{{int(month)}}},\n"
        f"  version = {{{reference.version}}},\n"
        f"  note = {{{_note(reference)}}},\n"
        f"  url = {{{reference.url}}},\n"
        f"  language = {{{reference.lang}}},\n"
        "}\n"
    )


def _tex(text: str) -> str:
    return _TEX_SIGNS.sub(lambda sign: _TEX[sign[0]], text)


def _note(reference: Reference) -> str:
    note = f"Version of {reference.version}"
    return (
        f"{note}, reconstructed on {reference.reconstructed}" if reference.reconstructed else note
    )


def ris(reference: Reference) -> str:
    """Render a record in the RIS format (Research Information Systems, 2011)."""
    names = "".join([f"AU  - {name}\r\n" for name in reference.authors])
    written = reference.reconstructed
    note = f"N1  - Reconstructed on {written}\r\n" if written else ""
    return (
        "TY  - ELEC\r\n"
        f"ID  - {reference.id}\r\n"
        f"TI  - {reference.title}\r\n"
        f"{names}"
        f"T2  - {reference.site}\r\n"
        f"PY  - {reference.date[:4]}\r\n"
        f"DA  - {reference.date.replace('-', '/')}/\r\n"
        f"ET  - {reference.version}\r\n"
        f"{note}"
        f"UR  - {reference.url}\r\n"
        f"LA  - {reference.lang}\r\n"
        "ER  - \r\n"
    )


def _download(reference: Reference, name: str, ending: str, media_type: str, text: str) -> Download:
    for sign, code in _ENCODED:
        if sign in text:  # which is found out much faster than by replacing
            text = text.replace(sign, code)
    address = f"data:{media_type};charset=utf-8,{text}"
    return Download(name=name, file=f"{reference.id}.{ending}", address=address)
