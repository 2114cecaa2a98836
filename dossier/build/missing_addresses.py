"""Missing addresses: published addresses that no longer exist.

A published address is a promise. Renaming or deleting a file breaks it silently, so every build
warns until the address exists again. Where no briefing is left of those before, the content was
replaced as a whole, most often that of a demo: one warning says so, once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Set
from pathlib import PurePosixPath

import msgspec

from dossier.build.manifest import Gone, Manifest, Recipe
from dossier.content.documents import Document
from dossier.content.ids import encode_path
from dossier.content.models import Briefing
from dossier.problems import Problem
from dossier.site.references import former_ids

_REDIRECT = "pages/redirect.html"
_BRIEFING = "pages/briefing.html"
_FROM_DOCUMENTS = frozenset(
    f"pages/{kind}.html" for kind in ("briefing", "company", "region", "topic", "page", "redirect")
)
_FEW = 3
"""Missing addresses that are each named, even where no briefing is left."""


def find_gone(
    before: Manifest,
    files: Set[str],
    held: Container[str],
    contents: Mapping[str, str],
) -> dict[str, Gone]:
    """Find, by output file, published addresses that do not exist with these `files`.

    `held` are the sources of briefings that are held back, which are not missing. `contents` are
    the fingerprints of content files: a file with another name and the same bytes was renamed, and
    so was probably the only new one of its kind.
    """
    lost = dict(before.gone)
    if not before.drafts:
        for file in (file for file in before.files if file not in files):
            recipe = before.files[file].recipe
            if _is_document(file, recipe):
                lost[file] = Gone(recipe.source, recipe.content, recipe.template)
    if not lost:
        return {}
    sources = {content: source for source, content in contents.items()}
    likely = find_renames(before, contents)
    return {
        file: msgspec.structs.replace(
            one,
            now=sources.get(one.content, one.now),
            likely=likely.get(one.source, one.likely),
        )
        for file, one in lost.items()
        if file not in files and one.source not in held
    }


def is_another_site(
    before: Manifest, files: Set[str], gone: Mapping[str, Gone], held: Container[str]
) -> bool:
    """Tell whether the content was replaced: addresses are gone, and no earlier briefing is left.

    One that was renamed, or is held back, is left.
    """
    if len(gone) <= _FEW:
        return False
    briefings = [file for file, entry in before.files.items() if entry.recipe.template == _BRIEFING]
    return not any(
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


def _is_document(file: str, recipe: Recipe) -> bool:
    return recipe.template in _FROM_DOCUMENTS and "/page/" not in file


def find_renames(before: Manifest, contents: Mapping[str, str]) -> dict[str, str]:
    """Pair documents that are missing since the last build with files that are new, by path.

    The new file has the same bytes, or it is the only new one in a folder that lost only one.
    """
    gained = contents.keys() - before.documents.keys()
    missing = before.documents.keys() - contents.keys()
    news, olds = _by_folder(gained), _by_folder(missing)
    likely = {
        olds[folder][0]: news[folder][0]
        for folder in news.keys() & olds.keys()
        if len(news[folder]) == len(olds[folder]) == 1
    }
    same = {contents[path]: path for path in sorted(gained)}
    return likely | {
        old: same[before.documents[old].content]
        for old in missing
        if before.documents[old].content in same
    }


def _by_folder(paths: Iterable[str]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        found[path.partition("/")[0]].append(path)
    return found


def gone_problems(
    gone: Mapping[str, Gone], folder: str, documents: Iterable[Document] = ()
) -> Iterator[Problem]:
    """Warn about each, but once for all addresses that a company or the like had by one id.

    `folder` is the content folder, `documents` are those that the way out may have to be added to.
    """
    present = {document.path: document for document in documents}
    told: set[tuple[str, str]] = set()
    for file, one in sorted(gone.items(), key=lambda item: (len(item[0]), item[0])):
        id_ = "" if one.source.startswith("briefings/") else PurePosixPath(file).parent.name
        if id_ and (one.source, id_) in told:
            continue
        told.add((one.source, id_))
        path = f"{folder}/{one.now or one.source}"
        message = (
            f"the address /{file.removesuffix('index.html')} was published and no longer exists"
        )
        hint = _way_out(one, _line(file, id_, one, present), id_, present)
        yield Problem(path, 0, 0, message, hint, "", "warning")


def _line(file: str, id_: str, one: Gone, present: Mapping[str, Document]) -> str:
    """Write the line of front matter that makes an address redirect, with what is in it today."""
    document = present.get(one.now or one.likely or one.source)
    listed: list[str] = []
    if document and id_:
        listed += former_ids(document.front_matter)
    elif document and isinstance(document.front_matter, Briefing):
        listed += document.front_matter.aliases
    added = id_ or "/" + encode_path(file.removesuffix("index.html"))
    listed.insert(0 if one.template == _REDIRECT else len(listed), added)
    texts = (f'"{text}"' if "," in text else text for text in listed)
    return f"{'former_ids' if id_ else 'aliases'}: [{', '.join(texts)}]"


def _way_out(one: Gone, line: str, id_: str, present: Mapping[str, Document]) -> str:
    field = line.partition(":")[0]
    if one.now:
        return f"add  {line}"
    if one.likely:
        return f"if '{one.likely}' took its place, add there  {line}"
    if one.template == _REDIRECT and (one.source in present or not present):
        return f"add it to the {field} again: {line}"
    if id_ and one.source in present:
        return "its language changed: set `lang` back, or give the new page a file of its own"
    if id_:
        return f"add  {line}  to the file that took its place, or put the file back"
    return (
        f"add  {line}  to the briefing that took its place; or put the file back "
        "and withdraw it: status: withdrawn"
    )
