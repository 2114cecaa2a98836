"""Missing addresses: published addresses that no longer exist.

A published address is a promise. Renaming or deleting a file breaks it silently, so every build
warns until the address exists again.
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
    """Find, by output file, published addresses that do not exist with these `files`.

    `held` are the sources of briefings that are held back, which are not missing. `contents` are
    the fingerprints of content files: a file with another name and the same bytes was renamed. If
    none of the earlier documents is left, this is another site, and nothing is missing.
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
    """Warn about each; `folder` is the content folder."""
    for file, one in gone.items():
        address = f"/{file.removesuffix('index.html')}"
        path = f"{folder}/{one.now or one.source}"
        message = f"the address {address} was published and no longer exists"
        yield Problem(path, 0, 0, message, _way_out(address, one), "", "warning")


def _way_out(address: str, one: Gone) -> str:
    if one.template == "pages/redirect.html":
        return f"add it to the aliases again: aliases: [{address}]"
    if one.template != "pages/briefing.html":
        return "give the file its old name again; its title may change"
    if one.now:
        return f"add  aliases: [{address}]"
    return (
        f"add  aliases: [{address}]  to the briefing that took its place; or put the file back "
        "and withdraw it: status: withdrawn"
    )
