"""JSON Schemas for editors: they accept what a build accepts, and know every field."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from dossier.cli import main
from dossier.content.field_types import field_types
from dossier.content.models import FRONT_MATTER, Kind
from dossier.content.reading.content_files import KIND_FOLDERS
from dossier.content.settings import SiteFile
from dossier.scaffold.json_schema import build_schema, render_schemas
from dossier.scaffold.new_site import STARTER
from dossier.scaffold.site_settings import render_site_settings
from tests.helpers.smallsite import ROOT

FULL_SITE = (ROOT / "tests/helpers/full_site.txt").read_text("utf-8")
TYPES: Mapping[str, Any] = {
    "object": dict,
    "array": list,
    "null": type(None),
    "boolean": bool,
    "number": (int, float),
    "string": str,
}


def faults(
    value: Any, schema: Mapping[str, Any], root: Mapping[str, Any], at: str = ""
) -> list[str]:
    """What a schema refuses of a value: as much of JSON Schema as ours use."""
    if "$ref" in schema:
        return faults(value, root["definitions"][schema["$ref"].rpartition("/")[2]], root, at)
    if "anyOf" in schema:
        each = [faults(value, one, root, at) for one in schema["anyOf"]]
        return min(each, key=len)
    if "enum" in schema:
        return [] if value in schema["enum"] else [f"{at}: {value!r}"]
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not any(isinstance(value, TYPES[name]) for name in types):
        return [f"{at}: {value!r} is no {types}"]
    if isinstance(value, list):
        return [
            f
            for n, one in enumerate(value)
            for f in faults(one, schema["items"], root, f"{at}/{n}")
        ]
    if isinstance(value, dict):
        known = schema["properties"]
        wrong = [f"{at}: unknown {name}" for name in value if name not in known]
        wrong += [f"{at}: lacks {name}" for name in schema.get("required", ()) if name not in value]
        return wrong + [
            fault
            for name, one in value.items()
            if name in known
            for fault in faults(one, known[name], root, f"{at}/{name}")
        ]
    return []


class AsEditorsRead(yaml.SafeLoader):
    """YAML as editors read it: a day is text, as in YAML 1.2."""


AsEditorsRead.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if "timestamp" not in tag]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def front_matter() -> list[tuple[Kind, str]]:
    """Front matter with every field, and that of the example of a new site."""
    found = []
    for piece in FULL_SITE.split("-- content/")[1:]:
        path, _, text = piece.partition(" --\n")
        if kind := KIND_FOLDERS.get(path.partition("/")[0]):
            found.append((kind, text.split("---\n")[1]))
    for path in STARTER.glob("content-*/*/*.md"):
        text = path.read_text("utf-8").split("---\n")[1]
        found.append((KIND_FOLDERS[path.parent.name], text))
    return found


def test_what_a_build_accepts_is_accepted() -> None:
    """Every field of every kind, short forms too."""
    written = front_matter()
    assert {kind for kind, _ in written} == set(FRONT_MATTER)
    for kind, text in written:
        schema = build_schema(FRONT_MATTER[kind], kind)
        assert faults(yaml.load(text, AsEditorsRead), schema, schema) == []
    schema = build_schema(SiteFile, "site")
    text = render_site_settings({"title": "A", "base_url": "https://example.org/"})
    lines = [line.removeprefix("#") if line[:2] != "# " else line for line in text.splitlines()]
    for settings in (text, "\n".join(lines)):
        assert faults(yaml.load(settings, AsEditorsRead), schema, schema) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("titel: x", ": unknown titel"),
        ("title: x", ": lacks date"),
        ("status: gone", "/status: 'gone'"),
        ("companies: tiktok", "/companies: 'tiktok' is no ['array']"),
        ("sources: [{id: a}]", "/sources/0: lacks title"),
    ],
)
def test_slips_are_seen(text: str, fault: str) -> None:
    """Unknown and missing fields, other values, a value for a list."""
    schema = build_schema(FRONT_MATTER["briefing"], "briefing")
    assert fault in faults(yaml.safe_load(text), schema, schema)


def test_every_field_has_its_description() -> None:
    """As the documentation has it."""
    schemas = {name: json.loads(text) for name, text in render_schemas()}
    for kind, model in FRONT_MATTER.items():
        properties = schemas[f"{kind}.schema.json"]["properties"]
        described = {name: value["description"] for name, value in properties.items()}
        assert described == {n: field.description for n, field in field_types(model).items()}


def test_the_command_writes_a_schema_of_each_kind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And of site.yaml."""
    assert main(["schema", "--output", str(tmp_path / "to")]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(FRONT_MATTER) + 1
    assert json.loads((tmp_path / "to/site.schema.json").read_text("utf-8"))["type"] == "object"
