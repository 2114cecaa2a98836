"""Edits of a site beside those of fields: texts, documents, files, templates and options."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import strategies as st

from dossier.content.models import KINDS
from tests.helpers.field_changes import WORDS
from tests.helpers.site_values import Document, SiteValues

NEW_IDS = ["other", "new-1", "new-2"]
TEXTS = ["Words.", "## A heading", "- one\n- two", "<i>raw</i> & more", "word " * 600]

DRAWINGS = ["", "<svg/>\n", '<svg width="4" height="3"/>\n', '<svg width="4" height="3"></svg>\n']


@st.composite
def change_body(draw: st.DrawFn, site: SiteValues) -> str:
    """Another text for a document: a paragraph more or less, or another one."""
    paths = [path for path, document in site.documents.items() if document.kind]
    path = draw(st.sampled_from(paths))
    document = site.documents[path]
    paragraphs = document.body.strip("\n").split("\n\n")
    at = draw(st.integers(0, len(paragraphs)))
    added = draw(st.lists(_paragraphs(site, document), max_size=2))
    paragraphs[at : at + draw(st.integers(0, 1))] = added
    document.body = "\n" + "\n\n".join(paragraphs) + "\n"
    return f"{path}: {added} at {at}"


@st.composite
def add_document(draw: st.DrawFn, site: SiteValues) -> str:
    """A document more, like one that there is."""
    path, new = draw(_document_paths(site)), draw(st.sampled_from(NEW_IDS))
    document = copy.deepcopy(site.documents[path])
    for name in ("aliases", "former_ids", "translation_of"):
        document.values.pop(name, None)
    first = next(iter(document.values))
    document.values[first] = draw(st.sampled_from(WORDS))
    site.documents.setdefault(f"{path.rpartition('/')[0]}/{new}.md", document)
    return f"{new}, like {path}"


@st.composite
def rename_document(draw: st.DrawFn, site: SiteValues) -> str:
    """Another id for a document, also in what refers to it."""
    path, new = draw(_document_paths(site)), draw(st.sampled_from(NEW_IDS))
    if new not in site.of_kind(site.documents[path].kind or ""):
        site.rename(path, new)
    return f"{path}: {new}"


@st.composite
def remove_document(draw: st.DrawFn, site: SiteValues) -> str:
    """A document less, and most often without a reference to it."""
    path = draw(_document_paths(site))
    if draw(st.sampled_from([True, True, True, False])):
        site.remove(path)
    else:
        del site.documents[path]
    return path


@st.composite
def change_file(draw: st.DrawFn, site: SiteValues) -> str:
    """A static file added, changed or removed, or a template changed."""
    path = draw(st.sampled_from([*site.files, "content/files/new.txt"]))
    is_template = path.startswith("templates/")
    texts = DRAWINGS if path.endswith(".svg") else ["", "some\n", "other\n"]
    text = draw(st.sampled_from(["\n", " \n\n"] if is_template else texts))
    if is_template:
        site.files[path] += text
    elif text:
        site.files[path] = text
    else:
        site.files.pop(path, None)
    return f"{path}: {text!r}"


@st.composite
def change_options(draw: st.DrawFn, site: SiteValues) -> str:
    """Another time, another address, with or without drafts."""
    name = draw(st.sampled_from(["as_of", "as_of", "drafts", "base_url"]))
    values: dict[str, list[Any]] = {
        "as_of": ["2025-06-01", "2024-06-01", "2023-03-01", "2022-05-08", "2021-01-01"]
        + [f"2023-03-{time}" for time in ("01T15:00Z", "01T16:00Z", "02T00:31+09:00")],
        "drafts": [True, False],
        "base_url": ["https://example.net/", None],
    }
    site.options[name] = draw(st.sampled_from(values[name]))
    return f"{name}: {site.options[name]}"


def _document_paths(site: SiteValues) -> st.SearchStrategy[str]:
    return st.sampled_from([path for path, document in site.documents.items() if document.kind])


def _paragraphs(site: SiteValues, document: Document) -> st.SearchStrategy[str]:
    """Paragraphs with every kind of link; a citation only where there is a source."""
    files = [path.removeprefix("content") for path in site.files if path.startswith("content/")]
    ids = [id_ for kind in KINDS for id_ in site.of_kind(kind)]
    sources = [source["id"] for source in document.values.get("sources", [])]
    kinds = [
        st.sampled_from(
            ["Words.", "## A heading", "- one\n- two", "<i>raw</i> & more", "word " * 600]
        ),
        st.sampled_from(ids).map(lambda id_: f"See [[{id_}]]."),
        st.sampled_from(ids).map(lambda id_: f"See [[{id_}|this]]."),
    ]
    if files:
        kinds.append(st.sampled_from(files).map(lambda path: f"![An image]({path})"))
    if sources:
        kinds.append(st.sampled_from(sources).map(lambda id_: f"As it says [@{id_}]."))
    return st.one_of(kinds)
