"""Collisions of a plan: two files at one address, and a file where another needs a folder.

Names that some disks and hosts take for one, since they differ only in letter case or in Unicode
form, collide too.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from dossier.content.documents import DocumentProblem
from dossier.views.outputs import Output

_LONGEST_NAME = 255
"""The bytes of a name on most disks."""


def find_collisions(planned: Iterable[Output]) -> Iterator[DocumentProblem]:
    """Find output files that cannot all be published."""
    owners: dict[str, list[Output]] = defaultdict(list)
    for output in planned:
        owners[_on_any_disk(output.file)].append(output)

    @cache  # many files are in the same folder
    def file_at(folder: str) -> str:
        """Find a file where a folder, or one above it, has to be; empty where there is none."""
        return folder if not folder or folder in owners else file_at(folder.rpartition("/")[0])

    for path, outputs in owners.items():
        if len(outputs) > 1:
            yield _taken(*sorted(outputs, key=_blame)[:2])
        if above := file_at(path.rpartition("/")[0]):
            yield _blocked(outputs[0], owners[above][0])


def find_long_names(planned: Iterable[Output]) -> Iterator[DocumentProblem]:
    """Find output files whose names are longer than any disk allows, each content file once."""
    seen = set()
    for output in planned:
        if len(output.file) * (1 if output.file.isascii() else 4) <= _LONGEST_NAME:
            continue
        if output.source not in seen and any(
            len(part.encode()) > _LONGEST_NAME for part in output.file.split("/")
        ):
            seen.add(output.source)
            message = f"a name of its output has more than {_LONGEST_NAME} bytes"
            hint = f"shorten the name to {_LONGEST_NAME - 55} bytes"
            yield DocumentProblem(output.source, output.field, message, hint)


def _on_any_disk(file: str) -> str:
    """Fold a path so that two are equal where some disk takes them for one."""
    if file.isascii():
        return file.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", file).casefold())


def _blame(output: Output) -> tuple[bool, bool, str]:
    """Order outputs: one that a field asks for first, the site's own last."""
    return not output.field, not output.source, output.source


def _taken(first: Output, second: Output) -> DocumentProblem:
    address = _address(first)
    if first.file == second.file:
        message = f"the address {address} is taken: {_owner(second)} has it too"
    elif first.file.lower() == second.file.lower():
        other = f"{_address(second)}, which {_owner(second)} has"
        message = f"the address {address} differs only in letter case from {other}"
    else:
        message = f"the address {address} is taken: {_owner(second)} has it too, in other letters"
    return DocumentProblem(first.source, first.field, message, _way_out(first))


def _blocked(inner: Output, file: Output) -> DocumentProblem:
    """Report a file where another file needs a folder."""
    first = min(inner, file, key=_blame)
    if first is inner:
        message = f"{_address(inner)} cannot be published: {_owner(file)} has the file /{file.file}"
    else:
        message = f"/{file.file} cannot be a file: {_owner(inner)} needs it as a folder"
        message += f" for {_address(inner)}"
    return DocumentProblem(first.source, first.field, message, _way_out(first))


def _owner(output: Output) -> str:
    return f"'{output.source}'" if output.source else "the site itself"


def _address(output: Output) -> str:
    return "/" + output.file.removesuffix("index.html")


def _way_out(output: Output) -> str:
    if output.field:
        return f"remove it from `{output.field[0]}`, or write another address"
    return "rename the file"
