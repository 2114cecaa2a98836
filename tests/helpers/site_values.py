"""A site as values that can be changed: the fields and the text of every document, and the rest."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

import yaml

from dossier.content.field_types import FieldType, field_types
from dossier.content.models import FRONT_MATTER, FrontMatter, Kind
from dossier.content.reading.content_files import KIND_FOLDERS
from dossier.content.settings import SiteFile

Values = dict[str, Any]
"""Fields as written: texts, and lists and mappings of them."""

SETTINGS = "content/site.yaml"
_FILE = re.compile(r"^-- (\S+) --\n", re.MULTILINE)


class Holder(NamedTuple):
    """A record, somewhere in the values of a document or of the settings."""

    record: type[FrontMatter]
    values: Values


class Document:
    """The fields and the text of a Markdown file, or the fields of the settings."""

    def __init__(self, path: str, text: str) -> None:
        parts = PurePosixPath(path).parts
        self.kind: Kind | None = None if path == SETTINGS else KIND_FOLDERS[parts[1]]
        self.record = FRONT_MATTER[self.kind] if self.kind else SiteFile
        front, self.body = text, ""
        if self.kind:
            _, front, self.body = text.split("---\n", 2)
        self.values: Values = _written_out(self.record, yaml.load(front, yaml.BaseLoader))

    def text(self) -> str:
        """The file."""
        front = "".join(
            f"{name}: {json.dumps(value, ensure_ascii=False)}\n"
            for name, value in self.values.items()
        )
        return f"---\n{front}---\n{self.body}" if self.kind else front

    def holders(self) -> Iterator[Holder]:
        """The document's own record and every one in it."""
        return _holders(self.record, self.values)


class SiteValues:
    """What the files of a site hold, and the options of its builds."""

    def __init__(self, text: str) -> None:
        self.documents: dict[str, Document] = {}
        self.files: dict[str, str] = {}
        self.options: dict[str, Any] = {}
        pieces = _FILE.split(text)
        for path, content in zip(pieces[1::2], pieces[2::2], strict=True):
            if path.endswith((".md", ".yaml")):
                self.documents[path] = Document(path, content)
            else:
                self.files[path] = content

    def texts(self) -> dict[str, str]:
        """Every file by its path."""
        return {path: one.text() for path, one in self.documents.items()} | self.files

    def write(self, folder: Path, before: dict[str, str]) -> dict[str, str]:
        """Bring a folder up to date, given what was written to it before; what it holds now."""
        now = self.texts()
        for path in before.keys() - now.keys():
            (folder / path).unlink()
        for path, text in now.items():
            if before.get(path) != text:
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_text(text, "utf-8")
        return now

    @property
    def settings(self) -> Values:
        """Those of `site.yaml`."""
        return self.documents[SETTINGS].values

    def of_kind(self, kind: str) -> dict[str, Document]:
        """The documents of a kind by id."""
        return {
            PurePosixPath(path).stem: document
            for path, document in self.documents.items()
            if document.kind == kind
        }

    def rename(self, path: str, id_: str) -> None:
        """Give a document another id, also where others refer to it by the old one."""
        document = self.documents.pop(path)
        self._refer(document.kind or "", PurePosixPath(path).stem, id_)
        self.documents[f"{path.rpartition('/')[0]}/{id_}.md"] = document

    def remove(self, path: str) -> None:
        """Remove a document, and every reference to it by its id."""
        kind = self.documents.pop(path).kind or ""
        self._refer(kind, PurePosixPath(path).stem, None)

    def _refer(self, kind: str, old: str, new: str | None) -> None:
        def change(text: str) -> str | None:
            return new if text == old else text

        for document in self.documents.values():
            for form in (kind, "link", "menu name") if kind == "page" else (kind,):
                change_references(document.record, document.values, form, change)
            document.body = _relink(document.body, old, new)
        if "footer" in self.settings:
            self.settings["footer"] = _relink(self.settings["footer"], old, new)
        if "menu" in self.settings:
            self.settings["menu"] = _kept_lines(self.settings["menu"])


def _kept_lines(lines: list[Values]) -> list[Values]:
    """The lines of a menu that still lead somewhere."""
    for line in lines:
        if "menu" in line:
            line["menu"] = _kept_lines(line["menu"])
    return [line for line in lines if any(line.get(name) for name in ("page", "link", "menu"))]


def change_references(
    record: type[FrontMatter], values: Values, form: str, change: Callable[[str], str | None]
) -> bool:
    """Change every reference of a form; without a value they go. False where one is needed."""
    for name, field in field_types(record).items():
        if name not in values:
            continue
        changed = _changed(values[name], field, form, change)
        if changed is None or (changed == [] and not field.optional):
            if not field.optional:
                return False
            del values[name]
        else:
            values[name] = changed
    return True


def _changed(value: Any, field: FieldType, form: str, change: Callable[[str], str | None]) -> Any:
    if field.item:
        found = (_changed(item, field.item, form, change) for item in value)
        return [item for item in found if item is not None]
    if field.record:
        return value if change_references(field.record, value, form, change) else None
    return change(value) if field.form == form else value


def _relink(body: str, old: str, new: str | None) -> str:
    if new:
        body = re.sub(rf"\[\[{old}(?=[\]|])", f"[[{new}", body)
        return re.sub(rf"/{old}\.md\)", f"/{new}.md)", body)
    body = re.sub(rf"\[\[{old}(?:\|([^\]]*))?\]\]", r"\1", body)
    return re.sub(rf"\[([^\]]*)\]\([^)]*/{old}\.md\)", r"\1", body)


def _holders(record: type[FrontMatter], values: Values) -> Iterator[Holder]:
    yield Holder(record, values)
    for name, value in values.items():
        field = field_types(record)[name]
        inner = field.item or field
        if inner.record:
            for item in value if field.item else [value]:
                yield from _holders(inner.record, item)


def _written_out(record: type[FrontMatter], values: Values) -> Values:
    """Values in which no record is written in short."""
    shorthand = getattr(record, "shorthand", None)
    if shorthand and isinstance(values, str):
        return {shorthand: values}
    for name, value in values.items():
        field = field_types(record)[name]
        inner = field.item or field
        if inner.record:
            items = value if field.item else [value]
            found = [_written_out(inner.record, item) for item in items]
            values[name] = found if field.item else found[0]
    return values
