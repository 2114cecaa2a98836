"""Missing addresses: published addresses that no longer exist.

A published address is a promise. Renaming or deleting a file breaks it silently, so every build
warns until the address exists again. Where no briefing is left of those before, the content was
replaced as a whole, most often that of a demo: one warning says so, once.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

import msgspec

from dossier.build.manifest import Gone, Manifest, OutputFile
from dossier.problems import Problem

_BRIEFING = "pages/briefing.html"
_FROM_DOCUMENTS = frozenset(
    f"pages/{kind}.html" for kind in ("briefing", "company", "region", "topic", "page", "redirect")
)
_FEW = 3
"""Missing addresses that are each named, even where no briefing is left."""


def find_gone(
    before: Manifest,
    files: Container[str],
    held: Container[str],
    contents: Mapping[str, str],
) -> dict[str, Gone]:
    """Find, by output file, published addresses that do not exist with these `files`.

    `held` are the sources of briefings that are held back, which are not missing. `contents` are
    the fingerprints of content files: a file with another name and the same bytes was renamed.
    """
    lost = dict(before.gone)
    if not before.drafts:
        for file, entry in before.files.items():
            if _is_document(file, entry) and file not in files:
                recipe = entry.recipe
                lost[file] = Gone(recipe.source, recipe.content, recipe.template)
    if not lost:
        return {}
    sources = {content: source for source, content in contents.items()}
    return {
        file: msgspec.structs.replace(one, now=sources.get(one.content, one.now))
        for file, one in lost.items()
        if file not in files and one.source not in held
    }


def is_another_site(
    before: Manifest, files: Container[str], gone: Mapping[str, Gone], held: Container[str]
) -> bool:
    """Tell whether the content was replaced: addresses are gone, and no earlier briefing is left.

    One that was renamed, or is held back, is left.
    """
    briefings = [file for file, entry in before.files.items() if entry.recipe.template == _BRIEFING]
    return len(gone) > _FEW and not any(
        file in files
        or before.files[file].recipe.source in held
        or (file in gone and gone[file].now)
        for file in briefings
    )


def another_site_problem(gone: Mapping[str, Gone], folder: str) -> Problem:
    """Warn, in place of a warning for each address."""
    message = (
        f"no briefing is left of those that were built before, and {len(gone)} addresses no longer "
        "exist"
    )
    hint = (
        "if they were never published, as those of a demo, there is nothing to do: this is said "
        "once\n    otherwise put the files back, or add the addresses to `aliases` of new briefings"
    )
    return Problem(folder, 0, 0, message, hint, "", "warning")


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
    if one.template != _BRIEFING:
        return "give the file its old name again; its title may change"
    if one.now:
        return f"add  aliases: [{address}]"
    return (
        f"add  aliases: [{address}]  to the briefing that took its place; or put the file back "
        "and withdraw it: status: withdrawn"
    )
