"""Inputs that fuzzing begins with or once found, and random ones of the same forms."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dossier.content.field_types import field_types
from dossier.content.models import FRONT_MATTER
from dossier.content.reading.content_files import KIND_FOLDERS
from dossier.content.settings import SiteFile
from tests.fuzz.targets import FOLDERS, TARGETS, read_file, read_site

CORPUS = sorted((Path(__file__).with_name("corpus")).glob("*/*"))

TEXT = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["a", "FR", "tiktok", "2022-07-07", "2022-13", "https://a.b/c", "/files/a.png"]
    ),
    st.sampled_from(["", " ", "-", "~", "yes", "null", "0x1f", "1e999", "!!python/name:os", "en"]),
    st.sampled_from(["[@x]", "\u202e", "\ufeff", "\u2028", "../..", "con", "2022-07-07T25:00"]),
)
SCALARS = st.one_of(
    TEXT,
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([10**40, -1, 0, 2022]),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.binary(max_size=6),
)


def values(names: list[str]) -> st.SearchStrategy[Any]:
    """Values of any form: scalars, lists, and records with these fields or others."""
    keys = st.one_of(st.sampled_from(names), TEXT)
    return st.recursive(
        SCALARS,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4),
        max_leaves=8,
    )


def nested_names(record: Any) -> list[str]:
    """The names of all fields of a record and of those within it."""
    found: set[str] = set()
    todo = [record]
    while todo:
        for name, field in field_types(todo.pop()).items():
            inner = (field.item or field).record
            if inner is not None and name not in found:
                todo.append(inner)
            found.add(name)
    return sorted(found)


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_known_input_keeps_every_promise(path: Path) -> None:
    """Those that were found stay found."""
    TARGETS[path.parent.name](path.read_bytes())


@pytest.mark.parametrize("folder", FOLDERS)
def test_random_front_matter_is_read_or_refused_in_its_place(folder: str) -> None:
    """Fields of any kind with values of any form."""
    record = FRONT_MATTER[KIND_FOLDERS[folder]]
    names = nested_names(record)
    first = bytes([FOLDERS.index(folder)])

    @given(st.dictionaries(st.sampled_from(names), values(names), max_size=6), st.text(max_size=9))
    @settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def read(fields: dict[str, Any], body: str) -> None:
        front = yaml.safe_dump(fields, allow_unicode=True)
        read_file(first + f"---\n{front}---\n{body}".encode("utf-8", "surrogatepass"))

    read()


@given(st.data())
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_random_settings_are_read_or_refused_in_their_place(data: st.DataObject) -> None:
    """The file of the site as well."""
    names = nested_names(SiteFile)
    fields = data.draw(st.dictionaries(st.sampled_from(names), values(names), max_size=6))
    read_site(yaml.safe_dump(fields, allow_unicode=True).encode("utf-8", "surrogatepass"))


@given(st.sampled_from(sorted(TARGETS)), st.binary(max_size=200))
@settings(max_examples=200, deadline=None)
def test_random_bytes_are_read_or_refused(target: str, data: bytes) -> None:
    """Most are no text at all."""
    TARGETS[target](data)
