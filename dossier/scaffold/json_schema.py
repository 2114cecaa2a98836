"""JSON Schemas of front matter and site.yaml, from the models: editors complete and check by them.

They accept whatever a build accepts, and less of what it refuses than a build does: an editor reads
`2022` as a number and `NO` as false, where Dossier reads text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dossier.content.field_types import FieldType, field_types
from dossier.content.models import FRONT_MATTER, FrontMatter
from dossier.content.settings import SETTINGS_FILE, SiteFile

DIALECT = "http://json-schema.org/draft-07/schema#"
"""The one that editors of YAML know best."""
FOLDER = Path(".vscode")
SITE_SCHEMA = "site.schema.json"

Schema = dict[str, Any]
_TEXT: Schema = {"type": ["string", "number", "boolean"]}
_FORMS: dict[str, Schema] = {
    "bool": {"type": "boolean"},
    "number": {"type": "number"},
    "url": {"type": "string", "pattern": "^https?://"},
}


def render_schemas() -> Iterator[tuple[str, str]]:
    """Render each schema as JSON, with the name of its file."""
    models: list[tuple[str, type[FrontMatter]]] = [("site", SiteFile), *FRONT_MATTER.items()]
    for name, model in models:
        file = f"content/{SETTINGS_FILE}" if model is SiteFile else f"front matter of a {name}"
        text = json.dumps(build_schema(model, file), ensure_ascii=False, indent=2)
        yield f"{name}.schema.json", f"{text}\n"


def write_schemas(folder: Path) -> list[Path]:
    """Write the schemas into a folder, and return their files."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, text in render_schemas():
        paths.append(folder / name)
        paths[-1].write_text(text, "utf-8", newline="\n")
    return paths


def build_schema(model: type[FrontMatter], title: str) -> Schema:
    """Build the schema of a model, with those of the models that it contains."""
    found: dict[str, Schema] = {}
    whole = _mapping(model, found)
    definitions = {"definitions": dict(sorted(found.items()))} if found else {}
    return {"$schema": DIALECT, "title": title, **whole, **definitions}


def _mapping(model: type[FrontMatter], found: dict[str, Schema]) -> Schema:
    fields = field_types(model)
    required = [name for name, field in fields.items() if not field.optional]
    return {
        "type": "object",
        "description": " ".join((model.__doc__ or "").split()),
        "properties": {name: _described(field, found) for name, field in fields.items()},
        "additionalProperties": False,
        **({"required": required} if required else {}),
    }


def _described(field: FieldType, found: dict[str, Schema]) -> Schema:
    value = _value(field, found)
    if field.optional:
        value = {"anyOf": [value, {"type": "null"}]}
    return {"description": field.description, **value}


def _value(field: FieldType, found: dict[str, Schema]) -> Schema:
    if field.item is not None:
        least = {} if field.optional else {"minItems": 1}
        return {"type": "array", "items": _value(field.item, found), **least}
    if field.record is not None:
        return _record(field.record, found)
    if field.choices:
        return {"enum": list(field.choices)}
    return _FORMS.get(field.form, _TEXT)


def _record(model: type[FrontMatter], found: dict[str, Schema]) -> Schema:
    """Refer to a nested model; one with a short form may be just that."""
    name = model.__name__
    if name not in found:
        found[name] = {}
        found[name] = _mapping(model, found)
    reference = {"$ref": f"#/definitions/{name}"}
    short = getattr(model, "shorthand", "")
    if not short:
        return reference
    return {"anyOf": [reference, _value(field_types(model)[short], found)]}
