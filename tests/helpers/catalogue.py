"""The catalogues of interface texts: `python -m tests.helpers.catalogue` brings them up to date.

Texts are gathered from the templates and the package; `dossier/language/locale/<lang>/` keeps what
was translated, marks what is new, and the binary form that a build reads is compiled from it.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent.parent
LOCALE = ROOT / "dossier" / "language" / "locale"
JINJA_OPTIONS = {"trim_blocks": "true", "lstrip_blocks": "true", "newstyle_gettext": "true"}

KEYWORDS = {"gettext": (2,), "ngettext": (2, 3), "_say": None, "N_": None, "_counted": (1, 2)}
"""The functions of the package that are given texts, and which of their arguments these are."""


def extract_messages() -> Catalog:
    """Every interface text of the templates and of the package."""
    catalog = Catalog(charset="utf-8")
    found = [
        *_extract("templates", "**.html", "jinja2", JINJA_OPTIONS, None),
        *_extract("dossier", "**.py", "python", {}, KEYWORDS),
    ]
    for name, line, message, comments in found:
        catalog.add(message, None, [(name, line)], auto_comments=comments)
    return catalog


def catalogue_files() -> list[Path]:
    """The authored catalogues."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/dossier.po"))


def read_catalogue(path: Path) -> Catalog:
    """An authored catalogue."""
    with path.open("rb") as file:
        catalog = read_po(file, locale=path.parent.parent.name)
    # the compiled form carries these, and would change each minute
    catalog.creation_date = catalog.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    return catalog


def compile_catalogue(catalog: Catalog) -> bytes:
    """The binary form that a build reads."""
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def update() -> None:
    """Bring every catalogue up to date with the texts in use."""
    template = extract_messages()
    for path in catalogue_files():
        catalog = read_catalogue(path)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        with path.open("wb") as file:
            file.write(_header(catalog))
            write_po(file, catalog, width=100, sort_output=True, no_location=True, omit_header=True)
        path.with_suffix(".mo").write_bytes(compile_catalogue(read_catalogue(path)))


def _header(catalog: Catalog) -> bytes:
    """A header without the dates that would change a file at each update."""
    fields = {
        "Language": str(catalog.locale),
        "Content-Type": "text/plain; charset=utf-8",
        "Plural-Forms": catalog.plural_forms,
    }
    lines = "".join(f'"{name}: {value}\\n"\n' for name, value in fields.items())
    return f'msgid ""\nmsgstr ""\n{lines}\n'.encode()


def _extract(folder, pattern, method, options, keywords):  # type: ignore[no-untyped-def]
    extra = {} if keywords is None else {"keywords": keywords}
    for name, line, message, comments, _ in extract_from_dir(
        ROOT / folder, method_map=[(pattern, method)], options_map={pattern: options}, **extra
    ):
        yield f"{folder}/{name}", line, message, comments


if __name__ == "__main__":
    update()
