"""Addresses of documents that were published once, and where nothing is any more.

A published address is a promise. A file that is renamed or deleted breaks it unseen, so the next
build warns, and so does every one after it until something is there again.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

import msgspec

from dossier.build.manifest import Gone, Manifest, OutputFile
from dossier.problems import Problem

_FROM_DOCUMENTS = frozenset(
    f"pages/{kind}.html" for kind in ("briefing", "company", "region", "topic", "page", "redirect")
)


def find_gone(
    before: Manifest,
    files: Container[str],
    held: Container[str],
    contents: Mapping[str, str],
) -> dict[str, Gone]:
    """By file of the output: what was published there, and is not with these `files`.

    `held` are the sources of what waits to be published, which is no loss. `contents` are the
    fingerprints of the content's files: a file with another name and the same bytes was renamed.
    Where no document is left of those before, this is another site, and nothing is gone.
    """
    documents = [file for file, entry in before.files.items() if _is_document(file, entry)]
    lost = dict(before.gone)
    if not before.drafts:
        for file in documents:
            if file not in files:
                recipe = before.files[file].recipe
                lost[file] = Gone(recipe.source, recipe.content, recipe.template)
    if not lost or not any(file in files for file in documents):
        return {}
    sources = {content: source for source, content in contents.items()}
    return {
        file: msgspec.structs.replace(one, now=sources.get(one.content, one.now))
        for file, one in lost.items()
        if file not in files and one.source not in held
    }


def _is_document(file: str, entry: OutputFile) -> bool:
    return entry.recipe.template in _FROM_DOCUMENTS and "/page/" not in file


def gone_problems(gone: Mapping[str, Gone], folder: str) -> Iterator[Problem]:
    """A warning for each; `folder` is that of the content."""
    for file, one in gone.items():
        address = f"/{file.removesuffix('index.html')}"
        path = f"{folder}/{one.now or one.source}"
        message = f"the address {address} was published, and nothing is there any more"
        yield Problem(path, 0, 0, message, _way_out(address, one), "", "warning")


def _way_out(address: str, one: Gone) -> str:
    if one.template == "pages/redirect.html":
        return f"put it back: aliases: [{address}]"
    if one.template != "pages/briefing.html":
        return "give the file its old name again; what it is called on the page may change"
    if one.now:
        return f"add  aliases: [{address}]"
    return (
        f"add  aliases: [{address}]  to the briefing that took its place; or put the file back "
        "and withdraw it: status: withdrawn"
    )
