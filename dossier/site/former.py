"""Former ids of companies, regions, topics and pages: the files and addresses that they had."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from dossier.content.documents import Document, DocumentProblem
from dossier.content.models import Kind
from dossier.site.entries import Entry
from dossier.site.references import former_ids
from dossier.site.urls import document_path, market_topic_path


def former_files(document: Document) -> Iterator[str]:
    """List the files that a document was in, beside the one where it is."""
    for id_ in former_ids(document.front_matter):
        yield f"{posixpath.dirname(document.path)}/{id_}.md"


class Renames:
    """Files that are missing, by kind and id, with the documents that they may have become."""

    def __init__(self, renamed: Mapping[str, str], by_path: Mapping[str, Document]) -> None:
        self._documents = {
            (by_path[new].kind, posixpath.basename(old).removesuffix(".md")): by_path[new]
            for old, new in renamed.items()
            if new in by_path
        }

    def hint(self, id_: str, *kinds: Kind) -> str:
        """Say how to refer to what was probably renamed; empty where nothing was."""
        for document in (self._documents.get((kind, id_)) for kind in kinds):
            if document is None:
                continue
            if document.kind == "briefing":
                return f"if '{document.path}' is its new file, write {document.id}"
            listed = ", ".join((*former_ids(document.front_matter), id_))
            return f"if '{document.path}' is its new file, add there  former_ids: [{listed}]"
        return ""


def alias_path(alias: str) -> str:
    """Return the path of an alias in front matter: decoded, without the slash at its beginning."""
    return unquote(alias.lstrip("/"))


def former_folders(entry: Entry[Any], id_: str, site_lang: str) -> Mapping[str, str]:
    """Map the folders of a subject's pages and feeds, under a former id, to those of today."""
    before = document_path(entry.kind, id_, entry.lang, site_lang)
    folders = {before: entry.path}
    if entry.kind == "topic":
        folders[market_topic_path(id_)] = market_topic_path(entry.id)
    return folders


def former_id_problems(documents: Sequence[Document]) -> Iterator[DocumentProblem]:
    """Find former ids that are an id, or a former id, of something else of the same kind."""
    present = {(document.kind, document.id): document.path for document in documents}
    taken: dict[tuple[Kind, str], str] = {}
    for document in documents:
        for i, id_ in enumerate(former_ids(document.front_matter)):
            key = document.kind, id_
            owner, hint = present.get(key, ""), "remove it: one address cannot lead to two pages"
            before = taken.setdefault(key, document.path)
            if id_ == document.id:
                message, hint = f"'{id_}' is its id today", "list only ids that it had before"
            elif owner:
                message = f"'{id_}' is the id of '{owner}'"
            elif before != document.path:
                message = f"'{id_}' is a former id of '{before}' already"
            elif id_ in former_ids(document.front_matter)[:i]:
                message, hint = f"'{id_}' is listed twice", "remove one of the two"
            else:
                continue
            yield DocumentProblem(document.path, ("former_ids", i), message, hint)
